//! The last tab: settings, weather, text, properties, digest.

mod properties;
mod seed;
mod source;

use netsplit_core::scenario::link::short_digest;
use yew::prelude::*;

use crate::part::part;

use self::properties::use_properties;
use self::seed::use_seed;
use self::source::use_source;
use crate::app::use_knobs;
use crate::session::{Topic, use_session, use_watch};
use crate::words::use_words;

/// Everything about the run that is not told.
#[hook]
pub fn use_more_tab() -> Html {
    let words = use_words();
    let session = use_session();
    let recorded = use_watch(&[Topic::Step, Topic::Lesson, Topic::Work], |model| {
        model.loaded.as_ref().map(|loaded| (loaded.edition, loaded.run.is_complete()))
    });
    let digest = use_memo(recorded, |recorded| {
        let complete = recorded.is_some_and(|(_, complete)| complete);
        session.read(|model| model.run().filter(|_| complete).map(|run| short_digest(run.digest())))
    });
    html! {
        <div class="scroll more">
            <h2 class="hidden-name">{ words.say("tab.more") }</h2>
            { part(use_knobs) }
            { part(use_seed) }
            { part(use_properties) }
            { part(use_source) }
            <section>
                <h3>{ words.say("more.about") }</h3>
                <p class="aside">{ match &*digest {
                    Some(digest) => words.fill("more.digest", &[("digest", digest)]),
                    None => words.say("more.digest.later"),
                } }</p>
                <p class="aside">{ words.say("more.licence") }</p>
            </section>
        </div>
    }
}
