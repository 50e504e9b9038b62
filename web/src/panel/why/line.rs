//! The line under the picture.

use yew::prelude::*;

use super::reason;
use crate::session::{Topic, use_watch};
use crate::words::use_words;

/// Why things are as they are at this moment, in one sentence.
#[hook]
pub fn use_why_line() -> Html {
    let words = use_words();
    let sentence = use_watch(&[Topic::Step, Topic::Lesson, Topic::Locale], move |model| {
        model.loaded.as_ref().map(|loaded| reason::now(words, &loaded.run))
    });
    html! {
        <p class="why">
            <b class="why-tag">{ words.say("why") }</b>
            <span>{ sentence }</span>
        </p>
    }
}
