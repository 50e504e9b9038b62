//! The foot of a figure: why, the lesson on demand, and the way to the whole page.

use yew::prelude::*;

use crate::part::part;

use super::port::use_port;
use crate::icon::draw_icon;
use crate::panel::{use_side_panel, use_why_line};
use crate::session::{Topic, use_watch};
use crate::share::link::{self, Options};
use crate::words::use_words;

/// One line of explanation; everything else on demand.
#[hook]
pub fn use_embed_foot() -> Html {
    let words = use_words();
    let open = use_state(|| false);
    let hidden = use_watch(&[Topic::Layout], |model| {
        let hides = |part: &str| model.hidden.iter().any(|hidden| hidden == part);
        (hides("why"), hides("lesson"), hides("link"))
    });
    let address = use_watch(&[Topic::Lesson, Topic::Locale], |model| {
        let loaded = model.loaded.as_ref()?;
        let options = Options { locale: Some(model.locale), ..Options::default() };
        Some(format!("{}{}", link::base(), link::address(loaded, options)))
    });
    let toggle = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    html! {
        <>
            { part(use_port) }
            if *open {
                <aside class="embed-panel" id="embed-panel">{ part(use_side_panel) }</aside>
            }
            <footer class="embed-foot">
                if !hidden.0 { { part(use_why_line) } }
                <span class="grow" />
                if !hidden.1 {
                    <button type="button" class="button" aria-expanded={open.to_string()}
                        aria-controls="embed-panel" onclick={toggle}>
                        { words.say(if *open { "embed.close" } else { "embed.lesson" }) }
                    </button>
                }
                if let Some(address) = address.filter(|_| !hidden.2) {
                    <a href={address} target="_blank" rel="noopener">
                        { words.say("embed.open") }{ draw_icon("external") }
                    </a>
                }
            </footer>
        </>
    }
}
