//! Copying text, where the browser allows it.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use crate::icon::draw_icon;
use crate::session::{Action, use_session};
use crate::words::use_words;

/// Copies, and says whether it could. The text stands beside the button in any case.
#[hook]
pub fn use_copy_button(text: String) -> Html {
    let words = use_words();
    let session = use_session();
    let done = use_state(|| None::<bool>);
    {
        let done = done.clone();
        use_effect_with(text.clone(), move |_| done.set(None));
    }
    let onclick = {
        let (session, done, text) = (session.clone(), done.clone(), text.clone());
        Callback::from(move |_| {
            let (session, done, text) = (session.clone(), done.clone(), text.clone());
            spawn_local(async move {
                let copied = copy(&text).await;
                let key = if copied { "copy.done" } else { "copy.denied" };
                session.dispatch(Action::Announce(words.say(key)));
                done.set(Some(copied));
            });
        })
    };
    let key = match *done {
        None => "copy",
        Some(true) => "copy.done",
        Some(false) => "copy.denied",
    };
    html! {
        <button type="button" class="button" {onclick}>
            { draw_icon(if *done == Some(true) { "check" } else { "copy" }) }{ words.say(key) }
        </button>
    }
}

/// Whether the browser let it.
async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    // Frames and plain http have no clipboard at all.
    let there = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if !there.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
