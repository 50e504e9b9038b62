//! The messages of the two phases.

use crate::base::Value;
use crate::describe::{Pen, Shape};
use crate::protocol::Message;

use super::Proposal;

/// A message.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg {
    /// Phase 1(a): asks for a promise.
    Prepare {
        /// The number of the proposal to come.
        number: u64,
        /// Nothing by Lamport's rules; `doc001` sends the value along.
        value: Option<Value>,
    },
    /// Phase 1(b): promises to accept nothing of a lower number.
    Promise {
        /// The number of the request.
        number: u64,
        /// The proposal of the highest number that the acceptor has accepted.
        accepted: Option<Proposal>,
    },
    /// Phase 2(a): asks to accept a proposal.
    Accept(Proposal),
    /// Phase 2(b): the sender has accepted a proposal.
    Accepted(Proposal),
    /// The sender refuses: it has promised a higher number.
    Nack {
        /// The number of the request.
        number: u64,
        /// The number that the acceptor has promised.
        promised: u64,
    },
}

impl Message for Msg {
    const KINDS: &'static [&'static str] = &["Prepare", "Promise", "Accept", "Accepted", "Nack"];

    fn kind(&self) -> usize {
        match self {
            Msg::Prepare { .. } => 0,
            Msg::Promise { .. } => 1,
            Msg::Accept(_) => 2,
            Msg::Accepted(_) => 3,
            Msg::Nack { .. } => 4,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::Prepare { .. } | Msg::Accept(_) => Shape::Request,
            Msg::Promise { .. } | Msg::Accepted(_) => Shape::Answer,
            Msg::Nack { .. } => Shape::Refusal,
        }
    }

    fn epoch(&self) -> u64 {
        match self {
            Msg::Prepare { number, .. }
            | Msg::Promise { number, .. }
            | Msg::Nack { number, .. } => *number,
            Msg::Accept(proposal) | Msg::Accepted(proposal) => proposal.number,
        }
    }

    fn describe(&self, pen: &mut Pen) {
        pen.memory("number", self.epoch());
        match self {
            Msg::Prepare { value, .. } => {
                if let Some(value) = value {
                    pen.memory("value", value.clone());
                }
            }
            Msg::Promise { accepted, .. } => {
                pen.memory("accepted", accepted.as_ref().map(Proposal::told));
            }
            Msg::Accept(proposal) | Msg::Accepted(proposal) => {
                pen.memory("value", proposal.value.clone());
            }
            Msg::Nack { promised, .. } => pen.memory("promised", *promised),
        }
    }
}

impl Proposal {
    /// The proposal as the papers write it: `[2, 8]`.
    pub fn told(&self) -> alloc::string::String {
        alloc::format!("[{}, {}]", self.number, self.value)
    }
}
