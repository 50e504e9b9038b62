//! What a pointer and the keyboard do in the diagram.

use netsplit_core::base::Time;
use netsplit_core::history::OpRecord;
use netsplit_core::run::Run;
use web_sys::Element;
use yew::prelude::*;

use super::layout::Frame;
use super::picture::Picture;
use super::shared::{Shared, chosen};
use super::told;
use super::view::show;
use crate::panel::look_at;
use crate::scene::geometry::{Point, pt};
use crate::scene::text::num;
use crate::session::{Action, Session, Thing, Topic, use_session, use_watch};
use crate::words::use_words;

/// A pointer that moves less far clicks, in pixels.
const CLICK: f64 = 4.0;

/// The one place of the diagram that takes clicks, drags and keys: a slider from event to event.
#[hook]
pub fn use_hand(given: (Shared<Frame>, Shared<Picture>)) -> Html {
    let (frame, picture) = given;
    let words = use_words();
    let session = use_session();
    let place = use_node_ref();
    let topics = &[Topic::Selection, Topic::Step, Topic::Lesson, Topic::Locale];
    let (event, last, value) = use_watch(topics, move |model| {
        let Some(run) = model.run() else { return (0, 0, String::new()) };
        let last = run.cursor().saturating_sub(1);
        let event = chosen(model).unwrap_or(last).min(last);
        (event, last, told::thing(words, run, &Thing::Event(event)).unwrap_or_default())
    });
    let held = use_mut_ref(|| None::<(Point, Point)>);
    let here = {
        let place = place.clone();
        let corner = pt(frame.axis.left, 0.0);
        move |event: &PointerEvent| -> Option<Point> {
            let rect = place.cast::<Element>()?.get_bounding_client_rect();
            let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            Some(pt(x - rect.x() + corner.x, y - rect.y() + corner.y))
        }
    };
    let onpointerdown = {
        let (held, here, place) = (held.clone(), here.clone(), place.clone());
        Callback::from(move |event: PointerEvent| {
            if event.button() == 0 {
                let at = here(&event);
                held.replace(at.map(|at| (at, at)));
                if let Some(element) = place.cast::<Element>() {
                    // Without a capture a drag ends at the edge, which is bearable.
                    let _ = element.set_pointer_capture(event.pointer_id());
                }
            }
        })
    };
    let onpointermove = {
        let (held, here, session) = (held.clone(), here.clone(), session.clone());
        let (frame, picture) = (frame.clone(), picture.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(at) = here(&event) else { return };
            let drag = *held.borrow();
            let Some((down, last)) = drag else {
                return point(&session, find(&session, &frame, &picture, at));
            };
            if at.distance(down) >= CLICK || down != last {
                let by = frame.axis.us(last.x - at.x);
                held.replace(Some((down, at)));
                show(&session, |window, end| window.moved(by, end));
            }
        })
    };
    let onpointerup = {
        let (held, session) = (held.clone(), session.clone());
        let (frame, picture) = (frame.clone(), picture.clone());
        Callback::from(move |_: PointerEvent| {
            let Some((down, last)) = held.take() else { return };
            if down == last {
                click(&session, &frame, &picture, down);
            }
        })
    };
    let onpointercancel = Callback::from(move |_: PointerEvent| {
        held.take();
    });
    let onpointerleave = {
        let session = session.clone();
        Callback::from(move |_: PointerEvent| point(&session, None))
    };
    let onkeydown = {
        let (session, frame) = (session.clone(), frame.clone());
        Callback::from(move |event: KeyboardEvent| {
            if !event.ctrl_key() && !event.meta_key() && press(&session, &frame, &event.key()) {
                event.prevent_default();
            }
        })
    };
    let axis = frame.axis;
    html! {
        <rect class="sp-hand" ref={place} x={num(axis.left)} y="0"
            width={num(axis.right - axis.left)} height={num(frame.lanes.height)} role="slider"
            tabindex="0" aria-label={words.say("spacetime.events")} aria-valuemin="0"
            aria-valuemax={last.to_string()} aria-valuenow={event.to_string()}
            aria-valuetext={value}
            {onpointerdown} {onpointermove} {onpointerup} {onpointercancel} {onpointerleave}
            {onkeydown} />
    }
}

fn point(session: &Session, thing: Option<Thing>) {
    if session.read(|model| model.pointed != thing) {
        session.dispatch(Action::Point(thing));
    }
}

