//! The help sheet: how to begin, and every key.

use yew::prelude::*;

use super::dialogs::use_close;
use super::keys::KEYS;
use super::modal::Modal;
use crate::words::use_words;

/// Shown on `?`.
#[hook]
pub fn use_help() -> Html {
    let words = use_words();
    let onclose = use_close();
    html! {
        <Modal title={words.say("help.title")} {onclose} class="help">
            <ol class="help-begin">
                { for ["help.begin.1", "help.begin.2", "help.begin.3"].map(|key| html! {
                    <li>{ words.say(key) }</li>
                }) }
            </ol>
            <h3>{ words.say("help.keys") }</h3>
            { for KEYS.split(|(key, _)| key.is_empty()).map(|group| html! {
                <dl class="keys">
                    { for group.iter().map(|(key, says)| html! {
                        <div><dt><kbd>{ *key }</kbd></dt><dd>{ words.say(says) }</dd></div>
                    }) }
                </dl>
            }) }
            <p class="help-note">{ words.say("help.note") }</p>
        </Modal>
    }
}
