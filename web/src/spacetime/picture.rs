//! What is drawn, as plain data: a few paths, however many messages they are of, and what lies
//! where for whoever points at it.

use std::borrow::Cow;

use crate::scene::geometry::{Point, pt};
use crate::scene::text::push_num;
use crate::session::Thing;
use netsplit_core::base::Time;

/// What lies over what, the lowest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Layer {
    /// The paper of the islands.
    Paper,
    /// The pattern on it.
    Pattern,
    /// Round instants.
    Grid,
    /// What lies between the islands.
    Tear,
    /// How much happened, where it is too much to draw.
    Density,
    /// Messages.
    Line,
    /// The participants' lanes.
    Lane,
    /// The shapes of messages.
    Token,
    /// Events.
    Dot,
}

/// Everything that is drawn in one way: one path.
#[derive(Clone, PartialEq, Debug)]
pub struct Ink {
    /// What it lies over.
    pub layer: Layer,
    /// Its classes.
    pub class: Cow<'static, str>,
    /// The pattern that fills it, by its name in the drawing.
    pub fill: Option<&'static str>,
    /// The path's data.
    pub d: String,
}

/// Something that can be pointed at: a stretch between two points.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// What it stands for.
    pub thing: Thing,
    /// One end.
    pub a: Point,
    /// The other; the same for a dot.
    pub b: Point,
    /// When it is over; what is later than the cursor cannot be pointed at.
    pub at: Time,
}

/// A drawing.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Picture {
    inks: Vec<Ink>,
    /// What can be pointed at.
    pub hits: Vec<Hit>,
    /// Whether there is too much to draw it one by one.
    pub dense: bool,
}

/// How near one must point.
const REACH: f64 = 9.0;

impl Picture {
    /// The paths, the lowest first.
    pub fn inks(&self) -> Vec<&Ink> {
        let mut inks: Vec<&Ink> = self.inks.iter().collect();
        inks.sort_by(|a, b| (a.layer, &a.class).cmp(&(b.layer, &b.class)));
        inks
    }

    /// Adds to what is drawn in this way.
    pub fn draw(&mut self, layer: Layer, class: impl Into<Cow<'static, str>>) -> &mut String {
        self.fill(layer, class, None)
    }

    /// Adds to what is filled with this pattern.
    pub fn fill(
        &mut self,
        layer: Layer,
        class: impl Into<Cow<'static, str>>,
        fill: Option<&'static str>,
    ) -> &mut String {
        let class = class.into();
        let same = |ink: &Ink| ink.layer == layer && ink.fill == fill && ink.class == class;
        let place = self.inks.iter().position(same).unwrap_or_else(|| {
            self.inks.push(Ink { layer, class, fill, d: String::new() });
            self.inks.len() - 1
        });
        &mut self.inks[place].d
    }

    /// The nearest thing that can be pointed at, of those that are over at `until`. Of two as
    /// near, a dot rather than a line.
    pub fn nearest(&self, p: Point, until: Time) -> Option<&Hit> {
        let over = self.hits.iter().filter(|hit| hit.at <= until);
        let near = over.map(|hit| (hit.distance(p) + if hit.a == hit.b { 0.0 } else { 3.0 }, hit));
        let near = near.filter(|(distance, _)| *distance <= REACH);
        near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, hit)| hit)
    }
}

impl Hit {
    /// How far a point is from it.
    pub fn distance(&self, p: Point) -> f64 {
        let (dx, dy) = (self.b.x - self.a.x, self.b.y - self.a.y);
        let length = dx * dx + dy * dy;
        if length < 1e-6 {
            return p.distance(self.a);
        }
        let t = ((p.x - self.a.x) * dx + (p.y - self.a.y) * dy) / length;
        p.distance(self.a.toward(self.b, t.clamp(0.0, 1.0)))
    }
}

/// Adds a line.
pub fn line(d: &mut String, a: Point, b: Point) {
    step(d, 'M', a);
    step(d, 'L', b);
}

/// Adds an outline.
pub fn outline(d: &mut String, points: &[Point]) {
    for (place, point) in points.iter().enumerate() {
        step(d, if place == 0 { 'M' } else { 'L' }, *point);
    }
    d.push('z');
}

/// Adds a rectangle.
pub fn rect(d: &mut String, a: Point, b: Point) {
    outline(d, &[a, pt(b.x, a.y), b, pt(a.x, b.y)]);
}

/// Adds a circle.
pub fn circle(d: &mut String, at: Point, r: f64) {
    step(d, 'M', pt(at.x, at.y - r));
    for half in [2.0 * r, -2.0 * r] {
        d.push('a');
        for number in [r, r, 0.0, 0.0, 1.0, 0.0, half] {
            push_num(d, number);
            d.push(' ');
        }
    }
    d.push('z');
}

fn step(d: &mut String, letter: char, p: Point) {
    d.push(letter);
    push_num(d, p.x);
    d.push(' ');
    push_num(d, p.y);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(event: u32, a: Point, b: Point) -> Hit {
        Hit { thing: Thing::Event(event), a, b, at: Time::ms(u64::from(event)) }
    }

    #[test]
    fn what_is_drawn_alike_is_one_path() {
        let mut picture = Picture::default();
        for x in 0..1000 {
            let x = f64::from(x);
            line(picture.draw(Layer::Line, "a"), pt(x, 0.0), pt(x, 9.0));
            circle(picture.draw(Layer::Dot, "a"), pt(x, 0.0), 2.0);
        }
        picture.draw(Layer::Grid, "b").push_str("M0 0");
        let layers: Vec<Layer> = picture.inks().iter().map(|ink| ink.layer).collect();
        assert_eq!(layers, [Layer::Grid, Layer::Line, Layer::Dot]);
        assert!(picture.inks()[1].d.starts_with("M0 0L0 9M1 0L1 9"));
    }

    #[test]
    fn one_points_at_what_is_near_and_over() {
        let picture = Picture {
            hits: vec![
                hit(1, pt(0.0, 0.0), pt(100.0, 100.0)),
                hit(2, pt(50.0, 52.0), pt(50.0, 52.0)),
                hit(9, pt(80.0, 20.0), pt(80.0, 20.0)),
            ],
            ..Picture::default()
        };
        let at = |x: f64, y: f64, ms: u64| {
            picture.nearest(pt(x, y), Time::ms(ms)).map(|hit| hit.thing.clone())
        };
        assert_eq!(at(50.0, 50.0, 5), Some(Thing::Event(2)));
        assert_eq!(at(20.0, 22.0, 5), Some(Thing::Event(1)));
        assert_eq!(at(80.0, 20.0, 5), None);
        assert_eq!(at(80.0, 20.0, 9), Some(Thing::Event(9)));
        assert_eq!(at(20.0, 60.0, 9), None);
    }
}
