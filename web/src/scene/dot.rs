//! A node among many, as a dot: its term's hue and number, what it is doing, whether it answers.

use super::body::{Body, rect};
use super::card::{class, epoch_text, has_clock, part_icon};
use super::geometry::{Point, pt};
use super::layout::{Layout, Place};
use super::mark::{Anchor, Class, Icon, Key, Layer, Mark, Thing};
use super::view::{NodeView, Phase, Port};

/// A smaller dot has no room for figures, nor for a sign of what it is.
const FIGURES: f64 = 9.0;

/// So far outside of the dot its timer runs down, in pixels.
pub const CLOCK: f64 = 0.5;

/// The dot of a node at its place. Dots are many, so they have no places of their own, as cards
/// have: moving them costs more, showing them less.
pub fn dot(node: &NodeView, place: &Place, layout: &Layout) -> Mark {
    let mut body = Body::default();
    let (middle, r) = (place.rect.centre(), layout.dot);
    body.disc(middle, layout.reach, "reach");
    body.disc(middle, r + 2.5, "halo");
    body.disc(middle, r - 2.0, "cardbox");
    if has_clock(node) {
        body.disc(middle, r + CLOCK, "timertrack");
    }
    let sign = |icon: Icon, class: &str, body: &mut Body| body.sign(icon, middle, r, class);
    match (node.phase, epoch_text(&node.portrait)) {
        (Phase::Down, _) => sign(Icon::Cross, "brk", &mut body),
        (Phase::Paused, _) => sign(Icon::Sleep, "frosticon", &mut body),
        (Phase::NotStarted, _) => sign(Icon::Spare, "mut", &mut body),
        (_, Some(figures)) if r >= FIGURES => {
            let small = figures.len() > 2 || r < 12.0;
            let type_size = if small { "f8" } else { "f11" };
            let low = if small { 3.0 } else { 4.0 };
            body.text(
                pt(middle.x, middle.y + low),
                Anchor::Middle,
                format!("ringnum {type_size}"),
                figures,
            );
        }
        (_, Some(_)) => body.disc(middle, r - 4.0, "tok"),
        (_, None) if r >= FIGURES => sign(part_icon(node.part), "part", &mut body),
        (_, None) => {}
    }
    if let (Phase::Up, Some((read, write)), true) = (node.phase, node.ports, r >= FIGURES) {
        for (port, x) in [(read, -5.0), (write, 0.0)] {
            let class = match port {
                Port::Good => "tinyport ok",
                Port::Doubtful => "tinyport stale",
                Port::Silent => "tinyport none",
                Port::Open => "tinyport",
            };
            body.rect(rect(middle.x + x, middle.y + r - 4.5, 5.0, 4.0), 1.0, class);
        }
    }
    name(node, place, layout, &mut body);
    Mark {
        key: Key::Node(node.id),
        layer: Layer::Cards,
        thing: Some(Thing::Node(node.id)),
        class: Class::Owned(class(node, "dot")),
        at: pt(0.0, 0.0),
        body: body.0,
    }
}

/// The name: on the side away from the middle where neighbours leave room; otherwise under the
/// dot, and seen only while it is selected, focused or pointed at.
fn name(node: &NodeView, place: &Place, layout: &Layout, body: &mut Body) {
    let centre = place.rect.centre();
    if !layout.names_dots() {
        let low = centre.y < layout.space.h - layout.space.foot - 34.0;
        let y = if low { layout.dot + 12.0 } else { -layout.dot - 6.0 };
        let half = 16.0;
        let x = centre.x.max(half).min(layout.space.w - half);
        body.text(pt(x, centre.y + y), Anchor::Middle, "m11 dotname quiet", node.name.clone());
        return;
    }
    let zone = place.zone.map(|zone| layout.zones[zone].rect.centre());
    let middle = zone.unwrap_or(Point { x: layout.space.w / 2.0, y: layout.space.h / 2.0 });
    let out = middle.direction(centre);
    let (x, y) = (out.x * (layout.dot + 4.0), out.y * (layout.dot + 10.0) + 4.0);
    let at = pt(centre.x + x, centre.y + y);
    let anchor = match out.x {
        x if x > 0.35 => Anchor::Start,
        x if x < -0.35 => Anchor::End,
        _ => Anchor::Middle,
    };
    body.text(at, anchor, "m11 dotname", node.name.clone());
}
