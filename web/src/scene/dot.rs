//! A node among many, as a dot: its term's hue and number, what it is doing, whether it answers.

use super::body::{Body, rect};
use super::card::{class, epoch_text, part_icon};
use super::geometry::{Point, pt};
use super::layout::{DOT, Layout, Place};
use super::mark::{Anchor, Class, Icon, Key, Layer, Mark, Thing};
use super::view::{NodeView, Phase, Port};

/// The dot of a node at its place. Its name stands outside the ring.
pub fn dot(node: &NodeView, place: &Place, layout: &Layout) -> Mark {
    let mut body = Body::default();
    let middle = pt(0.0, 0.0);
    body.disc(middle, DOT + 2.5, "halo");
    body.disc(middle, DOT - 2.0, "cardbox");
    let sign = |icon: Icon, class: &'static str, body: &mut Body| {
        body.icon(icon, -6.5, -6.5, 13.0, class);
    };
    match (node.phase, epoch_text(&node.portrait)) {
        (Phase::Down, _) => sign(Icon::Cross, "brk", &mut body),
        (Phase::Paused, _) => sign(Icon::Sleep, "frosticon", &mut body),
        (Phase::NotStarted, _) => sign(Icon::Spare, "mut", &mut body),
        (_, Some(figures)) => {
            let type_size = if figures.len() < 3 { "f11" } else { "f8" };
            body.text(pt(0.0, 4.0), Anchor::Middle, format!("ringnum {type_size}"), figures);
        }
        (_, None) => sign(part_icon(node.part), "part", &mut body),
    }
    if let (Phase::Up, Some((read, write))) = (node.phase, node.ports) {
        for (port, x) in [(read, -5.0), (write, 0.0)] {
            let class = match port {
                Port::Good => "tinyport ok",
                Port::Doubtful => "tinyport stale",
                Port::Silent => "tinyport none",
            };
            body.rect(rect(x, DOT - 4.5, 5.0, 4.0), 1.0, class);
        }
    }
    name(node, place, layout, &mut body);
    Mark {
        key: Key::Node(node.id),
        layer: Layer::Cards,
        thing: Some(Thing::Node(node.id)),
        class: Class::Owned(class(node, "dot")),
        at: place.rect.centre(),
        body: body.0,
    }
}

/// The name, on the side away from the middle; only where neighbours leave room.
fn name(node: &NodeView, place: &Place, layout: &Layout, body: &mut Body) {
    let zone = place.zone.map(|zone| layout.zones[zone].rect.centre());
    let middle = zone.unwrap_or(Point { x: layout.space.w / 2.0, y: layout.space.h / 2.0 });
    let out = middle.direction(place.rect.centre());
    let crowded = layout.places.len() > 40;
    if crowded {
        return;
    }
    let at = pt(out.x * (DOT + 4.0), out.y * (DOT + 10.0) + 4.0);
    let anchor = match out.x {
        x if x > 0.35 => Anchor::Start,
        x if x < -0.35 => Anchor::End,
        _ => Anchor::Middle,
    };
    body.text(at, anchor, "m11 dotname", node.name.clone());
}
