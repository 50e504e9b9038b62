//! The few marks that the scene is made of.
//!
//! A [`Mark`] is one thing on the stage: it keeps its key as long as it exists, so that whoever
//! paints can keep what was painted. Its body is a handful of primitives, in coordinates of the
//! mark's own place.

use std::borrow::Cow;

use netsplit_core::base::Id;

use super::geometry::{Point, Rect};
use super::text::push_num;

/// A class, or several, of `stage.css`.
pub type Class = Cow<'static, str>;

/// What a mark is; it keeps this as long as it exists. The order is the order of painting within
/// a layer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Key {
    /// What lies under the sheets.
    Gap,
    /// The sheet of an island.
    Sheet(u8),
    /// What stands on a sheet.
    Title(u8),
    /// The link between two participants, the smaller identity first.
    Link(Id, Id),
    /// The line from a client to the node that it asks.
    Reach(Id),
    /// The way that a message has come.
    Trail(u32),
    /// A message that was lost.
    Loss(u32),
    /// A message.
    Message(u32),
    /// A participant with a portrait.
    Node(Id),
    /// A client.
    Client(Id),
    /// What a message says it is, or that it was lost.
    Name(u32),
    /// The timer of a participant.
    Clock(Id),
}

/// What lies over what.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Layer {
    /// The sheets of paper.
    Ground,
    /// Links.
    Links,
    /// What moves along them.
    Messages,
    /// Nodes and clients.
    Cards,
    /// What messages say they are, and timer arcs, which change on every frame.
    Clocks,
}

/// Something on the stage that can be pointed at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Thing {
    /// A participant with a portrait.
    Node(Id),
    /// A client.
    Client(Id),
    /// The link between two participants, the smaller identity first.
    Link(Id, Id),
    /// A message, by its place in the trace's messages.
    Message(u32),
}

/// One thing on the stage.
#[derive(Clone, PartialEq, Debug)]
pub struct Mark {
    /// What it is.
    pub key: Key,
    /// What it lies over.
    pub layer: Layer,
    /// What it stands for, if it can be pointed at.
    pub thing: Option<Thing>,
    /// Its classes.
    pub class: Class,
    /// Its place; the body's coordinates begin here.
    pub at: Point,
    /// What is drawn, the lowest first.
    pub body: Vec<Draw>,
}

/// A primitive.
#[derive(Clone, PartialEq, Debug)]
pub enum Draw {
    /// A rectangle with round corners.
    Box {
        /// Where.
        rect: Rect,
        /// The radius of its corners.
        round: f64,
        /// Its classes.
        class: Class,
        /// The pattern that fills it.
        fill: Option<Pattern>,
    },
    /// A circle.
    Disc {
        /// Its centre.
        at: Point,
        /// Its radius.
        r: f64,
        /// Its classes.
        class: Class,
    },
    /// A line or an outline.
    Path {
        /// The path's data.
        d: String,
        /// Its classes.
        class: Class,
        /// The pattern that fills it.
        fill: Option<Pattern>,
    },
    /// A straight line from the mark's place of which a share is drawn; the share changes on
    /// frames, as a scale, so that the browser moves it and need not draw it anew.
    Way {
        /// Where it ends.
        to: Point,
        /// How wide it is, in pixels.
        wide: f64,
        /// From 0 to 1.
        share: f64,
    },
    /// A line of which a share is drawn, from its beginning; the share changes on frames.
    Sweep {
        /// The path's data.
        d: String,
        /// Its classes.
        class: Class,
        /// From 0 to 1.
        share: f64,
        /// Whether only its tip is drawn, as a dot.
        tip: bool,
        /// The pattern that it is drawn with.
        ink: Option<Pattern>,
    },
    /// Words.
    Text {
        /// Where the baseline begins, or ends, or has its middle.
        at: Point,
        /// Which.
        anchor: Anchor,
        /// Their classes.
        class: Class,
        /// The words.
        text: String,
    },
    /// Nothing to see: a place that says something to who stays there with the pointer.
    Hint {
        /// Where.
        rect: Rect,
        /// What it says.
        text: String,
    },
    /// A drawn sign.
    Icon {
        /// Which.
        icon: Icon,
        /// Its upper left corner.
        at: Point,
        /// Its width and height.
        size: f64,
        /// Its classes.
        class: Class,
    },
}

