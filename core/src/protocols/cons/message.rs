//! The messages between the primary and its replicas.

use alloc::vec::Vec;

use crate::base::Time;
use crate::describe::{Pen, Shape};
use crate::protocol::Message;

use super::Write;

/// A message between the primary and a replica.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg {
    /// Writes in the order of the primary.
    Repl {
        /// The version of the first; where there is none, of the next one that will come.
        first: u64,
        /// The writes.
        writes: Vec<Write>,
        /// By the primary's wall clock: whoever has these and all before has everything that was
        /// written up to then.
        as_of: Time,
    },
    /// How far the replica is.
    ReplAck {
        /// The last version that it has applied.
        version: u64,
    },
}

impl Message for Msg {
    const KINDS: &'static [&'static str] = &["Repl", "ReplAck"];

    fn kind(&self) -> usize {
        match self {
            Msg::Repl { .. } => 0,
            Msg::ReplAck { .. } => 1,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::Repl { .. } => Shape::Request,
            Msg::ReplAck { .. } => Shape::Answer,
        }
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, pen: &mut Pen) {
        match self {
            Msg::Repl { first, writes, .. } => {
                for (version, Write { key, value, .. }) in (*first..).zip(writes) {
                    pen.memory("write", alloc::format!("{key}={value} ({version})"));
                }
            }
            Msg::ReplAck { version } => pen.memory("version", *version),
        }
    }
}
