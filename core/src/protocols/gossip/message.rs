//! The messages.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::Str;
use crate::describe::{Pen, Shape};
use crate::protocol::Message;
use crate::protocols::version::Version;

use super::store::{Entry, Updates};

/// A message between two nodes.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg {
    /// Tells what the sender has.
    Push {
        /// What.
        updates: Updates,
        /// Whether the sender wants to hear what was known already.
        rumour: bool,
    },
    /// Tells at which versions the sender has what, and so asks for what is newer.
    Digest {
        /// Every key and its version.
        versions: Vec<(Str, Version)>,
        /// Whether the sender also gives, if asked.
        gives: bool,
    },
    /// Asks for these keys.
    Pull {
        /// Which.
        wanted: Vec<Str>,
    },
    /// What the receiver lacks.
    Delta {
        /// What.
        updates: Updates,
    },
    /// These keys of a rumour were known already.
    Known {
        /// Which.
        keys: Vec<Str>,
    },
}

impl Message for Msg {
    const KINDS: &'static [&'static str] = &["Push", "Digest", "Pull", "Delta", "Known"];

    fn kind(&self) -> usize {
        match self {
            Msg::Push { .. } => 0,
            Msg::Digest { .. } => 1,
            Msg::Pull { .. } => 2,
            Msg::Delta { .. } => 3,
            Msg::Known { .. } => 4,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::Digest { .. } => Shape::Heartbeat,
            Msg::Push { .. } | Msg::Pull { .. } => Shape::Request,
            Msg::Delta { .. } => Shape::Answer,
            Msg::Known { .. } => Shape::Refusal,
        }
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, pen: &mut Pen) {
        match self {
            Msg::Push { updates, .. } | Msg::Delta { updates } => {
                for (key, entry) in updates {
                    let text = told(key, entry, pen);
                    pen.memory("update", text);
                }
            }
            Msg::Digest { versions, .. } => {
                for (key, version) in versions {
                    let text = format!("{key} {}", version.told(pen));
                    pen.memory("has", text);
                }
            }
            Msg::Pull { wanted } => pen.memory("wanted", wanted.join(" ")),
            Msg::Known { keys } => pen.memory("known", keys.join(" ")),
        }
    }
}

/// An entry as the page prints it: `x=1 (2.n1)`, a cross for a death certificate.
pub fn told(key: &Str, entry: &Entry, pen: &Pen) -> String {
    let version = entry.version.told(pen);
    match entry.died {
        Some(_) => format!("† {key} ({version})"),
        None => format!("{key}={} ({version})", entry.value),
    }
}