/// What of a text lies at its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A pattern that the painter defines once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pattern {
    /// The paper of an island, 0 to 3.
    Paper(u8),
    /// Not committed, in the hue of an epoch class, 0 to 6.
    Hatch(u8),
    /// Waiting.
    Wait,
    /// Frozen.
    Frost,
}

impl Pattern {
    /// Every pattern.
    pub fn all() -> impl Iterator<Item = Pattern> {
        let papers = (0..4).map(Pattern::Paper);
        papers.chain((0..7).map(Pattern::Hatch)).chain([Pattern::Wait, Pattern::Frost])
    }

    /// Its identity in the document.
    pub fn name(self) -> &'static str {
        const PAPERS: [&str; 4] = ["st-paper-0", "st-paper-1", "st-paper-2", "st-paper-3"];
        const HATCHES: [&str; 7] = [
            "st-hatch-0",
            "st-hatch-1",
            "st-hatch-2",
            "st-hatch-3",
            "st-hatch-4",
            "st-hatch-5",
            "st-hatch-6",
        ];
        match self {
            Pattern::Paper(which) => PAPERS[usize::from(which) % 4],
            Pattern::Hatch(which) => HATCHES[usize::from(which) % 7],
            Pattern::Wait => "st-wait",
            Pattern::Frost => "st-frost",
        }
    }
}

/// A sign of the one drawn set: a 16 by 16 grid, strokes only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Icon {
    /// Good.
    Check,
    /// Old, or waiting.
    Clock,
    /// No answer.
    Bar,
    /// Not known.
    Ask,
    /// Lost, dead.
    Cross,
    /// Leads.
    Pennant,
    /// Disk.
    Disk,
    /// Memory.
    Memory,
    /// Frozen.
    Sleep,
    /// A clock that is off.
    Skew,
    /// A server that others depend on.
    Service,
    /// What is protected or fed.
    Resource,
    /// A client.
    Client,
    /// Not started yet.
    Spare,
}

impl Icon {
    /// Its path.
    pub fn d(self) -> &'static str {
        match self {
            Icon::Check => "M3 8.5l3.2 3.2L13 4.8",
            Icon::Clock => "M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 0 0 0-11.6zM8 4.8V8l2.4 1.6",
            Icon::Bar => "M2.8 8h10.4",
            Icon::Ask => "M5 5.8c0-4 6-4 6 0c0 2.2-3 2.2-3 4.4M8 13h.01",
            Icon::Cross => "M4 4l8 8M12 4l-8 8",
            Icon::Pennant => "M4 14V2M4 2.8h8.5L10 5.8l2.5 3H4",
            Icon::Disk => "M2.5 3.5h11v9h-11zM2.5 9.5h11M10.8 11h.4",
            Icon::Memory => "M3.5 5h9v6h-9zM5.5 5V3M8 5V3M10.5 5V3M5.5 13v-2M8 13v-2M10.5 13v-2",
            Icon::Sleep => "M3 3.5h4.5L3 9h4.5M9 7.5h4L9 13h4",
            Icon::Skew => "M8.5 3a5.4 5.4 0 1 0 4.6 4.6M8 5.4V8.4l2 1.4M11 2l2.8.6l-.6 2.8",
            Icon::Service => {
                "M2.5 4.2c0-2.4 11-2.4 11 0v7.6c0 2.4-11 2.4-11 0z\
                 M2.5 4.2c0 2.4 11 2.4 11 0M2.5 8c0 2.4 11 2.4 11 0"
            }
            Icon::Resource => "M8 2l5.5 3v6L8 14l-5.5-3V5zM2.5 5L8 8l5.5-3M8 8v6",
            Icon::Client => "M8 2l6 6l-6 6l-6-6z",
            Icon::Spare => "M8 4v8M4 8h8",
        }
    }
}

