//! The end of a lesson: the next one of its family.

use yew::prelude::*;

use crate::gallery::index::use_index;
use crate::icon::draw_icon;
use crate::session::{Action, Topic, View, use_session, use_watch};
use crate::words::use_words;

/// The next lesson of the family that is open, and the way to all of them.
#[hook]
pub fn use_next_lesson() -> Html {
    let words = use_words();
    let name = use_watch(&[Topic::Lesson], |model| {
        model.loaded.as_ref().map(|loaded| loaded.told.name.to_string()).unwrap_or_default()
    });
    let session = use_session();
    let all = Callback::from(move |_| session.dispatch(Action::View(View::Gallery)));
    let index = use_index(words.locale());
    let next = index.as_ref().and_then(|index| index.next_in_family(&name));
    html! {
        <section class="next-lesson" aria-label={words.say("lesson.ends")}>
            <p class="aside">{ words.say("lesson.ends") }</p>
            if let Some(next) = next {
                <a class="button" href={format!("#/{}", next.id)}>
                    { words.fill("lesson.next", &[("title", &next.title)]) }{ draw_icon("chevron") }
                </a>
            }
            <button type="button" class="button ghost" onclick={all}>
                { words.say("lesson.all") }
            </button>
        </section>
    }
}
