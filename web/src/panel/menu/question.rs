//! The fields of a question, inside the menu.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::form::{Form, Input, InputKind};
use crate::session::{Action, use_session};
use crate::words::use_words;

/// Asks, and does what was asked for.
#[hook]
pub fn use_question(asked: (Form, Callback<()>)) -> Html {
    let (form, back) = asked;
    let words = use_words();
    let session = use_session();
    let error = use_state(|| None::<&'static str>);
    let asked = use_memo((form.clone(), words), |(form, words)| {
        session.read(|model| {
            let world = model.loaded.as_ref().map(|loaded| loaded.run.world());
            world
                .map(|world| (form.title(*words, world), form.inputs(*words, world)))
                .unwrap_or_default()
        })
    });
    let (title, inputs) = &*asked;
    let values = use_mut_ref(|| inputs.iter().map(|input| input.value.clone()).collect::<Vec<_>>());
    let onsubmit = {
        let (session, form) = (session.clone(), form.clone());
        let (values, error) = (values.clone(), error.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let made = session.read(|model| {
                let world = model.loaded.as_ref().map(|loaded| loaded.run.world());
                world.map(|world| form.build(world, &values.borrow()))
            });
            match made {
                Some(Ok(action)) => {
                    session.dispatch(Action::Menu(None));
                    session.dispatch(Action::Do(action));
                }
                Some(Err(why)) => error.set(Some(why)),
                None => {}
            }
        })
    };
    let changed = |place: usize| {
        let (values, error) = (values.clone(), error.clone());
        Callback::from(move |text: String| {
            if let Some(value) = values.borrow_mut().get_mut(place) {
                *value = text;
            }
            error.set(None);
        })
    };
    let back = back.reform(|_: MouseEvent| ());
    html! {
        <form class="menu-form" {onsubmit}>
            <h3>{ title }</h3>
            { for inputs.iter().enumerate().map(|(place, input)| field(input, changed(place))) }
            if let Some(why) = *error {
                <p class="form-error" role="alert">{ words.say(why) }</p>
            }
            <div class="form-ends">
                <button type="button" class="button ghost" onclick={back}>
                    { words.say("form.back") }
                </button>
                <button type="submit" class="button primary">{ words.say("form.do") }</button>
            </div>
        </form>
    }
}

fn field(input: &Input, changed: Callback<String>) -> Html {
    match &input.kind {
        InputKind::Choice(choices) => {
            let onchange = Callback::from(move |event: Event| {
                let select = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
                changed.emit(select.map(|select| select.value()).unwrap_or_default());
            });
            let option = |(value, shown): &(String, String)| {
                let selected = *value == input.value;
                html! { <option value={value.clone()} {selected}>{ shown }</option> }
            };
            html! {
                <label class="form-field">
                    <span>{ &input.label }</span>
                    <select {onchange}>{ for choices.iter().map(option) }</select>
                </label>
            }
        }
        kind => {
            let oninput = Callback::from(move |event: InputEvent| {
                let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
                changed.emit(input.map(|input| input.value()).unwrap_or_default());
            });
            let (mode, unit) = match kind {
                InputKind::Number(unit) => ("decimal", unit.as_str()),
                _ => ("text", ""),
            };
            html! {
                <label class="form-field">
                    <span>{ &input.label }</span>
                    <input type="text" inputmode={mode} autocomplete="off" spellcheck="false"
                        value={input.value.clone()} {oninput} />
                    if !unit.is_empty() { <i>{ unit }</i> }
                </label>
            }
        }
    }
}
