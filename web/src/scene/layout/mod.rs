//! Where everything stands: a function of the size of the container, of who takes part, and of
//! the islands. Nothing else moves a node, so that the picture never jumps while a run plays.

mod arrange;
mod clients;
mod titles;
mod zones;

use netsplit_core::base::{Id, sort_by_key};

pub use clients::OpSide;
pub use titles::lines;
pub use zones::{Tear, Zone};

use super::geometry::{Point, Rect, pt};
use super::size::{CardSize, SIZES};
use super::view::View;

/// The container.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Space {
    /// Its width.
    pub w: f64,
    /// Its height.
    pub h: f64,
    /// How much of its foot is covered (by tools).
    pub foot: f64,
}

/// Where everything stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Layout {
    /// The container.
    pub space: Space,
    /// The measures of the cards; in a cluster of dots, those of its texts.
    pub size: &'static CardSize,
    /// Whether the nodes are dots: there are too many for cards.
    pub dots: bool,
    /// The radius of a dot; 0 among cards.
    pub dot: f64,
    /// How far from its middle a dot can be hit: halfway to the next, at most.
    pub reach: f64,
    /// The islands, or one for all.
    pub zones: Vec<Zone>,
    /// The tears between neighbouring zones.
    pub tears: Vec<Tear>,
    /// Where each zone's title stands, and whether it ends at the right; empty without islands.
    pub titles: Vec<Option<(Rect, bool)>>,
    /// Who stands where, sorted.
    pub places: Vec<Place>,
}

/// Where a participant stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Place {
    /// Who.
    pub id: Id,
    /// The card with its ports, the dot, or the diamond.
    pub rect: Rect,
    /// Its zone; `None` for who stands on a bridge between them.
    pub zone: Option<usize>,
    /// For a client: where its operations are written; of no size where there is no room.
    pub ops: Option<(Rect, OpSide)>,
}

/// The radius of a dot: as large as fits.
const DOTS: [f64; 3] = [13.0, 10.0, 7.0];
/// A dot can be hit so far from its middle, where no other is nearer.
const REACH: f64 = 22.0;
/// Up to so many dots have their names beside them.
const NAMED_DOTS: usize = 40;

/// Lays the view out in `space`: cards as large as fit, or dots.
pub fn layout(view: &View, space: Space) -> Layout {
    let first = match (space.w, space.h) {
        (w, h) if w >= 960.0 && h >= 500.0 => 0,
        (w, h) if w >= 640.0 && h >= 440.0 => 1,
        (w, _) if w >= 520.0 => 2,
        _ => 3,
    };
    let few = view.nodes.len() <= 12;
    let cards = SIZES[first..].iter().filter(|_| few).map(|size| (size, 0.0));
    let size = if first <= 1 { &SIZES[2] } else { &SIZES[3] };
    let tries = cards.chain(DOTS.map(|dot| (size, dot)));
    let fits = |(size, dot)| {
        let mut layout = zones::place(view, space, size, dot);
        let last = dot == DOTS[2];
        if !layout.is_clear() && !last {
            return None;
        }
        layout.reach = layout.reach();
        layout.titles = titles::titles(view, &layout);
        clients::place(view, &mut layout);
        (last || layout.has_clear_clients()).then_some(layout)
    };
    let mut layout = tries.into_iter().find_map(fits).expect("the smallest dots are taken");
    sort_by_key(&mut layout.places, |place| place.id);
    layout
}

impl Layout {
    /// Where `id` stands.
    pub fn place(&self, id: Id) -> Option<&Place> {
        let index = self.places.binary_search_by_key(&id, |place| place.id).ok()?;
        Some(&self.places[index])
    }

    /// The way of a message: from the edge of the sender to that of the receiver.
    pub fn way(&self, from: Id, to: Id) -> Option<(Point, Point)> {
        let (from, to) = (self.edge(from)?, self.edge(to)?);
        Some((from.exit(to.centre()), to.exit(from.centre())))
    }

    /// The card without the half of its ports that hangs over: ways end there, and the ports lie
    /// over them.
    pub fn edge(&self, id: Id) -> Option<Rect> {
        let place = self.place(id)?;
        let hangs = if place.ops.is_some() || self.dots { 0.0 } else { self.size.overhang() };
        Some(Rect { h: place.rect.h - hangs, ..place.rect })
    }

    /// The share of the way at which the straight way from `a` to `b` meets a tear.
    pub fn torn_at(&self, a: Point, b: Point) -> Option<f64> {
        self.tears.iter().find_map(|tear| tear.crossed(a, b))
    }

    /// This layout on its way to `other`, which has the same participants: a share `t` of it.
    pub fn toward(&self, other: &Layout, t: f64) -> Layout {
        let mut between = other.clone();
        for place in &mut between.places {
            let Some(old) = self.place(place.id) else { continue };
            place.rect = glide(old.rect, place.rect, t);
            if let (Some((old, _)), Some((new, side))) = (old.ops, place.ops) {
                place.ops = Some((glide(old, new, t), side));
            }
        }
        let torn_before = self.tears.len() == other.tears.len();
        for tear in &mut between.tears {
            tear.open = if torn_before { 1.0 } else { t };
        }
        between
    }

    /// Whether dots have their names beside them.
    pub fn names_dots(&self) -> bool {
        self.places.iter().filter(|place| place.ops.is_none()).count() <= NAMED_DOTS
            && self.dot == DOTS[0]
    }

    fn reach(&self) -> f64 {
        let mut nearest = 2.0 * REACH;
        for (index, place) in self.places.iter().enumerate() {
            for other in &self.places[index + 1..] {
                nearest = nearest.min(place.rect.centre().distance(other.rect.centre()));
            }
        }
        nearest / 2.0
    }

    /// Whether no client stands on a node.
    fn has_clear_clients(&self) -> bool {
        let clients = self.places.iter().filter(|place| place.ops.is_some());
        let on = |client: &&Place| {
            let node = |place: &&Place| place.ops.is_none() && place.rect.overlaps(client.rect);
            self.places.iter().any(|place| node(&place))
        };
        !clients.into_iter().any(|client| on(&client))
    }

    fn is_clear(&self) -> bool {
        let gap = if self.dots { 2.0 } else { self.size.gap / 2.0 };
        let whole = Rect { x: 0.0, y: 0.0, w: self.space.w, h: self.space.h };
        let covered = Rect {
            x: 0.0,
            y: self.space.h - self.space.foot,
            w: self.space.w * 0.62,
            h: self.space.foot,
        };
        self.places.iter().enumerate().all(|(index, place)| {
            let alone = self.places[index + 1..]
                .iter()
                .all(|other| !place.rect.grown(gap).overlaps(other.rect.grown(gap)));
            alone && place.rect.inside(whole) && !place.rect.overlaps(covered)
        })
    }
}

/// The rectangle a share `t` of the way from `old` to `new`, of the new size.
fn glide(old: Rect, new: Rect, t: f64) -> Rect {
    let centre = old.centre().toward(new.centre(), t);
    Rect::around(pt(centre.x, centre.y), new.w, new.h)
}
