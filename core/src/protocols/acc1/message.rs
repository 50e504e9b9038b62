//! The messages between proposers, acceptors and the learner.

use crate::base::Value;
use crate::describe::{Pen, Shape};
use crate::protocol::Message;

/// A message.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg {
    /// Please accept this value.
    Propose(Value),
    /// I have accepted this value.
    Accepted(Value),
    /// I have accepted this value, which is another than the one that you propose.
    Refused(Value),
}

impl Message for Msg {
    const KINDS: &'static [&'static str] = &["Propose", "Accepted", "Refused"];

    fn kind(&self) -> usize {
        match self {
            Msg::Propose(_) => 0,
            Msg::Accepted(_) => 1,
            Msg::Refused(_) => 2,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::Propose(_) => Shape::Request,
            Msg::Accepted(_) => Shape::Answer,
            Msg::Refused(_) => Shape::Refusal,
        }
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, pen: &mut Pen) {
        let (Msg::Propose(value) | Msg::Accepted(value) | Msg::Refused(value)) = self;
        pen.memory("value", value.clone());
    }
}
