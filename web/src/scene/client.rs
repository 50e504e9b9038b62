//! A client: a diamond outside, a line to the node that it asks, its operations as bars.

use netsplit_core::base::Id;

use super::body::{Body, rect};
use super::geometry::{Point, Rect, pt};
use super::layout::{Layout, OpSide, Place};
use super::link::{is_cut, stub};
use super::mark::{Anchor, Class, Icon, Key, Layer, Mark, Pattern, Thing};
use super::motion::Moving;
use super::text::{mono_fit, mono_width, path, sans_fit};
use super::view::{ClientView, OpState, OpView, Phase, View, Words};

/// How many earlier operations are shown as small bars.
const EARLIER: usize = 4;
/// A waiting bar is full after so many microseconds.
const FULL_US: u64 = 1_000_000;

/// The diamond of a client with its operations, and what of it changes while it waits.
pub fn client(
    client: &ClientView,
    place: &Place,
    layout: &Layout,
    view: &View,
) -> (Mark, Vec<Moving>) {
    let r = layout.size.client_r;
    let mut body = Body::default();
    let mut moving = Vec::new();
    body.path(diamond(r + 5.0), "halo");
    body.path(diamond(r), "diamond");
    let class = if client.name.len() > 3 { "cn small" } else { "cn" };
    body.text(pt(0.0, 4.0), Anchor::Middle, class, client.name.clone());
    match client.phase {
        Phase::Down => body.icon(Icon::Cross, r * 0.4, -r - 4.0, 13.0, "brk"),
        Phase::Paused => body.icon(Icon::Sleep, r * 0.4, -r - 4.0, 13.0, "frosticon"),
        _ => {}
    }
    let room = place.ops.filter(|(ops, _)| ops.w > 0.0);
    if let (Some((ops, side)), Some(newest)) = (room, client.ops.last()) {
        let centre = place.rect.centre();
        let at = rect(ops.x - centre.x, ops.y - centre.y, ops.w, ops.h);
        operation(newest, at, client.id, (layout, &view.words), &mut body, &mut moving);
        earlier(client, side, r, &mut body);
    }
    let state = match client.phase {
        Phase::Down => "client down",
        Phase::Paused => "client paused",
        _ => "client",
    };
    let mark = Mark {
        key: Key::Client(client.id),
        layer: Layer::Cards,
        thing: Some(Thing::Client(client.id)),
        class: Class::Borrowed(state),
        at: place.rect.centre(),
        body: body.0,
    };
    (mark, moving)
}

/// The line from a client to the node that it asks.
pub fn reach(client: &ClientView, layout: &Layout, view: &View) -> Option<Mark> {
    let asks = client.asks?;
    let (own, target) = (layout.place(client.id)?.rect, layout.edge(asks)?);
    let from = diamond_edge(own, target.centre());
    let to = target.exit(own.centre());
    let mut body = Body::default();
    let waits = client.ops.last().is_some_and(|op| op.state == OpState::Waiting);
    if is_cut(view, client.id, asks) || is_cut(view, asks, client.id) {
        stub(from, to, layout, &mut body);
        stub(to, from, layout, &mut body);
    } else {
        body.line(from, to, if waits { "clink wait" } else { "clink" });
    }
    Some(Mark {
        key: Key::Reach(client.id),
        layer: Layer::Links,
        thing: None,
        class: Class::Borrowed("reach"),
        at: pt(0.0, 0.0),
        body: body.0,
    })
}

fn diamond(r: f64) -> String {
    path(&[('M', &[0.0, -r]), ('l', &[r, r]), ('l', &[-r, r]), ('l', &[-r, -r]), ('z', &[])])
}

/// Where the way from the middle of a diamond to `target` leaves it.
fn diamond_edge(own: Rect, target: Point) -> Point {
    let centre = own.centre();
    let along = centre.direction(target);
    centre.plus(along, own.w / 2.0 / (along.x.abs() + along.y.abs()))
}

/// The newest operation: what was asked, its bar, what came of it.
fn operation(
    op: &OpView,
    at: Rect,
    id: Id,
    (layout, words): (&Layout, &Words),
    body: &mut Body,
    moving: &mut Vec<Moving>,
) {
    let text = if layout.size.letter == "L" { &op.text } else { &op.brief };
    let text_size = 11.0;
    body.text(pt(at.x, at.y + 9.0), Anchor::Start, "m11", mono_fit(text, text_size, at.w));
    let long = mono_width(text, text_size).min(at.w - 16.0).max(40.0);
    let bar = rect(at.x, at.y + 14.0, long, 8.0);
    let written_out = layout.size.letter != "S";
    let note = pt(at.x, at.y + 36.0);
    match op.state {
        OpState::Waiting => {
            let outline = [
                ('M', &[bar.right(), bar.y][..]),
                ('h', &[-bar.w]),
                ('v', &[8.0]),
                ('h', &[bar.w]),
            ];
            body.path(path(&outline), "opbar wait");
            let line = path(&[('M', &[bar.x, bar.y + 4.0]), ('h', &[bar.w])]);
            let part = body.bar(line, "opwait", Pattern::Wait);
            let key = Key::Client(id);
            moving.push(Moving::Fill { key, part, since: op.since, full_us: FULL_US });
            if written_out {
                let part = body.text(note, Anchor::Start, "note wait", String::new());
                let around = (words.waiting.clone(), words.waiting_unit.clone());
                moving.push(Moving::Count { key, part, since: op.since, around });
            }
        }
        OpState::Answered => {
            body.rect(bar, 1.0, "opbar ok");
            body.icon(Icon::Check, bar.right() + 3.0, bar.y - 2.0, 12.0, "hold");
        }
        OpState::Failed => {
            body.rect(bar, 1.0, "opbar fail");
            body.icon(Icon::Cross, bar.right() + 3.0, bar.y - 2.0, 12.0, "dim");
        }
        OpState::Unknown => {
            body.rect(bar, 1.0, "opbar unknown");
            body.text(pt(bar.right() + 4.0, bar.y + 8.5), Anchor::Start, "m12 query", "?");
        }
    }
    if written_out && op.state != OpState::Waiting {
        body.text(note, Anchor::Start, "note", sans_fit(&op.note, 11.5, at.w + 6.0));
    }
}

/// Earlier operations, as small bars beside the diamond.
fn earlier(client: &ClientView, side: OpSide, r: f64, body: &mut Body) {
    let n = client.ops.len() - 1;
    let shown = &client.ops[n.saturating_sub(EARLIER)..n];
    for (nth, op) in shown.iter().enumerate() {
        let class = match op.state {
            OpState::Waiting => "opbar wait",
            OpState::Answered => "opbar ok",
            OpState::Failed => "opbar fail",
            OpState::Unknown => "opbar unknown",
        };
        let step = nth as f64 * 9.0;
        let at = match side {
            OpSide::Below => rect(r + 6.0 + step, -2.5, 7.0, 5.0),
            _ => rect(-17.0 + step, r + 5.0, 7.0, 5.0),
        };
        body.rect(at, 1.0, class);
        if op.state == OpState::Waiting {
            body.filled(at, 1.0, Pattern::Wait);
        }
    }
}
