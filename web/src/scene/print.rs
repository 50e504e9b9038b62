//! A picture as text: what the tests of the scene compare.

use super::Picture;
use super::element::{Cell, element, pattern_cell, place_value};
use super::layout::Space;
use super::mark::{Layer, Mark, Pattern};
use super::text::num;

/// From the bottom to the top.
const LAYERS: [Layer; 5] =
    [Layer::Ground, Layer::Links, Layer::Messages, Layer::Cards, Layer::Clocks];

/// The picture as a free-standing piece of SVG.
pub fn print(picture: &Picture, space: Space) -> String {
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"stage\" viewBox=\"0 0 {} {}\">\n<defs>",
        num(space.w),
        num(space.h)
    );
    for pattern in Pattern::all() {
        print_pattern(&pattern_cell(pattern), &mut out);
    }
    out.push_str("</defs>\n");
    for layer in LAYERS {
        for mark in picture.marks.iter().filter(|mark| mark.layer == layer) {
            print_mark(mark, &mut out);
        }
    }
    out.push_str("</svg>\n");
    out
}

fn print_pattern(cell: &Cell, out: &mut String) {
    out.push_str(&format!(
        "<pattern id=\"{0}\" width=\"{1}\" height=\"{1}\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate({2})\">",
        cell.name,
        num(cell.side),
        num(cell.turn)
    ));
    for (class, d) in &cell.paths {
        out.push_str(&format!("<path class=\"{class}\" d=\"{d}\"/>"));
    }
    out.push_str("</pattern>");
}

fn print_mark(mark: &Mark, out: &mut String) {
    let mut place = String::new();
    place_value(&mut place, mark.at.x, mark.at.y);
    out.push_str(&format!("<g class=\"{}\" transform=\"{place}\">", mark.class));
    for draw in &mark.body {
        let element = element(draw);
        out.push_str(&format!("<{}", element.tag));
        for (name, value) in &element.attributes {
            out.push_str(&format!(" {name}=\"{}\"", escaped(value)));
        }
        out.push('>');
        if !element.title.is_empty() {
            out.push_str(&format!("<title>{}</title>", escaped(element.title)));
        }
        out.push_str(&format!("{}</{}>", escaped(element.text), element.tag));
    }
    out.push_str("</g>\n");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
