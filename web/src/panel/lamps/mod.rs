//! The lamps C and A and the statement P: always in view, following the cursor.

mod levels;
mod view;

use yew::prelude::*;

pub use self::view::{Lamp, State, lamps as of};
use crate::icon::draw_icon;
use crate::session::{Action, Session, Topic, use_session, use_watch};
use crate::words::{Words, use_words};

/// What is left of consistency and availability, and what is cut.
#[hook]
pub fn use_lamps() -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Step, Topic::Lesson, Topic::Locale, Topic::Probed];
    let lamps = use_watch(topics, move |model| {
        let loaded = model.loaded.as_ref()?;
        let levels = loaded.levels();
        Some(loaded.with_lamps(|lamps| of(words, &loaded.run, lamps, levels)))
    });
    let Some(lamps) = lamps else { return html! { <div class="lamps" /> } };
    html! {
        <section class="lamps" aria-label={words.say("lamps")}>
            { for lamps.iter().map(|lamp| draw(words, &session, lamp)) }
        </section>
    }
}

fn draw(words: Words, session: &Session, lamp: &Lamp) -> Html {
    let body = html! {
        <>
            <span class="lamp-letter" aria-hidden="true">{ lamp.letter }</span>
            <span class="lamp-glyph">{ draw_icon(glyph(lamp.state)) }</span>
            <span class="lamp-text">
                <span class="hidden-name">{ words.say(&format!("lamp.{}", lamp.letter)) }</span>
                <b class="lamp-words">{ &lamp.words }</b>
                <b class="lamp-short" aria-hidden="true">{ &lamp.short }</b>
                <small>{ &lamp.figures }</small>
            </span>
        </>
    };
    let class = classes!("lamp", classes_of(lamp.state));
    let detail = (!lamp.detail.is_empty()).then(|| lamp.detail.clone());
    let Some(at) = lamp.changed.filter(|at| at.0 > 0) else {
        return html! { <div {class} title={detail}>{ body }</div> };
    };
    let session = session.clone();
    let onclick = Callback::from(move |_| session.dispatch(Action::Seek(at)));
    let jump = words.fill("lamp.jump", &[("at", &words.at(at))]);
    let title = detail.map_or(jump.clone(), |detail| format!("{detail} {jump}"));
    html! { <button type="button" {class} {title} {onclick}>{ body }</button> }
}

/// The icon of a state.
pub fn glyph(state: State) -> &'static str {
    match state {
        State::Holds => "check",
        State::Broken => "close",
        State::Unanswered => "bar",
        State::Undecided => "help",
        State::Dark => "none",
        State::Cut => "cut",
        State::Whole => "whole",
    }
}

/// The classes that colour a state.
pub fn classes_of(state: State) -> Classes {
    classes!(match state {
        State::Holds => "is-holding",
        State::Broken => "is-broken",
        State::Unanswered => "is-broken is-unanswered",
        State::Undecided => "is-undecided",
        State::Dark => "is-dark",
        State::Cut => "is-statement",
        State::Whole => "is-statement is-whole",
    })
}
