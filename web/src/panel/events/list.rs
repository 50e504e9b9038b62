//! The list of events, the newest first. It shows a window of the newest and grows on demand, so
//! that thousands of events cost nothing.

use netsplit_core::base::Id;
use netsplit_core::describe::Shape;
use netsplit_core::rule::Weight;
use web_sys::Element;
use yew::prelude::*;

use super::breakpoint::breakpoint;
use super::filter;
use super::line::{self, EventLine, Mark};
use super::yours::use_yours;
use crate::icon::draw_icon;
use crate::panel::inspector::why;
use crate::panel::past::look_at;
use crate::panel::why::reason;
use crate::part::part;
use crate::session::{Action, Filter, Model, Session, Thing, Topic, use_session, use_watch};
use crate::words::{Words, use_words};

/// How many events the window shows at first, and how many more each time.
const WINDOW: usize = 60;

const FILTERS: [(Filter, &str); 5] = [
    (Filter::Story, "story"),
    (Filter::All, "all"),
    (Filter::Refusals, "refusals"),
    (Filter::Node, "node"),
    (Filter::Acts, "acts"),
];

#[derive(Clone, PartialEq)]
struct View {
    lines: Vec<EventLine>,
    more: bool,
    chosen: Option<u32>,
    node: Option<String>,
    reasons: Vec<reason::Reason>,
}

/// What happened, newest first.
#[hook]
pub fn use_events_tab() -> Html {
    let words = use_words();
    let session = use_session();
    let window = use_state(|| WINDOW);
    let place = use_node_ref();
    use_pointed(place.clone());
    let limit = *window;
    let topics = &[Topic::Step, Topic::Selection, Topic::Lesson, Topic::Locale, Topic::Layout];
    let (shown, view) = use_watch(topics, move |model| (model.filter, view(words, model, limit)));
    let Some(view) = view else {
        return html! { <p class="quiet">{ words.say("events.none") }</p> };
    };
    let grow = {
        let window = window.clone();
        Callback::from(move |_| window.set(limit + 4 * WINDOW))
    };
    html! {
        <>
            { filters(words, &session, shown, view.node.as_deref()) }
            <div class="scroll events" ref={place}>
                <h2 class="hidden-name">{ words.say("tab.events") }</h2>
                { why(words, &session, &view.reasons) }
                if view.lines.is_empty() {
                    <p class="quiet">{ words.say("events.none") }</p>
                }
                { part(use_yours) }
                <ol class="event-list" aria-label={words.say("tab.events")}>
                    { for view.lines.iter().map(|event| row(words, &session, event, view.chosen)) }
                </ol>
                if view.more {
                    <button type="button" class="button" onclick={grow}>
                        { words.say("events.earlier") }
                    </button>
                }
            </div>
        </>
    }
}

/// The row of what is pointed at elsewhere stands out; no list is drawn anew for that.
#[hook]
fn use_pointed(place: NodeRef) {
    let session = use_session();
    use_effect_with(place, move |place| {
        let (place, watched) = (place.clone(), session.clone());
        let subscription = session.watch(&[Topic::Pointed], move || {
            let Some(list) = place.cast::<Element>() else { return };
            if let Ok(Some(row)) = list.query_selector("[data-pointed]") {
                let _ = row.remove_attribute("data-pointed");
            }
            let event = watched.read(|model| match model.pointed {
                Some(Thing::Event(event)) => Some(event),
                _ => None,
            });
            let row = event.map(|event| list.query_selector(&format!("[data-event='{event}']")));
            if let Some(Ok(Some(row))) = row {
                let _ = row.set_attribute("data-pointed", "");
            }
        });
        move || drop(subscription)
    });
}

fn view(words: Words, model: &Model, limit: usize) -> Option<View> {
    let run = &model.loaded.as_ref()?.run;
    let node = selected_node(model);
    let (events, more) = filter::newest(run, model.filter, node, limit);
    let chosen = match model.selection.last() {
        Some(Thing::Event(event)) => Some(*event),
        _ => None,
    };
    let reasons = match node {
        Some(id) => reason::of_node(words, run, id),
        None => reason::of_all(words, run),
    };
    Some(View {
        lines: events.into_iter().filter_map(|event| line::of(words, run, event)).collect(),
        more,
        chosen,
        node: node.map(|id| words.who(run.world().cast(), id)),
        reasons,
    })
}

