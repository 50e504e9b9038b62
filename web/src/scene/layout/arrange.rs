//! Who stands where inside one zone: equals on a ring, others in columns by what they are for.

use netsplit_core::base::Id;
use netsplit_core::protocol::Part;

use crate::scene::geometry::{Point, Rect, pt};
use crate::scene::size::CardSize;
use crate::scene::view::NodeView;

/// The room that one node takes.
#[derive(Clone, Copy)]
pub struct Need {
    /// Its width.
    pub w: f64,
    /// Its height, with the ports that hang over.
    pub h: f64,
    /// The least room between two.
    pub gap: f64,
    /// Whether a group stands in two columns where one has no room for it.
    pub staggers: bool,
}

impl Need {
    /// What a card of this size needs, or a dot of this radius unless that is 0.
    pub fn of(size: &CardSize, dot: f64) -> Need {
        if dot > 0.0 {
            let across = 2.0 * dot;
            return Need { w: across, h: across, gap: 6.0, staggers: false };
        }
        let (h, staggers) = (size.h + size.overhang(), size.staggers());
        Need { w: size.w, h, gap: size.gap, staggers }
    }

    /// Whether a group of `n` wants two columns: one has no room for it.
    fn wants_two(self, n: usize, room: Rect, wide: bool) -> bool {
        let (length, size) = if wide { (room.h, self.h) } else { (room.w, self.w) };
        (2..=4).contains(&n) && n as f64 * (size + self.gap) - self.gap > length
    }

    /// Whether groups that want two columns have them: between groups, messages must be seen.
    fn has_columns(self, groups: &[Vec<Id>], room: Rect, wide: bool) -> bool {
        let (depth, one) = if wide { (room.w, self.w) } else { (room.h, self.h) };
        let columns =
            |group: &Vec<Id>| if self.wants_two(group.len(), room, wide) { 2.0 } else { 1.0 };
        let columns: f64 = groups.iter().map(columns).sum();
        let ways = groups.len().saturating_sub(1) as f64 * MESSAGE;
        self.staggers && groups.len() > 1 && columns * (one + self.gap) + ways <= depth
    }
}

/// Between cards, a message is seen that has so much room.
const MESSAGE: f64 = 44.0;

/// The centres of `members` inside `room`. `reference` is where they stand when nothing is cut:
/// among the ways around a ring, the one that moves them least is taken.
pub fn arrange(
    members: &[&NodeView],
    room: Rect,
    need: Need,
    wide: bool,
    reference: &dyn Fn(Id) -> Option<Point>,
) -> Vec<(Id, Point)> {
    let groups: Vec<Vec<Id>> = [Part::Client, Part::Peer, Part::Service, Part::Resource]
        .iter()
        .map(|part| members.iter().filter(|node| node.part == *part).map(|node| node.id).collect())
        .filter(|group: &Vec<Id>| !group.is_empty())
        .collect();
    // Groups stand beside each other; where there is no room for that, above each other.
    let n_groups = groups.len() as f64;
    let wide = match (groups.len(), wide) {
        (0 | 1, _) => wide,
        (_, true) => room.w >= n_groups * (need.w + need.gap) - need.gap,
        (_, false) => room.h < n_groups * (need.h + need.gap) - need.gap,
    };
    let has_columns = need.has_columns(&groups, room, wide);
    let in_two = |n: usize| has_columns && need.wants_two(n, room, wide);
    let share_of = |n: usize| if in_two(n) { 2.0 } else { group_share(n, groups.len()) };
    let share: f64 = groups.iter().map(|group| share_of(group.len())).sum();
    let mut begin = 0.0;
    let mut out = Vec::new();
    for group in &groups {
        let part = share_of(group.len()) / share;
        let column = slice(room, begin, part, wide);
        begin += part;
        let column = clear_of_ways(column, part_of(group[0], members), groups.len(), need, wide);
        let n = group.len();
        if n > FEW && !has_ring(n, column, need) {
            out.extend(group.iter().copied().zip(comb(n, column, need)));
            continue;
        }
        let slots = if in_two(n) {
            staggered(n, column, need, wide)
        } else if groups.len() == 1 || n > 3 {
            ring(n, column, need, wide)
        } else {
            line(n, column, need, wide)
        };
        out.extend(least_moved(group, &slots, reference));
    }
    out
}

fn part_of(id: Id, members: &[&NodeView]) -> Option<Part> {
    members.iter().find(|node| node.id == id).map(|node| node.part)
}

