//! The messages. Every question carries a number of its client's, and its answer carries it back.

use alloc::format;
use alloc::vec::Vec;

use crate::base::{Str, Value};
use crate::describe::{Pen, Shape};
use crate::protocol::Message;

use super::Write;
use super::vector::Vector;

/// A message between a client and a replica, or between replicas.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg {
    /// A client asks.
    Ask(Question),
    /// A replica has done it.
    Reply {
        /// The client's number for the question.
        number: u64,
        /// What was read; nil for a write.
        value: Value,
        /// After a read: all that the replica had. After a write: the write.
        seen: Vector,
    },
    /// A replica lacks what the client must see.
    Behind {
        /// The client's number for the question.
        number: u64,
    },
    /// Writes that the sender took, in this order.
    Repl {
        /// The number of the first.
        first: u64,
        /// The writes.
        writes: Vec<Write>,
    },
    /// How many writes of the receiver's the sender has stored.
    ReplAck {
        /// So many.
        number: u64,
    },
}

/// What a client asks of a replica.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Question {
    /// The client's number for it.
    pub number: u64,
    /// The datum.
    pub key: Str,
    /// What to write; `None` for a read.
    pub put: Option<Value>,
    /// What the replica must have before it does it; with a write, what any replica must have
    /// before it stores it.
    pub needs: Vector,
    /// Whether the client waits until the replica has that.
    pub waits: bool,
}

impl Message for Msg {
    const KINDS: &'static [&'static str] = &["Get", "Put", "Reply", "Behind", "Repl", "ReplAck"];

    fn kind(&self) -> usize {
        match self {
            Msg::Ask(Question { put: None, .. }) => 0,
            Msg::Ask(_) => 1,
            Msg::Reply { .. } => 2,
            Msg::Behind { .. } => 3,
            Msg::Repl { .. } => 4,
            Msg::ReplAck { .. } => 5,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::Ask(_) | Msg::Repl { .. } => Shape::Request,
            Msg::Reply { .. } | Msg::Behind { .. } | Msg::ReplAck { .. } => Shape::Answer,
        }
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, pen: &mut Pen) {
        match self {
            Msg::Ask(question) => {
                match &question.put {
                    None => pen.memory("key", &*question.key),
                    Some(value) => pen.memory("write", format!("{}={value}", question.key)),
                }
                let needs = question.needs.told(pen);
                pen.memory("needs", needs);
            }
            Msg::Reply { value, seen, .. } => {
                pen.memory("value", value.clone());
                let seen = seen.told(pen);
                pen.memory("seen", seen);
            }
            Msg::Repl { first, writes } => {
                for (number, write) in (*first..).zip(writes) {
                    let needs = write.needs.told(pen);
                    let told = format!("{}={} ({number}; {needs})", write.key, write.value);
                    pen.memory("writes", told);
                }
            }
            Msg::ReplAck { number } => pen.memory("number", *number),
            Msg::Behind { .. } => {}
        }
    }
}
