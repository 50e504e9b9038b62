//! What the parts of the diagram are given.

use std::ops::Deref;
use std::rc::Rc;

use netsplit_core::base::Id;
use netsplit_core::protocol::Part;
use netsplit_core::run::cone::Cone;
use netsplit_core::run::trace::Fate;

use super::axis::{Axis, Window};
use super::lanes::{Lanes, islands};
use super::layout::Frame;
use crate::session::{Model, Thing};

/// Room for the heads of the lanes, in pixels: where there is much room, and where there is little.
const HEADS: (f64, f64) = (150.0, 66.0);
/// Narrower diagrams are for a hand.
const NARROW: f64 = 560.0;

/// Something made once and compared by being the same.
#[derive(Debug)]
pub struct Shared<T>(pub Rc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Shared<T> {
        Shared(self.0.clone())
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Shared<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// How much room there is, in pixels.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Room {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

impl Room {
    /// Whether there is little of it.
    pub fn is_narrow(self) -> bool {
        self.width < NARROW
    }
}

/// Where everything lies in a window of the run that is loaded.
pub fn frame(model: &Model, room: Room) -> Option<Frame> {
    let run = model.run()?;
    let (from, to) = model.window?;
    let cast = run.world().cast();
    let part = |id: Id| cast.setup.roles.get(id.index()).map_or(Part::Client, |role| role.part);
    let (clients, nodes): (Vec<Id>, Vec<Id>) = cast.ids().partition(|&id| part(id) == Part::Client);
    let left = if room.is_narrow() { HEADS.1 } else { HEADS.0 };
    let axis =
        Axis { window: Window { from, to }, left, right: (room.width - 14.0).max(left + 1.0) };
    let lanes = Lanes::new(&nodes, &clients, islands(run.trace()), room.height);
    Some(Frame { axis, lanes })
}

/// The event whose past and future stand out: the one that is selected or, of a message, its
/// arrival up to the cursor or else its sending.
pub fn chosen(model: &Model) -> Option<u32> {
    let run = model.run()?;
    match model.selection.last()? {
        Thing::Event(event) => Some(*event),
        Thing::Message(number) => {
            let message = run.trace().messages.get(*number as usize)?;
            match message.fate {
                Fate::Arrived(event) if event < run.cursor() => Some(event),
                _ => Some(message.sent),
            }
        }
        _ => None,
    }
}

/// The cone of an event, with its future up to event `until`.
pub fn cone(model: &Model, event: u32, until: u32) -> Option<Cone> {
    let trace = model.run()?.trace();
    let mut cone = Cone::of(trace, event)?;
    cone.extend(trace, until);
    Some(cone)
}
