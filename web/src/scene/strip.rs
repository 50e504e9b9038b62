//! A log as a strip of cells: committed solid in the hue of its term, uncommitted hatched, what
//! was overwritten struck, a snapshot as a stack.

use netsplit_core::describe::{Cell, Strip};

use super::body::{Body, rect};
use super::geometry::{Rect, pt};
use super::mark::{Anchor, Pattern, epoch_class, hue};
use super::size::CardSize;
use super::text::{mono_fit, mono_width, path};

/// The space between two cells.
const GAP: f64 = 4.0;
/// The width of a cell that shows its index only.
const NARROW: f64 = 14.0;

/// Draws the newest entries of a log into the disk, as many as there is room for.
pub fn strip(
    log: &Strip,
    overwritten: &[Cell],
    disk: Rect,
    inner: f64,
    size: &CardSize,
    body: &mut Body,
) {
    let type_size = if size.index_h > 0.0 { 12.0 } else { 11.0 };
    let cell_h =
        if size.index_h > 0.0 { 23.0 } else { disk.h - if size.letter == "S" { 6.0 } else { 8.0 } };
    let y = disk.bottom() - cell_h - if size.index_h > 0.0 { 4.0 } else { (disk.h - cell_h) / 2.0 };
    let mut x = disk.x + inner + 2.0;
    let right = disk.right() - 12.0;
    if log.compacted > 0 {
        x = stack(log.compacted, x, y, cell_h, body);
    }
    let ghosts = struck_width(overwritten, type_size, size);
    let shown = fit(&log.cells, right - x - ghosts, type_size, size);
    for (cell, width) in &shown {
        entry(cell, rect(x, y, *width, cell_h), type_size, size, body);
        x += width + GAP;
    }
    if ghosts > 0.0 {
        x = struck(overwritten, x, y, cell_h, type_size, body);
    }
    if x < right + 6.0 {
        body.path(path(&[('M', &[x + 2.0, y + 4.0]), ('v', &[cell_h - 8.0])]), "slot");
    }
}

/// The newest cells that fit, oldest first, each with its width: words while there is room, then
/// the index alone.
fn fit<'a>(cells: &'a [Cell], room: f64, type_size: f64, size: &CardSize) -> Vec<(&'a Cell, f64)> {
    let full = |cell: &Cell| {
        mono_width(&cell.text, type_size) + if size.letter == "L" { 12.0 } else { 8.0 }
    };
    let older = |n: usize| n as f64 * (NARROW + GAP);
    let mut used = 0.0;
    let mut shown = Vec::new();
    for (age, cell) in cells.iter().rev().enumerate() {
        let left = room - used;
        let waiting = (cells.len() - age - 1).min(3);
        let want = full(cell);
        let first = age == 0;
        let words = (first || size.letter != "S") && want <= left - older(waiting).min(left * 0.4);
        let width = match (words, first) {
            (true, _) => want,
            (false, true) => want.min(left - older(waiting)).max(NARROW * 2.0),
            (false, false) => NARROW,
        };
        if width > left {
            break;
        }
        shown.push((cell, width));
        used += width + GAP;
    }
    shown.reverse();
    shown
}

fn entry(cell: &Cell, at: Rect, type_size: f64, size: &CardSize, body: &mut Body) {
    let hue_class = epoch_class(cell.epoch);
    let narrow = at.w <= NARROW + 0.1;
    let (state, words) = if cell.committed { ("com", "ct com") } else { ("unc", "ct unc") };
    body.rect(at, 2.5, format!("cell {state} {hue_class}"));
    if !cell.committed {
        body.filled(at, 2.5, Pattern::Hatch(hue(cell.epoch)));
    }
    let text =
        if narrow { short_index(cell.index) } else { mono_fit(&cell.text, type_size, at.w - 4.0) };
    let class = if size.index_h > 0.0 { format!("m12 {words}") } else { format!("m11 {words}") };
    body.text(pt(at.centre().x, at.centre().y + type_size * 0.35), Anchor::Middle, class, text);
    if size.index_h > 0.0 && !narrow {
        let y = at.y - 3.0;
        body.text(pt(at.x + 1.0, y), Anchor::Start, "idx", cell.index.to_string());
        if cell.epoch > 0 {
            let x = at.x + 5.0 + mono_width(&cell.index.to_string(), 10.0);
            body.text(
                pt(x, y),
                Anchor::Start,
                format!("idx idt {hue_class}"),
                format!("t{}", cell.epoch),
            );
        }
    }
}

/// The last two figures of an index: a narrow cell holds no more.
fn short_index(index: u64) -> String {
    (index % 100).to_string()
}

/// Everything before the first cell, in a snapshot: a stack of sheets and the last index in it.
fn stack(compacted: u64, x: f64, y: f64, h: f64, body: &mut Body) -> f64 {
    let text = compacted.to_string();
    let width = mono_width(&text, 11.0) + 10.0;
    for layer in [4.0, 2.0, 0.0] {
        body.rect(rect(x + layer, y + layer, width, h - 4.0), 2.5, "stack");
    }
    body.text(pt(x + width / 2.0, y + h / 2.0 + 2.0), Anchor::Middle, "m11", text);
    x + width + 4.0 + GAP
}

fn struck_width(cells: &[Cell], type_size: f64, size: &CardSize) -> f64 {
    if size.letter == "S" {
        return 0.0;
    }
    cells.last().map_or(0.0, |cell| mono_width(&cell.text, type_size) + 16.0)
}

/// What was there a moment ago: the newest overwritten entry, struck through.
fn struck(cells: &[Cell], x: f64, y: f64, h: f64, type_size: f64, body: &mut Body) -> f64 {
    let Some(cell) = cells.last() else { return x };
    let width = mono_width(&cell.text, type_size) + 8.0;
    let at = rect(x + 4.0, y + 2.0, width, h - 4.0);
    body.rect(at, 2.5, format!("cell gone {}", epoch_class(cell.epoch)));
    let middle = at.centre();
    body.text(
        pt(middle.x, middle.y + type_size * 0.35),
        Anchor::Middle,
        "m11 dim",
        cell.text.clone(),
    );
    body.line(pt(at.x - 2.0, middle.y), pt(at.right() + 2.0, middle.y), "strike");
    at.right() + GAP
}
