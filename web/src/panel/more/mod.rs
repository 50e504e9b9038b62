//! The last tab: settings, weather, text, properties, digest.

mod properties;
mod seed;
mod source;

use yew::prelude::*;

use self::properties::Properties;
use self::seed::Seed;
use self::source::Source;
use super::words::use_words;
use crate::app::Knobs;
use crate::session::{Topic, use_watch};

/// Everything about the run that is not told.
#[component]
pub fn MoreTab() -> Html {
    let words = use_words();
    let digest = use_watch(&[Topic::Step, Topic::Lesson, Topic::Work], |model| {
        let run = model.run().filter(|run| run.is_complete())?;
        Some(netsplit_core::scenario::link::short_digest(run.digest()))
    });
    html! {
        <div class="scroll more">
            <Knobs />
            <Seed />
            <Properties />
            <Source />
            <section>
                <h3>{ words.say("more.about") }</h3>
                <p class="aside">{ match digest {
                    Some(digest) => words.fill("more.digest", &[("digest", &digest)]),
                    None => words.say("more.digest.later"),
                } }</p>
                <p class="aside">{ words.say("more.licence") }</p>
            </section>
        </div>
    }
}
