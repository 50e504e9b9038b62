//! A question before the run goes on, and its answer beside what happened.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::prose;
use super::view;
use crate::panel::icon::Icon;
use crate::panel::words::use_words;
use crate::session::{Action, Session, use_session};

/// A question.
#[derive(Properties, PartialEq)]
pub struct PredictProps {
    /// Of which step.
    pub step: usize,
    /// What is asked.
    pub question: view::Question,
}

/// A question with answers to choose from, by click or by number key.
#[component]
pub fn Predict(props: &PredictProps) -> Html {
    let words = use_words();
    let session = use_session();
    let n = props.question.options.len();
    {
        let session = session.clone();
        use_effect_with((props.step, n), move |&(_, n)| {
            let document = web_sys::window().and_then(|window| window.document());
            let listener =
                document.map(|document| listen_for_numbers(&document, session.clone(), n));
            move || drop(listener)
        });
    }
    let option = |(place, text): (usize, &Vec<prose::Piece>)| {
        let session = session.clone();
        let onchange = Callback::from(move |_| session.dispatch(Action::Choose(place)));
        let chosen = props.question.chosen == Some(place);
        html! {
            <label class={classes!("option", chosen.then_some("is-chosen"))}>
                <input type="radio" name={format!("predict-{}", props.step)} checked={chosen}
                    {onchange} />
                <span>{ prose::html(text) }</span>
                if place < 9 { <kbd>{ place + 1 }</kbd> }
            </label>
        }
    };
    html! {
        <fieldset class="predict">
            <legend>{ words.say("predict") }</legend>
            <p class="question">{ prose::html(&props.question.text) }</p>
            { for props.question.options.iter().enumerate().map(option) }
        </fieldset>
    }
}

/// The keys 1 to 9 choose an answer, except where one writes.
fn listen_for_numbers(document: &web_sys::Document, session: Session, n: usize) -> EventListener {
    EventListener::new(document, "keydown", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else { return };
        if event.ctrl_key() || event.alt_key() || event.meta_key() || writes(event) {
            return;
        }
        let number = event.key().parse::<usize>().ok().filter(|&number| (1..=n).contains(&number));
        if let Some(number) = number {
            session.dispatch(Action::Choose(number - 1));
        }
    })
}

/// Whether the key goes into a field, or into a dialog above the page.
fn writes(event: &web_sys::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let fields = "input:not([type=radio]), textarea, select, dialog, [role=menu], [role=dialog]";
    target.is_some_and(|target| matches!(target.closest(fields), Ok(Some(_))))
}

/// What came of a question.
#[derive(Properties, PartialEq)]
pub struct OutcomeProps {
    /// What was predicted and what happened.
    pub outcome: view::Outcome,
}

/// The prediction beside what happened, and why it happened.
#[component]
pub fn Outcome(props: &OutcomeProps) -> Html {
    let words = use_words();
    let outcome = &props.outcome;
    let verdict = outcome.predicted.as_ref().map(|(_, right)| match right {
        true => ("check", "is-right", "outcome.right"),
        false => ("x", "is-other", "outcome.other"),
    });
    html! {
        <section class="outcome" aria-label={words.say("outcome")}>
            if let Some(((text, _), (icon, class, key))) = outcome.predicted.as_ref().zip(verdict) {
                <p class={classes!("verdict", class)}>
                    <Icon name={icon} />
                    <span><b>{ words.say(key) }</b>{ " " }{ prose::html(text) }</span>
                </p>
            }
            if !matches!(outcome.predicted, Some((_, true))) && !outcome.right.is_empty() {
                <p class="verdict is-fact">
                    <Icon name="eye" />
                    <span><b>{ words.say("outcome.happened") }</b>{ " " }
                        { for outcome.right.iter().map(|text| prose::html(text)) }</span>
                </p>
            }
            if !outcome.explain.is_empty() {
                <p>{ prose::html(&outcome.explain) }</p>
            }
        </section>
    }
}
