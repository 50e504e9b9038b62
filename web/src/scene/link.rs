//! The lines between participants: whole, cut, or cut one way.

use netsplit_core::base::{Id, Set};
use netsplit_core::protocol::Part;

use super::body::Body;
use super::geometry::{Point, pt};
use super::layout::Layout;
use super::mark::{Class, Key, Layer, Mark, Thing};
use super::text::path;
use super::view::View;

/// Above so many nodes only the links on which something happens are drawn.
const MANY: usize = 12;

/// The pairs of nodes whose links are drawn, the smaller identity first.
pub fn pairs(view: &View) -> Set<(Id, Id)> {
    let is_node = |id: Id| view.nodes.iter().any(|node| node.id == id);
    let ordered = |a: Id, b: Id| if a < b { (a, b) } else { (b, a) };
    let mut pairs: Set<(Id, Id)> = view
        .flights
        .iter()
        .map(|flight| ordered(flight.from, flight.to))
        .filter(|(a, b)| is_node(*a) && is_node(*b) && a != b)
        .collect();
    if view.nodes.len() <= MANY {
        let peers: Vec<Id> =
            view.nodes.iter().filter(|node| node.part == Part::Peer).map(|node| node.id).collect();
        for (i, a) in peers.iter().enumerate() {
            pairs.extend(peers[i + 1..].iter().map(|b| ordered(*a, *b)));
        }
        let known = view.links.iter().map(|(a, b)| ordered(*a, *b));
        pairs.extend(known.filter(|(a, b)| is_node(*a) && is_node(*b)));
    }
    pairs
}

/// The links of the view.
pub fn links(view: &View, layout: &Layout) -> Vec<Mark> {
    pairs(view).into_iter().filter_map(|(a, b)| link(a, b, view, layout)).collect()
}

/// Whether nothing passes from `a` to `b`.
pub fn is_cut(view: &View, a: Id, b: Id) -> bool {
    view.cuts.binary_search(&(a, b)).is_ok()
}

fn link(a: Id, b: Id, view: &View, layout: &Layout) -> Option<Mark> {
    let (from, to) = layout.way(a, b)?;
    let mut body = Body::default();
    body.line(from, to, "hit");
    body.line(from, to, "halo");
    match (is_cut(view, a, b), is_cut(view, b, a)) {
        (false, false) => body.line(from, to, "link"),
        (true, true) => {
            stub(from, to, layout, &mut body);
            stub(to, from, layout, &mut body);
        }
        (true, false) => one_way(from, to, layout, &mut body),
        (false, true) => one_way(to, from, layout, &mut body),
    }
    Some(Mark {
        key: Key::Link(a, b),
        layer: Layer::Links,
        thing: Some(Thing::Link(a, b)),
        class: Class::Borrowed("wire"),
        at: pt(0.0, 0.0),
        body: body.0,
    })
}

/// What is left of a cut link at one end: a dashed piece with a bar.
pub fn stub(from: Point, to: Point, layout: &Layout, body: &mut Body) {
    let along = from.direction(to);
    let length = layout.size.stub.min(from.distance(to) * 0.4);
    let end = from.plus(along, length);
    body.line(from, end, "stub");
    let across = along.right();
    body.line(end.plus(across, 4.5), end.plus(across, -4.5), "stub end");
}

/// Nothing passes from `from` to `to`, but the other way is open: a stub at the one end, an arrow
/// that comes in beside it.
fn one_way(from: Point, to: Point, layout: &Layout, body: &mut Body) {
    let along = from.direction(to);
    let across = along.right();
    let aside = 5.0;
    let (out_from, out_to) = (from.plus(across, aside), to.plus(across, aside));
    stub(out_from, out_to, layout, body);
    let (tail, head) = (to.plus(across, -aside), from.plus(across, -aside));
    body.line(tail, head, "link oneway");
    let back = head.plus(along, 9.0);
    let (one, other) = (back.plus(across, 4.0), back.plus(across, -4.0));
    let arrow =
        path(&[('M', &[one.x, one.y]), ('L', &[head.x, head.y]), ('L', &[other.x, other.y])]);
    body.path(arrow, "arrow");
}
