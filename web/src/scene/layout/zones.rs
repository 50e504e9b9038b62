//! The stage is a sheet of paper; a partition tears it into islands.

use netsplit_core::base::Id;

use super::arrange::{Need, arrange};
use super::{Layout, Place, Space};
use crate::scene::geometry::{Point, Rect, crossing, pt};
use crate::scene::size::CardSize;
use crate::scene::view::{NodeView, View};

/// One piece of paper.
#[derive(Clone, PartialEq, Debug)]
pub struct Zone {
    /// Its place in [`View::islands`]; `None` when there is one sheet for all.
    pub island: Option<usize>,
    /// Its piece of the container.
    pub rect: Rect,
}

/// The line along which two neighbouring zones are torn apart.
#[derive(Clone, PartialEq, Debug)]
pub struct Tear {
    /// Its middle, from one edge of the container to the other.
    pub line: Vec<Point>,
    /// How far it is open, from 0 to 1.
    pub open: f64,
    /// Whether it runs from top to bottom.
    pub upright: bool,
}

/// How far apart the points of a tear are.
const STEP: f64 = 9.0;
/// How far sheets and tears reach beyond the container.
const BLEED: f64 = 24.0;

impl Tear {
    /// The share of the way from `a` to `b` at which it meets the tear.
    pub fn crossed(&self, a: Point, b: Point) -> Option<f64> {
        self.line.windows(2).find_map(|pair| crossing(a, b, pair[0], pair[1]))
    }
}

/// Places the nodes of the view as cards of `size`, or as dots of the radius `dot` unless it is 0.
pub fn place(view: &View, space: Space, size: &'static CardSize, dot: f64) -> Layout {
    let wide = space.w > space.h * 1.15;
    let frame = Frame { view, space, size, need: Need::of(size, dot), wide, dot };
    let whole = frame.whole();
    if view.islands.len() < 2 {
        let zones = vec![Zone { island: None, rect: whole }];
        let places = placed(whole, &frame);
        return frame.laid_out(zones, Vec::new(), places);
    }
    frame.torn(whole)
}

/// Where everybody stands when nothing is cut.
fn placed(whole: Rect, frame: &Frame) -> Vec<Place> {
    let all: Vec<&NodeView> = frame.view.nodes.iter().collect();
    let room = frame.room(whole, true, true);
    let centres = arrange(&all, room, frame.need, frame.wide, &|_| None);
    centres.into_iter().map(|(id, at)| frame.stand(id, at, Some(0))).collect()
}

struct Frame<'a> {
    view: &'a View,
    space: Space,
    size: &'static CardSize,
    need: Need,
    wide: bool,
    dot: f64,
}

