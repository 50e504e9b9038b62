//! What the document's root element says: language, theme, whether the page is a figure.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, MediaQueryList};
use yew::prelude::*;

use crate::session::{Theme, Topic, use_watch};

/// Keeps the root element's attributes.
#[hook]
pub fn use_root() {
    let locale = use_watch(&[Topic::Locale], |model| model.locale);
    let theme = use_watch(&[Topic::Layout], |model| model.theme);
    let title = use_watch(&[Topic::Lesson, Topic::Locale], |model| {
        model.loaded.as_ref().map(|loaded| loaded.told.title.get(model.locale).to_string())
    });
    let embed = use_watch(&[Topic::Layout], |model| model.embed);
    use_effect_with(locale, |locale| {
        if let Some(root) = root() {
            let _ = root.set_attribute("lang", locale);
        }
    });
    use_effect_with(embed, |embed| {
        if let Some(root) = root() {
            let _ = root.toggle_attribute_with_force("data-embed", *embed);
        }
    });
    use_effect_with(title, |title| {
        if let (Some(title), Some(document)) = (title, document()) {
            document.set_title(&format!("{title} · Netsplit"));
        }
    });
    use_effect_with(theme, |theme| {
        let listening = follow(*theme);
        move || drop(listening)
    });
}

/// Sets the theme; follows the system's where that is asked for.
fn follow(theme: Theme) -> Option<EventListener> {
    let query = web_sys::window()?.match_media("(prefers-color-scheme: dark)").ok()??;
    show(match theme {
        Theme::Auto => query.matches(),
        Theme::Light => false,
        Theme::Dark => true,
    });
    (theme == Theme::Auto).then(|| {
        EventListener::new(&query, "change", |event| {
            let query = event.target().and_then(|target| target.dyn_into::<MediaQueryList>().ok());
            show(query.is_some_and(|query| query.matches()));
        })
    })
}

fn show(dark: bool) {
    if let Some(root) = root() {
        let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
    }
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

fn root() -> Option<Element> {
    document()?.document_element()
}
