//! The menu on the page: opens at a point, takes the focus, gives it back.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

use super::form::Form;
use super::items::{self, Choice, Item, Section};
use super::question::use_question;
use crate::part::part_of;
use crate::session::{Action, Menu, Session, Thing, Topic, use_session, use_watch};
use crate::words::use_words;

/// Opens the menu below itself.
#[hook]
pub fn use_menu_button(thing: Thing) -> Html {
    let words = use_words();
    let session = use_session();
    let button = use_node_ref();
    let onclick = {
        let (thing, button) = (thing.clone(), button.clone());
        Callback::from(move |_| {
            let place = button.cast::<Element>().map(|button| button.get_bounding_client_rect());
            let at = place.map_or((0, 0), |place| (place.left() as i32, place.bottom() as i32));
            let thing = thing.clone();
            session.dispatch(Action::Menu(Some(Menu { thing, at })));
        })
    };
    html! {
        <button type="button" class="button" aria-haspopup="dialog" ref={button} {onclick}>
            { words.say("menu.open") }
        </button>
    }
}

/// The menu that is open, if one is.
#[hook]
pub fn use_node_menu() -> Html {
    let menu = use_watch(&[Topic::Layout, Topic::Lesson], |model| model.menu.clone());
    match menu {
        Some(menu) => {
            let key = format!("{:?}", menu.thing);
            html! { <key={key}>{ part_of(use_popup, menu) }</> }
        }
        None => html! {},
    }
}

#[hook]
fn use_popup(menu: Menu) -> Html {
    let words = use_words();
    let session = use_session();
    let place = use_node_ref();
    let form = use_state(|| None::<Form>);
    let thing = menu.thing.clone();
    let topics = &[Topic::Step, Topic::Lesson, Topic::Locale];
    let content = use_watch(topics, move |model| {
        let run = &model.loaded.as_ref()?.run;
        Some(items::of(words, run.world(), &thing))
    });
    use_return_of_focus();
    use_place(place.clone(), menu.at, form.is_some());
    use_closing(place.clone(), session.clone());
    let onkeydown = {
        let (session, place, form) = (session.clone(), place.clone(), form.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" if form.is_some() => {
                event.stop_propagation();
                form.set(None);
            }
            "Escape" => {
                event.stop_propagation();
                session.dispatch(Action::Menu(None));
            }
            key @ ("ArrowDown" | "ArrowUp" | "Home" | "End") if form.is_none() => {
                event.prevent_default();
                move_focus(&place, key);
            }
            _ => {}
        })
    };
    let Some((title, sections)) = content else { return html! {} };
    html! {
        <div class="menu" role="dialog" aria-label={title.clone()} ref={place} tabindex="-1"
            {onkeydown}>
            <h2>{ &title }</h2>
            if let Some(asked) = &*form {
                { part_of(use_question, (asked.clone(), back(&form))) }
            } else {
                { for sections.iter().map(|section| draw(&session, &form, section)) }
            }
        </div>
    }
}

fn back(form: &UseStateHandle<Option<Form>>) -> Callback<()> {
    let form = form.clone();
    Callback::from(move |()| form.set(None))
}

fn draw(session: &Session, form: &UseStateHandle<Option<Form>>, section: &Section) -> Html {
    html! {
        <section>
            <h3>{ &section.title }</h3>
            <ul>{ for section.items.iter().map(|item| entry(session, form, item)) }</ul>
        </section>
    }
}

fn entry(session: &Session, form: &UseStateHandle<Option<Form>>, item: &Item) -> Html {
    if let Choice::Off(reason) = &item.choice {
        return html! {
            <li>
                <button type="button" class="menu-item" aria-disabled="true">
                    <span>{ &item.text }</span>
                    <small>{ reason }</small>
                </button>
            </li>
        };
    }
    let onclick = {
        let (session, form, choice) = (session.clone(), form.clone(), item.choice.clone());
        Callback::from(move |_| match &choice {
            Choice::Do(action) => {
                session.dispatch(Action::Menu(None));
                session.dispatch(Action::Do(action.clone()));
            }
            Choice::Ask(asked) => form.set(Some(asked.clone())),
            Choice::Off(_) => {}
        })
    };
    let asks = matches!(item.choice, Choice::Ask(_));
    html! {
        <li>
            <button type="button" class="menu-item" {onclick}>
                <span>{ &item.text }{ if asks { "…" } else { "" } }</span>
            </button>
        </li>
    }
}

/// Puts the menu where it was opened, inside the window, and the focus into it.
#[hook]
fn use_place(place: NodeRef, at: (i32, i32), asks: bool) {
    use_effect_with((at, asks), move |&((x, y), asks)| {
        let (Some(menu), Some(window)) = (place.cast::<HtmlElement>(), web_sys::window()) else {
            return;
        };
        let size = |value: Result<wasm_bindgen::JsValue, _>| {
            value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0) as i32
        };
        let (width, height) = (size(window.inner_width()), size(window.inner_height()));
        let left = x.min(width - menu.offset_width() - 8).max(8);
        let top = y.min(height - menu.offset_height() - 8).max(8);
        let style = menu.style();
        // Custom properties, so that a narrow window may lay the menu out as a sheet.
        let _ = style.set_property("--menu-x", &format!("{left}px"));
        let _ = style.set_property("--menu-y", &format!("{top}px"));
        let first = if asks { "input, select" } else { "button" };
        if let Ok(Some(first)) = menu.query_selector(first)
            && let Some(first) = first.dyn_ref::<HtmlElement>()
        {
            let _ = first.focus();
        }
    });
}

/// Gives the focus back to who had it before, when the menu closes.
#[hook]
fn use_return_of_focus() {
    use_effect_with((), move |()| {
        let document = web_sys::window().and_then(|window| window.document());
        let before = document.and_then(|document| document.active_element());
        move || {
            if let Some(before) = before.and_then(|before| before.dyn_into::<HtmlElement>().ok()) {
                let _ = before.focus();
            }
        }
    });
}

/// A press anywhere else closes the menu.
#[hook]
fn use_closing(place: NodeRef, session: Session) {
    use_effect_with((), move |()| {
        let document = web_sys::window().and_then(|window| window.document());
        let listener = document.map(|document| {
            EventListener::new(&document, "pointerdown", move |event| {
                let menu = place.cast::<Node>();
                let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
                let inside = menu.is_some_and(|menu| menu.contains(target.as_ref()));
                if !inside {
                    session.dispatch(Action::Menu(None));
                }
            })
        });
        move || drop(listener)
    });
}

fn move_focus(place: &NodeRef, key: &str) {
    let Some(menu) = place.cast::<HtmlElement>() else { return };
    let Ok(buttons) = menu.query_selector_all(".menu-item") else { return };
    let n = buttons.length();
    let Some(last) = n.checked_sub(1) else { return };
    let active = web_sys::window().and_then(|window| window.document()?.active_element());
    let active = active.map(Node::from);
    let here = (0..n).find(|&place| buttons.item(place) == active);
    let next = match (key, here) {
        ("Home", _) | ("ArrowDown", None) => 0,
        ("End", _) | ("ArrowUp", None | Some(0)) => last,
        ("ArrowDown", Some(here)) => (here + 1) % n,
        (_, Some(here)) => here - 1,
        _ => 0,
    };
    if let Some(button) = buttons.item(next)
        && let Some(button) = button.dyn_ref::<HtmlElement>()
    {
        let _ = button.focus();
    }
}
