//! What stands in the drawing beside its paths: times, faults, words, what is pointed at.

use netsplit_core::base::{Id, Time};
use netsplit_core::scenario::ast::Line;
use yew::prelude::*;

use super::cursor::use_ticks;
use super::lanes::TOP;
use super::layout::Frame;
use super::notes;
use super::picture::Picture;
use super::shared::Shared;
use crate::icon;
use crate::panel::acts;
use crate::part::part_of;
use crate::scene::text::{num, sans_fit, sans_width};
use crate::session::{Model, Thing, Topic, use_watch};
use crate::timeline::marks::marks;
use crate::words::{Words, use_words};

/// A mark of a fault: where, its icon, what is said of it, where the words have room.
#[derive(Clone, PartialEq)]
struct Flag {
    x: f64,
    icon: &'static str,
    own: bool,
    tall: bool,
    title: String,
    label: String,
}

/// Times at the top; below them what was done to the world, up to the cursor.
#[hook]
pub fn use_axis(given: (Shared<Frame>, Option<Id>)) -> Html {
    let (frame, alone) = given;
    let words = use_words();
    let kept = frame.clone();
    let flags = use_watch(&[Topic::Step, Topic::Lesson, Topic::Own], move |model| {
        if alone.is_none() { flags(words, model, &kept) } else { Vec::new() }
    });
    let bottom = num(frame.lanes.bottom());
    let lanes = frame.lanes.all.iter().map(|lane| {
        let (left, right) = (num(frame.axis.left), num(frame.axis.right));
        let class = if lane.client { "ahead client" } else { "ahead" };
        html! { <path {class} d={format!("M{left} {}H{right}", num(lane.y))} /> }
    });
    html! {
        <>
            { part_of(use_ticks, frame.clone()) }
            { for lanes }
            if frame.lanes.all.iter().any(|lane| lane.client) {
                <text class="chart-name" x={num(frame.axis.left)} y={num(frame.lanes.foot + 22.0)}>
                    { words.say("spacetime.chart") }
                </text>
            }
            { for flags.iter().map(|flag| {
                let class = classes!("flag", flag.own.then_some("own"));
                let at = format!("translate({} {})", num(flag.x), num(TOP - 14.0));
                html! {
                    <>
                        if flag.tall {
                            <path class="cut-line"
                                d={format!("M{} {}V{bottom}", num(flag.x), num(TOP - 5.0))} />
                        }
                        <g {class} transform={at}>
                            <title>{ flag.title.clone() }</title>
                            <circle r="8.5" />
                            <path transform="translate(-5.6 -5.6) scale(0.7)"
                                d={icon::path(flag.icon)} />
                            <text x="13" y="4">{ flag.label.clone() }</text>
                        </g>
                    </>
                }
            }) }
        </>
    }
}

fn flags(words: Words, model: &Model, frame: &Frame) -> Vec<Flag> {
    let Some(run) = model.run() else { return Vec::new() };
    let lines: Vec<&Line> = run.lines().collect();
    let (cast, window) = (run.world().cast(), frame.axis.window);
    let all = marks(run, &lines);
    let shown = |at: Time| at >= window.from && at <= window.to.min(run.at());
    let mut flags: Vec<Flag> = Vec::new();
    for mark in all.iter().filter(|mark| shown(mark.at)) {
        let Some(line) = lines.get(mark.line as usize) else { continue };
        let told = acts::sentence(words, cast, &line.action);
        let title = if mark.own { words.fill("mark.own", &[("what", &told)]) } else { told };
        let (x, tall) = (frame.axis.x(mark.at), matches!(mark.icon, "cut" | "heal"));
        flags.push(Flag { x, icon: mark.icon, own: mark.own, tall, label: title.clone(), title });
    }
    let ends: Vec<f64> =
        flags.iter().skip(1).map(|flag| flag.x - 12.0).chain([frame.axis.right]).collect();
    for (flag, end) in flags.iter_mut().zip(ends) {
        let room = end - flag.x - 13.0;
        let all = sans_width(&flag.label, 12.0) <= room;
        flag.label =
            if all || room > 60.0 { sans_fit(&flag.label, 12.0, room) } else { String::new() };
    }
    flags
}

/// What the milestones up to the cursor say.
#[hook]
pub fn use_notes(given: (Shared<Frame>, Shared<Picture>)) -> Html {
    let (frame, picture) = given;
    let words = use_words();
    let notes = use_watch(&[Topic::Step, Topic::Lesson, Topic::Locale], move |model| {
        model.run().map(|run| notes::notes(words, run, &frame, &picture)).unwrap_or_default()
    });
    html! {
        { for notes.into_iter().map(|note| {
            let anchor = if note.ends { "end" } else { "start" };
            html! {
                <text class="note" x={num(note.at.x)} y={num(note.at.y)} text-anchor={anchor}>
                    { note.text }
                </text>
            }
        }) }
    }
}

/// What is pointed at, here or in a list, stands out.
#[hook]
pub fn use_pointed(picture: Shared<Picture>) -> Html {
    let pointed = use_watch(&[Topic::Pointed, Topic::Lesson], |model| model.pointed.clone());
    let hit = pointed.and_then(|thing| picture.hits.iter().find(|hit| hit.thing == thing).cloned());
    let Some(hit) = hit else { return Html::default() };
    let (a, b) = (hit.a, hit.b);
    if matches!(hit.thing, Thing::Event(_)) {
        return html! { <circle class="pointed" cx={num(a.x)} cy={num(a.y)} r="7" /> };
    }
    let d = format!("M{} {}L{} {}", num(a.x), num(a.y), num(b.x), num(b.y));
    html! { <path class="pointed" {d} /> }
}
