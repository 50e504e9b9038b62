//! One event, with what it came from and what it brought about.

use yew::prelude::*;

use super::line::{self, EventLine};
use super::list;
use crate::icon::draw_icon;
use crate::panel::past::look_at;
use crate::session::{Action, Thing, Topic, use_session, use_watch};
use crate::words::use_words;

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
            if !causes.is_empty() {
                <section>
                    <h3>{ draw_icon("cause") }{ words.say("event.because") }</h3>
                    <ol class="event-list">{ for causes.iter().map(cause) }</ol>
                </section>
            }
        </>
    }
}
