//! The messages: the log goes one way, acknowledgements the other.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::Entry;
use crate::describe::{Pen, Shape};
use crate::protocol;

/// A message between master and slave.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg {
    /// The master ships its log.
    Repl(Repl),
    /// The slave says how far it has it.
    ReplAck(ReplAck),
}

/// A piece of the log.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Repl {
    /// Which master: each one has a higher epoch than the one before.
    pub epoch: u64,
    /// The index before the first entry, and the epoch of the entry there.
    pub prev: (u64, u64),
    /// The entries; none when the master only says that it is there.
    pub entries: Vec<Entry>,
    /// Where the master's log ends.
    pub last: u64,
    /// Up to where the master has acknowledged.
    pub applied: u64,
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ReplAck {
    /// The highest epoch that the slave knows.
    pub epoch: u64,
    /// Up to where its log is the master's; if it could not say, where to try.
    pub index: u64,
    /// Whether the piece fitted.
    pub fits: bool,
}

impl protocol::Message for Msg {
    const KINDS: &'static [&'static str] = &["Repl", "ReplAck"];

    fn kind(&self) -> usize {
        match self {
            Msg::Repl(_) => 0,
            Msg::ReplAck(_) => 1,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::Repl(repl) if repl.entries.is_empty() => Shape::Heartbeat,
            Msg::Repl(_) => Shape::Request,
            Msg::ReplAck(ack) if !ack.fits => Shape::Refusal,
            Msg::ReplAck(_) => Shape::Answer,
        }
    }

    fn epoch(&self) -> u64 {
        match self {
            Msg::Repl(repl) => repl.epoch,
            Msg::ReplAck(ack) => ack.epoch,
        }
    }

    fn describe(&self, pen: &mut Pen) {
        match self {
            Msg::Repl(repl) => {
                pen.memory("epoch", repl.epoch);
                pen.memory("prev", repl.prev.0);
                let entries: Vec<String> = repl.entries.iter().take(8).map(Entry::print).collect();
                let more = if repl.entries.len() > 8 { " …" } else { "" };
                pen.memory("entries", format!("[{}{more}]", entries.join("  ")));
                pen.memory("last", repl.last);
                pen.memory("applied", repl.applied);
            }
            Msg::ReplAck(ack) => {
                pen.memory("epoch", ack.epoch);
                pen.memory("index", ack.index);
                pen.memory("fits", ack.fits);
            }
        }
    }
}
