//! A node as a card: term ring and timer, name and role, the disk half and the memory half, the
//! ports at the foot.

use std::cmp::Reverse;

use netsplit_core::base::sort_by_key;
use netsplit_core::describe::{Dots, Portrait, Row, Tone};
use netsplit_core::protocol::Part;

use super::body::{Body, rect};
use super::geometry::{Point, Rect, pt};
use super::layout::Place;
use super::mark::{Anchor, Class, Icon, Key, Layer, Mark, Pattern, Thing, epoch_class};
use super::motion::Moving;
use super::size::{CardSize, HALVES_GAP};
use super::strip::strip;
use super::text::{mono_fit, mono_width, path, sans_fit, sans_width};
use super::view::{NodeView, Phase, Port, TimerView, Words};

/// The size of the type of timers' names.
const TIMER_TYPE: f64 = 11.0;
/// The height of a field's line, and of one where there is little room.
const LINE: f64 = 15.0;
const TIGHT: f64 = 12.5;

/// The card of a node at its place.
pub fn card(node: &NodeView, place: &Place, size: &CardSize, words: &Words) -> Mark {
    let mut body = Body::default();
    let whole = rect(0.0, 0.0, size.w, size.h);
    body.rect(whole.grown(4.0), 13.0, "halo");
    body.rect(whole, 10.0, "cardbox");
    if node.phase == Phase::Paused {
        body.filled(whole.grown(-1.0), 9.0, Pattern::Frost);
    }
    badge(node, size, &mut body);
    if has_clock(node) {
        body.disc(pt(size.ring_x, size.ring_y), size.arc_r, "timertrack");
    }
    head(node, size, &mut body);
    halves(node, size, &mut body);
    if let (Phase::Up | Phase::Paused, Some(ports)) = (node.phase, node.ports) {
        let [read, write] = &node.answers;
        port(("R", &words.read, read), ports.0, size, 0, &mut body);
        port(("W", &words.write, write), ports.1, size, 1, &mut body);
    }
    Mark {
        key: Key::Node(node.id),
        layer: Layer::Cards,
        thing: Some(Thing::Node(node.id)),
        class: Class::Owned(class(node, size.letter)),
        at: corner(place),
        body: body.0,
    }
}

/// The classes of a node, as card or as dot.
pub fn class(node: &NodeView, letter: &str) -> String {
    let mut class = format!("node {letter} {}", epoch_class(node.portrait.epoch.unwrap_or(0)));
    class.push_str(match node.phase {
        Phase::Up => "",
        Phase::Down => " down",
        Phase::Paused => " paused",
        Phase::NotStarted => " unborn",
    });
    if matches!(node.phase, Phase::Up | Phase::Paused) {
        class.push_str(match node.portrait.tone {
            Tone::Lead => " lead",
            Tone::Seek => " seek",
            Tone::Refuse => " refuse",
            _ => "",
        });
        if node.doubtful || node.portrait.tone == Tone::Doubt {
            class.push_str(" old");
        }
    }
    class
}

/// The timers of a running node: an arc around its sign for the one that it was armed with for
/// the longest time, and where `foot` leaves room at the foot of the card, the names of two with
/// a bar each. A mark of its own, without what it runs along: it changes on frames. It stands in
/// the picture's coordinates, and not in its own: a place of its own for each costs the browser
/// more than the drawing.
pub fn clock(
    node: &NodeView,
    centre: Point,
    r: f64,
    on_card: bool,
    foot: Option<Rect>,
) -> Option<(Mark, Vec<Moving>)> {
    if !has_clock(node) {
        return None;
    }
    // Not by what is due next: an arc that meant another timer after each event would jump.
    let mut timers: Vec<&TimerView> = node.timers.iter().collect();
    sort_by_key(&mut timers, |timer| (Reverse(timer.due.since(timer.armed_at)), &timer.name));
    let first = timers.first()?;
    let mut body = Body::default();
    let mut moving = Vec::new();
    let key = Key::Clock(node.id);
    let mut drain = |part, timer: &TimerView| {
        moving.push(Moving::Drain { key, part, armed: timer.armed_at, due: timer.due });
    };
    let Point { x, y } = centre;
    let round = path(&[
        ('M', &[x, y - r]),
        ('A', &[r, r, 0.0, 0.0, 1.0, x, y + r]),
        ('A', &[r, r, 0.0, 0.0, 1.0, x, y - r]),
    ]);
    drain(body.sweep(round.clone(), "timer", 1.0, false), first);
    if on_card {
        drain(body.sweep(round, "timertip", 1.0, true), first);
    }
    if let Some(foot) = foot {
        let shown = timers.len().min(2);
        let step = (foot.w + 8.0) / shown as f64;
        for (nth, timer) in timers.iter().take(shown).enumerate() {
            let (x, w) = (foot.x + nth as f64 * step, step - 8.0);
            let name = sans_fit(&timer.name, TIMER_TYPE, w);
            body.text(pt(x, foot.y + 10.0), Anchor::Start, "timername", name);
            let line = path(&[('M', &[x, foot.y + foot.h]), ('h', &[w])]);
            body.path(line.clone(), "timertrack");
            drain(body.sweep(line, "timer", 1.0, false), timer);
        }
    }
    let (layer, class) = (Layer::Clocks, Class::Borrowed("clock"));
    Some((Mark { key, layer, thing: None, class, at: pt(0.0, 0.0), body: body.0 }, moving))
}

