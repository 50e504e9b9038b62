//! The scenario as text: to read, to copy, to change and run.

use netsplit_core::protocols;
use netsplit_core::scenario::{Error, Scenario};
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::panel::report::sentence;
use crate::part::part_of;
use crate::session::{Action, Session, Story, Topic, use_session, use_watch};
use crate::share::{link, use_copy_button};
use crate::words::use_words;

/// The text of what runs, the learner's lines included.
#[hook]
pub fn use_source() -> Html {
    let words = use_words();
    let session = use_session();
    let text = use_watch(&[Topic::Lesson], |model| {
        model.loaded.as_ref().map(link::text).unwrap_or_default()
    });
    let edited = use_state(|| None::<String>);
    let errors = use_state(Vec::<Error>::new);
    let before = use_state(|| None::<String>);
    let oninput = {
        let edited = edited.clone();
        Callback::from(move |event: InputEvent| {
            let area = event.target().and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok());
            edited.set(area.map(|area| area.value()));
        })
    };
    let run = {
        let (session, errors) = (session.clone(), errors.clone());
        let (edited, before, old) = (edited.clone(), before.clone(), text.clone());
        Callback::from(move |_| {
            let Some(new) = (*edited).clone() else { return };
            match open(&session, &new) {
                Ok(()) => {
                    before.set(Some(old.clone()));
                    edited.set(None);
                    errors.set(Vec::new());
                }
                Err(found) => errors.set(found),
            }
        })
    };
    let back = {
        let (session, before) = (session.clone(), before.clone());
        Callback::from(move |_| {
            if let Some(old) = &*before {
                // It ran before, so it can be read.
                let _ = open(&session, old);
            }
            before.set(None);
        })
    };
    let shown = (*edited).clone().unwrap_or_else(|| text.clone());
    let lines = shown.lines().count().clamp(6, 18).to_string();
    html! {
        <section>
            <h3 id="source-title">{ words.say("source") }</h3>
            <p class="aside">{ words.say("source.says") }</p>
            <textarea class="text-box source" aria-labelledby="source-title" spellcheck="false"
                autocomplete="off" wrap="off" rows={lines} value={shown.clone()} {oninput} />
            if !errors.is_empty() {
                <ul class="source-errors" role="alert">
                    { for errors.iter().map(|error| html! { <li>{ sentence(words, error) }</li> }) }
                </ul>
            }
            <div class="offers">
                <button type="button" class="button" onclick={run} disabled={edited.is_none()}>
                    { words.say("source.run") }
                </button>
                { part_of(use_copy_button, shown) }
                if before.is_some() {
                    <button type="button" class="button ghost" onclick={back}>
                        { words.say("source.back") }
                    </button>
                }
            </div>
        </section>
    }
}

/// Runs a text. Lines that begin with `+` are the learner's.
fn open(session: &Session, text: &str) -> Result<(), Vec<Error>> {
    let scenario = Scenario::parse(text, protocols::ALL)?;
    session.dispatch(Action::Load(Box::new(Story::new(scenario))));
    Ok(())
}
