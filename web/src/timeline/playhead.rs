//! What moves with time: written on frames, outside the virtual document.

use std::cell::Cell;

use netsplit_core::base::Time;
use web_sys::Element;
use yew::prelude::*;

use crate::session::{Model, Topic, use_session};

/// What is read is written on one frame of so many.
const TURNS: u32 = 6;

/// Calls `write` with the instant and the element, now and whenever the instant changes.
#[hook]
pub fn use_instant<D, F>(place: NodeRef, depends: D, write: F)
where
    D: PartialEq + Clone + 'static,
    F: Fn(&Element, &Model, Time) + 'static,
{
    let session = use_session();
    use_effect_with((place, depends), move |(place, _)| {
        let place = place.clone();
        let watched = session.clone();
        let write = move || {
            let Some(element) = place.cast::<Element>() else { return };
            watched.read(|model| {
                let at = model.run().map_or(Time::ZERO, |run| run.at());
                write(&element, model, at);
            });
        };
        write();
        let subscription = session.watch(&[Topic::Instant, Topic::Lesson], write);
        move || drop(subscription)
    });
}

/// Like [`use_instant`], for what is read: while time passes, only as often as somebody can read.
#[hook]
pub fn use_instant_read<F>(place: NodeRef, write: F)
where
    F: Fn(&Element, Time) + 'static,
{
    let turn = Cell::new(0);
    use_instant(place, (), move |element, model, at| {
        turn.set(if model.playback.playing { (turn.get() + 1) % TURNS } else { 0 });
        if turn.get() == 0 {
            write(element, at);
        }
    });
}

/// Writes an attribute of the part of an element that has this class. By its class, since browsers
/// remember who has one, and look through everything for a selector.
pub fn set_part(element: &Element, class: &str, name: &str, value: &str) {
    if let Some(part) = element.get_elements_by_class_name(class).item(0) {
        // A name that is no attribute is our own mistake and shows at once.
        let _ = part.set_attribute(name, value);
    }
}
