//! What the browser knows of the reader: the language, and what was chosen before. A frame of
//! another site may be denied its storage, and then nothing is remembered.

use crate::text;

const PREFIX: &str = "netsplit.";

/// What was remembered.
pub fn get(key: &str) -> Option<String> {
    web_sys::window()?.local_storage().ok()??.get_item(&format!("{PREFIX}{key}")).ok()?
}

/// Remembers it, where that is allowed.
pub fn set(key: &str, value: &str) {
    let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
    if let Some(storage) = storage {
        // A full or forbidden storage means that it is not remembered, no more.
        let _ = storage.set_item(&format!("{PREFIX}{key}"), value);
    }
}

/// The first language of the browser's that the page speaks too.
pub fn spoken() -> Option<&'static str> {
    let languages = web_sys::window()?.navigator().languages();
    languages.iter().filter_map(|tag| tag.as_string()).find_map(|tag| text::nearest(&tag))
}
