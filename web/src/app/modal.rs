//! A dialog over the page: it keeps the focus while it is open, and gives it back.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use crate::icon::draw_icon;
use crate::words::use_words;

#[derive(Properties, PartialEq)]
pub struct ModalProps {
    /// What it is called; stands at its head.
    pub title: String,
    #[prop_or_default]
    pub class: &'static str,
    /// Asks to be closed.
    pub onclose: Callback<()>,
    pub children: Html,
}

/// The browser's own dialog element: it makes the rest of the page inert.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let words = use_words();
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with((), move |()| {
            let before = focused();
            if let Some(dialog) = place.cast::<HtmlDialogElement>()
                && dialog.show_modal().is_err()
            {
                dialog.set_open(true);
            }
            move || {
                if let Some(before) = before {
                    // What had the focus may be gone by now.
                    let _ = before.focus();
                }
            }
        });
    }
    let oncancel = {
        let onclose = props.onclose.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            onclose.emit(());
        })
    };
    let onclick = {
        let (place, onclose) = (place.clone(), props.onclose.clone());
        Callback::from(move |event: MouseEvent| {
            // The dialog itself is only hit beside its content: on the backdrop.
            let hit = event.target().and_then(|hit| hit.dyn_into::<HtmlDialogElement>().ok());
            if hit.is_some() && hit == place.cast() {
                onclose.emit(());
            }
        })
    };
    let close = {
        let onclose = props.onclose.clone();
        Callback::from(move |_| onclose.emit(()))
    };
    html! {
        <dialog class={classes!("modal", props.class)} ref={place} aria-label={props.title.clone()}
            {oncancel} {onclick}>
            <div class="modal-body">
                <div class="modal-head">
                    <h2>{ &props.title }</h2>
                    <button type="button" class="btn square" onclick={close}
                        aria-label={words.say("close")}>{ draw_icon("close") }</button>
                </div>
                { props.children.clone() }
            </div>
        </dialog>
    }
}

fn focused() -> Option<HtmlElement> {
    web_sys::window()?.document()?.active_element()?.dyn_into().ok()
}
