//! How a primitive is written as an SVG element: the one place that knows its attributes, for the
//! painter and for figures that are printed.

use std::borrow::Cow;

use super::geometry::{Point, pt};
use super::mark::{Anchor, Draw, Pattern};
use super::text::{num, push_num};

/// An element without children.
pub struct Element<'a> {
    /// Its name.
    pub tag: &'static str,
    /// Its attributes.
    pub attributes: Vec<(&'static str, Cow<'a, str>)>,
    /// The text in it.
    pub text: &'a str,
    /// What it says to who stays on it with the pointer: the text of a `title` in it.
    pub title: &'a str,
}

/// The attribute of a [`Draw::Sweep`] that is written on frames.
pub const SHARE: &str = "stroke-dashoffset";

/// The value of [`SHARE`].
pub fn share_value(share: f64, tip: bool) -> String {
    num(if tip { -100.0 * share } else { 100.0 * (1.0 - share) })
}

/// Which transformation of a [`Draw::Way`] is written on frames: its scale.
pub const WAY_SCALE: u32 = 1;

/// The value of a mark's `transform`.
pub fn place_value(out: &mut String, x: f64, y: f64) {
    out.push_str("translate(");
    push_num(out, x);
    out.push(' ');
    push_num(out, y);
    out.push(')');
}

/// The element of a primitive.
pub fn element(draw: &Draw) -> Element<'_> {
    let attributes: Vec<(&'static str, Cow<str>)>;
    let mut title = "";
    let (tag, text) = match draw {
        Draw::Box { rect, round, class, fill } => {
            attributes = vec![
                ("class", borrow(class)),
                ("x", num(rect.x).into()),
                ("y", num(rect.y).into()),
                ("width", num(rect.w.max(0.0)).into()),
                ("height", num(rect.h.max(0.0)).into()),
                ("rx", num(*round).into()),
                ("fill", paint(*fill)),
            ];
            ("rect", "")
        }
        Draw::Disc { at, r, class } => {
            attributes = vec![
                ("class", borrow(class)),
                ("cx", num(at.x).into()),
                ("cy", num(at.y).into()),
                ("r", num(*r).into()),
            ];
            ("circle", "")
        }
        Draw::Path { d, class, fill } => {
            attributes = vec![
                ("class", borrow(class)),
                ("d", Cow::Borrowed(d.as_str())),
                ("fill", paint(*fill)),
            ];
            ("path", "")
        }
        Draw::Way { to, wide, share } => {
            let length = to.distance(pt(0.0, 0.0));
            let Point { x, y } = pt(0.0, 0.0).direction(*to);
            let [a, b, c, d] = [x, y, -y, x].map(fine);
            let scale = fine(*share);
            attributes = vec![
                ("class", "way".into()),
                ("y", num(-wide / 2.0).into()),
                ("width", num(length).into()),
                ("height", num(*wide).into()),
                ("transform", format!("matrix({a} {b} {c} {d} 0 0)scale({scale} 1)").into()),
            ];
            ("rect", "")
        }
        Draw::Sweep { d, class, share, tip, ink } => {
            attributes = vec![
                ("class", borrow(class)),
                ("d", Cow::Borrowed(d.as_str())),
                ("pathLength", "100".into()),
                ("stroke-dasharray", if *tip { "0.01 200" } else { "100 100" }.into()),
                (SHARE, share_value(*share, *tip).into()),
                ("stroke", paint(*ink)),
            ];
            ("path", "")
        }
        Draw::Text { at, anchor, class, text } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            attributes = vec![
                ("class", borrow(class)),
                ("x", num(at.x).into()),
                ("y", num(at.y).into()),
                ("text-anchor", anchor.into()),
            ];
            ("text", text.as_str())
        }
        Draw::Hint { rect, text } => {
            title = text;
            attributes = vec![
                ("class", "hint".into()),
                ("x", num(rect.x).into()),
                ("y", num(rect.y).into()),
                ("width", num(rect.w).into()),
                ("height", num(rect.h).into()),
            ];
            ("rect", "")
        }
        Draw::Icon { icon, at, size, class } => {
            let mut place = String::new();
            place_value(&mut place, at.x, at.y);
            place.push_str("scale(");
            let thousandths = (size / 16.0 * 1000.0).round() as u64;
            place.push_str(&format!("{}.{:03})", thousandths / 1000, thousandths % 1000));
            attributes = vec![
                ("class", Cow::Owned(format!("ic {class}"))),
                ("d", icon.d().into()),
                ("transform", place.into()),
            ];
            ("path", "")
        }
    };
    let attributes = attributes.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    Element { tag, attributes, text, title }
}

/// A pattern's cell: its name, width, height, turn in degrees, and what is drawn in it.
pub struct Cell {
    /// The identity in the document.
    pub name: &'static str,
    /// The length of its side.
    pub side: f64,
    /// How far it is turned, in degrees.
    pub turn: f64,
    /// What is drawn: elements with class, by path.
    pub paths: Vec<(Cow<'static, str>, &'static str)>,
}

/// What a pattern repeats.
pub fn pattern_cell(pattern: Pattern) -> Cell {
    let cell = |side, turn, paths| Cell { name: pattern.name(), side, turn, paths };
    let one = |class: &'static str, d| vec![(Cow::Borrowed(class), d)];
    match pattern {
        Pattern::Paper(0) => cell(12.0, 0.0, one("pat dots p0", "M3 3h.01M9 9h.01")),
        Pattern::Paper(1) => cell(9.0, -32.0, one("pat p1", "M0 4.5h9")),
        Pattern::Paper(2) => cell(12.0, 0.0, one("pat p2", "M4 6h4M6 4v4")),
        Pattern::Paper(_) => cell(14.0, 0.0, one("pat p3", "M0 5q3.5 -3 7 0t7 0")),
        Pattern::Hatch(hue) => {
            cell(6.0, 45.0, vec![(Cow::Owned(format!("pat hatch e{hue}")), "M3 0v6")])
        }
        Pattern::Wait => cell(5.0, 45.0, one("pat wait", "M2.5 0v5")),
        Pattern::Frost => {
            cell(10.0, 0.0, one("pat frost", "M0 10L10 0M-1 1L1 -1M9 11L11 9M2 3h2M7 7h2"))
        }
    }
}

/// A number between -1 and 1, as fine as a direction needs.
fn fine(value: f64) -> String {
    format!("{}e-5", (value * 1e5).round() as i64)
}

fn borrow(class: &str) -> Cow<'_, str> {
    Cow::Borrowed(class)
}

fn paint(pattern: Option<Pattern>) -> Cow<'static, str> {
    pattern.map_or(Cow::Borrowed(""), |pattern| Cow::Owned(format!("url(#{})", pattern.name())))
}
