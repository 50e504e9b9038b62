//! The scrubber: a slider over the whole run.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use netsplit_core::base::Time;
use web_sys::Element;
use yew::prelude::*;

use super::hold::use_own_marks;
use super::playhead::{set_part, use_instant};
use super::rail::use_rail;
use super::scale::Scale;
use crate::part::part_of;
use crate::room;
use crate::scene::text::num;
use crate::session::{Action, Session, Topic, use_session, use_watch};
use crate::text::{self, units};
use crate::words::use_words;

/// While time passes, the playhead moves by so many pixels at least.
const SEEN_PX: f64 = 1.0;

/// The slider with all that stands on it.
#[hook]
pub fn use_track() -> Html {
    let words = use_words();
    let session = use_session();
    let place = use_node_ref();
    let width = use_width(place.clone());
    let end =
        use_watch(&[Topic::Lesson, Topic::Step], |model| model.run().map(|run| run.head().end()));
    let scale = Scale { end: end.unwrap_or(Time::ms(1)), width };
    let last = Cell::new(f64::NAN);
    use_instant(place.clone(), (scale, words), move |track, model, at| {
        let x = scale.x(at);
        if !model.playback.playing || (x - last.get()).abs() >= SEEN_PX || last.get().is_nan() {
            last.set(x);
            move_playhead(track, scale, x);
        }
        if !model.playback.playing {
            let told = model.loaded.as_ref().and_then(|loaded| loaded.told_step());
            let step = told.map(|step| step.title.get(model.locale)).unwrap_or_default();
            let values = [("time", &*units::seconds(at)), ("step", step)];
            let value = text::page(model.locale, "track.value", &values);
            let _ = track.set_attribute("aria-valuetext", &value);
            let _ = track.set_attribute("aria-valuenow", &(at.0 / 1000).to_string());
        }
    });
    let dragging = use_mut_ref(|| false);
    let onkeydown = {
        let session = session.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(at) = key_target(&session, &event.key()) {
                event.prevent_default();
                session.dispatch(Action::Seek(at));
            }
        })
    };
    html! {
        <div class="track-box">
        <div class="track" ref={place.clone()} role="slider" tabindex="0"
            aria-label={words.say("track")} aria-disabled={end.is_none().to_string()}
            aria-valuemin="0" aria-valuemax={(scale.end.0 / 1000).to_string()} {onkeydown}
            onpointerdown={pointer(&session, &place, scale, &dragging, Moment::Down)}
            onpointermove={pointer(&session, &place, scale, &dragging, Moment::Move)}
            onpointerup={pointer(&session, &place, scale, &dragging, Moment::Up)}
            onpointercancel={pointer(&session, &place, scale, &dragging, Moment::Up)}>
            if end.is_some() && width > 0.0 { { part_of(use_rail, scale) } }
        </div>
        if end.is_some() && width > 0.0 { { part_of(use_own_marks, scale) } }
        </div>
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Moment {
    Down,
    Move,
    Up,
}

fn pointer(
    session: &Session,
    place: &NodeRef,
    scale: Scale,
    dragging: &Rc<RefCell<bool>>,
    moment: Moment,
) -> Callback<PointerEvent> {
    let (session, place, dragging) = (session.clone(), place.clone(), dragging.clone());
    Callback::from(move |event: PointerEvent| {
        let Some(track) = place.cast::<Element>() else { return };
        match moment {
            Moment::Down if event.button() == 0 => {
                dragging.replace(true);
                // Without a capture a fast drag ends at the edge, which is bearable.
                let _ = track.set_pointer_capture(event.pointer_id());
            }
            Moment::Move if *dragging.borrow() => {}
            _ => {
                dragging.replace(false);
                return;
            }
        }
        let x = f64::from(event.client_x()) - track.get_bounding_client_rect().x();
        session.dispatch(Action::Seek(scale.at(x)));
    })
}

/// Where a key leads: arrows a two-hundredth of the run, pages a tenth.
fn key_target(session: &Session, key: &str) -> Option<Time> {
    session.read(|model| {
        let run = model.run()?;
        let (at, end) = (run.at().0, run.head().end().0);
        let (fine, coarse) = ((end / 200).max(1), (end / 10).max(1));
        Some(Time(match key {
            "ArrowLeft" | "ArrowDown" => at.saturating_sub(fine),
            "ArrowRight" | "ArrowUp" => at + fine,
            "PageDown" => at.saturating_sub(coarse),
            "PageUp" => at + coarse,
            "Home" => 0,
            "End" => end,
            _ => return None,
        }))
    })
}

fn move_playhead(track: &Element, scale: Scale, x: f64) {
    set_part(track, "playhead", "transform", &format!("translate({} 0)", num(x)));
    let past = num(x - scale.left());
    for part in ["past", "rail-on"] {
        set_part(track, part, "width", &past);
    }
    ride(track, x, scale.right() - x);
}

/// Words that stand beside the cursor, where there is room for them.
fn ride(track: &Element, x: f64, room: f64) {
    let riders = track.get_elements_by_class_name("rider");
    for rider in (0..riders.length()).filter_map(|place| riders.item(place)) {
        let wanted: Option<u32> =
            rider.get_attribute("data-room").and_then(|room| room.parse().ok());
        let fits = wanted.is_none_or(|wanted| f64::from(wanted) <= room);
        let shown = if fits { "visible" } else { "hidden" };
        let _ = rider.set_attribute("transform", &format!("translate({} 0)", num(x)));
        let _ = rider.set_attribute("visibility", shown);
    }
}

/// The width of an element, in pixels, kept.
#[hook]
fn use_width(place: NodeRef) -> f64 {
    let width = use_state(|| 0.0);
    let set = width.setter();
    use_effect_with(place, move |place| {
        room::watch(place, move |element| set.set(f64::from(element.client_width())))
    });
    *width
}
