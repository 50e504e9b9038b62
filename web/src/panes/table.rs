//! What each pane cost and kept, in numbers.

use yew::prelude::*;

use super::head::title;
use crate::session::{Action, Model, Topic, use_session, use_watch};
use crate::words::use_words;

/// The table of a comparison, and its switches; nothing when there is none.
#[hook]
pub fn use_comparison() -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Layout, Topic::Lesson, Topic::Locale];
    let shown = use_watch(topics, move |model: &Model| {
        let titles = model.panes().map(|pane| title(words, pane)).collect::<Vec<_>>();
        model.compares().then_some((titles, model.alone))
    });
    let Some((titles, alone)) = shown else { return Html::default() };
    let toggle = {
        let session = session.clone();
        Callback::from(move |_| session.dispatch(Action::Alone(!alone)))
    };
    let end = Callback::from(move |_| session.dispatch(Action::Compare(None, Vec::new())));
    html! {
        <section class="comparison" aria-label={words.say("compare.title")}>
            <div class="comparison-switches">
                <button type="button" class="btn" aria-pressed={alone.to_string()}
                    title={words.say("compare.alone.about")} onclick={toggle}>
                    { words.say("compare.alone") }
                </button>
                <button type="button" class="btn" onclick={end}>{ words.say("compare.end") }</button>
            </div>
            <p>{ titles.join(" | ") }</p>
        </section>
    }
}
