//! Time: playing, stepping, scrubbing, and what happened when.

mod bands;
mod hold;
mod labels;
pub mod marks;
mod own;
pub mod playhead;
mod rail;
mod scale;
mod speed;
mod track;
mod transport;

use yew::prelude::*;

use crate::part::part;

pub use speed::neighbour as faster;

use crate::words::use_words;
use track::use_track;
use transport::use_transport;

/// Transport, scrubber, marks and verdict bands.
#[hook]
pub fn use_timeline() -> Html {
    let words = use_words();
    html! {
        <section class="time" aria-label={words.say("time")}>
            { part(use_transport) }
            { part(use_track) }
        </section>
    }
}