/// Whether the timers of a node are drawn.
pub fn has_clock(node: &NodeView) -> bool {
    matches!(node.phase, Phase::Up | Phase::Paused) && !node.timers.is_empty()
}

/// Where the names of timers stand on a card, relative to its corner: where the ports would be.
pub fn timer_foot(node: &NodeView, size: &CardSize) -> Option<Rect> {
    let y = size.h - size.port_h / 2.0 - 7.0;
    let room = rect(size.side + 2.0, y, size.w - 2.0 * size.side - 4.0, 13.5);
    node.ports.is_none().then_some(room)
}

/// The upper left corner of a place, between two pixels, so that hairlines are sharp.
pub fn corner(place: &Place) -> Point {
    pt(place.rect.x.round() + 0.5, place.rect.y.round() + 0.5)
}

/// The term ring with its number, or for a system without terms what the node is for; a cross or
/// a plus where nothing runs.
fn badge(node: &NodeView, size: &CardSize, body: &mut Body) {
    let at = pt(size.ring_x, size.ring_y);
    let sign = |icon: Icon, class: &'static str, body: &mut Body| {
        let side = size.ring_r * 1.7;
        body.icon(icon, at.x - side / 2.0, at.y - side / 2.0, side, class);
    };
    match (node.phase, node.portrait.epoch) {
        (Phase::Down, _) => sign(Icon::Cross, "brk", body),
        (Phase::NotStarted, _) => sign(Icon::Spare, "mut", body),
        (_, Some(epoch)) => {
            body.disc(at, size.ring_r, "ring");
            let figures = epoch.to_string();
            let type_size = match figures.len() {
                1 | 2 => size.ring_r + 0.5,
                3 => size.ring_r * 0.85,
                _ => size.ring_r * 0.66,
            };
            let class = format!("ringnum f{}", type_size.round() as u32);
            body.text(pt(at.x, at.y + type_size * 0.36), Anchor::Middle, class, figures);
        }
        (_, None) => sign(part_icon(node.part), "part", body),
    }
}

/// The sign of a participant without a term.
pub fn part_icon(part: Part) -> Icon {
    match part {
        Part::Peer | Part::Service => Icon::Service,
        Part::Resource => Icon::Resource,
        Part::Client => Icon::Client,
    }
}

/// Name and role; at the right end the pennant, the warnings and who has answered.
fn head(node: &NodeView, size: &CardSize, body: &mut Body) {
    let baseline = size.name_y;
    let mut right = size.w - size.side - 2.0;
    let name = sans_fit(&node.name, size.name_size, right - size.name_x);
    // Names are bold, and a little wider than estimated.
    let mut left = size.name_x + sans_width(&name, size.name_size) * 1.06 + 6.0;
    body.text(pt(size.name_x, baseline), Anchor::Start, "nm", name);
    let icon_y = size.ring_y - 8.0;
    if node.phase == Phase::Paused {
        right -= 17.0;
        body.icon(Icon::Sleep, right, icon_y, 16.0, "frosticon");
    } else if node.phase == Phase::Up && node.portrait.tone == Tone::Lead {
        right -= 16.0;
        body.icon(Icon::Pennant, right, icon_y, 16.0, "pen");
    }
    let role_w = if size.role_size > 0.0 { sans_width(&node.role, size.role_size) } else { 0.0 };
    // On a small card a role says what the sign does, but for who is down and where there are no
    // terms: there it is the state.
    let is_state = node.portrait.epoch.is_none();
    let down = matches!(node.phase, Phase::Down | Phase::NotStarted);
    let small = size.role_size == 0.0 && (down || is_state);
    if role_w > 0.0 && left + role_w < right {
        body.text(pt(left, baseline - 0.5), Anchor::Start, "role", node.role.clone());
        left += role_w + 8.0;
    } else if small && left + sans_width(&node.role, 11.5) < right + 5.0 {
        body.text(pt(left, baseline - 0.5), Anchor::Start, "role", node.role.clone());
        left += sans_width(&node.role, 11.5) + 6.0;
    }
    if let Some(skew) = &node.skew {
        right = skewed(skew, size, (left, right), body);
    }
    if let (Phase::Up, Some(dots)) = (node.phase, &node.portrait.dots) {
        right = answers(dots, size, (left, right), body);
    }
    for flag in &node.flags {
        let fits = |words: &&String| right - sans_width(words, 11.5) - 5.0 >= left;
        let Some(words) = [&flag.text, &flag.brief].into_iter().find(fits) else { break };
        body.text(pt(right - 5.0, baseline - 0.5), Anchor::End, "flag", words.clone());
        right -= sans_width(words, 11.5) + 12.0;
    }
}