/// What lies at a place, of what has happened.
fn find(session: &Session, frame: &Frame, picture: &Picture, at: Point) -> Option<Thing> {
    session.read(|model| {
        let run = model.run()?;
        let hit = picture.nearest(at, run.at()).map(|hit| hit.thing.clone());
        hit.or_else(|| operation(run, frame, at).map(Thing::Event))
    })
}

/// The event of the operation whose bar lies at a place: its return or, while it waits, its call.
fn operation(run: &Run, frame: &Frame, at: Point) -> Option<u32> {
    let lane = frame.lanes.at(at.y).filter(|lane| lane.client)?;
    let n = run.world().n_ops() as usize;
    let ended = |op: &OpRecord| op.end.as_ref().filter(|end| end.event < run.cursor()).cloned();
    let of = run.trace().history.iter().take(n).filter(|(_, op)| op.client == lane.id);
    let there = of.filter(|(_, op)| {
        let until = ended(op).map_or(run.at(), |end| end.at);
        (frame.axis.x(op.called) - 3.0..=frame.axis.x(until) + 3.0).contains(&at.x)
    });
    let (_, op) = there.last()?;
    Some(ended(op).map_or(op.call, |end| end.event))
}

/// Goes there; what is there is selected.
fn click(session: &Session, frame: &Frame, picture: &Picture, at: Point) {
    match find(session, frame, picture, at) {
        Some(Thing::Event(event)) => {
            look_at(session, event);
            session.dispatch(Action::Select(Some(Thing::Event(event))));
        }
        thing => {
            session.dispatch(Action::Seek(frame.axis.at(at.x)));
            if thing.is_some() {
                session.dispatch(Action::Select(thing));
            }
        }
    }
}

/// What a key does; says whether it does something.
fn press(session: &Session, frame: &Frame, key: &str) -> bool {
    let zoom = |percent| {
        let at = session.read(|model| model.run().map_or(Time::ZERO, Run::at));
        show(session, |window, end| window.zoomed(at, percent, end));
        true
    };
    match key {
        "+" | "=" => return zoom(50),
        "-" => return zoom(200),
        "Enter" | " " => {
            let event = session.read(chosen);
            return event.is_some_and(|event| {
                look_at(session, event);
                true
            });
        }
        _ => {}
    }
    let next = session.read(|model| {
        let run = model.run()?;
        let from = chosen(model).unwrap_or(run.cursor().saturating_sub(1));
        neighbour(run, frame, from, key)
    });
    let Some(event) = next else { return false };
    session.dispatch(Action::Select(Some(Thing::Event(event))));
    let at = session.read(|model| {
        let event = model.run().and_then(|run| run.trace().events.get(event as usize));
        event.map_or(Time::ZERO, |event| event.at)
    });
    show(session, |window, end| {
        if (window.from..=window.to).contains(&at) {
            window
        } else {
            window.following(at, end).unwrap_or(window)
        }
    });
    true
}

/// The event that an arrow leads to: the one before or after, of those that happened at a
/// participant; the nearest in the lane above or below; the first and the last of the window.
fn neighbour(run: &Run, frame: &Frame, from: u32, key: &str) -> Option<u32> {
    let trace = run.trace();
    let last = run.cursor().checked_sub(1)?;
    let lane = |event: u32| {
        let of = frame.lanes.of_event(trace, event)?;
        frame.lanes.all.iter().position(|lane| lane.id == of.id)
    };
    let somewhere = |event: &u32| lane(*event).is_some();
    let window = frame.axis.window;
    match key {
        "ArrowRight" => (from + 1..=last).find(somewhere),
        "ArrowLeft" => (0..from).rev().find(somewhere),
        "Home" => {
            let first = trace.events.partition_point(|event| event.at < window.from) as u32;
            (first..=last).find(somewhere)
        }
        "End" => {
            let end = trace.events_until(window.to) as u32;
            (0..end.min(last + 1)).rev().find(somewhere)
        }
        "ArrowUp" | "ArrowDown" => {
            let by = if key == "ArrowUp" { -1 } else { 1 };
            let aim = lane(from)?.checked_add_signed(by)?;
            let at = trace.events.get(from as usize)?.at;
            let first = trace.events.partition_point(|event| event.at < window.from) as u32;
            let end = (trace.events_until(window.to) as u32).min(last + 1);
            let far = |event: u32| trace.events[event as usize].at.0.abs_diff(at.0);
            (first..end).filter(|event| lane(*event) == Some(aim)).min_by_key(|event| far(*event))
        }
        _ => None,
    }
}
