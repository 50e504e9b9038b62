//! Messages that were lost: they travel to where they are lost, fall off the line and come to
//! rest beside a small cross.

use netsplit_core::base::{Span, Time};
use netsplit_core::describe::Shape;

use super::Look;
use super::body::Body;
use super::geometry::{Point, pt};
use super::label::{Label, LabelSide};
use super::layout::Layout;
use super::link::is_cut;
use super::mark::{Anchor, Class, Icon, Key, Layer, Mark, epoch_class};
use super::motion::Moving;
use super::names::{Names, State};
use super::text::path;
use super::token::token;
use super::view::{LossView, View};

/// A view should hold a loss until so long after the message was lost or would have arrived,
/// whichever is later.
pub const FALL: Span = Span(60_000);
/// So many losses at once are drawn, the newest.
const DRAWN: usize = 8;
/// How long the fall itself takes.
const FALLING: Span = Span(40_000);
/// Draws the losses of the view.
pub fn losses(
    view: &View,
    layout: &Layout,
    names: &Names,
    look: &Look,
    marks: &mut Vec<Mark>,
    moving: &mut Vec<Moving>,
) {
    for loss in &view.losses[view.losses.len().saturating_sub(DRAWN)..] {
        let number = loss.flight.number;
        let Some(fall) = Fall::of(loss, view, layout) else { continue };
        let label = names.of(State::Lost, number);
        marks.push(fall.way(loss, label.is_some_and(|label| label.anchor == Anchor::End)));
        if let Some(label) = label {
            label.draw(number, Class::Borrowed("lost"), marks, moving);
        }
        if look.calm {
            continue;
        }
        marks.push(fall.token(loss, fall.from.direction(fall.aim)));
        moving.push(Moving::Fall {
            key: Key::Loss(number),
            stations: [fall.from, fall.lost, fall.rest],
            times: [loss.flight.sent, fall.gone, fall.gone + FALLING],
        });
    }
}

/// The places of the words beside the cross, the best first: written out where there is room.
pub fn labels(loss: &LossView, view: &View, layout: &Layout) -> Vec<Label> {
    let Some(fall) = Fall::of(loss, view, layout) else { return Vec::new() };
    let mut found = Vec::new();
    let texts =
        if layout.size.letter == "L" { [&loss.note, &loss.brief] } else { [&loss.brief; 2] };
    for text in texts {
        for (x, anchor) in [(34.0, Anchor::Start), (-35.0, Anchor::End)] {
            let side = LabelSide { at: pt(x, 4.0), anchor };
            let label = Label::still(text, fall.rest, side);
            if label.is_free(label.ends[0], layout) {
                found.push(label);
            }
        }
    }
    found
}

/// The share of its way at which a message was lost.
fn lost_at(loss: &LossView, from: Point, to: Point, view: &View, layout: &Layout) -> f64 {
    if loss.arrived {
        return 1.0;
    }
    if let Some(torn) = layout.torn_at(from, to) {
        return torn;
    }
    let flight = &loss.flight;
    if is_cut(view, flight.from, flight.to) && loss.at <= flight.sent {
        return (layout.size.stub + 6.0) / from.distance(to).max(1.0);
    }
    let whole = flight.due.since(flight.sent).0.max(1) as f64;
    (loss.at.since(flight.sent).0 as f64 / whole).clamp(0.12, 0.9)
}

struct Fall {
    from: Point,
    lost: Point,
    rest: Point,
    /// Where it was to arrive.
    aim: Point,
    gone: Time,
}

impl Fall {
    fn of(loss: &LossView, view: &View, layout: &Layout) -> Option<Fall> {
        let (from, to) = layout.way(loss.flight.from, loss.flight.to)?;
        let share = lost_at(loss, from, to, view, layout);
        let lost = from.toward(to, share);
        let whole = loss.flight.due.since(loss.flight.sent).0.max(1) as f64;
        let travelled = loss.flight.sent + Span((whole * share) as u64);
        let gone = if loss.at > travelled { loss.at } else { travelled };
        let upright = layout.tears.first().map(|tear| tear.upright);
        let (x, y) = match (upright, layout.size.letter == "S") {
            (Some(false), _) => (30.0, 6.0),
            (_, true) => (5.0, 22.0),
            (Some(true), _) => (6.0, 48.0),
            (None, _) => (6.0, 36.0),
        };
        Some(Fall { from, lost, rest: pt(lost.x + x, lost.y + y), aim: to, gone })
    }

    /// The way that it came, the fall as a dotted line, and the cross, at its right or its left.
    fn way(&self, loss: &LossView, left: bool) -> Mark {
        let mut body = Body::default();
        body.line(self.from, self.lost, "trail gone");
        let (from, to) = (self.lost, self.rest);
        let fall = path(&[('M', &[from.x, from.y]), ('Q', &[to.x, from.y, to.x, to.y])]);
        body.path(fall, "fall");
        if loss.flight.shape == Shape::Heartbeat {
            body.icon(Icon::Cross, to.x - 5.0, to.y + 8.0, 10.0, "brk");
        } else {
            let x = if left { to.x - 31.0 } else { to.x + 17.0 };
            body.icon(Icon::Cross, x, to.y - 6.5, 13.0, "brk");
        }
        Mark {
            key: Key::Trail(loss.flight.number),
            layer: Layer::Messages,
            thing: None,
            class: Class::Owned(format!("lost {}", epoch_class(loss.flight.epoch))),
            at: pt(0.0, 0.0),
            body: body.0,
        }
    }

    /// The message itself, turned out of its way.
    fn token(&self, loss: &LossView, along: Point) -> Mark {
        let mut body = Body::default();
        // Of 48 degrees.
        let (cos, sin) = (0.669, 0.743);
        let turned = pt(along.x * cos - along.y * sin, along.x * sin + along.y * cos);
        token(loss.flight.shape, turned, false, 0.9, &mut body);
        Mark {
            key: Key::Loss(loss.flight.number),
            layer: Layer::Messages,
            thing: None,
            class: Class::Owned(format!("msg falling {}", epoch_class(loss.flight.epoch))),
            at: self.rest,
            body: body.0,
        }
    }
}