/// Where clients stand at one side and resources at the other, services between them would stand
/// in the way: they move up, the resources down.
fn clear_of_ways(column: Rect, part: Option<Part>, groups: usize, need: Need, wide: bool) -> Rect {
    let room = if wide { column.h - need.h } else { column.w - need.w };
    let off = room * 0.3;
    let shift = match part {
        _ if groups < 3 || room < need.h => 0.0,
        Some(Part::Service) => -off,
        Some(Part::Resource) => off,
        _ => 0.0,
    };
    let spare = 2.0 * shift.abs();
    match (wide, shift < 0.0) {
        _ if spare == 0.0 => column,
        (true, true) => Rect { h: column.h - spare, ..column },
        (true, false) => Rect { y: column.y + spare, h: column.h - spare, ..column },
        (false, true) => Rect { w: column.w - spare, ..column },
        (false, false) => Rect { x: column.x + spare, w: column.w - spare, ..column },
    }
}

/// How many columns' worth of room a group wants.
fn group_share(n: usize, groups: usize) -> f64 {
    if n > 3 && groups > 1 { 1.9 } else { 1.0 }
}

fn slice(room: Rect, begin: f64, part: f64, wide: bool) -> Rect {
    if wide {
        Rect { x: room.x + room.w * begin, w: room.w * part, ..room }
    } else {
        Rect { y: room.y + room.h * begin, h: room.h * part, ..room }
    }
}

/// Slots in a line across the columns' direction, not further apart than they need to be.
fn line(n: usize, room: Rect, need: Need, wide: bool) -> Vec<Point> {
    let centre = room.centre();
    let (length, size) = if wide { (room.h, need.h) } else { (room.w, need.w) };
    let step = ((length - size) / (n.max(2) - 1) as f64).min(size * 1.9 + need.gap);
    (0..n)
        .map(|i| {
            let off = (i as f64 - (n - 1) as f64 / 2.0) * step;
            if wide { pt(centre.x, centre.y + off) } else { pt(centre.x + off, centre.y) }
        })
        .collect()
}

/// Slots in two columns, by turns in the one and in the other.
fn staggered(n: usize, room: Rect, need: Need, wide: bool) -> Vec<Point> {
    let centre = room.centre();
    let (length, size) = if wide { (room.h, need.h) } else { (room.w, need.w) };
    let (depth, one) = if wide { (room.w, need.w) } else { (room.h, need.h) };
    let aside = ((depth - one) / 2.0).min((one + need.gap) / 2.0 + need.gap);
    let step = (length - size) / (n.max(2) - 1) as f64;
    (0..n)
        .map(|i| {
            let along = (i as f64 - (n - 1) as f64 / 2.0) * step;
            let across = if i % 2 == 0 { -aside } else { aside };
            let (x, y) = if wide { (across, along) } else { (along, across) };
            pt(centre.x + x, centre.y + y)
        })
        .collect()
}

/// Slots on a ring, counter-clockwise; the first two straddle the axis at the beginning, so that
/// a cut through the middle parts low numbers from high ones.
fn ring(n: usize, room: Rect, need: Need, wide: bool) -> Vec<Point> {
    match n {
        0 => return Vec::new(),
        1 => return vec![room.centre()],
        _ if n > FEW => return spread(n, room, need, wide),
        // Two stand as the first two do on a ring, where there is room for that.
        2 => {
            let upright = if wide {
                room.h >= 2.0 * need.h + need.gap
            } else {
                room.w < 2.0 * need.w + need.gap
            };
            return line(2, room, need, upright);
        }
        _ => {}
    }
    // A few stand on a ring a little squarer than an ellipse: the first two are further apart.
    // Where there is no room for three rows, columns stand evenly.
    let (depth, one) = if wide { (room.h, need.h) } else { (room.w, need.w) };
    let flat = depth < 3.0 * (one + need.gap);
    let square = |sin: f64| match (n <= 6, flat) {
        (true, true) => sin.signum() * sin.abs().sqrt(),
        (true, false) => sin * (1.46 - 0.46 * sin.abs()),
        (false, _) => sin,
    };
    let even = |cos: f64| {
        if n <= 6 && flat { cos * cos.abs() * (1.46 - 0.46 * cos.abs()) } else { cos }
    };
    let half_step = turned(std::f64::consts::PI / n as f64);
    let step = half_step.then(half_step);
    let mut on_circle = Turn { cos: -half_step.cos, sin: half_step.sin };
    let raw: Vec<Point> = (0..n)
        .map(|_| {
            let on = pt(even(on_circle.cos), -square(on_circle.sin));
            on_circle = on_circle.then(step);
            if wide { on } else { pt(on.y, on.x) }
        })
        .collect();
    stretch(&raw, room, need)
}

