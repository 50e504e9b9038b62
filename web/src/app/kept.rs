//! What the learner did is never lost: the page's address follows the run, so that reloading, the
//! browser's way back, and a way that is offered all lead to it.

use netsplit_core::scenario::link::{Address, Subject};
use wasm_bindgen::JsValue;

use super::address::Asked;
use crate::session::{Loaded, Notice, Session, Story, Subscription, Topic};
use crate::share::link::{self, Options};
use crate::text;

/// Parameters that say which moment of which run is looked at; the others concern the page.
const OF_THE_RUN: [&str; 3] = ["t", "d", "variant"];

/// Keeps the address until it is dropped. A figure leaves its address to the page that holds it.
pub fn follow(session: &Session) -> Option<Subscription> {
    if session.read(|model| model.embed) {
        return None;
    }
    let watched = session.clone();
    Some(session.watch(&[Topic::Own], move || {
        let asked = Asked::now();
        let Some(mut here) = watched.read(|model| model.loaded.as_ref().map(here)) else { return };
        let same = asked.param("variant").as_deref() == here.param("variant");
        if same && asked.subject.as_ref() == Ok(&here.subject) {
            return;
        }
        let page = asked.params.into_iter().filter(|(key, _)| !OF_THE_RUN.contains(&&**key));
        here.params.extend(page);
        replace(&here.to_string());
    }))
}

/// Where what runs can be found again, story and all.
fn here(loaded: &Loaded) -> Address {
    let mut here = link::address(loaded, Options { at: true, ..Options::default() });
    if let Subject::Text(text) = &mut here.subject {
        *text = link::text(loaded);
    }
    here
}

/// Puts another fragment in the place of the present one.
fn replace(fragment: &str) {
    let Some(window) = web_sys::window() else { return };
    if let (Ok(href), Ok(history)) = (window.location().href(), window.history()) {
        let page = &href[..href.find('#').unwrap_or(href.len())];
        let url = format!("{page}{fragment}");
        // Where the browser does not let it, the way that is offered remains.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
    }
}

/// The way back to what is left for `next`, if the learner did something there.
pub fn left(loaded: &Loaded, next: &Story, locale: &str) -> Option<Notice> {
    let own = loaded.own();
    if own.is_empty() || loaded.told.name == next.scenario.name && own == next.own {
        return None;
    }
    let key = if own.len() == 1 { "notice.left.one" } else { "notice.left.other" };
    let title = loaded.told.title.get(locale).to_string();
    let title = if title.is_empty() { text::page(locale, "untitled", &[]) } else { title };
    Some(Notice {
        values: vec![("title", title), ("n", own.len().to_string())],
        way: Some((here(loaded).to_string(), "notice.left.back")),
        ..Notice::note(key)
    })
}
