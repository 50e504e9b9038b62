//! Words stand beside what moves, never on its line and, where it can be helped, on no card.

use super::geometry::{Point, Rect, pt};
use super::layout::Layout;
use super::mark::Anchor;
use super::text::mono_width;

/// Where words stand, relative to what they belong to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LabelSide {
    /// The baseline's beginning, middle or end.
    pub at: Point,
    /// Which.
    pub anchor: Anchor,
}

/// The side on which a message on its way meets the fewest cards; its own right before its left.
/// It keeps to that side as long as it flies.
pub fn side(label: &str, from: Point, to: Point, layout: &Layout) -> LabelSide {
    let along = from.direction(to);
    let width = mono_width(label, 11.0) + 6.0;
    let own_right = along.right();
    let steep = along.y.abs() > 0.34;
    let sides = if steep {
        let right = if own_right.x >= 0.0 { 1.0 } else { -1.0 };
        [beside(right, along), beside(-right, along), over(-1.0), over(1.0)]
    } else {
        let low = if own_right.y >= 0.0 { 1.0 } else { -1.0 };
        [over(low), over(-low), beside(1.0, along), beside(-1.0, along)]
    };
    let mut best = (f64::MAX, sides[0]);
    for (nth, side) in sides.iter().enumerate() {
        let cost = met(*side, width, from, to, layout) + 0.3 * nth as f64;
        if cost < best.0 {
            best = (cost, *side);
        }
    }
    best.1
}

/// To the right (1) or left (-1) of the token, a little up or down away from the line.
fn beside(right: f64, along: Point) -> LabelSide {
    let slope = if along.x.abs() < 0.05 { 0.0 } else { along.y / along.x };
    let away = if slope.abs() < 0.05 { 0.0 } else { -(right * slope).signum() * 5.0 };
    let anchor = if right > 0.0 { Anchor::Start } else { Anchor::End };
    LabelSide { at: pt(right * 17.0, 4.0 + away), anchor }
}

/// Under (1) or over (-1) the token.
fn over(low: f64) -> LabelSide {
    LabelSide { at: pt(0.0, if low > 0.0 { 23.0 } else { -14.0 }), anchor: Anchor::Middle }
}

/// How often the words would lie on a card or leave the stage, on their way.
fn met(side: LabelSide, width: f64, from: Point, to: Point, layout: &Layout) -> f64 {
    let whole = Rect { x: 0.0, y: 0.0, w: layout.space.w, h: layout.space.h };
    let left = match side.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -width / 2.0,
        Anchor::End => -width,
    };
    [0.2, 0.4, 0.6, 0.8]
        .iter()
        .map(|t| {
            let at = from.toward(to, *t);
            let words =
                Rect { x: at.x + side.at.x + left, y: at.y + side.at.y - 10.0, w: width, h: 13.0 };
            let on_cards = layout
                .places
                .iter()
                .filter(|place| {
                    place.rect.overlaps(words)
                        || place.ops.is_some_and(|(ops, _)| ops.overlaps(words))
                })
                .count();
            on_cards as f64 + if words.inside(whole) { 0.0 } else { 1.5 }
        })
        .sum()
}
