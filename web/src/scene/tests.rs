//! The scene looked at from outside: what a view becomes, at the sizes that the page has.

use super::lanes::Lanes;
use super::layout::{Layout, Space, layout};
use super::print::print;
use super::{Look, Picture, View, picture, sample};

/// Draws a sample.
fn drawn(name: &str, space: Space) -> (View, Layout, Picture) {
    let view = sample::named(name, false).expect("a sample of this name");
    let layout = layout(&view, space);
    let mut lanes = Lanes::default();
    lanes.keep(&view);
    let picture = picture(&view, &layout, &lanes, &Look::default());
    (view, layout, picture)
}

const WIDE: Space = Space { w: 1064.0, h: 664.0, foot: 52.0 };

#[test]
fn figures() {
    let Ok(folder) = std::env::var("SCENE_FIGURES") else { return };
    let spaces = [
        ("wide", WIDE),
        ("mid", Space { w: 720.0, h: 532.0, foot: 52.0 }),
        ("embed", Space { w: 720.0, h: 372.0, foot: 0.0 }),
        ("phone", Space { w: 390.0, h: 372.0, foot: 0.0 }),
    ];
    for (name, _) in sample::ALL {
        for (size, space) in spaces {
            let (_, _, picture) = drawn(name, space);
            let file = format!("{folder}/{name}-{size}.svg");
            std::fs::write(file, print(&picture, space)).expect("the folder can be written to");
        }
    }
}
