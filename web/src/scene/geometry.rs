//! Points and rectangles, in CSS pixels of the stage, y downwards.

/// A place on the stage.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// A rectangle.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Rect {
    /// Its left edge.
    pub x: f64,
    /// Its top edge.
    pub y: f64,
    /// Its width.
    pub w: f64,
    /// Its height.
    pub h: f64,
}

/// The point (x, y).
pub const fn pt(x: f64, y: f64) -> Point {
    Point { x, y }
}

impl Point {
    /// The point a share `t` of the way to `other`.
    pub fn toward(self, other: Point, t: f64) -> Point {
        pt(self.x + (other.x - self.x) * t, self.y + (other.y - self.y) * t)
    }

    /// How far `other` is.
    pub fn distance(self, other: Point) -> f64 {
        let (x, y) = (other.x - self.x, other.y - self.y);
        (x * x + y * y).sqrt()
    }

    /// The direction to `other`, of length 1; to the right when it is the same point.
    pub fn direction(self, other: Point) -> Point {
        let length = self.distance(other);
        if length < 1e-6 {
            return pt(1.0, 0.0);
        }
        pt((other.x - self.x) / length, (other.y - self.y) / length)
    }

    /// This point moved by `by` times `how_often`.
    pub fn plus(self, by: Point, how_often: f64) -> Point {
        pt(self.x + by.x * how_often, self.y + by.y * how_often)
    }

    /// The direction turned a quarter to the right, as a traveller sees it.
    pub fn right(self) -> Point {
        pt(-self.y, self.x)
    }
}

impl Rect {
    /// The rectangle of this size around `centre`.
    pub fn around(centre: Point, w: f64, h: f64) -> Rect {
        Rect { x: centre.x - w / 2.0, y: centre.y - h / 2.0, w, h }
    }

    /// Its middle.
    pub fn centre(self) -> Point {
        pt(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    /// Its right edge.
    pub fn right(self) -> f64 {
        self.x + self.w
    }

    /// Its bottom edge.
    pub fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// The rectangle with `by` added on every side.
    pub fn grown(self, by: f64) -> Rect {
        Rect { x: self.x - by, y: self.y - by, w: self.w + 2.0 * by, h: self.h + 2.0 * by }
    }

    /// The rectangle elsewhere.
    pub fn moved(self, x: f64, y: f64) -> Rect {
        Rect { x: self.x + x, y: self.y + y, ..self }
    }

    /// Whether they share any area.
    pub fn overlaps(self, other: Rect) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Whether it lies inside `outer`.
    pub fn inside(self, outer: Rect) -> bool {
        self.x >= outer.x - 0.01
            && self.y >= outer.y - 0.01
            && self.right() <= outer.right() + 0.01
            && self.bottom() <= outer.bottom() + 0.01
    }

    /// Whether the point is in it.
    pub fn contains(self, p: Point) -> bool {
        (self.x..=self.right()).contains(&p.x) && (self.y..=self.bottom()).contains(&p.y)
    }

    /// Where the way from its middle to `target` leaves it.
    pub fn exit(self, target: Point) -> Point {
        let from = self.centre();
        let (dx, dy) = (target.x - from.x, target.y - from.y);
        let sideways = if dx.abs() < 1e-6 { f64::MAX } else { self.w / 2.0 / dx.abs() };
        let upright = if dy.abs() < 1e-6 { f64::MAX } else { self.h / 2.0 / dy.abs() };
        from.toward(target, sideways.min(upright).min(1.0))
    }

    /// Whether the straight way from `a` to `b` touches it.
    pub fn touches(self, a: Point, b: Point) -> bool {
        if self.contains(a) || self.contains(b) {
            return true;
        }
        let (left, top) = (pt(self.x, self.y), pt(self.right(), self.y));
        let (low, far) = (pt(self.x, self.bottom()), pt(self.right(), self.bottom()));
        crossing(a, b, left, far).is_some() || crossing(a, b, low, top).is_some()
    }
}

/// How far along the way from `a` to `b` it crosses the way from `c` to `d`, as a share.
pub fn crossing(a: Point, b: Point, c: Point, d: Point) -> Option<f64> {
    let (rx, ry) = (b.x - a.x, b.y - a.y);
    let (sx, sy) = (d.x - c.x, d.y - c.y);
    let turn = rx * sy - ry * sx;
    if turn.abs() < 1e-9 {
        return None;
    }
    let t = ((c.x - a.x) * sy - (c.y - a.y) * sx) / turn;
    let u = ((c.x - a.x) * ry - (c.y - a.y) * rx) / turn;
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then_some(t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_leaves_a_card_at_its_edge() {
        let card = Rect::around(pt(0.0, 0.0), 200.0, 100.0);
        assert_eq!(card.exit(pt(300.0, 0.0)), pt(100.0, 0.0));
        assert_eq!(card.exit(pt(0.0, -80.0)), pt(0.0, -50.0));
        assert_eq!(card.exit(pt(10.0, 0.0)), pt(10.0, 0.0), "a target inside is the end");
    }

    #[test]
    fn ways_cross_where_they_meet() {
        let t = crossing(pt(0.0, 0.0), pt(10.0, 0.0), pt(5.0, -5.0), pt(5.0, 5.0));
        assert_eq!(t, Some(0.5));
        assert_eq!(crossing(pt(0.0, 0.0), pt(1.0, 0.0), pt(5.0, -5.0), pt(5.0, 5.0)), None);
    }

    #[test]
    fn a_way_through_a_corner_touches() {
        let card = Rect { x: 0.0, y: 0.0, w: 10.0, h: 10.0 };
        assert!(card.touches(pt(-5.0, 5.0), pt(15.0, 5.0)));
        assert!(!card.touches(pt(-5.0, 12.0), pt(15.0, 12.0)));
    }
}
