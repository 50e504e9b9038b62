//! Where the title of an island stands: in a corner of its sheet that is free.

use super::Layout;
use crate::scene::geometry::{Rect, pt};

/// The place of each zone's title, and whether it ends at the right edge; `None` where no corner
/// is free.
pub fn titles(layout: &Layout) -> Vec<Option<(Rect, bool)>> {
    if layout.tears.is_empty() {
        return Vec::new();
    }
    (0..layout.zones.len()).map(|nth| title(layout, nth)).collect()
}

fn title(layout: &Layout, nth: usize) -> Option<(Rect, bool)> {
    let zone = layout.zones[nth].rect;
    let last = nth + 1 == layout.zones.len();
    let (w, h, margin) = match layout.size.letter {
        "L" => (162.0, 42.0, 22.0),
        "M" => (112.0, 40.0, 16.0),
        _ => (132.0, 16.0, 12.0),
    };
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
