//! The diagram on the page. Its paths are drawn anew when another stretch of time is shown or
//! more of it is recorded; a step draws words and bars; a frame moves the playhead and what it
//! uncovers, and nothing else.

use std::rc::Rc;

use yew::prelude::*;

use netsplit_core::base::{Id, Time};

use super::axis::Window;
use super::bar::use_bar;
use super::bars::use_bars;
use super::cursor::{use_ahead, use_cursor, use_past};
use super::hand::use_hand;
use super::heads::use_heads;
use super::index::Index;
use super::layout::{Frame, Wish, lay};
use super::marks::{use_axis, use_notes, use_pointed};
use super::patterns::patterns;
use super::picture::Picture;
use super::shared::{Room, Shared, chosen, cone, frame};
use crate::part::part_of;
use crate::room;
use crate::scene::text::num;
use crate::session::{Action, Model, Topic, use_session, use_watch};
use crate::styles::use_styles;
use crate::words::use_words;

/// What happened, lane by lane.
#[hook]
pub fn use_spacetime() -> Html {
    let words = use_words();
    let ready = use_styles("spacetime.css");
    let place = use_node_ref();
    let room = use_room(place.clone(), ready);
    let alone = use_state(|| None::<Id>);
    use_window(room.width);
    let set = {
        let alone = alone.setter();
        Callback::from(move |id| alone.set(id))
    };
    html! {
        <section class="spacetime" aria-label={words.say("spacetime")} hidden={!ready}>
            <div class="sp-scroll" ref={place}>
                if ready && room.width > 0.0 { { part_of(use_diagram, (room, *alone)) } }
            </div>
            if ready { { part_of(use_bar, (*alone, set)) } }
        </section>
    }
}

/// What the drawing depends on; while it stays, nothing of it is drawn anew.
#[derive(Clone, PartialEq)]
struct Key {
    edition: u32,
    frame: Frame,
    /// How much of the window is recorded.
    events: usize,
    recorded: bool,
    chosen: Option<u32>,
}

fn key(model: &Model, room: Room) -> Option<Key> {
    let loaded = model.loaded.as_ref()?;
    let frame = frame(model, room)?;
    let to = frame.axis.window.to;
    let run = &loaded.run;
    Some(Key {
        edition: loaded.edition,
        events: run.trace().events_until(to),
        recorded: run.head().now() > to,
        chosen: chosen(model),
        frame,
    })
}

#[hook]
fn use_diagram(given: (Room, Option<Id>)) -> Html {
    let (room, alone) = given;
    let words = use_words();
    let session = use_session();
    let topics = &[Topic::Lesson, Topic::Layout, Topic::Work, Topic::Own, Topic::Selection];
    let key = use_watch(topics, move |model| key(model, room));
    let index = use_mut_ref(Index::default);
    let picture = use_memo((key.clone(), alone), |(key, alone)| {
        let drawn = session.read(|model| {
            let (key, loaded) = (key.as_ref()?, model.loaded.as_ref()?);
            let trace = loaded.run.trace();
            let mut index = index.borrow_mut();
            index.extend(trace, loaded.edition);
            let cone = key.chosen.and_then(|event| cone(model, event, u32::MAX));
            let wish = Wish { cone: cone.as_ref(), alone: *alone };
            Some(lay(trace, &index, &key.frame, wish))
        });
        drawn.unwrap_or_default()
    });
    let Some(Key { frame, .. }) = key else { return Html::default() };
    let (width, height) = (num(room.width), num(frame.lanes.height));
    let frame = Shared(Rc::new(frame));
    let picture = Shared(picture);
    html! {
        <svg class="sp" xmlns="http://www.w3.org/2000/svg" width={width.clone()}
            height={height.clone()} viewBox={format!("0 0 {width} {height}")} role="group"
            aria-label={words.say("spacetime")}>
            <g aria-hidden="true">
                { patterns() }
                { part_of(use_past, frame.clone()) }
                { part_of(use_ahead, frame.clone()) }
                <g clip-path="url(#d-past)">{ part_of(use_inks, picture.clone()) }</g>
                { part_of(use_axis, (frame.clone(), alone)) }
                { part_of(use_bars, (frame.clone(), alone)) }
                { part_of(use_notes, (frame.clone(), picture.clone())) }
                { part_of(use_pointed, picture.clone()) }
                { part_of(use_cursor, frame.clone()) }
            </g>
            { part_of(use_heads, (frame.clone(), alone)) }
            { part_of(use_hand, (frame, picture)) }
        </svg>
    }
}

/// The paths: a few dozen at the most.
#[hook]
fn use_inks(picture: Shared<Picture>) -> Html {
    html! {
        { for picture.inks().into_iter().map(|ink| {
            let fill = ink.fill.map(|name| format!("url(#{name})"));
            html! { <path class={ink.class.to_string()} {fill} d={ink.d.clone()} /> }
        }) }
    }
}

/// Opens a window around the cursor, and lets it go after the cursor.
#[hook]
fn use_window(width: f64) {
    let session = use_session();
    let open = use_watch(&[Topic::Lesson, Topic::Layout], |model| model.window.is_some());
    use_effect_with((open, width > 0.0), move |(_, measured)| {
        let measured = *measured;
        let watched = session.clone();
        let follow = move || {
            let next = watched.read(|model| {
                let run = model.run()?;
                let (at, end) = (run.at(), run.head().end());
                match model.window {
                    None if !measured => None,
                    None => Some(Window::around(run.trace(), at, end, width)),
                    Some((from, to)) => Window { from, to }.following(at, end),
                }
            });
            if let Some(Window { from, to }) = next {
                watched.dispatch(Action::Window(from, to));
            }
        };
        follow();
        let subscription = session.watch(&[Topic::Instant, Topic::Lesson], follow);
        move || drop(subscription)
    });
}

/// The room of an element, kept.
#[hook]
fn use_room(place: NodeRef, ready: bool) -> Room {
    let room = use_state(Room::default);
    let set = room.setter();
    use_effect_with((place, ready), move |(place, _)| {
        room::watch(place, move |element| {
            let (width, height) = (element.client_width(), element.client_height());
            set.set(Room { width: f64::from(width), height: f64::from(height) });
        })
    });
    *room
}

/// Looks at another stretch of time.
pub fn show(session: &crate::session::Session, change: impl FnOnce(Window, Time) -> Window) {
    let next = session.read(|model| {
        let ((from, to), run) = (model.window?, model.run()?);
        Some(change(Window { from, to }, run.head().end()))
    });
    if let Some(Window { from, to }) = next {
        session.dispatch(Action::Window(from, to));
    }
}
