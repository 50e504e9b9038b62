//! The messages. A question says whose operation it belongs to, and so does its answer.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Ask, Copy, Version};
use crate::base::{Str, Value};
use crate::describe::{Pen, Shape};
use crate::protocol;

/// A message between replicas.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg {
    /// Passes a client's read on to the leader.
    Read {
        /// For which operation.
        ask: Ask,
        /// What is to be read.
        key: Str,
    },
    /// Passes a client's write on to the leader.
    Write {
        /// For which operation.
        ask: Ask,
        /// What is to be written.
        key: Str,
        /// The new value.
        value: Value,
    },
    /// The leader's answer to either.
    Reply {
        /// For which operation.
        ask: Ask,
        /// What was read or written.
        copy: Copy,
    },
    /// The leader asks for a replica's copy.
    Query {
        /// For which operation.
        ask: Ask,
        /// Of which datum.
        key: Str,
    },
    /// A replica's copy.
    Copy {
        /// For which operation.
        ask: Ask,
        /// Of which datum.
        key: Str,
        /// The copy.
        copy: Copy,
    },
    /// Tells of a written value.
    Replicate {
        /// Of which datum.
        key: Str,
        /// The value and its version.
        copy: Copy,
    },
    /// Says what the receiver of Replicate holds now: that version, or a newer one.
    ReplicateAck {
        /// Of which datum.
        key: Str,
        /// The version.
        version: Version,
    },
    /// Says which versions the sender holds.
    AntiEntropy(Vec<(Str, Version)>),
}

impl protocol::Message for Msg {
    const KINDS: &'static [&'static str] =
        &["Read", "Write", "Reply", "Query", "Copy", "Replicate", "ReplicateAck", "AntiEntropy"];

    fn kind(&self) -> usize {
        match self {
            Msg::Read { .. } => 0,
            Msg::Write { .. } => 1,
            Msg::Reply { .. } => 2,
            Msg::Query { .. } => 3,
            Msg::Copy { .. } => 4,
            Msg::Replicate { .. } => 5,
            Msg::ReplicateAck { .. } => 6,
            Msg::AntiEntropy(_) => 7,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::Read { .. } | Msg::Write { .. } | Msg::Query { .. } | Msg::Replicate { .. } => {
                Shape::Request
            }
            Msg::Reply { .. } | Msg::Copy { .. } | Msg::ReplicateAck { .. } => Shape::Answer,
            Msg::AntiEntropy(_) => Shape::Heartbeat,
        }
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, pen: &mut Pen) {
        match self {
            Msg::Read { key, .. } | Msg::Query { key, .. } => pen.memory("key", &**key),
            Msg::Write { key, value, .. } => {
                pen.memory("key", &**key);
                pen.memory("value", value.clone());
            }
            Msg::Reply { copy, .. } => copy.describe(pen),
            Msg::Copy { key, copy, .. } | Msg::Replicate { key, copy } => {
                pen.memory("key", &**key);
                copy.describe(pen);
            }
            Msg::ReplicateAck { key, version } => {
                pen.memory("key", &**key);
                let version = version.told(pen);
                pen.memory("version", version);
            }
            Msg::AntiEntropy(digest) => {
                let held = |(key, version): &(Str, Version)| format!("{key} {}", version.told(pen));
                let held: Vec<String> = digest.iter().take(8).map(held).collect();
                pen.memory("digest", held.join("  "));
            }
        }
    }
}
