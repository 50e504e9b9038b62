//! Where the title of an island stands: in a corner of its sheet that is free.

use super::Layout;
use crate::scene::geometry::{Rect, pt};
use crate::scene::text::sans_width;
use crate::scene::view::{IslandView, View};

/// The place of each zone's title, and whether it ends at the right edge; `None` where no corner
/// is free.
pub fn titles(view: &View, layout: &Layout) -> Vec<Option<(Rect, bool)>> {
    if layout.tears.is_empty() {
        return Vec::new();
    }
    let island = |nth: usize| &view.islands[layout.zones[nth].island.unwrap_or_default()];
    (0..layout.zones.len()).map(|nth| title(layout, nth, island(nth))).collect()
}

/// What is written on a sheet: one line or two.
pub fn lines(island: &IslandView, letter: &str) -> (String, Option<String>) {
    let note = match letter {
        "L" => &island.note,
        _ => &island.brief,
    };
    match letter {
        "L" | "M" => (island.title.clone(), Some(note.clone())),
        _ if note.is_empty() => (island.title.clone(), None),
        _ => ([&island.title, note.as_str()].join(" · "), None),
    }
}

fn title(layout: &Layout, nth: usize, island: &IslandView) -> Option<(Rect, bool)> {
    let zone = layout.zones[nth].rect;
    let last = nth + 1 == layout.zones.len();
    let (first, second) = lines(island, layout.size.letter);
    let (w, h, margin) = match &second {
        Some(note) => (sans_width(&first, 17.0).max(sans_width(note, 12.5)), 42.0, 22.0),
        None => (sans_width(&first, 11.5), 16.0, 12.0),
    };
    if w == 0.0 {
        return None;
    }
    let margin: f64 = if layout.size.letter == "M" { 16.0 } else { margin };
    let upright = layout.tears[0].upright;
    let mut corners = vec![(false, false), (true, false), (false, true), (true, true)];
    if upright && last {
        corners.swap(0, 1);
        corners.swap(2, 3);
    }
    if !upright && !last {
        corners.rotate_left(2);
        corners.swap(0, 1);
    }
    corners.into_iter().find_map(|(right, low)| {
        let inset = |at_edge: bool| if at_edge { margin } else { margin + 22.0 };
        let (left_edge, top_edge) = (zone.x < 1.0, zone.y < 1.0);
        let right_edge = zone.right() > layout.space.w - 1.0;
        let low_edge = zone.bottom() > layout.space.h - 1.0;
        let x =
            if right { zone.right() - inset(right_edge) - w } else { zone.x + inset(left_edge) };
        let foot = if low_edge { layout.space.foot + margin } else { inset(false) };
        let y = if low { zone.bottom() - foot - h } else { zone.y + inset(top_edge) * 0.82 };
        let rect = Rect { x, y, w, h };
        free(layout, rect).then_some((rect, right))
    })
}

fn free(layout: &Layout, rect: Rect) -> bool {
    let around = rect.grown(6.0);
    let torn = rect.grown(12.0);
    let whole = Rect { x: 0.0, y: 0.0, w: layout.space.w, h: layout.space.h };
    rect.inside(whole)
        && !layout.places.iter().any(|place| place.rect.overlaps(around))
        && !layout.tears.iter().any(|tear| tear.line.iter().any(|p| torn.contains(pt(p.x, p.y))))
}
