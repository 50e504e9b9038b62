//! Messages under way, the way that they have come, and messages that wait by hand.

use netsplit_core::base::Time;
use netsplit_core::describe::Shape;

use super::Look;
use super::body::Body;
use super::geometry::{Point, pt};
use super::kept::Kept;
use super::label::{Label, LabelSide};
use super::lanes::Lanes;
use super::layout::Layout;
use super::mark::{Anchor, Class, Key, Layer, Mark, Thing, epoch_class};
use super::motion::Moving;
use super::names::State;
use super::token::{doubled, token};
use super::view::{FlightView, View};

/// Above so many messages the ways that they have come would cover the picture.
const TRAILS: usize = 24;
/// Above so many messages they are drawn smaller.
const CROWD: usize = 60;
/// Draws the messages of the view.
pub fn flights(
    view: &View,
    layout: &Layout,
    kept: &Kept,
    look: &Look,
    marks: &mut Vec<Mark>,
    moving: &mut Vec<Moving>,
) {
    let flying = view.flying().count();
    let trails = flying <= TRAILS;
    let scale = if flying > CROWD { 0.72 } else { 1.0 };
    for flight in view.held() {
        let Some((from, to)) = way(flight, layout, &kept.lanes) else { continue };
        marks.push(waiting(flight, from, to, held_at(flight, from, to, view)));
    }
    for flight in view.flying() {
        let Some((from, to)) = way(flight, layout, &kept.lanes) else { continue };
        if trails {
            trail(flight, from, to, look, marks, moving);
        }
        marks.push(message(flight, (from, to), scale, layout));
        moving.push(travel(flight, from, to, look));
    }
    names(view, layout, kept, look, marks, moving);
}

/// What messages say they are. What is asked for says so in any case, and others make room for it.
fn names(
    view: &View,
    layout: &Layout,
    kept: &Kept,
    look: &Look,
    marks: &mut Vec<Mark>,
    moving: &mut Vec<Moving>,
) {
    let is_asked = |flight: &&FlightView| look.named == Some(Thing::Message(flight.number));
    let asked = view.flying().find(is_asked);
    let asked = asked.and_then(|flight| {
        let label = kept.names.of(State::Flying, flight.number).cloned();
        let label = label.or_else(|| kept.names.asked(flight, layout, &kept.lanes))?;
        Some((flight.number, label))
    });
    for flight in &view.flights {
        let state = if flight.held { State::Held } else { State::Flying };
        let label = match &asked {
            Some((number, label)) if *number == flight.number => Some(label),
            Some((_, asked)) => {
                kept.names.of(state, flight.number).filter(|label| !label.meets(asked))
            }
            None => kept.names.of(state, flight.number),
        };
        if let Some(label) = label {
            let class = Class::Borrowed(epoch_class(flight.epoch));
            label.draw(flight.number, class, marks, moving);
        }
    }
}

/// Half the length of a token: so far from the cards its way begins and ends, so that one that has
/// just been sent is seen whole.
const HALF_TOKEN: f64 = 11.0;

/// The way of a message, in its lane.
pub fn way(flight: &FlightView, layout: &Layout, lanes: &Lanes) -> Option<(Point, Point)> {
    let (from, to) = layout.way(flight.from, flight.to)?;
    let along = from.direction(to);
    let aside = along.right();
    let off = lanes.aside(flight.number);
    let clear = HALF_TOKEN.min(from.distance(to) * 0.2);
    let (from, to) = (from.plus(along, clear), to.plus(along, -clear));
    Some((from.plus(aside, off), to.plus(aside, off)))
}

/// With reduced motion a message stands in the middle of its way as long as it is on it.
fn travel(flight: &FlightView, from: Point, to: Point, look: &Look) -> Moving {
    let key = Key::Message(flight.number);
    if look.calm {
        let middle = from.toward(to, 0.5);
        return Moving::Travel { key, from: middle, to: middle, sent: Time::ZERO, due: Time::ZERO };
    }
    Moving::Travel { key, from, to, sent: flight.sent, due: flight.due }
}

