//! The command palette: everything that can be done, by typing a few letters of it.

mod commands;
mod fuzzy;

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use self::commands::{Command, commands};
use super::dialogs::use_close;
use super::modal::Modal;
use crate::gallery::index::use_index;
use crate::session::{Action, Session, use_session};
use crate::words::use_words;

/// So many answers are shown.
const SHOWN: usize = 40;

/// Shown on Ctrl or Cmd and K.
#[hook]
pub fn use_palette() -> Html {
    let words = use_words();
    let session = use_session();
    let index = use_index(words.locale());
    let typed = use_state(String::new);
    let chosen = use_state(|| 0usize);
    let all = use_memo((words, index.clone()), |(words, index)| {
        session.read(|model| commands(*words, model, index.as_deref()))
    });
    let found: Rc<Vec<Command>> = Rc::new(fuzzy::best(&all, &typed, SHOWN));
    let place = (*chosen).min(found.len().saturating_sub(1));
    let onclose = use_close();
    let oninput = {
        let (typed, chosen) = (typed.clone(), chosen.clone());
        Callback::from(move |event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            typed.set(field.value());
            chosen.set(0);
        })
    };
    let onkeydown = {
        let (session, found, chosen) = (session.clone(), found.clone(), chosen.clone());
        Callback::from(move |event: KeyboardEvent| {
            let last = found.len().saturating_sub(1);
            match event.key().as_str() {
                "ArrowDown" => chosen.set(if place == last { 0 } else { place + 1 }),
                "ArrowUp" => chosen.set(place.checked_sub(1).unwrap_or(last)),
                "Enter" => run(&session, found.get(place)),
                _ => return,
            }
            event.prevent_default();
        })
    };
    html! {
        <Modal title={words.say("palette")} {onclose} class="palette">
            <input type="text" role="combobox" aria-expanded="true" aria-controls="palette-list"
                aria-autocomplete="list" aria-activedescendant={format!("palette-{place}")}
                aria-label={words.say("palette.label")} placeholder={words.say("palette.label")}
                autofocus={!touched()} autocomplete="off" spellcheck="false"
                value={(*typed).clone()} {oninput} {onkeydown} />
            <ul id="palette-list" role="listbox" aria-label={words.say("palette")}>
                { for found.iter().enumerate().map(|(n, command)| {
                    item(&session, command, n, n == place)
                }) }
            </ul>
            if found.is_empty() { <p class="quiet">{ words.say("palette.nothing") }</p> }
        </Modal>
    }
}

/// Whether one points with a finger: a keyboard on the screen would hide the list.
fn touched() -> bool {
    let query =
        web_sys::window().and_then(|window| window.match_media("(pointer: coarse)").ok()?);
    query.is_some_and(|query| query.matches())
}

fn item(session: &Session, command: &Command, n: usize, chosen: bool) -> Html {
    let onclick = {
        let (session, command) = (session.clone(), command.clone());
        Callback::from(move |_| run(&session, Some(&command)))
    };
    html! {
        <li id={format!("palette-{n}")} role="option" aria-selected={chosen.to_string()} {onclick}>
            <span>{ &command.title }</span>
            <small>{ &command.about }</small>
        </li>
    }
}

fn run(session: &Session, command: Option<&Command>) {
    let Some(command) = command else { return };
    session.dispatch(Action::Dialog(None));
    (command.run)(session);
}
