//! The bars of the chart, drawn anew on steps: a bar tells how an operation has come out so far.

use netsplit_core::base::Id;
use netsplit_core::check::lamps::Cursor;
use netsplit_core::check::linearizable::Finding;
use netsplit_core::op::OpId;
use netsplit_core::run::Run;
use yew::prelude::*;

use super::chart::{Bar, State, bars};
use super::layout::Frame;
use super::shared::Shared;
use super::told;
use crate::scene::geometry::{Point, pt};
use crate::scene::text::{mono_fit, num, sans_width};
use crate::session::{Model, Topic, use_watch};
use crate::words::{Words, use_words};

/// The size of the words beside bars, in pixels.
const SIZE: f64 = 11.0;

/// A bar with its words.
#[derive(Clone, PartialEq)]
struct Told {
    bar: Bar,
    title: String,
    label: String,
    note: String,
}

/// All that the chart shows.
#[derive(Clone, PartialEq, Default)]
struct Chart {
    bars: Vec<Told>,
    dense: bool,
    /// Where the two operations that contradict each other stand; one outside of the window, at its
    /// edge.
    pair: Option<[Point; 2]>,
}

/// The chart.
#[hook]
pub fn use_bars(given: (Shared<Frame>, Option<Id>)) -> Html {
    let (frame, alone) = given;
    let words = use_words();
    let kept = frame.clone();
    let topics = &[Topic::Step, Topic::Lesson, Topic::Locale, Topic::Own];
    let chart = use_watch(topics, move |model| chart(words, model, &kept, alone));
    if chart.dense {
        return dense(&chart);
    }
    html! {
        <>
            { for chart.bars.iter().map(draw) }
            if let Some(pair) = chart.pair { { contradiction(words, &frame, pair) } }
        </>
    }
}

fn chart(words: Words, model: &Model, frame: &Frame, alone: Option<Id>) -> Chart {
    let Some(loaded) = &model.loaded else { return Chart::default() };
    let run = &loaded.run;
    let here = Cursor { events: run.cursor(), at: run.at() };
    let finding = loaded.with_lamps(|lamps| lamps.consistency(here).finding);
    let finding = if matches!(finding, Finding::Broken(_)) { finding } else { Finding::default() };
    let (mut drawn, dense) = bars(run, frame, &finding);
    drawn.retain(|bar| alone.is_none_or(|id| id == bar.client));
    let mut told = Vec::new();
    for (place, bar) in drawn.iter().enumerate() {
        let next = drawn[place + 1..].iter().find(|other| other.client == bar.client);
        let until = next.map_or(frame.axis.right, |next| next.span.0);
        told.push(if dense { plain(bar) } else { tell(words, run, bar, until - bar.span.0) });
    }
    let pair = pair(run, frame, &finding, &drawn);
    Chart { bars: told, dense, pair }
}

fn plain(bar: &Bar) -> Told {
    let none = String::new;
    Told { bar: bar.clone(), title: none(), label: none(), note: none() }
}

/// A bar with as many of its words as there is room for.
fn tell(words: Words, run: &Run, bar: &Bar, room: f64) -> Told {
    let Some(record) = run.trace().history.get(bar.op) else { return plain(bar) };
    let cast = run.world().cast();
    let op = record.op.told(cast.entry.ops, &|id| words.who(cast, id));
    let label = if room > 26.0 { mono_fit(&op, SIZE, room - 6.0) } else { String::new() };
    let note = told::answer(words, run, record);
    let rest = room - (bar.span.1 - bar.span.0);
    let within = bar.state == State::Waiting;
    let fits =
        sans_width(&note, SIZE) + 20.0 <= if within { bar.span.1 - bar.span.0 } else { rest };
    let below = if fits { note } else { String::new() };
    Told { title: told::operation(words, run, record), bar: bar.clone(), label, note: below }
}

