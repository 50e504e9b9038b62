//! Clients stand outside: each beside the node that it asks first, where there is room for its
//! diamond and its operations.

use super::{Layout, Place};
use crate::scene::geometry::{Point, Rect, pt};
use crate::scene::view::{ClientView, View};

/// On which side of its diamond a client's operations are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpSide {
    /// Under it.
    Below,
    /// To its right.
    Right,
    /// To its left.
    Left,
}

/// How fine the search for a place is, and among small cards.
const STEP: f64 = 14.0;
const SMALL_STEP: f64 = 7.0;
/// How fine it is for a diamond alone.
const FINE_STEP: f64 = 4.0;
/// Clients rather keep so far from the upper edge.
const AIR: f64 = 34.0;
/// Clients keep so far from the title of an island.
const OFF_TITLE: f64 = 14.0;

/// Places the clients of the view.
pub fn place(view: &View, layout: &mut Layout) {
    let links = node_ways(layout);
    let n_nodes = layout.places.len();
    for (nth, client) in view.clients.iter().enumerate() {
        let home = home(view, layout, client, nth, n_nodes);
        if let Some(place) = best(view, layout, client, home, &links) {
            layout.places.push(place);
        }
    }
}

/// The node beside which a client stands: what the view says, or one after another.
fn home(view: &View, layout: &Layout, client: &ClientView, nth: usize, n: usize) -> Point {
    let of = |id| layout.places.iter().find(|place| place.id == id).map(|p| p.rect.centre());
    if let Some(at) = client.home.and_then(of) {
        return at;
    }
    let others = view.clients.len().max(1);
    let turn = (nth * n) / others;
    layout.places.get(turn).map_or(pt(0.0, 0.0), |place| place.rect.centre())
}

fn node_ways(layout: &Layout) -> Vec<(Point, Point)> {
    let places = &layout.places;
    let mut ways = Vec::new();
    if layout.dots {
        return ways;
    }
    for (i, a) in places.iter().enumerate() {
        for b in &places[i + 1..] {
            ways.push((a.rect.centre(), b.rect.centre()));
        }
    }
    ways
}

fn best(
    view: &View,
    layout: &Layout,
    client: &ClientView,
    home: Point,
    links: &[(Point, Point)],
) -> Option<Place> {
    let zone = zone_of(view, layout, client, home);
    let region = zone.map_or_else(
        || Rect { x: 0.0, y: 0.0, w: layout.space.w, h: layout.space.h },
        |zone| layout.zones[zone].rect,
    );
    let cost = |place: &Place| cost(layout, place, home, links);
    let found = |ops: bool| {
        candidates(layout, region, client, ops)
            .map(|place| Place { zone, ..place })
            .filter(|place| place.rect.inside(region))
            .filter_map(|place| cost(&place).map(|cost| (cost, place)))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, place)| place)
    };
    let place = found(true).or_else(|| found(false));
    Some(place.unwrap_or_else(|| last_resort(layout, client, home, zone)))
}

fn zone_of(view: &View, layout: &Layout, client: &ClientView, home: Point) -> Option<usize> {
    let own = layout.zones.iter().position(|zone| {
        zone.island.is_some_and(|island| view.islands[island].members.contains(&client.id))
    });
    own.or_else(|| {
        let near = layout.places.iter().find(|place| place.rect.contains(home))?;
        near.zone
    })
}

/// Every place on a grid, with the operations below or beside; or without any.
fn candidates<'a>(
    layout: &'a Layout,
    region: Rect,
    client: &'a ClientView,
    with_ops: bool,
) -> impl Iterator<Item = Place> + 'a {
    let size = layout.size;
    let small = size.letter == "S";
    let step = match (with_ops, small) {
        (false, _) => FINE_STEP,
        (true, true) => SMALL_STEP,
        (true, false) => STEP,
    };
    let margin: f64 = 8.0;
    let across = (region.w / step) as usize;
    let down = ((region.h - layout.space.foot * 0.6) / step) as usize;
    (0..=down).flat_map(move |row| (0..=across).map(move |column| (row, column))).flat_map(
        move |(row, column)| {
            let corner =
                pt(region.x + margin + column as f64 * step, region.y + margin + row as f64 * step);
            [OpSide::Right, OpSide::Below, OpSide::Left].into_iter().map(move |side| {
                let r: f64 = size.client_r;
                let ops_h: f64 = if size.letter == "S" { 26.0 } else { 42.0 };
                let (diamond, ops) = match side {
                    OpSide::Right => (
                        pt(corner.x + r, corner.y + ops_h.max(2.0 * r) / 2.0),
                        Rect { x: corner.x + 2.0 * r + 10.0, y: corner.y, w: size.op_w, h: ops_h },
                    ),
                    OpSide::Left => (
                        pt(corner.x + size.op_w + 10.0 + r, corner.y + ops_h.max(2.0 * r) / 2.0),
                        Rect { x: corner.x, y: corner.y, w: size.op_w, h: ops_h },
                    ),
                    OpSide::Below => (
                        pt(corner.x + if small { r + 3.0 } else { size.op_w * 0.3 }, corner.y + r),
                        Rect { x: corner.x, y: corner.y + 2.0 * r + 10.0, w: size.op_w, h: ops_h },
                    ),
                };
                let rect = Rect::around(diamond, 2.0 * r, 2.0 * r);
                let ops = if with_ops { ops } else { Rect::around(diamond, 0.0, 0.0) };
                Place { id: client.id, rect, zone: None, ops: Some((ops, side)) }
            })
        },
    )
}

