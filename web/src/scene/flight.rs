//! Messages under way, the way that they have come, and messages that wait by hand.

use netsplit_core::base::Time;
use netsplit_core::describe::Shape;

use super::Look;
use super::body::{Body, rect};
use super::geometry::{Point, Rect, pt};
use super::label::{LabelSide, side};
use super::lanes::Lanes;
use super::layout::Layout;
use super::mark::{Anchor, Class, Key, Layer, Mark, Thing, epoch_class};
use super::motion::Moving;
use super::text::{mono_width, path};
use super::token::{doubled, token};
use super::view::{FlightView, View};

/// Above so many messages the ways that they have come would cover the picture.
const TRAILS: usize = 24;
/// Above so many messages they are drawn smaller.
const CROWD: usize = 60;
/// Up to so many messages each says what it is.
const NAMED: usize = 8;
/// Up to so many heartbeats each says what it is.
const NAMED_BEATS: usize = 4;

/// Draws the messages of the view.
pub fn flights(
    view: &View,
    layout: &Layout,
    lanes: &Lanes,
    look: &Look,
    marks: &mut Vec<Mark>,
    moving: &mut Vec<Moving>,
) {
    let flying = view.flights.iter().filter(|flight| !flight.held).count();
    let beats = view.flights.iter().filter(|flight| flight.shape == Shape::Heartbeat).count();
    let room = layout.size.letter != "S";
    let crowd = Crowd {
        trails: flying <= TRAILS,
        scale: if flying > CROWD { 0.72 } else { 1.0 },
        named: room && flying - beats.min(flying) <= NAMED,
        beats_named: room && beats <= NAMED_BEATS && flying <= NAMED,
    };
    let mut held = Vec::new();
    for flight in &view.flights {
        let Some((from, to)) = way(flight, layout, lanes) else { continue };
        if flight.held {
            let ahead = held.iter().filter(|link| **link == (flight.from, flight.to)).count();
            held.push((flight.from, flight.to));
            marks.push(waiting(flight, from, to, ahead, layout));
            continue;
        }
        if crowd.trails {
            trail(flight, from, to, look, marks, moving);
        }
        let named = look.named == Some(Thing::Message(flight.number))
            || if flight.shape == Shape::Heartbeat { crowd.beats_named } else { crowd.named };
        let label = named.then(|| side(&flight.label, from, to, layout));
        marks.push(message(flight, (from, to), label, &crowd, layout));
        moving.push(travel(flight, from, to, look));
    }
}

struct Crowd {
    trails: bool,
    scale: f64,
    named: bool,
    beats_named: bool,
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

fn message(
    flight: &FlightView,
    (from, to): (Point, Point),
    label: Option<LabelSide>,
    crowd: &Crowd,
    layout: &Layout,
) -> Mark {
    let along = from.direction(to);
    let to_client = layout.place(flight.to).is_some_and(|place| place.ops.is_some());
    let mut body = Body::default();
    if flight.duplicate {
        doubled(flight.shape, along, crowd.scale, &mut body);
    }
    token(flight.shape, along, to_client, crowd.scale, &mut body);
    if let Some(side) = label {
        name(&flight.label, &side, &mut body);
    }
    Mark {
        key: Key::Message(flight.number),
        layer: Layer::Messages,
        thing: Some(Thing::Message(flight.number)),
        class: Class::Owned(format!("msg {}", epoch_class(flight.epoch))),
        at: from,
        body: body.0,
    }
}

/// What stands beside a message, on a ground of its own.
pub fn name(label: &str, side: &LabelSide, body: &mut Body) {
    let width = mono_width(label, 11.0) + 8.0;
    let x = match side.anchor {
        Anchor::Start => side.at.x - 4.0,
        Anchor::Middle => side.at.x - width / 2.0,
        Anchor::End => side.at.x - width + 4.0,
    };
    body.rect(rect(x, side.at.y - 12.0, width, 17.0), 3.0, "lblbg");
    body.text(side.at, side.anchor, "m11 lbl", label.to_owned());
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
    let line = path(&[('M', &[from.x, from.y]), ('L', &[to.x, to.y])]);
    let class = if flight.shape == Shape::Request { "trail" } else { "trail thin" };
    let key = Key::Trail(flight.number);
    if look.calm {
        body.path(line, "trail calm");
    } else {
        let part = body.sweep(line, class, 0.0, false);
        moving.push(Moving::Grow { key, part, sent: flight.sent, due: flight.due });
    }
    marks.push(Mark {
        key,
        layer: Layer::Messages,
        thing: None,
        class: Class::Borrowed(epoch_class(flight.epoch)),
        at: pt(0.0, 0.0),
        body: body.0,
    });
}

/// A message that waits by hand, at the side of its link, with a handle.
fn waiting(flight: &FlightView, from: Point, to: Point, ahead: usize, layout: &Layout) -> Mark {
    let along = from.direction(to);
    let aside = along.right();
    let on_line = from.plus(along, (34.0 + 30.0 * ahead as f64).min(from.distance(to) * 0.8));
    let at = on_line.plus(aside, 22.0);
    let mut body = Body::default();
    let back = pt(on_line.x - at.x, on_line.y - at.y);
    body.line(back, pt(0.0, 0.0), "leash");
    body.disc(back, 2.5, "leashend");
    token(flight.shape, along, false, 1.0, &mut body);
    handle(&mut body);
    let width = mono_width(&flight.label, 11.0);
    let whole = Rect { x: 0.0, y: 0.0, w: layout.space.w, h: layout.space.h };
    let right = Rect { x: at.x + 14.0, y: at.y - 8.0, w: width + 8.0, h: 16.0 };
    let blocked = layout.places.iter().any(|place| place.rect.overlaps(right));
    let side = if blocked || !right.inside(whole) {
        LabelSide { at: pt(-18.0, 4.0), anchor: Anchor::End }
    } else {
        LabelSide { at: pt(18.0, 4.0), anchor: Anchor::Start }
    };
    name(&flight.label, &side, &mut body);
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