/// A small tilted clock, with how far it is off where there is room; says what room is left.
fn skewed(skew: &str, size: &CardSize, (left, right): (f64, f64), body: &mut Body) -> f64 {
    let width = mono_width(skew, 11.0);
    let fits = right - width - 22.0 > left;
    let mut right = right - 4.0;
    if fits {
        body.text(pt(right, size.name_y - 0.5), Anchor::End, "mono skew", skew.to_owned());
        right -= width + 3.0;
    }
    right -= 15.0;
    body.icon(Icon::Skew, right, size.ring_y - 7.5, 15.0, "skewicon");
    right - 4.0
}

/// Who has answered, of those who must, as pips; says what room is left.
fn answers(dots: &Dots, size: &CardSize, (left, right): (f64, f64), body: &mut Body) -> f64 {
    let step = 8.0;
    let n = dots.of.len();
    let width = n as f64 * step;
    if n == 0 || right - width - 6.0 < left {
        return right;
    }
    let begin = right - width - 1.0;
    for (nth, id) in dots.of.iter().enumerate() {
        let at = pt(begin + nth as f64 * step + 3.0, size.ring_y);
        let class = if dots.yes.contains(id) { "pip yes" } else { "pip" };
        body.disc(at, 2.8, class);
    }
    begin - 6.0
}

/// What survives a crash above what does not.
fn halves(node: &NodeView, size: &CardSize, body: &mut Body) {
    if node.phase == Phase::NotStarted {
        return;
    }
    let portrait = &node.portrait;
    let (disk, memory) = split(portrait, size);
    let inner = if size.letter == "S" { 4.0 } else { 22.0 };
    if let Some(disk) = disk {
        body.rect(disk, 4.0, "disk");
        if inner > 4.0 {
            body.icon(Icon::Disk, disk.x + 5.0, disk.centre().y - 6.5, 13.0, "mut");
        }
        match portrait.strips.first() {
            Some(log) => strip(log, &node.overwritten, disk, inner, size, body),
            None => rows(node, &portrait.disk, disk, inner, body),
        }
    }
    if let Some(memory) = memory {
        body.rect(memory, 4.0, "mem");
        if inner > 4.0 {
            body.icon(Icon::Memory, memory.x + 5.0, memory.centre().y - 6.5, 13.0, "mut");
        }
        if node.phase != Phase::Down {
            rows(node, &portrait.memory, memory, inner, body);
        }
    }
}

/// The rectangles of disk and memory: a log has its fixed height; without one, the half with more
/// to show gets more, and a node that keeps nothing in one of them has the other alone. Where
/// there is room for one half only, it is the disk if it holds anything for the card.
fn split(portrait: &Portrait, size: &CardSize) -> (Option<Rect>, Option<Rect>) {
    let whole = |y: f64, h: f64| rect(size.side, y, size.w - 2.0 * size.side, h);
    let (n_disk, n_memory) = (on_card(&portrait.disk), on_card(&portrait.memory));
    let log = !portrait.strips.is_empty();
    if size.memory_h == 0.0 {
        let only = whole(size.disk_y, size.disk_h);
        return if log || n_disk > 0 { (Some(only), None) } else { (None, Some(only)) };
    }
    let room = size.disk_h + HALVES_GAP + size.memory_h;
    if !log && portrait.disk.is_empty() {
        return (None, Some(whole(size.disk_y, room)));
    }
    if !log && portrait.memory.is_empty() {
        return (Some(whole(size.disk_y, room)), None);
    }
    let disk_h = match n_disk.cmp(&n_memory) {
        _ if log => size.disk_h,
        std::cmp::Ordering::Greater => room - HALVES_GAP - size.memory_h,
        std::cmp::Ordering::Equal => (room - HALVES_GAP) / 2.0,
        std::cmp::Ordering::Less => size.memory_h,
    };
    let memory_y = size.disk_y + disk_h + HALVES_GAP;
    (Some(whole(size.disk_y, disk_h)), Some(whole(memory_y, room - disk_h - HALVES_GAP)))
}

fn on_card(rows: &[Row]) -> usize {
    rows.iter().filter(|row| row.on_card).count()
}

