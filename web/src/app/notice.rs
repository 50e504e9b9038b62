//! What the reader should know: over the stage, until it is put away.

use yew::prelude::*;

use crate::icon::draw_icon;
use crate::panel::report::sentence;
use crate::session::{Action, Topic, use_session, use_watch};
use crate::words::use_words;

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
                <p>
                    { words.fill(notice.key, &values) }
                    if let Some((href, key)) = &notice.way {
                        { " " }<a class="text-link" href={href.clone()}>{ words.say(key) }</a>
                    }
                </p>
                if notice.failed && loaded { <p>{ words.say("notice.kept") }</p> }
                if !notice.errors.is_empty() {
                    <ul>
                        { for notice.errors.iter().take(SHOWN).map(|error| html! {
                            <li>{ sentence(words, error) }</li>
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
