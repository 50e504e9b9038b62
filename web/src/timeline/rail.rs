//! What stands on the scrubber: rail, ticks, marks, knob.

use std::rc::Rc;

use netsplit_core::base::Time;
use netsplit_core::run::Run;
use netsplit_core::scenario::ast::Line;
use yew::prelude::*;

use super::bands::use_bands;
use super::labels;
use super::marks::{Mark, marks, partitions};
use super::scale::Scale;
use crate::icon;
use crate::panel::acts;
use crate::panes::fork;
use crate::part::part_of;
use crate::scene::text::num;
use crate::session::{Topic, View, use_watch};
use crate::words::{Words, use_words};

const MARKS_Y: u32 = 12;
const RAIL_Y: f64 = 34.0;

/// The drawing of the scrubber.
#[hook]
pub fn use_rail(scale: Scale) -> Html {
    let width = scale.width;
    html! {
        <svg class="rail-drawing" width={px(width)} height="80" aria-hidden="true">
            <defs>
                <pattern id="band-hatch" width="5" height="5" patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"><path class="band-hatch" d="M2.5 0v5" /></pattern>
                <clipPath id="past">
                    <rect class="past" x={px(scale.left())} y="0" width="0" height="100" />
                </clipPath>
            </defs>
            <rect class="rail" x={px(scale.left())} y={px(RAIL_Y - 2.0)} rx="2" height="4"
                width={px(scale.right() - scale.left())} />
            <rect class="rail-on" x={px(scale.left())} y={px(RAIL_Y - 2.0)} rx="2" height="4"
                width="0" />
            { part_of(use_milestones, scale) }
            { part_of(use_ticks, scale) }
            { part_of(use_bands, scale) }
            { part_of(use_marks, scale) }
            { part_of(use_brackets, scale) }
            { part_of(use_fork, scale) }
            <g class="playhead">
                <path class="cursor" d="M0 27V79" />
                <circle class="knob" cx="0" cy={px(RAIL_Y)} r="7" />
            </g>
        </svg>
    }
}

/// Notches where something was decided, up to the cursor.
#[hook]
fn use_milestones(scale: Scale) -> Html {
    let times = use_watch(&[Topic::Step, Topic::Lesson, Topic::Work], |model| {
        let loaded = model.loaded.as_ref();
        loaded.map(|loaded| loaded.with_milestones(<[Time]>::to_vec)).unwrap_or_default()
    });
    let notch = |at: &Time| format!("M{} {}v4", num(scale.x(*at)), num(RAIL_Y - 2.0));
    let notches: String = times.iter().map(notch).collect();
    html! { <path class="milestones" clip-path="url(#past)" d={notches} /> }
}

/// The stretch that the space-time diagram shows, between brackets.
#[hook]
fn use_brackets(scale: Scale) -> Html {
    let window = use_watch(&[Topic::Layout, Topic::Lesson], |model| {
        model.window.filter(|_| model.view == View::Spacetime)
    });
    let Some((from, to)) = window else { return Html::default() };
    let y = num(RAIL_Y - 7.0);
    let d = format!("M{0} {y}h-5v14h5M{1} {y}h5v14h-5", num(scale.x(from)), num(scale.x(to)));
    html! { <path class="brackets" {d} /> }
}

/// Where the runs that stand side by side begin to differ.
#[hook]
fn use_fork(scale: Scale) -> Html {
    let words = use_words();
    let topics = &[Topic::Work, Topic::Layout, Topic::Lesson, Topic::Own];
    let Some(at) = use_watch(topics, fork) else { return Html::default() };
    let (x, y) = (num(scale.x(at)), num(RAIL_Y - 3.0));
    html! {
        <g class="fork">
            <title>{ words.fill("compare.differ", &[("at", &words.at(at))]) }</title>
            <path d={format!("M{x} {y}l5 -9M{x} {y}l-5 -9M{x} {y}v5")} />
        </g>
    }
}

#[hook]
fn use_ticks(scale: Scale) -> Html {
    let ticks = use_memo(scale, |scale| scale.ticks());
    let last = ticks.len().saturating_sub(1);
    html! {
        <g class="ticks">
            { for ticks.iter().enumerate().map(|(place, tick)| {
                let long = if tick.label.is_some() { 43 } else { 40 };
                let at_end = place == last;
                let (aside, anchor) = if at_end { (-3.0, "end") } else { (4.0, "start") };
                let x = tick.x + aside;
                html! {
                    <>
                        <path d={format!("M{} 38V{long}", num(tick.x))} />
                        if let Some(label) = &tick.label {
                            <text x={px(x)} y="46" text-anchor={anchor}>{ label.clone() }</text>
                        }
                    </>
                }
            }) }
        </g>
    }
}

/// What the marks show; compared by the script's edition and by what has happened.
#[derive(Clone, PartialEq)]
struct Shown {
    marks: Rc<Vec<(Mark, bool)>>,
    spans: Vec<(Time, Time)>,
}

#[hook]
fn use_marks(scale: Scale) -> Html {
    let words = use_words();
    let shown = use_watch(&[Topic::Step, Topic::Lesson, Topic::Locale], move |model| {
        model.run().map(|run| shown(words, run))
    });
    let Some(shown) = shown else { return Html::default() };
    let said = labels::labels(words, scale, &shown.marks);
    html! {
        <g class="marks">
            { for shown.spans.iter().map(|(from, to)| {
                let (a, b) = (scale.x(*from), scale.x(*to));
                html! { <path class="span" d={format!("M{} {MARKS_Y}H{}", num(a), num(b))} /> }
            }) }
            { for shown.marks.iter().zip(said).map(|((mark, past), said)| {
                let class = classes!(
                    "mark", mark.own.then_some("own"), (!past).then_some("planned"),
                    mark.idle.then_some("idle"),
                );
                let at = format!("translate({} {MARKS_Y})", num(scale.x(mark.at)));
                html! {
                    <g {class} transform={at}>
                        <title>{ said.title.clone() }</title>
                        <circle r="9" />
                        <path transform="translate(-6 -6) scale(0.75)" d={icon::path(mark.icon)} />
                        if let Some((x, anchor)) = said.place {
                            <text {x} y="4" text-anchor={anchor}>{ said.label.clone() }</text>
                        }
                    </g>
                }
            }) }
        </g>
    }
}

fn shown(words: Words, run: &Run) -> Shown {
    let lines: Vec<&Line> = run.lines().collect();
    let cast = run.world().cast();
    let marks = marks(run, &lines).into_iter().map(|mark| {
        let said =
            lines.get(mark.line as usize).map(|line| acts::sentence(words, cast, &line.action));
        let past = mark.at <= run.at();
        (Mark { said: said.unwrap_or_default(), ..mark }, past)
    });
    Shown { marks: Rc::new(marks.collect()), spans: partitions(&lines, run.head().end()) }
}

fn px(x: f64) -> String {
    num(x)
}
