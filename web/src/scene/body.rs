//! Short ways to write down a mark's primitives.

use super::geometry::{Point, Rect, pt};
use super::mark::{Anchor, Class, Draw, Icon, Pattern};
use super::text::path;

/// A mark's primitives, the lowest first.
#[derive(Default)]
pub struct Body(pub Vec<Draw>);

impl Body {
    /// A rectangle.
    pub fn rect(&mut self, rect: Rect, round: f64, class: impl Into<Class>) {
        self.0.push(Draw::Box { rect, round, class: class.into(), fill: None });
    }

    /// A rectangle filled with a pattern.
    pub fn filled(&mut self, rect: Rect, round: f64, fill: Pattern) {
        let class = Class::Borrowed("pattern");
        self.0.push(Draw::Box { rect, round, class, fill: Some(fill) });
    }

    /// A circle.
    pub fn disc(&mut self, at: Point, r: f64, class: impl Into<Class>) {
        self.0.push(Draw::Disc { at, r, class: class.into() });
    }

    /// A line or an outline.
    pub fn path(&mut self, d: String, class: impl Into<Class>) {
        self.0.push(Draw::Path { d, class: class.into(), fill: None });
    }

    /// A straight line.
    pub fn line(&mut self, a: Point, b: Point, class: impl Into<Class>) {
        self.path(path(&[('M', &[a.x, a.y]), ('L', &[b.x, b.y])]), class);
    }

    /// A line of which a share is drawn; says at which place it stands.
    pub fn sweep(&mut self, d: String, class: impl Into<Class>, share: f64, tip: bool) -> usize {
        self.0.push(Draw::Sweep { d, class: class.into(), share, tip, ink: None });
        self.0.len() - 1
    }

    /// The way to `to`, of which a share is drawn; says at which place it stands.
    pub fn way(&mut self, to: Point, wide: f64) -> usize {
        self.0.push(Draw::Way { to, wide, share: 0.0 });
        self.0.len() - 1
    }

    /// A bar drawn with a pattern, of which a share is drawn; says at which place it stands.
    pub fn bar(&mut self, d: String, class: impl Into<Class>, ink: Pattern) -> usize {
        let (class, ink) = (class.into(), Some(ink));
        self.0.push(Draw::Sweep { d, class, share: 1.0, tip: false, ink });
        self.0.len() - 1
    }

    /// Words; says at which place they stand.
    pub fn text(
        &mut self,
        at: Point,
        anchor: Anchor,
        class: impl Into<Class>,
        text: impl Into<String>,
    ) -> usize {
        self.0.push(Draw::Text { at, anchor, class: class.into(), text: text.into() });
        self.0.len() - 1
    }

    /// What is said where one stays with the pointer.
    pub fn hint(&mut self, rect: Rect, text: &str) {
        if !text.is_empty() {
            self.0.push(Draw::Hint { rect, text: text.into() });
        }
    }

    /// A sign without a place of its own, in the middle of `at`.
    pub fn sign(&mut self, icon: Icon, at: Point, size: f64, class: &str) {
        let corner = pt(at.x - size / 2.0, at.y - size / 2.0);
        self.path(icon.path(corner, size), format!("ic {class}"));
    }

    /// A sign.
    pub fn icon(&mut self, icon: Icon, x: f64, y: f64, size: f64, class: impl Into<Class>) {
        self.0.push(Draw::Icon { icon, at: pt(x, y), size, class: class.into() });
    }
}

/// The rectangle at (x, y) of this size.
pub const fn rect(x: f64, y: f64, w: f64, h: f64) -> Rect {
    Rect { x, y, w, h }
}
