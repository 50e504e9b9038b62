//! Styles of parts of the page that most readers never open, fetched when one is opened for the
//! first time.

use std::cell::RefCell;

use gloo_events::EventListener;
use web_sys::Element;
use yew::prelude::*;

thread_local! {
    /// Those that are there, or will never be.
    static READY: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// Whether the styles of this file, beside the page, are there, or will never be.
#[hook]
pub fn use_styles(href: &'static str) -> bool {
    let ready = use_state(|| is_ready(href));
    let set = ready.setter();
    use_effect_with((), move |()| {
        let listening = (!is_ready(href)).then(|| fetch(href, set)).flatten();
        move || drop(listening)
    });
    *ready
}

fn is_ready(href: &str) -> bool {
    READY.with_borrow(|ready| ready.contains(&href))
}

fn fetch(href: &'static str, set: UseStateSetter<bool>) -> Option<[EventListener; 2]> {
    let arrived = move || {
        READY.with_borrow_mut(|ready| ready.push(href));
        set.set(true);
    };
    let document = web_sys::window()?.document()?;
    let known = document.query_selector(&format!("link[href='{href}']")).ok()?;
    let link = match known {
        Some(link) if is_loaded(&link) => {
            arrived();
            return None;
        }
        Some(link) => link,
        None => {
            let link = document.create_element("link").ok()?;
            link.set_attribute("rel", "stylesheet").ok()?;
            link.set_attribute("href", href).ok()?;
            document.head()?.append_child(&link).ok()?;
            link
        }
    };
    // Without its styles a part is plain, and still says what it says.
    Some(["load", "error"].map(|name| {
        let arrived = arrived.clone();
        EventListener::once(&link, name, move |_| arrived())
    }))
}

/// Whether the styles of a link have arrived.
fn is_loaded(link: &Element) -> bool {
    js_sys::Reflect::get(link, &"sheet".into()).is_ok_and(|sheet| !sheet.is_null())
}
