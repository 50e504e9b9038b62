//! The head of the page: where one is, and what concerns the whole page.

use yew::prelude::*;

use crate::part::part;

use super::{load, prefs};
use crate::icon::draw_icon;
use crate::session::{Action, Dialog, Session, Theme, Topic, View, use_session, use_watch};
use crate::text;
use crate::words::{Words, use_words};

/// Brand, place, and the page's own buttons.
#[hook]
pub fn use_header() -> Html {
    let words = use_words();
    let session = use_session();
    html! {
        <header class="head">
            { part(use_brand) }
            { part(use_place) }
            <div class="head-actions">
                { opener(words, &session, "break", Dialog::Break, false) }
                { opener(words, &session, "compare", Dialog::Compare, false) }
                { opener(words, &session, "share", Dialog::Share, false) }
                { opener(words, &session, "embed", Dialog::Embed, false) }
            </div>
            <i class="divider" />
            { part(use_languages) }
            { part(use_theme_button) }
            { opener(words, &session, "help", Dialog::Help, true) }
            { opener(words, &session, "palette", Dialog::Palette, true) }
        </header>
    }
}

/// The way to all lessons.
#[hook]
fn use_brand() -> Html {
    let words = use_words();
    let session = use_session();
    let view = use_watch(&[Topic::Layout], |model| model.view);
    let next = if view == View::Gallery { View::Stage } else { View::Gallery };
    let onclick = Callback::from(move |_| session.dispatch(Action::View(next)));
    let label = words.say(if view == View::Gallery { "lessons.back" } else { "lessons" });
    html! {
        <button type="button" class="brand" {onclick} aria-label={format!("Netsplit. {label}")}
            title={label} aria-pressed={(view == View::Gallery).to_string()}>
            <svg viewBox="0 0 22 22" aria-hidden="true">
                <path class="brand-a"
                    d="M9.2 2.2a9 9 0 0 0-1 17.5l1.3-3.4l-1.8-2.9l2.2-2.6l-1.6-2.8z" />
                <path class="brand-b"
                    d="M13 2.1a9 9 0 0 1-1.2 17.9l1.1-3.4l-1.7-3l2.1-2.7l-1.6-2.8z" />
            </svg>
            <span>{ "Netsplit" }</span>
        </button>
    }
}

/// Which lesson of which family.
#[hook]
fn use_place() -> Html {
    let place = use_watch(&[Topic::Lesson, Topic::Locale], |model| {
        let loaded = model.loaded.as_ref()?;
        let told = &loaded.told;
        let id = told.system.entry.id;
        let family = text::system(model.locale, id, "name", &[]).unwrap_or_else(|| id.into());
        let title = told.title.get(model.locale).to_string();
        Some((family, title, told.name.clone()))
    });
    let words = use_words();
    let Some((family, title, name)) = place else {
        return html! {
            <nav class="place" aria-label={words.say("place")}><h1>{ "Netsplit" }</h1></nav>
        };
    };
    let title = if title.is_empty() { words.say("untitled") } else { title };
    html! {
        <nav class="place" aria-label={words.say("place")}>
            <span class="family">{ family }</span>
            { draw_icon("chevron") }
            <h1>{ title }</h1>
            <code class="lesson-id">{ &*name }</code>
        </nav>
    }
}

/// A button that opens a dialog; named by its icon alone where it is `quiet`.
fn opener(words: Words, session: &Session, word: &str, dialog: Dialog, quiet: bool) -> Html {
    let session = session.clone();
    let onclick = Callback::from(move |_| session.dispatch(Action::Dialog(Some(dialog))));
    let label = words.say(word);
    let class = classes!("btn", quiet.then_some("square"), format!("to-{word}"));
    html! {
        <button type="button" {class} {onclick}
            aria-label={label.clone()} aria-haspopup="dialog" title={label.clone()}>
            { draw_icon(word) }
            if !quiet { <span>{ label }</span> }
        </button>
    }
}

#[hook]
fn use_languages() -> Html {
    let words = use_words();
    let session = use_session();
    let button = |locale: &'static str, shown: &'static str, name: &'static str| {
        let session = session.clone();
        let onclick = Callback::from(move |_| {
            if !session.read(|model| model.embed) {
                prefs::set("lang", locale);
            }
            load::speak(&session, locale);
        });
        html! {
            <button type="button" lang={locale} aria-label={name} {onclick}
                aria-pressed={(words.locale() == locale).to_string()}>{ shown }</button>
        }
    };
    html! {
        <div class="languages" role="group" aria-label={words.say("language")}>
            { button("en", "EN", "EN, English") }
            { button("zh-CN", "中", "中文") }
        </div>
    }
}

/// Light, dark, or as the system says, in turn.
#[hook]
fn use_theme_button() -> Html {
    let words = use_words();
    let session = use_session();
    let theme = use_watch(&[Topic::Layout], |model| model.theme);
    let (icon, key, next) = match theme {
        Theme::Auto => ("auto", "theme.auto", Theme::Light),
        Theme::Light => ("light", "theme.light", Theme::Dark),
        Theme::Dark => ("dark", "theme.dark", Theme::Auto),
    };
    let onclick = Callback::from(move |_| choose_theme(&session, next));
    let label = words.say(key);
    html! {
        <button type="button" class="btn square theme" {onclick} aria-label={label.clone()}
            title={label}>{ draw_icon(icon) }</button>
    }
}

/// Shows a theme and remembers it.
pub fn choose_theme(session: &Session, theme: Theme) {
    session.dispatch(Action::Theme(theme));
    if !session.read(|model| model.embed) {
        prefs::set(
            "theme",
            match theme {
                Theme::Auto => "auto",
                Theme::Light => "light",
                Theme::Dark => "dark",
            },
        );
    }
}
