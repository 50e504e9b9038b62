//! The lesson tab: look, predict, run, explain.

pub mod goal;
mod next;
mod predict;
pub mod prose;
mod view;

use yew::prelude::*;

use crate::part::part;

use self::next::use_next_lesson;
use crate::icon::draw_icon;
use crate::session::{Action, Session, Topic, use_session, use_watch};
use crate::words::{Words, use_words};
use view::StepView;

/// The story, step by step.
#[hook]
pub fn use_lesson_tab() -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Lesson, Topic::Step, Topic::Locale, Topic::Playback];
    let view = use_watch(topics, move |model| {
        let loaded = model.loaded.as_ref();
        loaded.map(|loaded| (loaded.told.name.clone(), view::step(words, loaded)))
    });
    match view {
        None => html! { <p class="quiet alone">{ words.say("lesson.none") }</p> },
        Some((_, None)) => html! { <p class="quiet alone">{ words.say("lesson.free") }</p> },
        Some((_, Some(view))) => html! {
            <>
                <div class="scroll">{ told(words, &session, &view) }</div>
                { navigation(words, &session, &view) }
            </>
        },
    }
}

fn told(words: Words, session: &Session, view: &StepView) -> Html {
    html! {
        <>
            { progress(words, view) }
            <h2>{ prose::html(&view.title) }</h2>
            if let Some(since) = view.changed {
                <p class="aside">{ words.fill("lesson.changed", &[("at", &words.at(since))]) }</p>
            }
            if let Some(outcome) = &view.outcome {
                { predict::outcome(words, outcome) }
            }
            { for view.say.iter().map(|text| html! { <p>{ prose::html(text) }</p> }) }
            if !view.look.is_empty() {
                <div class="look">
                    { draw_icon("eye") }
                    <p><span class="hidden-name">{ words.say("lesson.look") }</span>
                        { prose::html(&view.look) }</p>
                </div>
            }
            if let Some((text, reached)) = &view.goal {
                { goal_box(words, text, *reached) }
            }
            if let Some(question) = &view.predict {
                { predict::predict(words, session, view.step, question) }
            }
            { offers(words, session, view) }
            if view.step + 1 == view.n_steps && view.run_to.is_none() {
                { part(use_next_lesson) }
            }
        </>
    }
}

fn progress(words: Words, view: &StepView) -> Html {
    let (n, of) = ((view.step + 1).to_string(), view.n_steps.to_string());
    let mark = |place: usize| match place.cmp(&view.step) {
        std::cmp::Ordering::Less => "is-told",
        std::cmp::Ordering::Equal => "is-now",
        std::cmp::Ordering::Greater => "is-ahead",
    };
    html! {
        <div class="progress">
            <span>{ words.fill("lesson.step", &[("n", &n), ("of", &of)]) }</span>
            <span class="progress-marks" aria-hidden="true">
                { for (0..view.n_steps.min(24)).map(|place| html! { <i class={mark(place)} /> }) }
            </span>
        </div>
    }
}

fn goal_box(words: Words, text: &[prose::Piece], reached: bool) -> Html {
    let (icon, state, class) = match reached {
        true => ("check", "goal.reached", "is-reached"),
        false => ("flag", "goal.open", "is-open"),
    };
    html! {
        <div class={classes!("goal", class)}>
            { draw_icon(icon) }
            <p><b>{ words.say(state) }</b>{ " " }{ prose::html(text) }</p>
        </div>
    }
}

fn offers(words: Words, session: &Session, view: &StepView) -> Html {
    if view.offers.is_empty() && view.variant.is_none() {
        return html! {};
    }
    let button = |name: Option<netsplit_core::base::Str>, text: String, runs: bool| {
        let session = session.clone();
        let onclick = Callback::from(move |_| session.dispatch(Action::Variant(name.clone())));
        html! {
            <button type="button" class="button offer" aria-pressed={runs.to_string()} {onclick}>
                { draw_icon("play") }{ text }
            </button>
        }
    };
    html! {
        <div class="offers" role="group" aria-label={words.say("lesson.try")}>
            if let Some(title) = &view.variant {
                <p class="aside">{ words.fill("lesson.variant-runs", &[("title", title)]) }</p>
            }
            { for view.offers.iter().map(|(name, text, runs)| {
                button(Some(name.clone()), text.clone(), *runs)
            }) }
            if view.variant.is_some() {
                { button(None, words.say("lesson.as-told"), false) }
            }
        </div>
    }
}

fn navigation(words: Words, session: &Session, view: &StepView) -> Html {
    let to = |step: Option<usize>| {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(step) = step {
                session.dispatch(Action::ToStep(step));
            }
        })
    };
    let before = view.step.checked_sub(1);
    let after = Some(view.step + 1).filter(|&step| step < view.n_steps);
    let named = |step: Option<usize>| {
        let n = step.map_or(0, |step| step + 1).to_string();
        words.fill("lesson.to-step", &[("n", &n)])
    };
    html! {
        <div class="step-nav">
            <button type="button" class="button ghost" disabled={before.is_none()}
                aria-label={named(before)} onclick={to(before)}>
                { draw_icon("back") }
                if before.is_some() { <span>{ named(before) }</span> }
            </button>
            { run_button(words, session, view) }
            <button type="button" class="button ghost" disabled={after.is_none()}
                aria-label={named(after)} onclick={to(after)}>
                if after.is_some() { <span>{ named(after) }</span> }
                { draw_icon("chevron") }
            </button>
        </div>
    }
}

fn run_button(words: Words, session: &Session, view: &StepView) -> Html {
    let Some(at) = view.run_to else {
        let next = Some(view.step + 1).filter(|&step| step < view.n_steps);
        let session = session.clone();
        let onclick = Callback::from(move |_| {
            session.dispatch(match next {
                Some(step) => Action::ToStep(step),
                None => Action::Rewind,
            });
        });
        let key = if next.is_some() { "lesson.go-on" } else { "lesson.again" };
        return html! {
            <button type="button" class="button primary run" {onclick}>{ words.say(key) }</button>
        };
    };
    let waits = view.predict.as_ref().is_some_and(|question| question.chosen.is_none());
    let run = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| session.dispatch(Action::RunTo(at)))
    };
    let text = words.fill("lesson.run-to", &[("at", &words.at(at))]);
    html! {
        <div class="run-box">
            if waits {
                <p id="run-waits" class="run-waits">
                    { words.say("predict.first") }{ " " }
                    <button type="button" class="text-link" onclick={run.clone()}>
                        { words.say("predict.skip") }
                    </button>
                </p>
            }
            <button type="button" class="button primary run" disabled={waits}
                aria-describedby={waits.then_some("run-waits")} onclick={run}>
                { draw_icon("play") }{ text }
            </button>
        </div>
    }
}
