//! What the stage itself cannot say: that it is empty, that something is on its way, that nobody
//! is left, that a limit was met.

use netsplit_core::kernel::Phase;
use netsplit_core::run::Run;
use netsplit_core::run::trace::Limit;
use yew::prelude::*;

use crate::session::{Action, Model, Topic, use_session, use_watch};
use crate::words::use_words;

#[derive(Clone, PartialEq)]
enum State {
    Fetching(String),
    Empty,
    Recording(u8),
    Stopped(&'static str),
    NobodyUp(usize),
    Fine,
}

/// A sentence over the stage, if there is something to say.
#[hook]
pub fn use_overlay() -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Lesson, Topic::Step, Topic::Work, Topic::Notice];
    let state = use_watch(topics, state);
    let open = {
        let session = session.clone();
        Callback::from(move |_| session.dispatch(Action::View(crate::session::View::Gallery)))
    };
    match state {
        State::Fine => Html::default(),
        State::Fetching(name) => html! {
            <p class="overlay centre" role="status">
                { words.fill("state.fetching", &[("name", &name)]) }
            </p>
        },
        State::Empty => html! {
            <div class="overlay centre">
                <p>{ words.say("state.empty") }</p>
                <button type="button" class="btn primary" onclick={open}>
                    { words.say("lessons") }
                </button>
            </div>
        },
        State::Recording(part) => html! {
            <p class="overlay" role="status">
                { words.fill("state.recording", &[("n", &part.to_string())]) }
                <progress max="100" value={part.to_string()} />
            </p>
        },
        State::Stopped(key) => html! { <p class="overlay">{ words.say(key) }</p> },
        State::NobodyUp(n) => html! {
            <p class="overlay">{ words.fill("state.nobody", &[("n", &n.to_string())]) }</p>
        },
    }
}

fn state(model: &Model) -> State {
    if let Some(name) = &model.fetching {
        return State::Fetching(name.to_string());
    }
    let Some(run) = model.run() else { return State::Empty };
    if let Some(part) = model.progress() {
        return State::Recording(part);
    }
    match run.head().stopped() {
        Some(limit) if run.cursor() >= run.head().n_events() => State::Stopped(match limit {
            Limit::Events => "state.limit.events",
            Limit::EventsPerInstant => "state.limit.instant",
            Limit::InFlight => "state.limit.flying",
            Limit::Operations => "state.limit.operations",
        }),
        _ if nobody_up(run) => State::NobodyUp(run.world().cast().n_roles()),
        _ => State::Fine,
    }
}

fn nobody_up(run: &Run) -> bool {
    let world = run.world();
    let mut roles = world.cast().ids().filter(|&id| world.cast().is_role(id));
    roles.all(|id| world.person(id).phase != Phase::Up)
}
