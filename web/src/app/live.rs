//! What screen readers hear: the explanation of a step, at milestones while time passes and of
//! every step that was made by hand.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use netsplit_core::rule::Weight;
use netsplit_core::run::Run;
use netsplit_core::run::trace::What;
use yew::prelude::*;

use crate::panel::acts;
use crate::session::{Action, Session, Topic, use_session, use_watch};
use crate::text::units::seconds;
use crate::words::Words;

/// While time passes, sentences are at least so far apart.
const WHILE_PLAYING_MS: u32 = 2500;
/// A step by hand is told when no other follows at once.
const BY_HAND_MS: u32 = 300;
/// So many events are looked through for one that says something.
const LOOKED_THROUGH: u32 = 500;

/// The live region.
#[hook]
pub fn use_live() -> Html {
    let session = use_session();
    let said = use_watch(&[Topic::Announced], |model| model.announced.clone());
    use_effect_with((), move |()| {
        let told = Rc::new(Cell::new(session.read(|model| model.run().map_or(0, Run::cursor))));
        let waiting: Rc<Cell<Option<Timeout>>> = Rc::default();
        let watched = session.clone();
        let subscription = session.watch(&[Topic::Step, Topic::Playback], move || {
            let playing = watched.read(|model| model.playback.playing);
            let pending = waiting.take();
            if playing && pending.is_some() {
                // Throttled: what happens until then is told together.
                return waiting.set(pending);
            }
            let (session, told, own) = (watched.clone(), told.clone(), Rc::downgrade(&waiting));
            let delay = if playing { WHILE_PLAYING_MS } else { BY_HAND_MS };
            waiting.set(Some(Timeout::new(delay, move || {
                if let Some(own) = own.upgrade() {
                    own.take().map(Timeout::forget);
                }
                tell(&session, &told, playing);
            })));
        });
        move || drop(subscription)
    });
    html! { <p class="hidden-name" role="status" aria-live="polite">{ said }</p> }
}

fn tell(session: &Session, told: &Cell<u32>, playing: bool) {
    let sentence = session.read(|model| {
        let run = model.run()?;
        let to = run.cursor();
        let from = told.replace(to).min(to).max(to.saturating_sub(LOOKED_THROUGH));
        let weight = if playing { Weight::Milestone } else { Weight::Step };
        let from = if playing || from + 1 < to { from } else { to.saturating_sub(1) };
        (from..to).rev().find_map(|event| sentence(Words::of(model.locale), run, event, weight))
    });
    if let Some(sentence) = sentence {
        session.dispatch(Action::Announce(sentence));
    }
}

/// What an event says, if it says something of this weight.
fn sentence(words: Words, run: &Run, event: u32, weight: Weight) -> Option<String> {
    let trace = run.trace();
    let record = trace.events.get(event as usize)?;
    let cast = run.world().cast();
    let said = match &record.what {
        What::Act { line, .. } => {
            acts::sentence(words, cast, &run.lines().nth(*line as usize)?.action)
        }
        _ => {
            let fired = trace.fired_in(event).filter(|fired| fired.rule.weight >= weight);
            let heaviest = fired.max_by_key(|fired| fired.rule.weight)?;
            words.rule(cast, record.node, heaviest)
        }
    };
    Some(format!("{} s: {said}", seconds(record.at)))
}
