//! Where a partition parts two lanes: the paper is torn, from the cut to its repair.

use super::picture::{Layer, Picture, line, outline};
use crate::scene::geometry::{Point, pt};

/// Half the width of a tear.
const HALF: f64 = 9.0;
/// Its teeth are so far apart.
const TOOTH: f64 = 13.0;

/// Draws a tear at the height `y` from `from` to `to`, of which what lies between the edges is
/// seen. It opens at its beginning and closes at its end.
pub fn tear(picture: &mut Picture, y: f64, (from, to): (f64, f64), (left, right): (f64, f64)) {
    let first = ((left - from) / TOOTH).floor().max(0.0) as u32;
    let last = ((to.min(right) - from) / TOOTH).ceil() as u32;
    let edge = |side: f64, rough: f64, half: f64| -> Vec<Point> {
        (first..=last.max(first))
            .map(|i| {
                let x = (from + f64::from(i) * TOOTH).min(to);
                let opened = ((x - from) / 20.0).min((to - x) / 20.0).clamp(0.0, 1.0);
                let salt = if side > 0.0 { 17 } else { 5 };
                pt(x, y + side * opened * (half + rough * jitter(i, salt)))
            })
            .collect()
    };
    for (class, half, rough) in [("fibre", HALF + 3.5, 3.0), ("gap", HALF, 4.5)] {
        let (over, under) = (edge(-1.0, rough, half), edge(1.0, rough, half));
        let around: Vec<Point> = over.iter().chain(under.iter().rev()).copied().collect();
        outline(picture.draw(Layer::Tear, format!("tear-{class}")), &around);
        if class == "gap" {
            for edge in [over, under] {
                for pair in edge.windows(2) {
                    line(picture.draw(Layer::Tear, "tear-line"), pair[0], pair[1]);
                }
            }
        }
    }
}

/// A number between -1 and 1 that looks like chance and never changes.
fn jitter(i: u32, salt: u32) -> f64 {
    let mut x = i.wrapping_mul(0x9e37_79b9) ^ salt.wrapping_mul(0x85eb_ca6b);
    x = (x ^ (x >> 16)).wrapping_mul(0x7feb_352d);
    f64::from((x ^ (x >> 15)) & 0xffff) / 32767.5 - 1.0
}
