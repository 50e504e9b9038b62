//! What each pane has cost and kept, in numbers, and where the panes begin to differ.

use netsplit_core::base::{Span, Time};
use netsplit_core::compare::{Difference, Divergence, Tally};
use yew::prelude::*;

use super::head::{letter, title};
use crate::panel::line;
use crate::part::part;
use crate::session::{Action, Loaded, Model, Topic, use_session, use_watch};
use crate::text::units;
use crate::words::{Words, use_words};

/// The table of a comparison, and its switches; nothing when there is none.
#[hook]
pub fn use_comparison() -> Html {
    let words = use_words();
    let session = use_session();
    let alone = use_watch(&[Topic::Layout], |model| model.compares().then_some(model.alone));
    let Some(alone) = alone else { return Html::default() };
    let toggle = {
        let session = session.clone();
        Callback::from(move |_| session.dispatch(Action::Alone(!alone)))
    };
    let end = Callback::from(move |_| session.dispatch(Action::Compare(None)));
    html! {
        <section class="comparison" aria-label={words.say("compare.title")}>
            { part(use_table) }
            { part(use_divergence) }
            <div class="comparison-switches">
                <button type="button" class="btn framed" aria-pressed={alone.to_string()}
                    title={words.say("compare.alone.about")} onclick={toggle}>
                    { words.say("compare.alone") }
                </button>
                <button type="button" class="btn framed" onclick={end}>
                    { words.say("compare.end") }
                </button>
            </div>
        </section>
    }
}

/// One column: a pane.
#[derive(Clone, PartialEq)]
struct Column {
    place: usize,
    title: String,
    in_focus: bool,
    system: &'static str,
    tally: Tally,
}

#[hook]
fn use_table() -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Step, Topic::Layout, Topic::Lesson, Topic::Locale];
    let columns = use_watch(topics, move |model| columns(words, model));
    let best = |count: fn(&Tally) -> Option<u64>| {
        let counts: Vec<u64> = columns.iter().filter_map(|column| count(&column.tally)).collect();
        let least = counts.iter().min().copied();
        least.filter(|least| counts.len() == columns.len() && counts.iter().any(|n| n > least))
    };
    let row = |key: &str, count: fn(&Tally) -> Option<u64>, say: &dyn Fn(&Tally) -> String| {
        let least = best(count);
        html! {
            <tr>
                <th scope="row" title={words.say(&format!("{key}.about"))}>{ words.say(key) }</th>
                { for columns.iter().map(|column| {
                    let is_least = least.is_some() && count(&column.tally) == least;
                    html! {
                        <td class={classes!(is_least.then_some("is-best"))}>
                            { say(&column.tally) }
                        </td>
                    }
                }) }
            </tr>
        }
    };
    let span = |span: Span| match span {
        Span::ZERO => "–".to_string(),
        span => units::span(span),
    };
    html! {
        <table>
            <thead>
                <tr>
                    <td><span class="hidden-name">{ words.say("compare.measured") }</span></td>
                    { for columns.iter().map(|column| {
                        let (session, place) = (session.clone(), column.place);
                        let focus = move |_| session.dispatch(Action::Focus(place));
                        let name = format!("{}: {}", letter(place), column.title);
                        html! {
                            <th scope="col" class={classes!(column.in_focus.then_some("in-focus"))}>
                                <button type="button" title={column.title.clone()}
                                    onclick={Callback::from(focus)} aria-label={name}
                                    aria-pressed={column.in_focus.to_string()}>
                                    { letter(column.place) }
                                </button>
                            </th>
                        }
                    }) }
                </tr>
            </thead>
            <tbody>
                { row("compare.messages", |it| Some(it.messages), &|it| it.messages.to_string()) }
                { row("compare.round-trips", |it| it.round_trips,
                    &|it| it.round_trips.map_or("–".into(), |n| n.to_string())) }
                { row("compare.latency", |it| it.latency.map(|(median, _)| median.0),
                    &|it| it.latency.map_or("–".into(), |(median, _)| units::span(median))) }
                { row("compare.unanswered", |it| Some(u64::from(it.unanswered())),
                    &|it| it.unanswered().to_string()) }
                { row("compare.blocked", |it| Some(it.blocked().0), &|it| span(it.blocked())) }
                <tr>
                    <th scope="row" title={words.say("compare.anomalies.about")}>
                        { words.say("compare.anomalies") }
                    </th>
                    { for columns.iter().map(|column| anomalies(words, column)) }
                </tr>
            </tbody>
        </table>
    }
}

fn columns(words: Words, model: &Model) -> Vec<Column> {
    let focus = model.focused();
    let column = |pane: &Loaded| Column {
        place: pane.place,
        title: title(words, pane),
        in_focus: focus == pane.place,
        system: pane.run.world().cast().entry.id,
        tally: pane.tally(),
    };
    model.panes().map(column).collect()
}

/// How many verdicts are broken; which, for those who stay on it.
fn anomalies(words: Words, Column { system, tally, .. }: &Column) -> Html {
    let red = tally.verdicts.iter().filter(|judged| judged.is_red());
    let said: Vec<String> = red
        .map(|judged| match (judged.property, judged.why.as_str()) {
            (Some(property), _) => words.word(system, "prop", property),
            (None, "") => words.say(&format!("verdict.{}", judged.token)),
            (None, why) => format!("{}: {why}", words.say(&format!("verdict.{}", judged.token))),
        })
        .collect();
    let class = if said.is_empty() { "is-fine" } else { "is-bad" };
    html! { <td {class} title={said.join("; ")}>{ said.len().to_string() }</td> }
}

/// Where the panes begin to differ, and in what.
#[hook]
fn use_divergence() -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Work, Topic::Layout, Topic::Lesson, Topic::Locale, Topic::Own];
    let told = use_watch(topics, move |model| {
        let found = model.divergence();
        found.map(|found| (found.at, sentences(words, model, &found)))
    });
    let Some((at, said)) = told else {
        return html! { <p class="divergence">{ words.say("compare.no-difference") }</p> };
    };
    let onclick = Callback::from(move |_| session.dispatch(Action::Seek(at)));
    html! {
        <div class="divergence">
            <button type="button" class="btn framed" {onclick}>
                { words.fill("compare.differ", &[("at", &words.at(at))]) }
            </button>
            <ul>{ for said.iter().map(|said| html! { <li>{ said }</li> }) }</ul>
        </div>
    }
}

/// What happened where, panes that did the same together.
fn sentences(words: Words, model: &Model, found: &Divergence) -> Vec<String> {
    let mut said: Vec<(String, String)> = Vec::new();
    for (pane, difference) in model.panes().zip(&found.panes) {
        let Some(what) = sentence(words, pane, difference) else { continue };
        match said.iter_mut().find(|(known, _)| *known == what) {
            Some((_, letters)) => *letters = format!("{letters} {}", letter(pane.place)),
            None => said.push((what, letter(pane.place).to_string())),
        }
    }
    let fill = |(what, letters): &(String, String)| {
        words.fill("compare.in-pane", &[("pane", letters), ("what", what)])
    };
    said.iter().map(fill).collect()
}

/// What happened in one pane and not in every other.
fn sentence(words: Words, pane: &Loaded, difference: &Difference) -> Option<String> {
    let told = line::of(words, &pane.run, difference.event?)?;
    Some(told.said.last().map_or(told.head, |said| said.text.clone()))
}

/// The instant at which the panes begin to differ.
pub fn fork(model: &Model) -> Option<Time> {
    model.divergence().map(|found| found.at)
}
