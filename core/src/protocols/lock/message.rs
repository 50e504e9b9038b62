//! The messages of a lock: commands of the service, and reads and writes of the resource.

use crate::base::{Span, Str, Value};
use crate::describe::{Pen, Shape};
use crate::protocol::{Data, Message};

use super::{CommandOf, Lock};

/// What a service answers: a value, or why it did not do it, as a key of the system's texts.
pub type Answer = Result<Value, &'static str>;

/// A message between two parts. Every question carries a number of the client's, and its answer
/// carries it back.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg<L: Lock> {
    /// A client asks the service; or a server sends what changed to its standby.
    Command {
        /// The client's number.
        number: u64,
        /// What.
        command: CommandOf<L>,
    },
    /// The service answers.
    Answer {
        /// The number of the command.
        number: u64,
        /// How.
        answer: Answer,
    },
    /// A client reads the resource.
    Read {
        /// The client's number.
        number: u64,
    },
    /// What the resource holds.
    Content {
        /// The number of the read.
        number: u64,
        /// Its content.
        value: Value,
        /// How often it was written.
        version: u64,
    },
    /// A client writes to the resource.
    Write {
        /// The client's number.
        number: u64,
        /// What.
        value: Value,
        /// The fencing token of the client's lock; 0 when it has none.
        token: u64,
        /// The version that the client read under this lock, on which the value is founded; `None`
        /// when it read nothing.
        basis: Option<u64>,
    },
    /// The resource took the write.
    Written {
        /// The number of the write.
        number: u64,
        /// The version that it made.
        version: u64,
    },
    /// The resource refused the write.
    Rejected {
        /// The number of the write.
        number: u64,
        /// The highest token that it has seen.
        highest: u64,
    },
}

/// A command of a service.
pub trait Command: Data {
    /// The kinds of all messages: made by [`lock_kinds!`](crate::lock_kinds), which puts the
    /// shared ones first.
    const KINDS: &'static [&'static str];
    /// The position among the service's own kinds, from 0.
    fn kind(&self) -> usize;
    /// What it does to a lock if it is answered with yes.
    fn meaning(&self) -> Meaning;
    /// The fencing token that the answer brings.
    fn fence(&self, _answer: &Value) -> Option<u64> {
        None
    }
    /// Its fields.
    fn describe(&self, pen: &mut Pen);
}

/// What a command does to a lock if it is answered with yes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// The asker holds it from now on.
    Acquires {
        /// Which.
        resource: Str,
        /// What was stored, to tell this acquisition from others.
        mine: Value,
        /// For how long; for ever when `None`.
        lease: Option<Span>,
    },
    /// The asker's lease ends so long after asking; if the answer is no, it holds nothing.
    Extends {
        /// Of which.
        resource: Str,
        /// How long.
        lease: Option<Span>,
    },
    /// The asker holds it no more, whatever the answer.
    Releases(Str),
    /// Nothing.
    Nothing,
}

/// The list of message kinds of a lock: the shared ones and the commands of its service.
#[macro_export]
macro_rules! lock_kinds {
    ($($kind:literal),* $(,)?) => {
        &["Reply", "Error", "Read", "Content", "Write", "Written", "Rejected", $($kind),*]
    };
}

/// How many kinds are shared.
const SHARED: usize = 7;

impl<L: Lock> Message for Msg<L> {
    const KINDS: &'static [&'static str] = CommandOf::<L>::KINDS;

    fn kind(&self) -> usize {
        match self {
            Msg::Answer { answer: Ok(_), .. } => 0,
            Msg::Answer { answer: Err(_), .. } => 1,
            Msg::Read { .. } => 2,
            Msg::Content { .. } => 3,
            Msg::Write { .. } => 4,
            Msg::Written { .. } => 5,
            Msg::Rejected { .. } => 6,
            Msg::Command { command, .. } => SHARED + command.kind(),
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::Command { .. } | Msg::Read { .. } | Msg::Write { .. } => Shape::Request,
            Msg::Answer { answer: Err(_), .. } | Msg::Rejected { .. } => Shape::Refusal,
            Msg::Answer { .. } | Msg::Content { .. } | Msg::Written { .. } => Shape::Answer,
        }
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, pen: &mut Pen) {
        match self {
            Msg::Command { command, .. } => command.describe(pen),
            Msg::Answer { answer: Ok(value), .. } => pen.memory("value", value.clone()),
            Msg::Answer { answer: Err(reason), .. } => pen.memory("reason", *reason),
            Msg::Read { .. } => {}
            Msg::Content { value, version, .. } => {
                pen.memory("value", value.clone());
                pen.memory("version", *version);
            }
            Msg::Write { value, token, basis, .. } => {
                pen.memory("value", value.clone());
                pen.memory("token", *token);
                pen.memory("basis", *basis);
            }
            Msg::Written { version, .. } => pen.memory("version", *version),
            Msg::Rejected { highest, .. } => pen.memory("highest", *highest),
        }
    }
}
