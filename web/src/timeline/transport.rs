//! Playing, stepping, undoing; the time in large figures.

use yew::prelude::*;

use crate::part::part;

use super::playhead::use_instant_read;
use super::speed::use_speed;
use crate::icon::draw_icon;
use crate::panel::acts;
use crate::session::{Action, Aside, Loaded, Model, Topic, View, use_session, use_watch};
use crate::text::units;
use crate::words::{Words, use_words};

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
        if loaded.is_changed() {
            return Some(words.say("undo.change"));
        }
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

/// What was done elsewhere, and what was on screen before a search showed what it found: to go back
/// to.
#[hook]
fn use_branches() -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Step, Topic::Lesson, Topic::Locale];
    let (asides, branches) = use_watch(topics, move |model| branches(words, model));
    if asides.is_empty() && branches.is_empty() {
        return Html::default();
    }
    let n = asides.len() + branches.len();
    let way = |(label, action): (String, Action)| {
        let session = session.clone();
        let onclick = Callback::from(move |_| session.dispatch(action.clone()));
        html! { <li><button type="button" class="btn" {onclick}>{ label }</button></li> }
    };
    let asides = asides.into_iter().enumerate().map(|(at, label)| (label, Action::Aside(at)));
    let branches = branches.into_iter().enumerate().map(|(at, label)| (label, Action::Branch(at)));
    html! {
        <details class="branches">
            <summary class="btn framed" title={words.say("branches.about")}>
                { draw_icon("branch") }
                <span>{ words.count("branches", n) }</span>
            </summary>
            <ul>{ for asides.chain(branches).map(way) }</ul>
        </details>
    }
}

/// What the runs aside and the branches are called.
fn branches(words: Words, model: &Model) -> (Vec<String>, Vec<String>) {
    let told = |key, title: &str, acts: usize, at| {
        let (acts, time) = (words.count("branch.acts", acts), units::seconds(at));
        words.fill(key, &[("title", title), ("acts", &acts), ("time", &time)])
    };
    let aside = |it: &Aside| told("branch.aside", &it.title(words.locale()), it.n_acts(), it.at());
    let branches = model.loaded.as_ref().map(Loaded::branches).unwrap_or_default();
    let branches = branches.iter().map(|it| told("branch", "", it.own.len(), it.at));
    (model.asides.iter().map(aside).collect(), branches.collect())
}
