//! A question before the run goes on, and its answer beside what happened.

use yew::prelude::*;

use super::prose;
use super::view::{Outcome, Question};
use crate::icon::draw_icon;
use crate::session::{Action, Session};
use crate::words::Words;

/// A question with answers to choose from, by click or by the number keys of the page.
pub fn predict(words: Words, session: &Session, step: usize, question: &Question) -> Html {
    let option = |(place, text): (usize, &Vec<prose::Piece>)| {
        let session = session.clone();
        let onchange = Callback::from(move |_| session.dispatch(Action::Choose(place)));
        let chosen = question.chosen == Some(place);
        html! {
            <label class={classes!("option", chosen.then_some("is-chosen"))}>
                <input type="radio" name={format!("predict-{}", step)} checked={chosen}
                    {onchange} />
                <span>{ prose::html(text) }</span>
                if place < 9 { <kbd>{ place + 1 }</kbd> }
            </label>
        }
    };
    html! {
        <fieldset class="predict">
            <legend>{ words.say("predict") }</legend>
            <p class="question">{ prose::html(&question.text) }</p>
            { for question.options.iter().enumerate().map(option) }
        </fieldset>
    }
}

/// The prediction beside what happened, and why it happened.
pub fn outcome(words: Words, outcome: &Outcome) -> Html {
    let verdict = outcome.predicted.as_ref().map(|(_, right)| match right {
        true => ("check", "is-right", "outcome.right"),
        false => ("close", "is-other", "outcome.other"),
    });
    html! {
        <section class="outcome" aria-label={words.say("outcome")}>
            if let Some(((text, _), (icon, class, key))) = outcome.predicted.as_ref().zip(verdict) {
                <p class={classes!("verdict", class)}>
                    { draw_icon(icon) }
                    <span><b>{ words.say(key) }</b>{ " " }{ prose::html(text) }</span>
                </p>
            }
            if !matches!(outcome.predicted, Some((_, true))) && !outcome.right.is_empty() {
                <p class="verdict is-fact">
                    { draw_icon("eye") }
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
