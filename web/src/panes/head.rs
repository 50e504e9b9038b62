//! The head of a pane: what runs there, and its lamps.

use netsplit_core::run::Run;
use yew::prelude::*;

use crate::panel::lamps;
use crate::session::{Action, Loaded, Topic, run_title, use_session, use_watch};
use crate::text;
use crate::words::{Words, use_words};

/// What a pane is called; a press brings it into focus.
#[hook]
pub fn use_head(place: usize) -> Html {
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Step, Topic::Lesson, Topic::Layout, Topic::Locale];
    let seen = use_watch(topics, move |model| {
        let pane = model.pane(place)?;
        let in_focus = model.focused() == place;
        let lamps = pane.with_lamps(|lamps| lamps::of(words, &pane.run, lamps, None));
        Some((title(words, pane), in_focus, is_stopped(&pane.run), lamps))
    });
    let Some((title, in_focus, stopped, lamps)) = seen else { return Html::default() };
    let onclick = Callback::from(move |_| session.dispatch(Action::Focus(place)));
    html! {
        <header class="pane-head">
            <h2 id={format!("pane-{place}")}>
                <button type="button" {onclick} aria-pressed={in_focus.to_string()}
                    title={words.say("compare.focus")}>
                    <b class="pane-letter">{ letter(place) }</b>{ title }
                </button>
            </h2>
            if stopped { <small class="pane-stopped">{ words.say("compare.stopped") }</small> }
            <ul class="pane-lamps" aria-label={words.say("lamps")}>
                { for lamps.iter().map(|lamp| html! {
                    <li class={lamps::classes_of(lamp.state)}
                        title={lamp_title(words, lamp)}>
                        <span aria-hidden="true">{ lamp.letter }</span>
                        { crate::icon::draw_icon(lamps::glyph(lamp.state)) }
                        <span class="hidden-name">{ &lamp.words }</span>
                    </li>
                }) }
            </ul>
        </header>
    }
}

fn lamp_title(words: Words, lamp: &lamps::Lamp) -> String {
    format!("{}: {}", words.say(&format!("lamp.{}", lamp.letter)), lamp.words)
}

/// What a pane is called where there is little room.
pub fn letter(place: usize) -> &'static str {
    ["A", "B", "C", "D"].get(place).copied().unwrap_or_default()
}

/// What the reader calls a pane: the variant's title, and of another system its name too.
pub fn title(words: Words, pane: &Loaded) -> String {
    let told = &pane.told;
    let title = run_title(told, &pane.pane(), words.locale());
    let own = pane.run.world().cast().entry.id;
    let one_system = told.compare.iter().all(|other| told.entry_of(other).id == own);
    if one_system {
        return title.unwrap_or_else(|| words.say("compare.told"));
    }
    let system = text::system(words.locale(), own, "name", &[]).unwrap_or_else(|| own.into());
    match title {
        None => system,
        Some(title) if title.contains(&system) || told.system.entry.id == own => title,
        Some(title) => format!("{system} · {title}"),
    }
}

/// Whether a run met a limit, and what is shown is its last moment.
fn is_stopped(run: &Run) -> bool {
    run.head().stopped().is_some() && run.cursor() >= run.head().n_events()
}
