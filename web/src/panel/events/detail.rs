//! One event, with what it came from and what it brought about.

use netsplit_core::run::Run;
use netsplit_core::run::trace::What;
use yew::prelude::*;

use super::line::{self, EventLine, Mark};
use super::list;
use crate::icon::draw_icon;
use crate::panel::inspector::{fate, use_message_rows};
use crate::panel::past::look_at;
use crate::part::part_of;
use crate::session::{Action, Thing, Topic, use_session, use_watch};
use crate::words::{Words, use_words};

/// How many steps back along the causes are shown.
const CAUSES: usize = 12;

/// An event and the chain of its causes, back to what a hand, the script or a timer did.
#[hook]
pub fn use_event_view(event: u32) -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Lesson, Topic::Step, Topic::Locale];
    let chain: Vec<EventLine> = use_watch(topics, move |model| {
        let run = model.loaded.as_ref().map(|loaded| &loaded.run);
        let Some(run) = run else { return Vec::new() };
        let first = line::of(words, run, event);
        let chain = std::iter::successors(first, |line| line::of(words, run, line.cause?));
        chain.take(CAUSES).collect()
    });
    let (arrived, sent) = use_watch(topics, move |model| {
        let run = model.loaded.as_ref().map(|loaded| &loaded.run);
        run.map(|run| messages(words, run, event)).unwrap_or_default()
    });
    let Some((here, causes)) = chain.split_first() else { return html! {} };
    let at = here.at;
    let look = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| look_at(&session, event))
    };
    let cause = |line: &EventLine| {
        let (session, number) = (session.clone(), line.event);
        let onclick =
            Callback::from(move |_| session.dispatch(Action::Select(Some(Thing::Event(number)))));
        html! {
            <li key={number}>
                <button type="button" class="event-head" {onclick}>
                    { draw_icon(list::icon(line.mark)) }
                    <span class="event-what">{ &line.head }</span>
                    <time>{ crate::text::units::seconds(line.at) }</time>
                </button>
            </li>
        }
    };
    let message = |sent: &Sent| {
        let (session, number) = (session.clone(), sent.0);
        let onclick =
            Callback::from(move |_| session.dispatch(Action::Select(Some(Thing::Message(number)))));
        html! {
            <li key={number}>
                <button type="button" class="event-head" {onclick}>
                    { draw_icon(list::icon(sent.1)) }
                    <span class="event-what">{ &sent.2 }</span>
                </button>
                <p class="said is-routine">{ &sent.3 }</p>
            </li>
        }
    };
    html! {
        <>
            <div class="thing-head">
                <h2>{ &here.head }</h2>
                <button type="button" class="button" onclick={look}>
                    { words.fill("event.look", &[("at", &words.at(at))]) }
                </button>
            </div>
            { list::said(here) }
            if let Some(idle) = &here.idle {
                <p class="said is-refusal">{ words.fill("event.idle", &[("why", idle)]) }</p>
            }
            if let Some(message) = arrived { { part_of(use_message_rows, message) } }
            if !sent.is_empty() {
                <section>
                    <h3>{ draw_icon("request") }{ words.say("event.sent") }</h3>
                    <ol class="event-list">{ for sent.iter().map(message) }</ol>
                </section>
            }
            if !causes.is_empty() {
                <section>
                    <h3>{ draw_icon("cause") }{ words.say("event.because") }</h3>
                    <ol class="event-list">{ for causes.iter().map(cause) }</ol>
                </section>
            }
        </>
    }
}

/// A message that an event sent: its number, its shape, what it is and its fate.
type Sent = (u32, Mark, String, String);

/// The message that arrived in an event, and those that were sent in it.
fn messages(words: Words, run: &Run, event: u32) -> (Option<u32>, Vec<Sent>) {
    let (trace, cast) = (run.trace(), run.world().cast());
    let arrived = match trace.events.get(event as usize).map(|event| &event.what) {
        Some(What::Deliver { message }) => Some(*message),
        _ => None,
    };
    let known = trace.sent_in(event).filter(|(number, _)| *number < run.world().n_messages());
    let sent = known.map(|(number, record)| {
        let what = line::way(words, cast, record);
        (number, Mark::Message(record.shape), what, fate(words, run, number, record))
    });
    (arrived, sent.collect())
}
