//! Words stand beside what moves, never on its line, and on no card: they set out a little later
//! and stop a little earlier than what they name, where a card would cover them.

use netsplit_core::base::Time;

use super::body::{Body, rect};
use super::geometry::{Point, Rect, pt};
use super::layout::Layout;
use super::mark::{Anchor, Class, Key, Layer, Mark};
use super::motion::Moving;
use super::text::mono_width;

/// The size of their type.
const TYPE: f64 = 11.0;
/// As many places of a way are looked at.
const STEPS: usize = 24;
/// So far words may lag behind what they name, beside half their width.
const LAG: f64 = 26.0;

/// Words with a place, which may move.
#[derive(Clone, PartialEq, Debug)]
pub struct Label {
    /// What is written.
    pub text: String,
    /// What of it lies at its place.
    pub anchor: Anchor,
    /// Where its baseline is at first and in the end.
    pub ends: [Point; 2],
    /// When that is. What stands still has stood there since the beginning.
    pub times: [Time; 2],
}

/// Where words stand, relative to what they belong to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LabelSide {
    /// The baseline's beginning, middle or end.
    pub at: Point,
    /// Which.
    pub anchor: Anchor,
}

impl Label {
    /// Words that stand still at `side` of `place`.
    pub fn still(text: &str, place: Point, side: LabelSide) -> Label {
        let at = place.plus(side.at, 1.0);
        let times = [Time::ZERO, Time(u64::MAX)];
        Label { text: text.to_owned(), anchor: side.anchor, ends: [at, at], times }
    }

    /// Words that follow a message over everything else, and never leave the stage.
    pub fn over(
        text: &str,
        ends: [Point; 2],
        times: [Time; 2],
        calm: bool,
        layout: &Layout,
    ) -> Label {
        let half = mono_width(text, TYPE) / 2.0 + 8.0;
        let place = |at: Point| {
            let low = if at.y < 34.0 { 1.0 } else { -1.0 };
            let x = at.x.min(layout.space.w - half).max(half);
            pt(x, at.y + over(low).at.y)
        };
        let middle = ends[0].toward(ends[1], 0.5);
        let ends = if calm { [middle, middle] } else { ends }.map(place);
        Label { text: text.to_owned(), anchor: Anchor::Middle, ends, times }
    }

    /// The ground that the words cover when their baseline is at `at`.
    fn ground(&self, at: Point) -> Rect {
        let width = mono_width(&self.text, TYPE) + 8.0;
        let left = match self.anchor {
            Anchor::Start => 4.0,
            Anchor::Middle => width / 2.0,
            Anchor::End => width - 4.0,
        };
        rect(at.x - left, at.y - 12.0, width, 17.0)
    }

    /// Whether the words lie on the stage, on no card and on no other words that stand still.
    pub fn is_free(&self, at: Point, layout: &Layout) -> bool {
        let ground = self.ground(at);
        let space = layout.space;
        let open = rect(0.0, 0.0, space.w, space.h - space.foot);
        let on_titles = layout.titles.iter().flatten().any(|(title, _)| title.overlaps(ground));
        let on_places = layout.places.iter().any(|place| {
            place.rect.grown(2.0).overlaps(ground)
                || place.ops.is_some_and(|(ops, _)| ops.overlaps(ground))
        });
        ground.inside(open) && !on_titles && !on_places
    }

    /// Whether the two lie on each other at any time.
    pub fn meets(&self, other: &Label) -> bool {
        self.trace().meets(&other.trace())
    }

    /// Whether something as small as a message lies on the words at any time of its way.
    pub fn meets_token(&self, ends: [Point; 2], times: [Time; 2]) -> bool {
        let around = |at| Rect::around(at, 22.0, 18.0);
        self.trace().meets(&Trace { ends: ends.map(around), times })
    }

    fn trace(&self) -> Trace {
        Trace { ends: self.ends.map(|at| self.ground(at)), times: self.times }
    }

    /// Draws the words, on a ground of their own.
    pub fn draw(&self, number: u32, class: Class, marks: &mut Vec<Mark>, moving: &mut Vec<Moving>) {
        let mut body = Body::default();
        body.rect(self.ground(pt(0.0, 0.0)), 3.0, "lblbg");
        body.text(pt(0.0, 0.0), self.anchor, "m11 lbl", self.text.clone());
        let key = Key::Name(number);
        let [from, to] = self.ends;
        if from != to {
            let [sent, due] = self.times;
            moving.push(Moving::Travel { key, from, to, sent, due });
        }
        marks.push(Mark { key, layer: Layer::Clocks, thing: None, class, at: from, body: body.0 });
    }
}

/// A rectangle that moves straight from one place to another.
struct Trace {
    ends: [Rect; 2],
    times: [Time; 2],
}

impl Trace {
    fn at(&self, time: Time) -> Point {
        let [from, to] = self.ends.map(Rect::centre);
        let [begin, end] = self.times;
        let whole = end.since(begin).0.max(1) as f64;
        from.toward(to, time.since(begin).0 as f64 / whole)
    }

