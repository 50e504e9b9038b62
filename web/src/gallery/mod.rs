//! The gallery: lessons by family, each family a short course.

mod fetch;
pub mod index;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::part::part;

use self::index::{Entry, Index};
use crate::icon::draw_icon;
use crate::session::{Action, Session, Topic, View, use_session, use_watch};
use crate::words::{Words, use_words};

/// All lessons, while the gallery is what is looked at.
#[hook]
pub fn use_gallery() -> Html {
    let shown = use_watch(&[Topic::Layout, Topic::Lesson], |model| model.view == View::Gallery);
    if shown {
        part(use_shelves)
    } else {
        html! {}
    }
}

#[hook]
fn use_shelves() -> Html {
    let words = use_words();
    let session = use_session();
    let wanted = use_state(String::new);
    let index = index::use_index(words.locale());
    let open = use_watch(&[Topic::Lesson], |model| {
        let loaded = model.loaded.as_ref().filter(|loaded| loaded.lesson.is_some());
        loaded.map(|loaded| loaded.told.name.to_string()).unwrap_or_default()
    });
    let oninput = {
        let wanted = wanted.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            wanted.set(input.map(|input| input.value()).unwrap_or_default());
        })
    };
    html! {
        <section class="gallery" aria-labelledby="gallery-title">
            <div class="gallery-head">
                <h2 id="gallery-title">{ words.say("gallery") }</h2>
                <p>{ words.say("gallery.says") }</p>
                <label class="search">
                    { draw_icon("search") }
                    <span class="hidden-name">{ words.say("gallery.search") }</span>
                    <input type="search" placeholder={words.say("gallery.search")}
                        autocomplete="off" value={(*wanted).clone()} {oninput} />
                </label>
            </div>
            { match index {
                None => html! {
                    <p class="quiet" role="status">{ words.say("gallery.coming") }</p>
                },
                Some(index) => shelves(words, &session, &index.search(&wanted), &open),
            } }
        </section>
    }
}

fn shelves(words: Words, session: &Session, index: &Index, open: &str) -> Html {
    if index.entries.is_empty() {
        return html! { <p class="quiet" role="status">{ words.say("gallery.empty") }</p> };
    }
    let family = |(family, lessons): (&str, Vec<&Entry>)| {
        let n = words.count("gallery.lessons", lessons.len());
        let said = words.say(&format!("family.{family}.says"));
        let said = if said.starts_with("family.") { String::new() } else { said };
        html! {
            <section class="course" key={family.to_string()}>
                <header>
                    <h3>{ name_of(words, family) }</h3>
                    <span class="aside">{ n }</span>
                    <p class="aside">{ said }</p>
                </header>
                <ol>{ for lessons.iter().map(|lesson| card(words, session, lesson, open)) }</ol>
            </section>
        }
    };
    index.families().into_iter().map(family).collect()
}

/// What a family is called; its id where nobody says.
fn name_of(words: Words, family: &str) -> String {
    let key = format!("family.{family}");
    let name = words.say(&key);
    if name == key { family.into() } else { name }
}

fn card(words: Words, session: &Session, lesson: &Entry, open: &str) -> Html {
    let here = lesson.id == open;
    let needs = match (lesson.system.as_str(), lesson.n_steps) {
        ("", _) => words.say("gallery.card"),
        (_, 0) => words.say("gallery.free"),
        (_, n) => words.count("gallery.steps", n as usize),
    };
    // The lesson that is open already is looked at without being loaded anew, with what was done
    // to it.
    let onclick = {
        let session = session.clone();
        Callback::from(move |event: MouseEvent| {
            if here {
                event.prevent_default();
            }
            session.dispatch(Action::View(View::Stage));
        })
    };
    html! {
        <li key={lesson.id.clone()}>
            <a class={classes!("lesson-card", here.then_some("is-open"))}
                href={format!("#/{}", lesson.id)} aria-current={here.then_some("page")} {onclick}>
                <b>{ words.spaced(&lesson.title) }</b>
                <span class="lesson-about">{ words.spaced(&lesson.about) }</span>
                <span class="lesson-needs">
                    { needs }
                    if here { { " · " }{ words.say("gallery.open") } }
                </span>
            </a>
        </li>
    }
}
