//! The last tab: settings, seed, text, properties, digest.

use yew::prelude::*;

/// Everything about the run that is not told.
#[component]
pub fn MoreTab() -> Html {
    html! {}
}
