//! Both ends of the conversation with the page around.

use gloo_events::EventListener;
use js_sys::{Object, Reflect};
use netsplit_core::base::Time;
use netsplit_core::protocols;
use netsplit_core::scenario::Scenario;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessageEvent;
use yew::prelude::*;

use super::message::{In, Out, VERSION};
use super::report;
use crate::app;
use crate::panel::report::sentence;
use crate::session::{Action, Model, Session, Story, Theme, Topic, use_session, use_watch};
use crate::share::link::{self, Options};
use crate::text;
use crate::words::Words;

/// Tells the page around what happens, and does what it asks. Draws nothing.
#[hook]
pub fn use_port() -> Html {
    let session = use_session();
    {
        let session = session.clone();
        use_effect_with((), move |()| {
            let window = web_sys::window();
            let heard = window.as_ref().map(|window| {
                let session = session.clone();
                EventListener::new(window, "message", move |event| hear(&session, event))
            });
            let sized = window.as_ref().map(|window| {
                tell_height();
                EventListener::new(window, "resize", |_| tell_height())
            });
            move || drop((heard, sized))
        });
    }
    use_told(report::ready);
    use_told(report::step);
    use_told(report::prediction);
    use_told(report::verdict);
    use_told(report::goal);
    use_told(report::error);
    html! {}
}

/// Tells what `report` says of the model, whenever that is something else.
#[hook]
fn use_told(report: fn(&Model) -> Option<Out>) {
    let topics = &[Topic::Lesson, Topic::Step, Topic::Locale, Topic::Notice];
    let message = use_watch(topics, report);
    use_effect_with(message, |message| {
        if let Some(message) = message {
            tell(message);
        }
    });
}

/// Whoever holds the figure may hear what happens in it: nothing told is a secret.
fn tell(message: &Out) {
    post(&message.write());
}

fn post(message: &JsValue) {
    let Some(window) = web_sys::window() else { return };
    if let Ok(Some(parent)) = window.parent()
        && parent != window
    {
        // A page that does not listen is no failure.
        let _ = parent.post_message(message, "*");
    }
}

/// The height that shows everything at the present width, in our words and in Embedly's.
fn tell_height() {
    let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
    let height = height_at(width.unwrap_or(720.0) as u32);
    tell(&Out { height: Some(height), ..Out::new("resize") });
    let embedly = Object::new();
    let set = |key: &str, value: JsValue| Reflect::set(&embedly, &key.into(), &value).is_ok();
    if set("context", "iframe.resize".into()) && set("height", height.into()) {
        post(&embedly);
    }
}

/// What lamps, transport and foot take, and a stage in a good proportion.
fn height_at(width: u32) -> u32 {
    match width {
        0..700 => 600,
        _ => (148 + width * 52 / 100).min(760),
    }
}

fn hear(session: &Session, event: &web_sys::Event) {
    let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
    let parent = web_sys::window().and_then(|window| window.parent().ok().flatten());
    let from_parent = match (event.source(), parent) {
        (Some(source), Some(parent)) => JsValue::from(source) == JsValue::from(parent),
        _ => false,
    };
    if !from_parent {
        return;
    }
    match event.data().as_string().as_deref() {
        Some("slide:stop") => return session.dispatch(Action::Play(false)),
        Some(_) => return,
        None => {}
    }
    let message = In::read(&event.data());
    if message.netsplit == Some(f64::from(VERSION)) {
        obey(session, message);
    }
}

fn obey(session: &Session, message: In) {
    match message.kind.as_str() {
        "play" => session.dispatch(Action::Play(true)),
        "pause" => session.dispatch(Action::Play(false)),
        "seek" => {
            let ms = message.at.unwrap_or(0.0).clamp(0.0, 1e12);
            session.dispatch(Action::Seek(Time((ms * 1000.0) as u64)));
        }
        "load" => load(session, message.scenario.as_deref().unwrap_or_default()),
        "act" => act(session, message.line.as_deref().unwrap_or_default()),
        "set-theme" => session.dispatch(Action::Theme(match message.theme.as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::Auto,
        })),
        "set-lang" => {
            if let Some(locale) = message.lang.as_deref().and_then(text::nearest) {
                app::speak(session, locale);
            }
        }
        "get-link" => {
            let options = Options { at: true, ..Options::default() };
            let href = session.read(|model| {
                let loaded = model.loaded.as_ref()?;
                Some(format!("{}{}", link::base(), link::address(loaded, options)))
            });
            tell(&Out { href, id: message.id, ..Out::new("link") });
        }
        _ => {}
    }
}

/// An address is left to the page's router; a text is read here.
fn load(session: &Session, scenario: &str) {
    let scenario = scenario.trim();
    let is_address = scenario.starts_with(['/', '#']) || scenario.starts_with("s=");
    if is_address {
        let location = web_sys::window().map(|window| window.location());
        let set = location.map(|location| location.set_hash(scenario.trim_start_matches('#')));
        if !matches!(set, Some(Ok(()))) {
            complain(session, "embed.no-address");
        }
        return;
    }
    match Scenario::parse(scenario, protocols::ALL) {
        Ok(scenario) => session.dispatch(Action::Load(Box::new(Story::new(scenario)))),
        Err(errors) => {
            let words = Words::of(session.read(|model| model.locale));
            let message = errors.first().map(|error| sentence(words, error));
            tell(&Out { message, ..Out::new("error") });
        }
    }
}

/// Does what a line says, at the cursor.
fn act(session: &Session, line: &str) {
    let read = session.read(|model| {
        let run = model.run()?;
        Some(run.story().parse_line(&format!("at {} {line}", run.at())))
    });
    match read {
        Some(Ok(lines)) => {
            for line in lines {
                session.dispatch(Action::Do(line.action));
            }
        }
        Some(Err(error)) => {
            let words = Words::of(session.read(|model| model.locale));
            let message = Some(sentence(words, &error));
            tell(&Out { message, ..Out::new("error") });
        }
        None => complain(session, "embed.nothing-runs"),
    }
}

fn complain(session: &Session, key: &str) {
    let words = Words::of(session.read(|model| model.locale));
    tell(&Out { message: Some(words.say(key)), ..Out::new("error") });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_height_follows_the_width_within_reason() {
        assert_eq!(height_at(320), 600);
        assert_eq!(height_at(720), 522);
        assert_eq!(height_at(2000), 760);
    }
}