/// Slots on an ellipse, equally far apart from each other.
fn spread(n: usize, room: Rect, need: Need, wide: bool) -> Vec<Point> {
    const FINE: usize = 720;
    let (centre, a, b) = (room.centre(), (room.w - need.w) / 2.0, (room.h - need.h) / 2.0);
    let step = turned(std::f64::consts::PI / (FINE / 2) as f64);
    let mut turn = Turn { cos: 1.0, sin: 0.0 };
    let mut along: Vec<Point> = Vec::new();
    for _ in 0..=FINE {
        along.push(if wide {
            pt(centre.x - a * turn.cos, centre.y + b * turn.sin)
        } else {
            pt(centre.x + a * turn.sin, centre.y - b * turn.cos)
        });
        turn = turn.then(step);
    }
    let ways = || along.windows(2).map(|pair| (pair[0], pair[0].distance(pair[1])));
    let apart = ways().map(|(_, way)| way).sum::<f64>() / n as f64;
    let mut slots = Vec::new();
    let mut gone = apart / 2.0;
    for (point, way) in ways() {
        gone += way;
        if gone >= apart && slots.len() < n {
            gone -= apart;
            slots.push(point);
        }
    }
    slots
}

/// Up to so many stand on a ring in any case.
const FEW: usize = 12;

/// Whether a ring in `room` is long enough for `n`.
fn has_ring(n: usize, room: Rect, need: Need) -> bool {
    let length = 2.0 * (room.w - need.w + room.h - need.h).max(1.0) * 0.8;
    n as f64 * (need.w.max(need.h) + need.gap) <= length
}

/// Slots in rows from the top, like the cells of a comb: a way along a row meets few of the next.
fn comb(n: usize, room: Rect, need: Need) -> Vec<Point> {
    let columns = ((n as f64 * room.w / room.h.max(1.0)).sqrt().ceil() as usize).clamp(1, n);
    let rows = n.div_ceil(columns);
    let columns = n.div_ceil(rows);
    let across = (room.w - need.w) / (columns as f64 - 0.5);
    let down = (room.h - need.h) / (rows.max(2) - 1) as f64;
    (0..n)
        .map(|i| {
            let (row, column) = (i / columns, i % columns);
            let x = column as f64 + if row % 2 == 1 { 0.5 } else { 0.0 };
            pt(room.x + need.w / 2.0 + x * across, room.y + need.h / 2.0 + row as f64 * down)
        })
        .collect()
}

/// A turn, by its cosine and sine.
#[derive(Clone, Copy)]
struct Turn {
    cos: f64,
    sin: f64,
}

impl Turn {
    /// This turn and then another.
    fn then(self, other: Turn) -> Turn {
        Turn {
            cos: self.cos * other.cos - self.sin * other.sin,
            sin: self.sin * other.cos + self.cos * other.sin,
        }
    }
}

/// The turn by an angle of at most 60 degrees, by its series: the library's
/// functions for every angle would be several kilobytes of the page.
fn turned(angle: f64) -> Turn {
    let (mut cos, mut sin, mut term) = (1.0, angle, angle);
    for k in 1..10 {
        let k = f64::from(2 * k);
        cos -= term * angle / k;
        term *= -angle * angle / (k * (k + 1.0));
        sin += term;
    }
    Turn { cos, sin }
}

/// Makes the slots fill the room.
fn stretch(raw: &[Point], room: Rect, need: Need) -> Vec<Point> {
    let bounds = |of: fn(&Point) -> f64| {
        let values = raw.iter().map(of);
        (values.clone().fold(f64::MAX, f64::min), values.fold(f64::MIN, f64::max))
    };
    let ((left, right), (top, bottom)) = (bounds(|p| p.x), bounds(|p| p.y));
    let fit = |value: f64, (low, high): (f64, f64), from: f64, length: f64, size: f64| {
        let share = if high - low < 1e-6 { 0.5 } else { (value - low) / (high - low) };
        from + size / 2.0 + (length - size).max(0.0) * share
    };
    raw.iter()
        .map(|p| {
            pt(
                fit(p.x, (left, right), room.x, room.w, need.w),
                fit(p.y, (top, bottom), room.y, room.h, need.h),
            )
        })
        .collect()
}

/// Gives the slots to the group in the rotation that moves it least from where it stood.
fn least_moved(
    group: &[Id],
    slots: &[Point],
    reference: &dyn Fn(Id) -> Option<Point>,
) -> Vec<(Id, Point)> {
    let n = group.len();
    let before: Option<Vec<Point>> = group.iter().map(|id| reference(*id)).collect();
    let turn = before.map_or(0, |before| {
        let before = centred(&before);
        let after = centred(slots);
        let cost = |turn: usize| -> f64 {
            (0..n).map(|i| before[i].distance(after[(i + turn) % n]).powi(2)).sum()
        };
        (0..n).min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap_or(0)
    });
    group.iter().enumerate().map(|(i, id)| (*id, slots[(i + turn) % n])).collect()
}

/// The points relative to their middle.
fn centred(points: &[Point]) -> Vec<Point> {
    let n = points.len().max(1) as f64;
    let x = points.iter().map(|p| p.x).sum::<f64>() / n;
    let y = points.iter().map(|p| p.y).sum::<f64>() / n;
    points.iter().map(|p| pt(p.x - x, p.y - y)).collect()
}