fn selected_node(model: &Model) -> Option<Id> {
    model.selection.iter().rev().find_map(|thing| match thing {
        Thing::Node(id) => Some(*id),
        _ => None,
    })
}

fn filters(words: Words, session: &Session, shown: Filter, node: Option<&str>) -> Html {
    let button = |(filter, name): (Filter, &str)| {
        let session = session.clone();
        let onclick = Callback::from(move |_| session.dispatch(Action::Filter(filter)));
        let text = match (filter, node) {
            (Filter::Node, Some(node)) => node.to_string(),
            _ => words.say(&format!("filter.{name}")),
        };
        let nobody = filter == Filter::Node && node.is_none();
        let title = nobody.then(|| words.say("filter.node.nobody"));
        html! {
            <button type="button" aria-pressed={(filter == shown).to_string()} disabled={nobody}
                {title} {onclick}>{ text }</button>
        }
    };
    html! {
        <div class="filters" role="group" aria-label={words.say("filter")}>
            { for FILTERS.into_iter().map(button) }
        </div>
    }
}

fn row(words: Words, session: &Session, event: &EventLine, chosen: Option<u32>) -> Html {
    let here = chosen == Some(event.event);
    let class = classes!("event", class(event.mark), here.then_some("is-chosen"));
    let point = |thing: Option<Thing>| {
        let session = session.clone();
        Callback::from(move |_: PointerEvent| session.dispatch(Action::Point(thing.clone())))
    };
    html! {
        <li key={event.event} {class} data-event={event.event.to_string()}
            onpointerenter={point(Some(Thing::Event(event.event)))} onpointerleave={point(None)}>
            { head_button(session, event) }
            { said(event) }
            { breakpoint(words, session, event) }
            if let Some(idle) = &event.idle {
                <p class="said is-refusal">{ words.fill("event.idle", &[("why", idle)]) }</p>
            }
            if let Some(cause) = event.cause { { because(words, session, event, cause) } }
        </li>
    }
}

fn head_button(session: &Session, event: &EventLine) -> Html {
    let (number, session) = (event.event, session.clone());
    let onclick = Callback::from(move |_| {
        look_at(&session, number);
        session.dispatch(Action::Select(Some(Thing::Event(number))));
    });
    html! {
        <button type="button" class="event-head" {onclick}>
            { draw_icon(icon(event.mark)) }
            <span class="event-what">{ &event.head }</span>
            <time>{ crate::text::units::seconds(event.at) }</time>
        </button>
    }
}

/// The sentences of the rules that fired, each with its place in the paper.
pub fn said(event: &EventLine) -> Html {
    let sentence = |said: &super::line::Said| {
        let class = match said.weight {
            Weight::Routine => "is-routine",
            Weight::Step => "is-step",
            Weight::Refusal => "is-refusal",
            Weight::Milestone => "is-milestone",
        };
        html! {
            <p class={classes!("said", class)}>{ &said.text }{ " " }<cite>{ said.cite }</cite></p>
        }
    };
    html! { { for event.said.iter().map(sentence) } }
}

fn because(words: Words, session: &Session, event: &EventLine, cause: u32) -> Html {
    let session = session.clone();
    let onclick =
        Callback::from(move |_| session.dispatch(Action::Select(Some(Thing::Event(cause)))));
    html! {
        <button type="button" class="text-link because" {onclick}>
            { draw_icon("cause") }{ words.fill("event.because-of", &[("what", &event.because)]) }
        </button>
    }
}

/// The icon of a kind of event.
pub fn icon(mark: Mark) -> &'static str {
    match mark {
        Mark::Boot => "restart",
        Mark::Message(Shape::Request) => "request",
        Mark::Message(Shape::Answer) => "answer",
        Mark::Message(Shape::Refusal) => "refusal",
        Mark::Message(Shape::Heartbeat) => "beat",
        Mark::Message(Shape::Client) | Mark::Client => "client",
        Mark::Timer => "clock",
        Mark::Lesson => "script",
        Mark::Own => "select",
        Mark::Other => "bar",
    }
}

fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Own => "is-own",
        Mark::Lesson => "is-lesson",
        Mark::Message(Shape::Request) => "is-request",
        _ => "",
    }
}