    fn meets(&self, other: &Trace) -> bool {
        let begin = self.times[0].max(other.times[0]);
        let end = self.times[1].min(other.times[1]);
        if begin > end {
            return false;
        }
        let apart = |time| {
            let (a, b) = (self.at(time), other.at(time));
            pt(b.x - a.x, b.y - a.y)
        };
        let (first, last) = (apart(begin), apart(end));
        let reach = |a: f64, b: f64| (a + b) / 2.0;
        let x = near(first.x, last.x, reach(self.ends[0].w, other.ends[0].w));
        let y = near(first.y, last.y, reach(self.ends[0].h, other.ends[0].h));
        x.0.max(y.0) < x.1.min(y.1)
    }
}

/// During which share of the time something is nearer than `reach`, when its distance changes
/// evenly from `first` to `last`.
fn near(first: f64, last: f64, reach: f64) -> (f64, f64) {
    let rate = last - first;
    if rate.abs() < 1e-9 {
        return if first.abs() < reach { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    let (a, b) = ((-reach - first) / rate, (reach - first) / rate);
    (a.min(b).max(0.0), a.max(b).min(1.0))
}

/// The ways to write `text` beside a message that flies from `from` to `to`, the best first. With
/// `calm` it stands in the middle of its way. `crossed` says how bad a label lies otherwise.
pub fn beside(
    text: &str,
    ends: [Point; 2],
    times: [Time; 2],
    calm: bool,
    layout: &Layout,
    crossed: &dyn Fn(&Label) -> usize,
) -> Vec<Label> {
    let mut found: Vec<(f64, Label)> = Vec::new();
    for (nth, side) in sides(ends).into_iter().enumerate() {
        let mut label = Label { text: text.to_owned(), anchor: side.anchor, ends, times };
        let middle = ends[0].toward(ends[1], 0.5).plus(side.at, 1.0);
        let lag = if calm {
            label.ends = [middle, middle];
            label.times = [Time::ZERO, Time(u64::MAX)];
            label.is_free(middle, layout).then_some(0.0)
        } else {
            label.follow(side, layout)
        };
        let Some(lag) = lag else { continue };
        let cost = lag + 8.0 * nth as f64 + 30.0 * crossed(&label) as f64;
        let place = found.iter().position(|(other, _)| cost < *other).unwrap_or(found.len());
        found.insert(place, (cost, label));
    }
    found.into_iter().map(|(_, label)| label).collect()
}

impl Label {
    /// Keeps to the longest part of the way on which nothing covers the words; says how far they
    /// lag behind at most, or `None` where that would be too far.
    fn follow(&mut self, side: LabelSide, layout: &Layout) -> Option<f64> {
        let [from, to] = self.ends;
        let at = |step: usize| from.toward(to, step as f64 / STEPS as f64).plus(side.at, 1.0);
        let (mut best, mut begin) = (None, None);
        for step in 0..=STEPS {
            if !self.is_free(at(step), layout) {
                begin = None;
                continue;
            }
            let first = *begin.get_or_insert(step);
            if best.is_none_or(|(from, to)| step - first > to - from) {
                best = Some((first, step));
            }
        }
        let (first, last) = best?;
        let lag = first.max(STEPS - last) as f64 / STEPS as f64 * from.distance(to);
        let most = LAG + mono_width(&self.text, TYPE) / 2.0;
        self.ends = [at(first), at(last)];
        (lag <= most).then_some(lag)
    }
}

/// The sides on which words may stand, the traveller's own right first.
fn sides([from, to]: [Point; 2]) -> [LabelSide; 4] {
    let along = from.direction(to);
    let own_right = along.right();
    if along.y.abs() > 0.34 {
        let right = if own_right.x >= 0.0 { 1.0 } else { -1.0 };
        [sideways(right, along), sideways(-right, along), over(-1.0), over(1.0)]
    } else {
        let low = if own_right.y >= 0.0 { 1.0 } else { -1.0 };
        [over(low), over(-low), sideways(1.0, along), sideways(-1.0, along)]
    }
}

/// To the right (1) or left (-1) of the token, a little up or down away from the line.
fn sideways(right: f64, along: Point) -> LabelSide {
    let slope = if along.x.abs() < 0.05 { 0.0 } else { along.y / along.x };
    let away = if slope.abs() < 0.05 { 0.0 } else { -(right * slope).signum() * 5.0 };
    let anchor = if right > 0.0 { Anchor::Start } else { Anchor::End };
    LabelSide { at: pt(right * 17.0, 4.0 + away), anchor }
}

/// Under (1) or over (-1) the token.
fn over(low: f64) -> LabelSide {
    LabelSide { at: pt(0.0, if low > 0.0 { 23.0 } else { -14.0 }), anchor: Anchor::Middle }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moving(ends: [Point; 2], times: [Time; 2]) -> Label {
        Label { text: "vote".into(), anchor: Anchor::Middle, ends, times }
    }

    #[test]
    fn two_that_pass_each_other_meet_and_two_that_follow_do_not() {
        let (left, right) = (pt(0.0, 0.0), pt(400.0, 0.0));
        let times = [Time::ms(10), Time::ms(20)];
        let one = moving([left, right], times);
        assert!(one.meets(&moving([right, left], times)));
        assert!(!one.meets(&moving([right, left], [Time::ms(21), Time::ms(30)])));
        assert!(!one.meets(&moving([left, right], [Time::ms(15), Time::ms(25)])));
        let still = LabelSide { at: pt(0.0, 0.0), anchor: Anchor::Middle };
        assert!(one.meets(&Label::still("lost", pt(200.0, 5.0), still)));
        assert!(!one.meets(&Label::still("lost", pt(200.0, 25.0), still)));
    }
}
