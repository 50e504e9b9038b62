//! Pure: from one instant of a run, as plain data, to the marks that show it. No DOM here; tested
//! natively.
//!
//! [`View`] goes in; [`layout::layout`] says where everything stands; [`picture`] makes the marks
//! that change on steps and the list of what moves between them.

pub mod body;
mod card;
mod client;
mod dot;
pub mod element;
mod flight;
pub mod geometry;
pub mod kept;
mod label;
mod lanes;
pub mod layout;
mod link;
mod loss;
pub mod mark;
pub mod motion;
mod names;
#[cfg(test)]
mod print;
#[cfg(any(test, feature = "demo"))]
pub mod sample;
mod sheet;
mod size;
mod strip;
pub mod stroke;
#[cfg(test)]
mod tests;
pub mod text;
mod token;
pub mod view;

use geometry::pt;
use kept::Kept;
use layout::Layout;
pub use loss::FALL;
use mark::{Key, Layer, Mark, Thing};
use motion::{Change, Moving};
use netsplit_core::base::{Time, sort_by_key};
pub use view::View;

/// How to look at a view.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Look {
    /// Whether nothing may travel: the reader asked for reduced motion.
    pub calm: bool,
    /// What is focused or hovered, and says what it is.
    pub named: Option<Thing>,
}

/// Everything on the stage, and what of it moves.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Picture {
    /// The marks, by layer and key. What moves stands where it is at the view's instant.
    pub marks: Vec<Mark>,
    /// What moves until the next view.
    pub moving: Vec<Moving>,
    /// The view's instant.
    pub at: Time,
}

/// Draws the view as it is laid out.
pub fn picture(view: &View, layout: &Layout, kept: &Kept, look: &Look) -> Picture {
    let mut marks = sheet::sheets(view, layout);
    let mut moving = Vec::new();
    marks.extend(link::links(view, layout));
    marks.extend(view.clients.iter().filter_map(|client| client::reach(client, layout, view)));
    loss::losses(view, layout, &kept.names, look, &mut marks, &mut moving);
    flight::flights(view, layout, kept, look, &mut marks, &mut moving);
    for node in &view.nodes {
        nodes(node, view, layout, &mut marks, &mut moving);
    }
    for client in &view.clients {
        let Some(place) = layout.place(client.id) else { continue };
        let (mark, waits) = client::client(client, place, layout, view);
        marks.push(mark);
        moving.extend(waits);
    }
    sort_by_key(&mut marks, |mark| (mark.layer, mark.key));
    let mut picture = Picture { marks, moving, at: view.at };
    picture.settle(view.at);
    picture
}

fn nodes(
    node: &view::NodeView,
    view: &View,
    layout: &Layout,
    marks: &mut Vec<Mark>,
    moving: &mut Vec<Moving>,
) {
    let Some(place) = layout.place(node.id) else { return };
    let clock = if layout.dots {
        marks.push(dot::dot(node, place, layout));
        card::clock(node, place.rect.centre(), layout.dot + dot::CLOCK, false, None)
    } else {
        let size = layout.size;
        marks.push(card::card(node, place, size, &view.words));
        let corner = card::corner(place);
        let foot = card::timer_foot(node, size);
        let foot = foot.map(|foot| foot.moved(corner.x, corner.y));
        let centre = pt(corner.x + size.ring_x, corner.y + size.ring_y);
        card::clock(node, centre, size.arc_r, true, foot)
    };
    if let Some((mark, drains)) = clock {
        marks.push(mark);
        moving.extend(drains);
    }
}

impl Picture {
    /// What moves, at `at`: the mark, which of its primitives, and what becomes of it.
    pub fn frame(&self, at: Time) -> impl Iterator<Item = (Key, usize, Change)> + '_ {
        self.moving.iter().map(move |moving| {
            let (key, part) = moving.target();
            (key, part, moving.at(at))
        })
    }

    /// Puts what moves where it is at `at`.
    fn settle(&mut self, at: Time) {
        let changes: Vec<(Key, usize, Change)> = self.frame(at).collect();
        for (key, part, change) in changes {
            let layer = layer_of(key);
            let Ok(index) = self.marks.binary_search_by_key(&(layer, key), |m| (m.layer, m.key))
            else {
                continue;
            };
            let mark = &mut self.marks[index];
            match (change, mark.body.get_mut(part)) {
                (Change::Place(place), _) => mark.at = place,
                (
                    Change::Share(now),
                    Some(mark::Draw::Sweep { share, .. } | mark::Draw::Way { share, .. }),
                ) => *share = now,
                (Change::Words(words), Some(mark::Draw::Text { text, .. })) => *text = words,
                _ => {}
            }
        }
    }
}

/// The layer on which a mark of this key is painted.
pub fn layer_of(key: Key) -> Layer {
    match key {
        Key::Gap | Key::Sheet(_) | Key::Title(_) => Layer::Ground,
        Key::Link(..) | Key::Reach(_) => Layer::Links,
        Key::Trail(_) | Key::Loss(_) | Key::Message(_) => Layer::Messages,
        Key::Node(_) | Key::Client(_) => Layer::Cards,
        Key::Name(_) | Key::Clock(_) => Layer::Clocks,
    }
}