fn draw(told: &Told) -> Html {
    let bar = &told.bar;
    let (x, end) = bar.span;
    let top = bar.y - bar.height / 2.0;
    let class = classes!("op-bar", class(bar.state), bar.culprit.map(|_| "culprit"));
    let waits = bar.state == State::Waiting;
    let (aside, anchor) = if waits { (end - 4.0, "end") } else { (end + 6.0, "start") };
    let y = if waits { bar.y + bar.height / 2.0 + 13.0 } else { bar.y + 4.0 };
    html! {
        <g key={bar.op.0}>
            <title>{ told.title.clone() }</title>
            <rect {class} x={num(x)} y={num(top)} width={num(end - x)} height={num(bar.height)} />
            if waits {
                <rect fill="url(#d-wait)" x={num(x)} y={num(top)} width={num(end - x)}
                    height={num(bar.height)} />
            }
            if let Some(point) = bar.point {
                <path class="took-effect" d={format!("M{} {}v{}", num(point), num(top - 3.0),
                    num(bar.height + 6.0))} />
                <circle class="took-effect" cx={num(point)} cy={num(bar.y)} r="3.2" />
            }
            <text class="op-label" x={num(x)} y={num(top - 6.0)}>{ told.label.clone() }</text>
            <text class="op-note" x={num(aside)} y={num(y)} text-anchor={anchor}>
                { told.note.clone() }
            </text>
        </g>
    }
}

fn class(state: State) -> &'static str {
    match state {
        State::Waiting => "is-waiting",
        State::Answered => "is-answered",
        State::Refused => "is-refused",
        State::Unknown => "is-unknown",
    }
}

/// Too many bars to tell apart: one path of each kind.
fn dense(chart: &Chart) -> Html {
    let states = [State::Answered, State::Waiting, State::Refused, State::Unknown];
    html! {
        { for states.into_iter().map(|state| {
            let of = chart.bars.iter().map(|told| &told.bar).filter(|bar| bar.state == state);
            let mut d = String::new();
            let mut last = (f64::MIN, f64::MIN);
            for bar in of {
                // What lies on what is drawn already adds nothing.
                if bar.y == last.0 && bar.span.1 <= last.1 + 0.5 {
                    continue;
                }
                last = (bar.y, bar.span.1);
                let (x, y) = (num(bar.span.0), num(bar.y - bar.height / 2.0));
                d += &format!("M{x} {y}h{}v11h-{0}z", num(bar.span.1 - bar.span.0));
            }
            html! { <path class={classes!("op-bar", class(state), "many")} {d} /> }
        }) }
    }
}

/// Where the bars of the two that contradict each other are joined, if one of them is drawn.
fn pair(run: &Run, frame: &Frame, finding: &Finding, drawn: &[Bar]) -> Option<[Point; 2]> {
    let Finding::Broken(fault) = finding else { return None };
    let other = fault.against?;
    let seen = |op: OpId| drawn.iter().find(|bar| bar.op == op);
    let place = |op: OpId| match seen(op) {
        Some(bar) => Some(pt(f64::midpoint(bar.span.0, bar.span.1), bar.y + bar.height / 2.0)),
        None => {
            let record = run.trace().history.get(op)?;
            Some(pt(frame.axis.x_inside(record.called), frame.lanes.of(record.client)?.y))
        }
    };
    let any = seen(fault.op).or(seen(other));
    any.and(place(fault.op).zip(place(other))).map(|(one, other)| [one, other])
}

/// The two operations that contradict each other, joined.
fn contradiction(words: Words, frame: &Frame, [a, b]: [Point; 2]) -> Html {
    let y = num((a.y.max(b.y) + 13.0).min(frame.lanes.height - 3.0));
    let d = format!("M{} {}V{y}H{}V{}", num(a.x), num(a.y), num(b.x), num(b.y));
    let middle = f64::midpoint(a.x, b.x).clamp(frame.axis.left + 60.0, frame.axis.right - 60.0);
    let above = num((a.y.max(b.y) + 10.0).min(frame.lanes.height - 6.0));
    html! {
        <>
            <path class="contradiction" {d} />
            <text class="contradiction" x={num(middle)} y={above} text-anchor="middle">
                { words.say("spacetime.contradicts") }
            </text>
        </>
    }
}
