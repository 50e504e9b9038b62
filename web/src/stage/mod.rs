//! The painter: keeps the scene's marks as SVG elements and moves them.
//!
//! It owns the page's only animation frame loop. Elements are created and removed on steps
//! ([`Stage::show`]); on frames only places, arcs and counted seconds are written. While nothing
//! plays and nothing glides, no frame is asked for at all.

mod elements;
mod frames;
mod input;
mod state;

use std::rc::Rc;

use netsplit_core::base::{Id, Time};
use web_sys::Element;

use crate::scene::View;
use crate::scene::geometry::Point;
use crate::scene::mark::Thing;
use crate::scene::stroke::Cutting;
use state::Inner;

/// What is told to whoever mounts a stage.
pub struct Callbacks {
    /// Something was pointed at.
    pub touch: Box<dyn Fn(Tap)>,
    /// A stroke was drawn across the stage; it may have cut nothing.
    pub stroke: Box<dyn Fn(Cutting)>,
    /// What assistive technology calls something, in the reader's language. It must not call the
    /// stage.
    pub name: Box<dyn Fn(Spoken) -> String>,
}

/// Something was pointed at.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Tap {
    /// What.
    pub what: Touch,
    /// Where, in pixels from the stage's upper left corner; with the keyboard, its middle.
    pub at: Point,
    /// How.
    pub by: By,
    /// Whether shift, control or the command key was held: the selection is extended.
    pub more: bool,
}

/// What was pointed at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Touch {
    /// A participant with a portrait.
    Node(Id),
    /// A message, by its place in the trace's messages.
    Message(u32),
    /// The link between two participants, the smaller identity first.
    Link(Id, Id),
    /// A client of the kernel.
    Client(Id),
    /// Nothing in particular.
    Ground,
}

/// How something was pointed at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// A click or a tap.
    Click,
    /// What asks for a menu: the second button, a long press, the menu key.
    Menu,
    /// Enter or space.
    Key,
}

/// What has a name for assistive technology.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spoken {
    /// The stage.
    Stage,
    /// All nodes and clients.
    Nodes,
    /// All links.
    Links,
    /// All messages.
    Messages,
    /// One thing.
    One(Thing),
}

/// What a drag means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tool {
    /// It cuts when it begins on no node and no message, and not by touch, which scrolls.
    #[default]
    Select,
    /// It always cuts.
    Cut,
}

/// A stage in the page. Clones are handles to the same stage; the last one to go takes it down.
#[derive(Clone)]
pub struct Stage {
    inner: Rc<Inner>,
}

impl Stage {
    /// Mounts a stage in `root`, which it fills and whose children it owns. Nothing is shown yet.
    pub fn mount(root: &Element, callbacks: Callbacks) -> Stage {
        let inner = Inner::new(root, callbacks);
        input::listen(&inner);
        Stage { inner }
    }

    /// Shows an instant: a step was made, or the cursor moved, or words changed. When only the
    /// islands differ from before, nodes glide to their new places.
    pub fn show(&self, view: Rc<View>) {
        self.inner.show(view);
    }

    /// Plays: on each frame `clock` is given the milliseconds that the stage has played and says
    /// which instant that is; it may call [`Stage::show`] when a step falls due. Gaps (a hidden
    /// page) do not count.
    pub fn play(&self, clock: impl FnMut(f64) -> Time + 'static) {
        self.inner.play(Box::new(clock));
    }

    /// Stops playing.
    pub fn pause(&self) {
        self.inner.pause();
    }

    /// Shows what moves where it is at this instant: what [`Stage::play`] does on each frame, for a
    /// stage that follows another one's clock.
    pub fn at(&self, instant: Time) {
        self.inner.frame(Some(instant));
    }

    /// Shows which things are selected.
    pub fn select(&self, things: &[Thing]) {
        self.inner.select(things);
    }

    /// What a drag means from now on.
    pub fn tool(&self, tool: Tool) {
        self.inner.tool(tool);
    }

    /// How many pixels at the foot of the stage are covered by tools.
    pub fn foot(&self, pixels: f64) {
        self.inner.foot(pixels);
    }
}

impl From<Thing> for Touch {
    fn from(thing: Thing) -> Touch {
        match thing {
            Thing::Node(id) => Touch::Node(id),
            Thing::Client(id) => Touch::Client(id),
            Thing::Link(a, b) => Touch::Link(a, b),
            Thing::Message(number) => Touch::Message(number),
        }
    }
}
