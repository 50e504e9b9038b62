//! "Compare with ...": what the run can stand beside.

use std::rc::Rc;

use netsplit_core::base::Str;
use netsplit_core::compare::{Differs, Offer, offers};
use netsplit_core::kernel::limits;
use netsplit_core::protocols;
use netsplit_core::scenario::ast::{Scenario, Texts};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::STYLES;
use super::head::title;
use crate::app::{Modal, systems, use_close, words};
use crate::part::part;
use crate::session::{Action, Loaded, Session, run_title, use_session};
use crate::styles::use_styles;
use crate::text;
use crate::words::{Words, use_words};

/// The dialog.
#[hook]
pub fn use_compare_dialog() -> Html {
    let words = use_words();
    let onclose = use_close();
    html! {
        <Modal title={words.say("compare.with")} class="compare-dialog" {onclose}>
            { part(use_offers) }
        </Modal>
    }
}

/// What can be chosen: in this language, and what it is made from.
#[derive(Clone)]
struct Choice {
    story: Rc<Scenario>,
    running: String,
    offers: Rc<Vec<(Offer, String)>>,
}

#[hook]
fn use_offers() -> Html {
    let words = use_words();
    let session = use_session();
    let ready = use_styles(STYLES);
    let choice = {
        let session = session.clone();
        use_memo(words, move |words| {
            session.read(|model| model.loaded.as_ref().map(|loaded| choice(*words, loaded)))
        })
    };
    let chosen = use_state(Vec::<usize>::new);
    let Some(choice) = (*choice).clone().filter(|_| ready) else { return Html::default() };
    let (fit, most) = (limits::PANES.to_string(), limits::PANES - 1);
    let toggle = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
            else {
                return;
            };
            let Ok(place) = input.value().parse::<usize>() else { return };
            let mut next = (*chosen).clone();
            next.retain(|known| *known != place);
            if input.checked() {
                next.push(place);
            }
            chosen.set(next);
        })
    };
    let show = {
        let (choice, chosen, session) = (choice.clone(), chosen.clone(), session.clone());
        Callback::from(move |_| begin(&session, words, &choice, &chosen))
    };
    let group = |key: &str, folded: bool, belongs: fn(&Differs) -> bool| {
        let rows =
            choice.offers.iter().enumerate().filter(|(_, (offer, _))| belongs(&offer.differs));
        let rows: Vec<_> = rows.collect();
        html! {
            if !rows.is_empty() {
                <details class="compare-group" open={!folded}>
                    <summary>{ words.say(key) }</summary>
                    { for rows.into_iter().map(|(place, (_, title))| {
                        let checked = chosen.contains(&place);
                        html! {
                            <label>
                                <input type="checkbox" value={place.to_string()} {checked}
                                    disabled={!checked && chosen.len() >= most}
                                    onchange={toggle.clone()} />
                                <span>{ title }</span>
                            </label>
                        }
                    }) }
                </details>
            }
        }
    };
    // Settings are many; they are in the way of what the lesson itself offers.
    let few = choice.offers.iter().all(|(offer, _)| matches!(offer.differs, Differs::Setting(..)));
    html! {
        <>
            <p>{ words.fill("compare.running", &[("title", &choice.running)]) }</p>
            if choice.offers.is_empty() { <p>{ words.say("compare.nothing-to") }</p> }
            { group("compare.group.told", false, |it| *it == Differs::Told) }
            { group("compare.group.systems", false, |it| matches!(it, Differs::System(_))) }
            { group("compare.group.settings", !few, |it| matches!(it, Differs::Setting(..))) }
            <div class="compare-foot">
                <small>{ words.fill("compare.at-most", &[("n", &fit)]) }</small>
                <button type="button" class="btn primary" disabled={chosen.is_empty()}
                    onclick={show}>{ words.say("compare.show") }</button>
            </div>
        </>
    }
}

fn choice(words: Words, loaded: &Loaded) -> Choice {
    let story = loaded.told.clone();
    let found = offers(&story, &loaded.pane(), protocols::ALL);
    let titled = found.into_iter().map(|offer| {
        let title = title_of(words, &story, &offer);
        (offer, title)
    });
    Choice {
        running: title(words, loaded),
        offers: Rc::new(titled.collect()),
        story: story.clone(),
    }
}

fn title_of(words: Words, story: &Scenario, offer: &Offer) -> String {
    let name = offer.pane.name();
    match offer.differs {
        Differs::System(id) => {
            text::system(words.locale(), id, "name", &[]).unwrap_or_else(|| id.to_string())
        }
        Differs::Setting(key, _) => {
            let entry = story.entry_of(&offer.pane);
            let knob = entry.knobs.get(key.0).map_or("", |knob| knob.name);
            let value = name.strip_prefix(knob).map_or(name, |rest| rest.trim_start_matches('-'));
            let told = words.word(entry.id, "knob", knob);
            format!("{told}: {value}")
        }
        Differs::Told => run_title(story, &offer.pane, words.locale())
            .unwrap_or_else(|| words.say("compare.told")),
    }
}

/// Puts what is chosen beside what runs, once the words of its systems are here.
fn begin(session: &Session, words_of: Words, choice: &Choice, chosen: &[usize]) {
    let Some(running) = session.read(|model| model.loaded.as_ref().map(Loaded::pane)) else {
        return;
    };
    let mut story = Scenario::clone(&choice.story);
    let mut panes = vec![running];
    for place in chosen {
        let Some((offer, title)) = choice.offers.get(*place) else { continue };
        let told = Texts(vec![(Str::from(words_of.locale()), title.as_str().into())]);
        let mut offer = offer.clone();
        if let Some(variant) = &mut offer.variant {
            variant.title = told;
        }
        story.variants.extend(offer.variant);
        panes.push(offer.pane);
    }
    story.compare = panes;
    let session = session.clone();
    spawn_local(async move {
        for id in systems(&story) {
            words(&session, id, words_of.locale()).await;
        }
        session.dispatch(Action::Dialog(None));
        session.dispatch(Action::Compare(Some(Box::new(story))));
    });
}
