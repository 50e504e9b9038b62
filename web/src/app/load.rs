//! From the address to a scenario that runs: fetch, read, load. What is wrong is told, and what
//! was there stays.

use std::cell::Cell;
use std::rc::Rc;

use netsplit_core::base::Str;
use netsplit_core::protocols;
use netsplit_core::scenario::link::{LinkError, Subject};
use netsplit_core::scenario::{Error, Scenario};
use wasm_bindgen_futures::spawn_local;

use super::address::Asked;
use super::kept;
use super::net::{self, Missing};
use crate::rest;
use crate::session::{Action, Notice, Session, Story};
use crate::text;

thread_local! {
    /// Counts what was asked for: only the newest answer counts.
    static ASKED: Cell<u32> = const { Cell::new(0) };
}

/// Opens what the address asks for.
pub fn open(session: &Session) {
    let asked = Asked::now();
    let turn = ASKED.with(|asked| asked.replace(asked.get() + 1) + 1);
    let session = session.clone();
    if let Ok(Subject::BuiltIn(name, _)) = &asked.subject {
        session.dispatch(Action::Fetch(Str::from(name.as_str())));
    }
    spawn_local(async move {
        let locale = session.read(|model| model.locale);
        let opened = story(&asked, locale).await;
        if let Ok(story) = &opened {
            for id in systems(&story.scenario) {
                words(&session, id, locale).await;
            }
        }
        if ASKED.with(Cell::get) != turn {
            return;
        }
        match opened {
            Ok(story) => open_story(&session, story),
            Err(notice) => session.dispatch(Action::Notice(Some(notice))),
        }
    });
}

/// Opens a story; the way back to what the learner did is offered.
fn open_story(session: &Session, story: Story) {
    let left = session.read(|model| {
        let loaded = model.loaded.as_ref().filter(|_| !model.embed)?;
        kept::left(loaded, &story, model.locale)
    });
    session.dispatch(Action::Load(Box::new(story)));
    if left.is_some() {
        session.dispatch(Action::Notice(left));
    }
}

/// Speaks another language: its words, and the lesson told in it.
pub fn speak(session: &Session, locale: &'static str) {
    let session = session.clone();
    spawn_local(async move {
        words(&session, text::PAGE, locale).await;
        let told = session.read(|model| model.loaded.as_ref().map(|loaded| loaded.told.clone()));
        if let Some(told) = &told {
            for id in systems(told) {
                words(&session, id, locale).await;
            }
        }
        session.dispatch(Action::Locale(locale));
        if let Some(told) = told.filter(|told| !told.name.is_empty())
            && let Ok(scenario) = lesson(&told.name, locale).await
        {
            session.dispatch(Action::Retell(Box::new(scenario)));
        }
    });
}

/// The words of the page or of a system, unless they are there: at first those that the first
/// lesson shows by itself, if nobody wants more yet. Where they do not come, keys stand in.
pub async fn words(session: &Session, name: &str, locale: &'static str) {
    if text::has(name, locale) {
        return;
    }
    if !rest::is_untouched() {
        return all_words(session, name, locale).await;
    }
    let table = net::text(&format!("text/first/{name}.{locale}.ftl")).await.unwrap_or_default();
    text::put(name, locale, &table);
    session.dispatch(Action::Words);
    let (session, name) = (session.clone(), name.to_string());
    rest::on_arrival(async move { all_words(&session, &name, locale).await });
}

/// Where they do not come, the first ones stay.
async fn all_words(session: &Session, name: &str, locale: &'static str) {
    let table = net::text(&format!("text/{name}.{locale}.ftl")).await;
    if table.is_err() && text::has(name, locale) {
        return;
    }
    text::put(name, locale, &table.unwrap_or_default());
    session.dispatch(Action::Words);
}

async fn story(asked: &Asked, locale: &'static str) -> Result<Story, Notice> {
    let (scenario, lines) = match asked.subject.as_ref().map_err(of_link)? {
        Subject::BuiltIn(name, lines) => (lesson(name, locale).await?, lines.as_slice()),
        Subject::Text(text) => (read(text)?, &[][..]),
        Subject::Nothing => return Err(Notice::failure("link.address", Vec::new())),
    };
    let lesson = matches!(asked.subject, Ok(Subject::BuiltIn(..)));
    let lesson = lesson.then(|| Rc::new(scenario.clone()));
    let mut scenario = match lines {
        [] => scenario,
        lines => scenario.with_lines(lines, protocols::ALL).map_err(of_text)?,
    };
    // Who asks for a variant asks for one run.
    if asked.param("variant").is_some() {
        scenario.compare.clear();
    }
    Ok(Story {
        variant: asked.param("variant").map(Str::from),
        at: asked.at(),
        digest: asked.param("d"),
        lesson,
        ..Story::new(scenario)
    })
}

/// What runs: one system, or those that stand side by side.
pub fn systems(scenario: &Scenario) -> Vec<&'static str> {
    let mut ids = vec![scenario.system.entry.id];
    ids.extend(scenario.compare.iter().map(|pane| scenario.entry_of(pane).id));
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// A built-in scenario, told in one language.
async fn lesson(name: &str, locale: &'static str) -> Result<Scenario, Notice> {
    let text = net::text(&format!("lessons/{name}.{locale}.txt")).await;
    let named = || vec![("name", name.to_string())];
    match text {
        Ok(text) => read(&text),
        Err(Missing::Unknown) => Err(Notice::failure("notice.no-lesson", named())),
        Err(Missing::Failed) => Err(Notice::failure("notice.offline", named())),
    }
}

fn read(text: &str) -> Result<Scenario, Notice> {
    Scenario::parse(text, protocols::ALL).map_err(of_text)
}

fn of_text(errors: Vec<Error>) -> Notice {
    Notice { errors, ..Notice::failure("notice.unreadable", Vec::new()) }
}

fn of_link(error: &LinkError) -> Notice {
    let values = match error {
        LinkError::Version(found) => vec![("found", found.clone())],
        LinkError::Character(found, place) => {
            vec![("found", found.to_string()), ("place", place.to_string())]
        }
        LinkError::TooLong(limit) => vec![("limit", limit.to_string())],
        _ => Vec::new(),
    };
    Notice::failure(error.key(), values)
}