/// How bad a place is; `None` where something else stands, or the edge or a tear is too near.
fn cost(layout: &Layout, place: &Place, home: Point, links: &[(Point, Point)]) -> Option<f64> {
    let (ops, side) = place.ops?;
    let space = layout.space;
    let sheet = Rect { x: 0.0, y: 0.0, w: space.w, h: space.h }.grown(-6.0);
    let tools = Rect { x: 0.0, y: space.h - space.foot, w: space.w, h: space.foot };
    let alone = ops.w == 0.0;
    let both = [place.rect.grown(if alone { 1.0 } else { 4.0 }), ops];
    let gap = match (alone, layout.dots || layout.size.letter == "S") {
        (true, _) => 0.0,
        (_, true) => 2.0,
        _ => 10.0,
    };
    let taken = |rect: Rect| {
        layout.places.iter().any(|other| {
            rect.overlaps(other.rect.grown(gap))
                || other.ops.is_some_and(|(ops, _)| rect.overlaps(ops.grown(8.0)))
        })
    };
    let torn = |rect: Rect| {
        let wide = rect.grown(20.0);
        layout.tears.iter().any(|tear| tear.line.iter().any(|p| wide.contains(*p)))
    };
    let titled = |rect: Rect| {
        layout.titles.iter().flatten().any(|(title, _)| rect.overlaps(title.grown(OFF_TITLE)))
    };
    if both.iter().any(|rect| {
        !rect.inside(sheet) || rect.overlaps(tools) || taken(*rect) || torn(*rect) || titled(*rect)
    }) {
        return None;
    }
    let crossed = links
        .iter()
        .map(|(a, b)| both.iter().filter(|rect| rect.touches(*a, *b)).count())
        .sum::<usize>();
    let centre = place.rect.centre();
    let near = home_distance(layout, home, centre);
    let want = layout.size.client_r * 5.0;
    let way_blocked = layout
        .places
        .iter()
        .filter(|other| !other.rect.contains(home) && other.rect.touches(centre, home))
        .count();
    let aside = if side == OpSide::Left { 12.0 } else { 0.0 };
    let squeezed = (AIR - ops.y.min(place.rect.y)).max(0.0);
    Some(
        (near - want).abs() * 1.2
            + 70.0 * crossed as f64
            + 160.0 * way_blocked as f64
            + aside
            + squeezed
            + 0.25 * centrality(layout, centre),
    )
}

/// How far the client is from the edge of its home.
fn home_distance(layout: &Layout, home: Point, centre: Point) -> f64 {
    let edge = layout.places.iter().find(|place| place.rect.contains(home));
    edge.map_or_else(|| home.distance(centre), |place| place.rect.exit(centre).distance(centre))
}

/// How near the middle of the stage a place is: clients stand outside.
fn centrality(layout: &Layout, centre: Point) -> f64 {
    let middle = pt(layout.space.w / 2.0, layout.space.h / 2.0);
    (middle.distance(pt(0.0, 0.0)) - middle.distance(centre)).max(0.0)
}

/// At the foot of its home, when no place is free.
fn last_resort(layout: &Layout, client: &ClientView, home: Point, zone: Option<usize>) -> Place {
    let r = layout.size.client_r;
    let own = layout.places.iter().find(|place| place.rect.contains(home));
    let at = own.map_or(home, |place| pt(place.rect.x + r, place.rect.bottom() + r));
    let low = layout.space.h - layout.space.foot - r;
    let rect = Rect::around(pt(at.x.max(r), at.y.min(low)), 2.0 * r, 2.0 * r);
    let ops = Rect::around(rect.centre(), 0.0, 0.0);
    Place { id: client.id, rect, zone, ops: Some((ops, OpSide::Right)) }
}
