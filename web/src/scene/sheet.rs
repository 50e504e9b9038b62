//! The sheets of paper and the tears between them.

use super::body::Body;
use super::geometry::{Point, Rect, pt};
use super::layout::{Layout, Tear, Zone, lines};
use super::mark::{Anchor, Class, Draw, Key, Layer, Mark, Pattern};
use super::text::push_num;
use super::view::View;

/// How far sheets reach beyond the container.
const BLEED: f64 = 24.0;

/// The sheets, their tears, and what stands on them.
pub fn sheets(view: &View, layout: &Layout) -> Vec<Mark> {
    let mut marks = Vec::new();
    if layout.tears.is_empty() {
        marks.push(plain(layout));
        return marks;
    }
    marks.push(gap(layout));
    for nth in 0..layout.zones.len() {
        let before = nth.checked_sub(1).map(|i| &layout.tears[i]);
        let after = layout.tears.get(nth);
        marks.push(sheet(nth, layout, before, after));
    }
    for (nth, zone) in layout.zones.iter().enumerate() {
        marks.extend(title(nth, zone, view, layout));
    }
    marks
}

fn mark(key: Key, class: Class, body: Body) -> Mark {
    Mark { key, layer: Layer::Ground, thing: None, class, at: pt(0.0, 0.0), body: body.0 }
}

/// One sheet for all: no tint, no pattern.
fn plain(layout: &Layout) -> Mark {
    let mut body = Body::default();
    body.rect(whole(layout), 0.0, "paper plain");
    mark(Key::Sheet(0), Class::Borrowed("sheet"), body)
}

fn gap(layout: &Layout) -> Mark {
    let mut body = Body::default();
    body.rect(whole(layout), 0.0, "gap");
    mark(Key::Gap, Class::Borrowed("sheet"), body)
}

fn whole(layout: &Layout) -> Rect {
    Rect { x: 0.0, y: 0.0, w: layout.space.w, h: layout.space.h }.grown(BLEED)
}

/// A piece of paper between two tears: its lighter core shows along them, and the edge is drawn.
fn sheet(nth: usize, layout: &Layout, before: Option<&Tear>, after: Option<&Tear>) -> Mark {
    let mut body = Body::default();
    let upright = layout.tears.first().is_none_or(|tear| tear.upright);
    let edges = |depth: Depth| -> (Vec<Point>, Vec<Point>) {
        let begin =
            before.map_or_else(|| straight(layout, upright, true), |t| edge(t, nth, false, depth));
        let end =
            after.map_or_else(|| straight(layout, upright, false), |t| edge(t, nth, true, depth));
        (begin, end)
    };
    let (begin, end) = edges(Depth::Core);
    body.path(closed(&begin, &end), "fibre");
    let (begin, end) = edges(Depth::Face);
    let outline = closed(&begin, &end);
    let tint = ["paper p0", "paper p1", "paper p2", "paper p3"][nth % 4];
    body.path(outline.clone(), tint);
    let pattern = Some(Pattern::Paper((nth % 4) as u8));
    body.0.push(Draw::Path { d: outline, class: Class::Borrowed("pattern"), fill: pattern });
    for (line, torn) in [(&begin, before), (&end, after)] {
        if torn.is_some() {
            body.path(open(line), "tearline");
        }
    }
    for (line, torn) in [(edges(Depth::Core).0, before), (edges(Depth::Core).1, after)] {
        if torn.is_some() {
            body.path(open(&line), "tearline core");
        }
    }
    mark(Key::Sheet(nth as u8), Class::Borrowed("sheet"), body)
}

/// How far into the tear a line of the paper reaches.
#[derive(Clone, Copy, PartialEq)]
enum Depth {
    /// The printed face ends first.
    Face,
    /// The core is torn off a little further.
    Core,
}

/// The edge of the sheet before a tear (`left`) or after it.
fn edge(tear: &Tear, sheet: usize, left: bool, depth: Depth) -> Vec<Point> {
    let (half, rough, salt) = match depth {
        Depth::Face => (14.5, 4.6, 17),
        Depth::Core => (9.0, 4.2, 91),
    };
    let side = if left { -1.0 } else { 1.0 };
    let salt = salt + sheet as u32 * 7 + u32::from(left) * 1000;
    tear.line
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let off = side * (half * tear.open + rough * jitter(i as u32, salt) * tear.open);
            let along = 2.4 * jitter(i as u32, salt + 5);
            if tear.upright { pt(p.x + off, p.y + along) } else { pt(p.x + along, p.y + off) }
        })
        .collect()
}

/// A number between -1 and 1 that looks like chance and never changes.
fn jitter(i: u32, salt: u32) -> f64 {
    let mut x = i.wrapping_mul(0x9e37_79b9) ^ salt.wrapping_mul(0x85eb_ca6b);
    x = (x ^ (x >> 16)).wrapping_mul(0x7feb_352d);
    x = (x ^ (x >> 15)).wrapping_mul(0x846c_a68b);
    x ^= x >> 16;
    f64::from(x & 0xffff) / 32767.5 - 1.0
}

fn straight(layout: &Layout, upright: bool, begin: bool) -> Vec<Point> {
    let all = whole(layout);
    match (upright, begin) {
        (true, true) => vec![pt(all.x, all.y), pt(all.x, all.bottom())],
        (true, false) => vec![pt(all.right(), all.y), pt(all.right(), all.bottom())],
        (false, true) => vec![pt(all.x, all.y), pt(all.right(), all.y)],
        (false, false) => vec![pt(all.x, all.bottom()), pt(all.right(), all.bottom())],
    }
}

fn closed(begin: &[Point], end: &[Point]) -> String {
    let mut d = open(begin);
    for p in end.iter().rev() {
        d.push('L');
        push_num(&mut d, p.x);
        d.push(' ');
        push_num(&mut d, p.y);
    }
    d.push('z');
    d
}

fn open(line: &[Point]) -> String {
    let mut d = String::with_capacity(line.len() * 12);
    for (i, p) in line.iter().enumerate() {
        d.push(if i == 0 { 'M' } else { 'L' });
        push_num(&mut d, p.x);
        d.push(' ');
        push_num(&mut d, p.y);
    }
    d
}

/// How many of all, and what that means.
fn title(nth: usize, zone: &Zone, view: &View, layout: &Layout) -> Option<Mark> {
    let island = &view.islands[zone.island?];
    let (rect, at_end) = layout.titles.get(nth).copied().flatten()?;
    let mut body = Body::default();
    let (x, anchor) = if at_end { (rect.right(), Anchor::End) } else { (rect.x, Anchor::Start) };
    match lines(island, layout.size.letter) {
        (title, Some(note)) => {
            body.text(pt(x, rect.y + 16.0), anchor, "sheetn", title);
            body.text(pt(x, rect.y + 35.0), anchor, "sheett", note);
        }
        (line, None) => {
            body.text(pt(x, rect.y + 12.0), anchor, "sheett small", line);
        }
    }
    Some(mark(Key::Title(nth as u8), Class::Borrowed("title"), body))
}