fn message(flight: &FlightView, (from, to): (Point, Point), scale: f64, layout: &Layout) -> Mark {
    let along = from.direction(to);
    let to_client = layout.place(flight.to).is_some_and(|place| place.ops.is_some());
    let mut body = Body::default();
    if flight.duplicate {
        doubled(flight.shape, along, scale, &mut body);
    }
    token(flight.shape, along, to_client, scale, &mut body);
    Mark {
        key: Key::Message(flight.number),
        layer: Layer::Messages,
        thing: Some(Thing::Message(flight.number)),
        class: Class::Owned(format!("msg {}", epoch_class(flight.epoch))),
        at: from,
        body: body.0,
    }
}

/// The way that a message has come.
fn trail(
    flight: &FlightView,
    from: Point,
    to: Point,
    look: &Look,
    marks: &mut Vec<Mark>,
    moving: &mut Vec<Moving>,
) {
    let mut body = Body::default();
    let aim = pt(to.x - from.x, to.y - from.y);
    let key = Key::Trail(flight.number);
    if look.calm {
        body.line(pt(0.0, 0.0), aim, "trail calm");
    } else {
        let part = body.way(aim, if flight.shape == Shape::Request { 2.0 } else { 1.4 });
        moving.push(Moving::Grow { key, part, sent: flight.sent, due: flight.due });
    }
    marks.push(Mark {
        key,
        layer: Layer::Messages,
        thing: None,
        class: Class::Borrowed(epoch_class(flight.epoch)),
        at: from,
        body: body.0,
    });
}

/// Where on the line, and where beside it, a message waits by hand: behind those that wait already.
fn held_at(flight: &FlightView, from: Point, to: Point, view: &View) -> (Point, Point) {
    let before = |other: &&FlightView| {
        other.number < flight.number && (other.from, other.to) == (flight.from, flight.to)
    };
    let ahead = view.held().filter(before).count();
    let along = from.direction(to);
    let on_line = from.plus(along, (34.0 + 30.0 * ahead as f64).min(from.distance(to) * 0.8));
    (on_line, on_line.plus(along.right(), 22.0))
}

/// The places of the words of a message that waits by hand, the best first.
pub fn held_labels(flight: &FlightView, view: &View, layout: &Layout, lanes: &Lanes) -> Vec<Label> {
    let Some((from, to)) = way(flight, layout, lanes) else { return Vec::new() };
    let (_, at) = held_at(flight, from, to, view);
    let side = |x, y, anchor| LabelSide { at: pt(x, y), anchor };
    [
        side(18.0, 4.0, Anchor::Start),
        side(-18.0, 4.0, Anchor::End),
        side(0.0, 24.0, Anchor::Middle),
        side(0.0, -23.0, Anchor::Middle),
    ]
    .into_iter()
    .map(|side| Label::still(&flight.label, at, side))
    .filter(|label| label.is_free(label.ends[0], layout))
    .collect()
}

/// A message that waits by hand, at the side of its link, with a handle.
fn waiting(flight: &FlightView, from: Point, to: Point, (on_line, at): (Point, Point)) -> Mark {
    let mut body = Body::default();
    let back = pt(on_line.x - at.x, on_line.y - at.y);
    body.line(back, pt(0.0, 0.0), "leash");
    body.disc(back, 2.5, "leashend");
    token(flight.shape, from.direction(to), false, 1.0, &mut body);
    handle(&mut body);
    Mark {
        key: Key::Message(flight.number),
        layer: Layer::Messages,
        thing: Some(Thing::Message(flight.number)),
        class: Class::Owned(format!("msg held {}", epoch_class(flight.epoch))),
        at,
        body: body.0,
    }
}

/// Two short strokes above the token: it can be taken and let go.
fn handle(body: &mut Body) {
    body.line(pt(-5.0, -12.0), pt(5.0, -12.0), "handle");
    body.line(pt(-5.0, -15.5), pt(5.0, -15.5), "handle");
}
