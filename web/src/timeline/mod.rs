//! Time: playing, stepping, scrubbing, and what happened when.

mod marks;
mod playhead;
mod rail;
mod scale;
mod speed;
mod track;
mod transport;

use yew::prelude::*;

use crate::app::use_words;
use crate::panel::WhyLine;
use track::Track;
use transport::Transport;

/// Transport, scrubber, marks and verdict bands.
#[component]
pub fn Timeline() -> Html {
    let words = use_words();
    html! {
        <section class="time" aria-label={words.say("time")}>
            <Transport />
            <Track />
            <WhyLine />
        </section>
    }
}
