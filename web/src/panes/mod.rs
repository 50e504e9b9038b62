//! Side by side: several runs under one timeline, each on a stage of its own, with what is left of
//! it at its head.

mod dialog;
mod head;
mod table;

use yew::prelude::*;

use crate::app::use_picture;
use crate::part::part_of;
use crate::session::{Model, Topic, use_watch};
use crate::styles::use_styles;
use crate::words::use_words;

pub use dialog::use_compare_dialog;
use head::use_head;
pub use table::{fork, use_comparison};

/// Where the styles of a comparison are, beside the page.
const STYLES: &str = "panes.css";

/// The stages, in the order of the comparison.
#[hook]
pub fn use_panes() -> Html {
    let words = use_words();
    let ready = use_styles(STYLES);
    let n = use_watch(&[Topic::Layout, Topic::Lesson], |model| model.panes().count());
    let focus = use_watch(&[Topic::Layout, Topic::Lesson], Model::focused);
    if !ready {
        return Html::default();
    }
    html! {
        <div class={classes!("panes", format!("of-{n}"))} role="group"
            aria-label={words.say("compare.panes")}>
            { for (0..n).map(|place| html! {
                <section class={classes!("pane", (place == focus).then_some("in-focus"))}
                    key={place} aria-labelledby={format!("pane-{place}")}>
                    { part_of(use_head, place) }
                    <div class="pane-stage">{ part_of(use_picture, place) }</div>
                </section>
            }) }
        </div>
    }
}
