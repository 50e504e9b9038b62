//! Below the diagram: what is pointed at or selected, in words, and what can be done.

use netsplit_core::base::{Id, Time};
use netsplit_core::run::Run;
use yew::prelude::*;

use super::axis::Window;
use super::save;
use super::shared::{chosen, cone};
use super::told;
use super::view::show;
use crate::icon::draw_icon;
use crate::session::{Model, Thing, Topic, use_session, use_watch};
use crate::words::{Words, use_words};

/// The caption, the buttons, and the chart as a list for those who do not see it.
#[hook]
pub fn use_bar(given: (Option<Id>, Callback<Option<Id>>)) -> Html {
    let (alone, set) = given;
    let words = use_words();
    let session = use_session();
    let topics =
        &[Topic::Pointed, Topic::Selection, Topic::Step, Topic::Lesson, Topic::Locale, Topic::Own];
    let caption = use_watch(topics, move |model| caption(words, model, alone));
    let topics = &[Topic::Layout, Topic::Step, Topic::Lesson, Topic::Locale];
    let list = use_watch(topics, move |model| {
        let window = model.window.map(|(from, to)| Window { from, to });
        let told =
            model.run().zip(window).map(|(run, window)| told::operations(words, run, window));
        told.unwrap_or_default()
    });
    let node = use_watch(&[Topic::Selection, Topic::Lesson], move |model| {
        let run = model.run()?;
        model.selection.iter().rev().find_map(|thing| match thing {
            Thing::Node(id) => Some((*id, words.who(run.world().cast(), *id))),
            _ => None,
        })
    });
    let name = use_watch(&[Topic::Lesson], move |model| {
        Some(words.who(model.run()?.world().cast(), alone?))
    });
    let zoom = |key: &str, sign: &'static str, percent: Option<u64>| {
        let session = session.clone();
        let onclick = Callback::from(move |_| {
            let at = session.read(|model| model.run().map_or(Time::ZERO, Run::at));
            show(&session, |window, end| match percent {
                Some(percent) => window.zoomed(at, percent, end),
                None => Window::whole(end),
            });
        });
        let label = words.say(key);
        html! {
            <button type="button" class="btn framed square" {onclick} aria-label={label.clone()}
                title={label}>{ sign }</button>
        }
    };
    let only = {
        let next = if alone.is_some() { None } else { node.as_ref().map(|(id, _)| *id) };
        let onclick = Callback::from(move |_| set.emit(next));
        let who = name.or_else(|| node.as_ref().map(|(_, name)| name.clone()));
        let label = match &who {
            Some(who) => words.fill("spacetime.only", &[("who", who)]),
            None => words.say("spacetime.only.nobody"),
        };
        html! {
            <button type="button" class="btn framed" {onclick} disabled={who.is_none()}
                aria-pressed={alone.is_some().to_string()} aria-label={label.clone()}
                title={label.clone()}>
                { draw_icon("eye") }<span>{ label }</span>
            </button>
        }
    };
    let save = {
        let session = session.clone();
        let onclick = Callback::from(move |_| {
            let name = session.read(|model| {
                let name = model.loaded.as_ref().map(|loaded| loaded.told.name.replace('/', "-"));
                name.filter(|name| !name.is_empty()).unwrap_or_else(|| "netsplit".into())
            });
            save::save(&name);
        });
        let label = words.say("spacetime.save");
        html! {
            <button type="button" class="btn framed" {onclick} aria-label={label.clone()}
                title={label.clone()}>
                { draw_icon("save") }<span>{ label }</span>
            </button>
        }
    };
    html! {
        <div class="sp-bar">
            <p class="sp-caption">{ caption }</p>
            <div class="sp-buttons">
                { zoom("spacetime.closer", "+", Some(50)) }
                { zoom("spacetime.wider", "−", Some(200)) }
                { zoom("spacetime.whole", "↔", None) }
                { only }
                { save }
            </div>
            if !list.is_empty() {
                <ol class="hidden-name" aria-label={words.say("spacetime.chart")}>
                    { for list.into_iter().map(|told| html! { <li>{ told }</li> }) }
                </ol>
            }
        </div>
    }
}

fn caption(words: Words, model: &Model, alone: Option<Id>) -> String {
    let Some(run) = model.run() else { return String::new() };
    let pointed = model.pointed.as_ref().and_then(|thing| told::thing(words, run, thing));
    let told = || {
        let cone = cone(model, chosen(model)?, run.cursor())?;
        told::cone(words, run, &cone)
    };
    pointed.or_else(told).unwrap_or_else(|| match alone {
        Some(id) => words.fill("spacetime.alone", &[("who", &words.who(run.world().cast(), id))]),
        None => words.say("spacetime.hint"),
    })
}
