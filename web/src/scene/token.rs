//! The shape of a message says what it is to the protocol.

use netsplit_core::describe::Shape;

use super::body::Body;
use super::geometry::{Point, pt};
use super::text::path;

/// The five corners of a message that points to the right.
const PENTAGON: [Point; 5] =
    [pt(-10.0, -6.5), pt(3.0, -6.5), pt(10.0, 0.0), pt(3.0, 6.5), pt(-10.0, 6.5)];

/// Draws a message that travels along `along`, around (0, 0): one path each, for there may be
/// hundreds, and each moves on every frame.
pub fn token(shape: Shape, along: Point, to_client: bool, scale: f64, body: &mut Body) {
    match shape {
        Shape::Request => body.path(pentagon(along, scale), "tok"),
        Shape::Answer => body.path(pentagon(along, scale), "tok hollow"),
        Shape::Refusal => {
            let (a, b) =
                (turned(pt(-3.0, -6.5), along, scale), turned(pt(-3.0, 6.5), along, scale));
            let bar = path(&[('M', &[a.x, a.y]), ('L', &[b.x, b.y])]);
            body.path(pentagon(along, scale) + &bar, "tok hollow");
        }
        Shape::Heartbeat if scale < 1.0 => body.path(pulse(scale), "tok pulse"),
        Shape::Heartbeat => {
            body.disc(pt(0.0, 0.0), 8.0, "tok beat");
            body.disc(pt(0.0, 0.0), 4.5, "tok dot");
        }
        Shape::Client => {
            let class = if to_client { "tok op hollow" } else { "tok op" };
            body.path(diamond(7.5 * scale), class);
        }
    }
}

/// A dot in a ring, as one path.
fn pulse(scale: f64) -> String {
    [8.4, 7.2, 4.8]
        .map(|r| {
            let r = r * scale;
            path(&[
                ('M', &[0.0, -r]),
                ('a', &[r, r, 0.0, 0.0, 1.0, 0.0, 2.0 * r]),
                ('a', &[r, r, 0.0, 0.0, 1.0, 0.0, -2.0 * r]),
                ('z', &[]),
            ])
        })
        .concat()
}

/// A second outline around the token: it is a copy.
pub fn doubled(shape: Shape, along: Point, scale: f64, body: &mut Body) {
    match shape {
        Shape::Heartbeat => body.disc(pt(0.0, 0.0), 11.0 * scale, "tokcopy"),
        Shape::Client => body.path(diamond(11.5 * scale), "tokcopy"),
        _ => body.path(pentagon(along, scale * 1.45), "tokcopy"),
    }
}

fn pentagon(along: Point, scale: f64) -> String {
    let mut steps = String::new();
    for (nth, corner) in PENTAGON.iter().enumerate() {
        let at = turned(*corner, along, scale);
        let letter = if nth == 0 { 'M' } else { 'L' };
        steps.push_str(&path(&[(letter, &[at.x, at.y])]));
    }
    steps.push('z');
    steps
}

fn diamond(r: f64) -> String {
    path(&[('M', &[0.0, -r]), ('l', &[r, r]), ('l', &[-r, r]), ('l', &[-r, -r]), ('z', &[])])
}

fn turned(p: Point, along: Point, scale: f64) -> Point {
    pt((p.x * along.x - p.y * along.y) * scale, (p.x * along.y + p.y * along.x) * scale)
}
