//! Words beside events, where there is room for them.

use netsplit_core::base::Time;
use netsplit_core::rule::Weight;
use netsplit_core::run::Run;

use super::layout::Frame;
use super::picture::Picture;
use crate::scene::geometry::{Point, Rect, pt};
use crate::scene::text::{sans_fit, sans_width};
use crate::session::Thing;
use crate::words::Words;

/// More notes are a page to read.
const NOTES: usize = 14;
/// So many events are looked through for notes, the newest first.
const LOOKED_THROUGH: usize = 3000;
/// Longer notes are cut, in pixels.
const LONGEST: f64 = 340.0;
/// The size of their words.
const SIZE: f64 = 12.0;

/// Words beside an event.
#[derive(Clone, PartialEq, Debug)]
pub struct Note {
    /// Where they begin, or end.
    pub at: Point,
    /// Whether they end there.
    pub ends: bool,
    /// What they say.
    pub text: String,
}

/// What the milestones up to the cursor say, the newest first; none covers another.
pub fn notes(words: Words, run: &Run, frame: &Frame, picture: &Picture) -> Vec<Note> {
    let past = |at: Time| at <= run.at();
    let events = picture.hits.iter().rev().filter(|hit| past(hit.at)).take(LOOKED_THROUGH);
    let mut taken: Vec<Rect> = Vec::new();
    let mut notes = Vec::new();
    for hit in events {
        let Thing::Event(event) = hit.thing else { continue };
        // The bars of clients have words of their own.
        let client = frame.lanes.at(hit.a.y).is_some_and(|lane| lane.client);
        if event >= run.cursor() || client || notes.len() >= NOTES {
            continue;
        }
        if let Some(text) = milestone(words, run, event)
            && let Some((note, rect)) = place(frame, hit.a, text, &taken)
        {
            taken.push(rect);
            notes.push(note);
        }
    }
    notes
}

/// What the last milestone of an event says.
fn milestone(words: Words, run: &Run, event: u32) -> Option<String> {
    let fired = run.trace().fired_in(event).filter(|fired| fired.rule.weight == Weight::Milestone);
    let node = run.trace().events.get(event as usize)?.node;
    Some(words.rule(run.world().cast(), node, fired.last()?))
}

/// Above the event, to its right or to its left; below it where that is taken.
fn place(frame: &Frame, dot: Point, text: String, taken: &[Rect]) -> Option<(Note, Rect)> {
    let text = sans_fit(text.trim_end_matches(['.', '。']), SIZE, LONGEST);
    let width = sans_width(&text, SIZE);
    let axis = frame.axis;
    for (dy, ends) in [(-9.0, false), (-9.0, true), (18.0, false), (18.0, true)] {
        let x = if ends { dot.x - 8.0 } else { dot.x + 8.0 };
        let left = if ends { x - width } else { x };
        let rect = Rect { x: left, y: dot.y + dy - SIZE, w: width, h: SIZE + 4.0 };
        let inside = rect.x >= axis.left && rect.right() <= axis.right;
        if inside && !taken.iter().any(|other| other.grown(3.0).overlaps(rect)) {
            return Some((Note { at: pt(x, dot.y + dy), ends, text }, rect));
        }
    }
    None
}
