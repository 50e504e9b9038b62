//! A question before the run goes on, and its answer beside what happened.

use yew::prelude::*;

use super::prose;
use super::view;
use crate::panel::icon::Icon;
use crate::panel::words::use_words;
use crate::session::{Action, use_session};

/// A question.
#[derive(Properties, PartialEq)]
pub struct PredictProps {
    /// Of which step.
    pub step: usize,
    /// What is asked.
    pub question: view::Question,
}

/// A question with answers to choose from, by click or by the number keys of the page.
#[component]
pub fn Predict(props: &PredictProps) -> Html {
    let words = use_words();
    let session = use_session();
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