impl Frame<'_> {
    fn whole(&self) -> Rect {
        Rect { x: 0.0, y: 0.0, w: self.space.w, h: self.space.h }
    }

    fn stand(&self, id: Id, centre: Point, zone: Option<usize>) -> Place {
        Place { id, rect: Rect::around(centre, self.need.w, self.need.h), zone, ops: None }
    }

    /// The part of a zone where nodes may stand. Clients stand at the edge of the first zone;
    /// beside a tear there must be room for stubs and for what falls into it.
    fn room(&self, zone: Rect, first: bool, last: bool) -> Rect {
        let small = self.size.letter == "S";
        let edge = if small { 8.0 } else { self.size.gap };
        let (before, after) = self.beside_tear();
        // The names of dots stand around them.
        let names =
            if self.dot > 0.0 && self.view.nodes.len() <= super::NAMED_DOTS { 22.0 } else { 0.0 };
        let clients = !self.view.clients.is_empty();
        let outside = if clients && self.wide { self.size.client_edge } else { edge };
        let (begin, end) =
            (if first { outside } else { after }, if last { self.size.end_edge } else { before });
        let (begin, end) = (begin + names, end + names);
        let head = edge + if small { 5.0 } else { 12.0 } + names * 0.5;
        let below = if clients && small && !last { 34.0 } else { 0.0 };
        if self.wide {
            Rect {
                x: zone.x + begin,
                y: zone.y + head,
                w: zone.w - begin - end,
                h: zone.h - head - edge.min(16.0) - names * 0.5 - self.space.foot,
            }
        } else {
            let foot = if last { self.space.foot + below } else { below };
            let side = if clients && first { edge + 34.0 } else { edge } + names;
            let (top, low) = (if first { head } else { after }, if last { 8.0 } else { before });
            Rect {
                x: zone.x + side,
                y: zone.y + top,
                w: zone.w - side - edge - names,
                h: zone.h - top - low - names * 0.5 - foot,
            }
        }
    }

    /// The room before and after a tear; more where somebody stands on it.
    fn beside_tear(&self) -> (f64, f64) {
        let (before, after) = self.size.torn;
        if self.view.islands.len() < 2 || self.free().is_empty() {
            return (before, after);
        }
        let half = if self.wide { self.need.w } else { self.need.h } / 2.0 + self.need.gap;
        (before.max(half), after.max(half))
    }

    /// Who is in no island.
    fn free(&self) -> Vec<Id> {
        let islands = &self.view.islands;
        let anywhere = |id: &Id| islands.iter().any(|island| island.members.contains(id));
        self.view.nodes.iter().map(|node| node.id).filter(|id| !anywhere(id)).collect()
    }

    fn torn(&self, whole: Rect) -> Layout {
        let reference = placed(whole, self);
        let stood = |id: Id| reference.iter().find(|p| p.id == id).map(|p| p.rect.centre());
        let order = self.order(&stood);
        let rects = self.split(whole, &order);
        let last = order.len() - 1;
        let mut places = Vec::new();
        let mut zones = Vec::new();
        for (nth, (island, rect)) in order.iter().zip(&rects).enumerate() {
            let members = self.members(*island);
            let room = self.room(*rect, nth == 0, nth == last);
            let centres = arrange(&members, room, self.need, self.wide, &stood);
            places.extend(centres.into_iter().map(|(id, at)| self.stand(id, at, Some(nth))));
            zones.push(Zone { island: Some(*island), rect: *rect });
        }
        let tears = rects[1..].iter().map(|rect| self.tear(*rect, last)).collect();
        places.extend(self.bridges(&rects));
        self.laid_out(zones, tears, places)
    }

    fn laid_out(&self, zones: Vec<Zone>, tears: Vec<Tear>, places: Vec<Place>) -> Layout {
        let (space, size, dot) = (self.space, self.size, self.dot);
        let (dots, titles) = (dot > 0.0, Vec::new());
        Layout { space, size, dots, dot, reach: 0.0, zones, tears, titles, places }
    }

    fn members(&self, island: usize) -> Vec<&NodeView> {
        let members = &self.view.islands[island].members;
        self.view.nodes.iter().filter(|node| members.contains(&node.id)).collect()
    }

    /// The islands from the beginning to the end of the container, by where their nodes stood.
    fn order(&self, stood: &dyn Fn(Id) -> Option<Point>) -> Vec<usize> {
        let middle = |island: &usize| {
            let at: Vec<Point> =
                self.members(*island).iter().filter_map(|node| stood(node.id)).collect();
            let sum: f64 = at.iter().map(|p| if self.wide { p.x } else { p.y }).sum();
            if at.is_empty() { f64::MAX } else { sum / at.len() as f64 }
        };
        let mut order: Vec<usize> = (0..self.view.islands.len()).collect();
        order.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
        order
    }

    /// The zones' rectangles: what each needs, and the rest in equal parts.
    fn split(&self, whole: Rect, order: &[usize]) -> Vec<Rect> {
        let length = if self.wide { whole.w } else { whole.h };
        let last = order.len() - 1;
        let needs: Vec<f64> = order
            .iter()
            .enumerate()
            .map(|(nth, island)| self.need_of(self.members(*island).len(), nth == 0, nth == last))
            .collect();
        let total: f64 = needs.iter().sum();
        let spare = (length - total) / needs.len() as f64;
        let squeeze = if spare < 0.0 { length / total } else { 1.0 };
        let mut begin = 0.0;
        needs
            .iter()
            .map(|need| {
                let share = need * squeeze + spare.max(0.0);
                let from = begin;
                begin += share;
                if self.wide {
                    Rect { x: from, w: share, ..whole }
                } else {
                    Rect { y: from, h: share, ..whole }
                }
            })
            .collect()
    }

    fn need_of(&self, n: usize, first: bool, last: bool) -> f64 {
        let probe = Rect { x: 0.0, y: 0.0, w: 1000.0, h: 1000.0 };
        let room = self.room(probe, first, last);
        let (margins, one) =
            if self.wide { (1000.0 - room.w, self.need.w) } else { (1000.0 - room.h, self.need.h) };
        let lines = match n {
            0 => 0.4,
            1 | 2 => 1.0,
            3 | 4 => 2.0,
            5 | 6 => 2.6,
            n => (n as f64).sqrt() + 0.4,
        };
        margins + lines * one + (lines - 1.0).max(0.0) * self.need.gap * 0.6
    }

    /// The tear before a zone that begins at `rect`. It leans a little: paper never tears straight.
    fn tear(&self, rect: Rect, n_tears: usize) -> Tear {
        let (across, along) =
            if self.wide { (rect.x, self.space.h) } else { (rect.y, self.space.w) };
        let lean = if n_tears > 1 { 0.016 } else { 0.03 } * along;
        let lean = if self.wide { lean } else { -lean * 0.4 };
        let n = ((along + 2.0 * BLEED) / STEP).ceil() as usize;
        let line = (0..=n)
            .map(|i| {
                let at = -BLEED + i as f64 * STEP;
                let off = across + lean * (1.0 - 2.0 * at / along);
                if self.wide { pt(off, at) } else { pt(at, off) }
            })
            .collect();
        Tear { line, open: 1.0, upright: self.wide }
    }

    /// Who is in no island keeps all its links, and stands on the tears.
    fn bridges(&self, rects: &[Rect]) -> Vec<Place> {
        let free = self.free();
        let n = free.len() as f64;
        free.iter()
            .enumerate()
            .map(|(i, id)| {
                let share = (i as f64 + 1.0) / (n + 1.0);
                let edge = rects[1 + i % (rects.len() - 1)];
                let at = if self.wide {
                    pt(edge.x, self.space.h * share)
                } else {
                    pt(self.space.w * share, edge.y)
                };
                self.stand(*id, at, None)
            })
            .collect()
    }
}
