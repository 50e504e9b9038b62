//! The diagram's own styles, fetched when it is opened for the first time.

use std::cell::Cell;

use gloo_events::EventListener;
use web_sys::Element;
use yew::prelude::*;

/// Where they are, beside the page.
const HREF: &str = "spacetime.css";

thread_local! {
    static READY: Cell<bool> = const { Cell::new(false) };
}

/// Whether the styles are there, or will never be.
#[hook]
pub fn use_styles() -> bool {
    let ready = use_state(|| READY.get());
    let set = ready.setter();
    use_effect_with((), move |()| {
        let listening = (!READY.get()).then(|| fetch(set)).flatten();
        move || drop(listening)
    });
    *ready
}

fn fetch(set: UseStateSetter<bool>) -> Option<[EventListener; 2]> {
    let document = web_sys::window()?.document()?;
    let known = document.query_selector(&format!("link[href='{HREF}']")).ok()?;
    let link = match known {
        Some(link) if is_loaded(&link) => {
            READY.set(true);
            set.set(true);
            return None;
        }
        Some(link) => link,
        None => {
            let link = document.create_element("link").ok()?;
            link.set_attribute("rel", "stylesheet").ok()?;
            link.set_attribute("href", HREF).ok()?;
            document.head()?.append_child(&link).ok()?;
            link
        }
    };
    // Without its styles the diagram is plain, and still says what it says.
    let arrives = |name: &'static str| {
        let set = set.clone();
        EventListener::once(&link, name, move |_| {
            READY.set(true);
            set.set(true);
        })
    };
    Some(["load", "error"].map(arrives))
}

/// Whether the styles of a link have arrived.
fn is_loaded(link: &Element) -> bool {
    js_sys::Reflect::get(link, &"sheet".into()).is_ok_and(|sheet| !sheet.is_null())
}