/// Fields of the state, their values in a column of their own: those that belong on the card, then
/// others while there is ample room. Two stand in one line where there is one line.
fn rows(node: &NodeView, rows: &[Row], half: Rect, inner: f64, body: &mut Body) {
    let ample = half.h > 40.0;
    let lines = ((half.h / if ample { LINE } else { TIGHT }) as usize).max(1);
    let (first, rest): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.on_card);
    let x = half.x + inner + 2.0;
    if let (1, [one, other, ..]) = (lines, &*first) {
        let (first, last) = (called(node, one), called(node, other));
        return pair((first, &one.text), (last, &other.text), half, x, body);
    }
    let more = if ample || first.is_empty() { lines } else { 0 };
    let shown: Vec<&Row> =
        first.into_iter().chain(rest.into_iter().take(more)).take(lines).collect();
    if shown.is_empty() {
        body.text(pt(x, half.centre().y + 4.0), Anchor::Start, "mono dim", NOTHING);
    }
    let room = half.right() - 6.0 - x;
    let widest = |of: &dyn Fn(&Row) -> f64| shown.iter().map(|row| of(row)).fold(0.0, f64::max);
    let values = widest(&|row| mono_width(&row.text, 11.0)).min(room * 0.4);
    let names = widest(&|row| mono_width(called(node, row), 11.0)).min(room - 10.0 - values);
    let step = (half.h / shown.len().max(1) as f64).min(LINE + 1.5);
    let top = half.centre().y - step * shown.len() as f64 / 2.0;
    for (nth, row) in shown.iter().enumerate() {
        let y = top + step * (nth as f64 + 0.5) + 4.0;
        body.text(pt(x, y), Anchor::Start, "mono dim", mono_fit(called(node, row), 11.0, names));
        let text = mono_fit(&row.text, 11.0, room - names - 10.0);
        body.text(pt(x + names + 10.0, y), Anchor::Start, "mono", text);
    }
}

/// What a field is called: in words where the system has some for it, else as in the paper.
fn called<'a>(node: &'a NodeView, row: &Row) -> &'a str {
    let known = node.fields.iter().find(|(name, _)| *name == row.name);
    known.map_or(row.name, |(_, words)| words)
}

/// A field that holds nothing.
const NOTHING: &str = "–";

/// Two fields in one line, the second at its end, unless it holds nothing; without its name where
/// there is no room for it.
fn pair(one: (&str, &str), other: (&str, &str), half: Rect, x: f64, body: &mut Body) {
    let y = half.centre().y + 4.0;
    let first = mono_fit(&[one.0, " ", one.1].concat(), 11.0, half.right() - 7.0 - x);
    let room = half.right() - 7.0 - x - mono_width(&first, 11.0) - 10.0;
    body.text(pt(x, y), Anchor::Start, "mono dim", first);
    let (name, text) = other;
    if text == NOTHING {
        return;
    }
    let whole = [name, " ", text].concat();
    let last = if mono_width(&whole, 11.0) <= room && text.len() < 4 {
        whole
    } else {
        mono_fit(text, 11.0, room)
    };
    if last == text || room > 46.0 {
        body.text(pt(half.right() - 7.0, y), Anchor::End, "mono", last);
    }
}

/// Whether the node answers a read, or a write: a letter and its words, and on hover the answer.
#[inline(never)]
fn port(
    (letter, words, answer): (&'static str, &[String; 4], &str),
    port: Port,
    size: &CardSize,
    nth: usize,
    body: &mut Body,
) {
    let (class, icon, word) = match port {
        Port::Good => ("port ok", Icon::Check, &words[0]),
        Port::Doubtful => ("port stale", Icon::Clock, &words[1]),
        Port::Silent => ("port none", Icon::Bar, &words[2]),
        Port::Open => ("port", Icon::Ask, &words[3]),
    };
    let (x, w) = size.ports[nth];
    let y = size.h - size.port_h / 2.0;
    let half = size.port_h / 2.0;
    let whole = rect(x, y, w, size.port_h);
    body.rect(whole, 4.0, class);
    let letters = match port {
        Port::Doubtful => "pl staleink",
        _ => "pl",
    };
    body.text(pt(x + 8.0, y + half + 4.0), Anchor::Start, letters, letter);
    let icons = match port {
        Port::Good => "hold",
        Port::Doubtful => "staleicon",
        Port::Silent | Port::Open => "baricon",
    };
    body.icon(icon, x + if size.port_words { 22.0 } else { w - 21.0 }, y + half - 6.0, 12.0, icons);
    if size.port_words {
        let letters = if port == Port::Doubtful { "pw staleink" } else { "pw" };
        body.text(pt(x + 38.0, y + half + 4.0), Anchor::Start, letters, word.clone());
    }
    body.hint(whole, answer);
}

/// What a portrait's body needs of a whole card when it is a dot: nothing but its number.
pub fn epoch_text(portrait: &Portrait) -> Option<String> {
    portrait.epoch.map(|epoch| epoch.to_string())
}