impl Icon {
    /// The path's data of an icon of this size whose upper left corner is at `at`, without a
    /// transformation: that costs the browser more than the path, where there are many.
    pub fn path(self, at: Point, size: f64) -> String {
        let k = size / 16.0;
        let mut out = String::new();
        let (mut letter, mut nth) = ('M', 0);
        let mut rest = self.d();
        while let Some(next) = rest.chars().next() {
            if next.is_ascii_alphabetic() {
                (letter, nth) = (next, 0);
                out.push(next);
                rest = &rest[1..];
            } else if next == ' ' {
                rest = &rest[1..];
            } else {
                let (value, after) = number(rest);
                if nth > 0 {
                    out.push(' ');
                }
                push_num(&mut out, moved(letter, nth, value, at, k));
                (nth, rest) = (nth + 1, after);
            }
        }
        out
    }
}

/// The number at the beginning of a path's data, and what follows it.
fn number(text: &str) -> (f64, &str) {
    let (mut value, mut unit, mut fraction) = (0.0, 1.0, false);
    let mut length = 0;
    for (place, c) in text.char_indices() {
        match c {
            '-' if place == 0 => unit = -1.0,
            '.' if !fraction => fraction = true,
            '0'..='9' => {
                let digit = f64::from(c as u32 - '0' as u32);
                if fraction {
                    unit /= 10.0;
                    value += digit * unit;
                } else {
                    value = value * 10.0 + digit * unit;
                }
            }
            _ => break,
        }
        length = place + 1;
    }
    (value, &text[length.max(1)..])
}

/// A number of a path in another place and size: the `nth` after its letter.
fn moved(letter: char, nth: usize, value: f64, at: Point, k: f64) -> f64 {
    match (letter, nth % 2, nth % 7) {
        ('M' | 'L', 0, _) | ('H', ..) => at.x + k * value,
        ('M' | 'L', ..) | ('V', ..) => at.y + k * value,
        // An arc's turn and its two choices.
        ('a', _, 2..=4) => value,
        _ => k * value,
    }
}

/// The class that gives an epoch its hue: `e0` for a system without, then a cycle of six.
pub fn epoch_class(epoch: u64) -> &'static str {
    ["e0", "e1", "e2", "e3", "e4", "e5", "e6"][usize::from(hue(epoch))]
}

/// The hue of an epoch: 0 for a system without, then 1 to 6 in turn.
pub fn hue(epoch: u64) -> u8 {
    if epoch == 0 { 0 } else { ((epoch - 1) % 6) as u8 + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::geometry::pt;

    #[test]
    fn an_icon_stands_elsewhere_in_another_size() {
        let at = pt(100.0, 10.0);
        assert_eq!(Icon::Cross.path(at, 8.0), "M102 12l4 4M106 12l-4 4");
        assert_eq!(
            Icon::Disk.path(pt(0.0, 0.0), 16.0),
            "M2.5 3.5h11v9h-11zM2.5 9.5h11M10.8 11h0.4"
        );
        assert_eq!(
            Icon::Clock.path(at, 32.0),
            "M116 14.4a11.6 11.6 0 1 0 0 23.2a11.6 11.6 0 0 0 0 -23.2zM116 19.6V26l4.8 3.2"
        );
    }

    /// Whatever is not moved as its letter says would be seen here.
    #[test]
    fn icons_say_only_what_can_be_moved() {
        for icon in [Icon::Check, Icon::Ask, Icon::Sleep, Icon::Skew, Icon::Service, Icon::Spare] {
            let letters = icon.d().chars().filter(char::is_ascii_alphabetic);
            assert!(letters.clone().all(|c| "MLHVhvlcaz".contains(c)), "{}", icon.d());
        }
    }
}
