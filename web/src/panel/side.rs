//! The side panel: four tabs.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::part::part;

use super::events::use_events_tab;
use super::inspector::use_node_tab;
use super::lesson::use_lesson_tab;
use super::more::use_more_tab;
use crate::session::{Action, Tab, Topic, use_session, use_watch};
use crate::words::use_words;

const TABS: [(Tab, &str); 4] =
    [(Tab::Lesson, "lesson"), (Tab::Node, "node"), (Tab::Events, "events"), (Tab::More, "more")];

/// Lesson, inspector, events, and the rest.
#[hook]
pub fn use_side_panel() -> Html {
    let words = use_words();
    let session = use_session();
    let shown = use_watch(&[Topic::Layout, Topic::Lesson], |model| model.tab);
    let told = use_watch(&[Topic::Layout, Topic::Lesson, Topic::Selection], |model| {
        let loaded = model.loaded.as_ref();
        let step = loaded.map(|loaded| (loaded.told.name.clone(), loaded.step));
        let thing = model.selection.last().cloned();
        let of = |tab| model.tab == tab;
        (model.tab, step.filter(|_| of(Tab::Lesson)), thing.filter(|_| of(Tab::Node)))
    });
    let (bar, panel) = (use_node_ref(), use_node_ref());
    {
        let panel = panel.clone();
        use_effect_with(told, move |_| to_top(&panel));
    }
    let onkeydown = {
        let (session, bar) = (session.clone(), bar.clone());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(tab) = neighbour(shown, &event.key()) {
                event.prevent_default();
                session.dispatch(Action::Tab(tab));
                focus(&bar, tab);
            }
        })
    };
    html! {
        <div class="side">
            <div class="tabs" role="tablist" ref={bar} {onkeydown}>
                { for TABS.iter().map(|&(tab, name)| {
                    let session = session.clone();
                    let onclick = Callback::from(move |_| session.dispatch(Action::Tab(tab)));
                    let on = tab == shown;
                    html! {
                        <button type="button" role="tab" id={format!("tab-{name}")}
                            aria-selected={on.to_string()} aria-controls="tab-panel"
                            tabindex={if on { "0" } else { "-1" }} {onclick}>
                            { words.say(&format!("tab.{name}")) }
                        </button>
                    }
                }) }
            </div>
            <div class="tab-panel" role="tabpanel" id="tab-panel" ref={panel}
                aria-labelledby={format!("tab-{}", name_of(shown))}>
                { match shown {
                    Tab::Lesson => part(use_lesson_tab),
                    Tab::Node => part(use_node_tab),
                    Tab::Events => part(use_events_tab),
                    Tab::More => part(use_more_tab),
                } }
            </div>
        </div>
    }
}

/// What is told anew is read from its beginning. On a small screen the panel itself scrolls.
fn to_top(panel: &NodeRef) {
    let Some(panel) = panel.cast::<Element>() else { return };
    panel.set_scroll_top(0);
    if let Ok(Some(within)) = panel.query_selector(".scroll") {
        within.set_scroll_top(0);
    }
}

fn name_of(tab: Tab) -> &'static str {
    TABS.iter().find(|(known, _)| *known == tab).map_or("", |(_, name)| name)
}

/// The tab that an arrow key leads to.
fn neighbour(tab: Tab, key: &str) -> Option<Tab> {
    let place = TABS.iter().position(|(known, _)| *known == tab)?;
    let last = TABS.len() - 1;
    let next = match key {
        "ArrowRight" => (place + 1) % TABS.len(),
        "ArrowLeft" => (place + last) % TABS.len(),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    Some(TABS[next].0)
}

fn focus(bar: &NodeRef, tab: Tab) {
    let Some(bar) = bar.cast::<HtmlElement>() else { return };
    let button = bar.query_selector(&format!("#tab-{}", name_of(tab)));
    if let Ok(Some(button)) = button
        && let Some(button) = button.dyn_ref::<HtmlElement>()
    {
        // A tab that cannot take the focus is no reason to fail.
        let _ = button.focus();
    }
}
