//! Playing, stepping, undoing; the time in large figures.

use yew::prelude::*;

use crate::part::part;

use super::playhead::use_instant_read;
use super::speed::use_speed;
use crate::icon::draw_icon;
use crate::panel::acts;
use crate::session::{Action, Loaded, Topic, View, use_session, use_watch};
use crate::text::units;
use crate::words::use_words;

/// The row of buttons.
#[hook]
pub fn use_transport() -> Html {
    let words = use_words();
    let session = use_session();
    let loaded = use_watch(&[Topic::Lesson], |model| model.loaded.is_some());
    let playing = use_watch(&[Topic::Playback], |model| model.playback.playing);
    let act = |action: Action| {
        let session = session.clone();
        Callback::from(move |_| session.dispatch(action.clone()))
    };
    let button = |class: &'static str, icon, key: &str, shortcut: &'static str, action| {
        let label = words.say(key);
        html! {
            <button type="button" {class} disabled={!loaded} onclick={act(action)}
                aria-label={label.clone()} title={label} aria-keyshortcuts={shortcut}>
                { draw_icon(icon) }
            </button>
        }
    };
    let (icon, key) = if playing { ("pause", "pause") } else { ("play", "play") };
    html! {
        <div class="transport">
            <div class="buttons">
                { button("btn square", "step-back", "step.back", ",", Action::Step(-1)) }
                { button("btn square primary", icon, key, "Space", Action::Play(!playing)) }
                { button("btn square", "step-forward", "step.forward", ".", Action::Step(1)) }
            </div>
            <button type="button" class="btn framed next-event" disabled={!loaded}
                onclick={act(Action::NextInteresting)} title={words.say("next.about")}
                aria-keyshortcuts="N">
                { draw_icon("next") }<span>{ words.say("next") }</span>
            </button>
            { part(use_speed) }
            { part(use_now) }
            <span class="grow" />
            { part(use_undo) }
            { part(use_branches) }
            { part(use_unfold) }
        </div>
    }
}

/// The instant in large figures.
#[hook]
fn use_now() -> Html {
    let place = use_node_ref();
    use_instant_read(place.clone(), |element, at| {
        element.set_text_content(Some(&units::seconds(at)));
    });
    html! {
        <div class="now">
            <span class="now-figures" ref={place} /><span class="unit">{ "s" }</span>
        </div>
    }
}

/// Unfolds the timeline to the space-time diagram.
#[hook]
fn use_unfold() -> Html {
    let words = use_words();
    let session = use_session();
    let (open, there) = use_watch(&[Topic::Layout, Topic::Lesson], |model| {
        (model.view == View::Spacetime, model.loaded.is_some() && !model.embed)
    });
    if !there {
        return Html::default();
    }
    let next = if open { View::Stage } else { View::Spacetime };
    let onclick = Callback::from(move |_| session.dispatch(Action::View(next)));
    let label = words.say("spacetime");
    html! {
        <button type="button" class="btn framed unfold" {onclick} aria-keyshortcuts="S"
            aria-pressed={open.to_string()} aria-label={label.clone()}
            title={words.say("spacetime.about")}>
            { draw_icon("spacetime") }<span>{ label }</span>
        </button>
    }
}

/// Takes the last own intervention back, and says which.
#[hook]
fn use_undo() -> Html {
    let words = use_words();
    let session = use_session();
    let last = use_watch(&[Topic::Step, Topic::Lesson, Topic::Locale], move |model| {
        let loaded = model.loaded.as_ref()?;
        loaded.own().last()?;
        // What was done in another pane alone has no words in this one.
        let line = loaded.run.own().last();
        let cast = loaded.run.world().cast();
        Some(line.map(|line| acts::sentence(words, cast, &line.action)).unwrap_or_default())
    });
    let Some(last) = last else { return Html::default() };
    let onclick = Callback::from(move |_| session.dispatch(Action::Undo));
    let label = words.fill("undo.what", &[("what", &last)]);
    html! {
        <button type="button" class="btn framed undo" {onclick} aria-keyshortcuts="U"
            aria-label={label.clone()} title={label}>
            { draw_icon("undo") }<span>{ words.say("undo") }</span>
        </button>
    }
}

/// What was done elsewhere, to go back to.
#[hook]
fn use_branches() -> Html {
    let words = use_words();
    let session = use_session();
    let branches = use_watch(&[Topic::Step, Topic::Lesson], |model| {
        let branches = model.loaded.as_ref().map(Loaded::branches).unwrap_or_default();
        branches.iter().map(|branch| (branch.own.len(), branch.at)).collect::<Vec<_>>()
    });
    if branches.is_empty() {
        return Html::default();
    }
    html! {
        <details class="branches">
            <summary class="btn framed" title={words.say("branches.about")}>
                { draw_icon("branch") }
                <span>{ words.count("branches", branches.len()) }</span>
            </summary>
            <ul>
                { for branches.iter().enumerate().map(|(place, (n, at))| {
                    let session = session.clone();
                    let onclick = Callback::from(move |_| session.dispatch(Action::Branch(place)));
                    let (acts, time) = (words.count("branch.acts", *n), units::seconds(*at));
                    let label = words.fill("branch", &[("acts", &acts), ("time", &time)]);
                    html! {
                        <li><button type="button" class="btn" {onclick}>{ label }</button></li>
                    }
                }) }
            </ul>
        </details>
    }
}
