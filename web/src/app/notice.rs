//! What the reader should know: over the stage, until it is put away.

use netsplit_core::scenario::Error;
use yew::prelude::*;

use crate::icon::draw_icon;
use crate::session::{Action, Topic, use_session, use_watch};
use crate::words::{Words, use_words};

/// So many mistakes of a text are shown.
const SHOWN: usize = 5;

/// The newest notice.
#[hook]
pub fn use_notice_bar() -> Html {
    let words = use_words();
    let session = use_session();
    let notice = use_watch(&[Topic::Notice], |model| model.notice.clone());
    let loaded = use_watch(&[Topic::Lesson], |model| model.loaded.is_some());
    let Some(notice) = notice else { return Html::default() };
    let values: Vec<_> = notice.values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let onclick = Callback::from(move |_| session.dispatch(Action::Notice(None)));
    let (class, role) =
        if notice.failed { ("notice failed", "alert") } else { ("notice", "status") };
    html! {
        <div {class} {role}>
            <div class="notice-text">
                <p>{ words.fill(notice.key, &values) }</p>
                if notice.failed && loaded { <p>{ words.say("notice.kept") }</p> }
                if !notice.errors.is_empty() {
                    <ul>
                        { for notice.errors.iter().take(SHOWN).map(|error| html! {
                            <li>{ mistake(words, error) }</li>
                        }) }
                    </ul>
                }
            </div>
            <button type="button" class="btn square" {onclick} aria-label={words.say("close")}>
                { draw_icon("close") }
            </button>
        </div>
    }
}

/// What is wrong with a text, and where.
pub fn mistake(words: Words, error: &Error) -> String {
    let expected = error.expected.join(", ");
    let suggestion = error.suggestion.as_deref().unwrap_or_default();
    let values = [("found", &*error.found), ("expected", &*expected), ("suggestion", suggestion)];
    let mut said = words.fill(error.kind.key(), &values);
    if !suggestion.is_empty() {
        said = format!("{said} {}", words.fill("scenario.nearest", &values));
    }
    let (line, column) = (error.line.to_string(), error.column.to_string());
    match error.line {
        0 => said,
        _ => words.fill("scenario.place", &[("line", &line), ("column", &column), ("said", &said)]),
    }
}
