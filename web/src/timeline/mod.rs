//! Time: playing, stepping, scrubbing, and what happened when.

mod bands;
mod labels;
mod marks;
mod playhead;
mod rail;
mod scale;
mod speed;
mod track;
mod transport;

use yew::prelude::*;

pub use speed::neighbour as faster;

use crate::app::use_words;
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
        </section>
    }
}
