//! The messages.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::commit::Change;
use crate::base::{IdSet, Str};
use crate::describe::{Pen, Shape};
use crate::protocol;

/// A message of two-phase commit. `tx` is the number of the transaction.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg {
    /// The work, and the question whether it can be committed (`xa_start` to `xa_prepare`).
    Prepare {
        /// Which transaction.
        tx: u64,
        /// Which row.
        row: Str,
        /// What to do to it.
        change: Change,
        /// Who takes part.
        members: IdSet,
    },
    /// The answer.
    Vote {
        /// Which transaction.
        tx: u64,
        /// Whether it can.
        yes: bool,
    },
    /// What was decided (`xa_commit`, `xa_rollback`).
    Decision {
        /// Which transaction.
        tx: u64,
        /// Commit or abort.
        commit: bool,
    },
    /// It was done.
    Ack {
        /// Which transaction.
        tx: u64,
        /// What was decided here alone, before the decision came, if it was something else.
        heuristic: Option<bool>,
    },
    /// What became of it?
    Inquiry {
        /// Which transaction.
        tx: u64,
    },
    /// What became of it, as far as the sender knows.
    Outcome {
        /// Which transaction.
        tx: u64,
        /// Commit or abort; `None`: the sender does not know.
        commit: Option<bool>,
    },
    /// The backup is told of a transaction.
    Begin {
        /// Which transaction.
        tx: u64,
        /// Who takes part.
        members: IdSet,
    },
    /// The backup is sent a copy of a decision.
    Log {
        /// Which transaction.
        tx: u64,
        /// Who takes part.
        members: IdSet,
        /// Commit or abort.
        commit: bool,
    },
    /// The backup has it on disk.
    LogAck {
        /// Which transaction.
        tx: u64,
    },
    /// What do you have in doubt (`xa_recover`)?
    Recover,
    /// These.
    Branches(Vec<u64>),
}

impl protocol::Message for Msg {
    const KINDS: &'static [&'static str] = &[
        "Prepare", "Vote", "Decision", "Ack", "Inquiry", "Outcome", "Begin", "Log", "LogAck",
        "Recover", "Branches",
    ];

    fn kind(&self) -> usize {
        match self {
            Msg::Prepare { .. } => 0,
            Msg::Vote { .. } => 1,
            Msg::Decision { .. } => 2,
            Msg::Ack { .. } => 3,
            Msg::Inquiry { .. } => 4,
            Msg::Outcome { .. } => 5,
            Msg::Begin { .. } => 6,
            Msg::Log { .. } => 7,
            Msg::LogAck { .. } => 8,
            Msg::Recover => 9,
            Msg::Branches(_) => 10,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::Vote { yes: false, .. }
            | Msg::Decision { commit: false, .. }
            | Msg::Ack { heuristic: Some(_), .. }
            | Msg::Outcome { commit: None | Some(false), .. } => Shape::Refusal,
            Msg::Prepare { .. }
            | Msg::Inquiry { .. }
            | Msg::Begin { .. }
            | Msg::Log { .. }
            | Msg::Recover => Shape::Request,
            _ => Shape::Answer,
        }
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, pen: &mut Pen) {
        if let Some(tx) = self.tx() {
            pen.memory("tx", tx);
        }
        match self {
            Msg::Prepare { row, change, members, .. } => {
                let change = match change {
                    Change::Set(value) => format!("{row}={value}"),
                    Change::Add(more) => format!("{row}{more:+}"),
                };
                pen.memory("work", change);
                pen.memory("members", members.as_slice());
            }
            Msg::Begin { members, .. } => pen.memory("members", members.as_slice()),
            Msg::Vote { yes, .. } => pen.memory("vote", if *yes { "yes" } else { "no" }),
            Msg::Decision { commit, .. } | Msg::Log { commit, .. } => {
                pen.memory("outcome", word(Some(*commit)));
            }
            Msg::Outcome { commit, .. } => pen.memory("outcome", word(*commit)),
            Msg::Ack { heuristic: Some(commit), .. } => {
                pen.memory("alone", word(Some(*commit)));
            }
            Msg::Branches(branches) => {
                let all: Vec<String> = branches.iter().map(|tx| format!("T{tx}")).collect();
                pen.memory("in-doubt", if all.is_empty() { "–".into() } else { all.join(" ") });
            }
            _ => {}
        }
    }
}

impl Msg {
    fn tx(&self) -> Option<u64> {
        match self {
            Msg::Prepare { tx, .. }
            | Msg::Vote { tx, .. }
            | Msg::Decision { tx, .. }
            | Msg::Ack { tx, .. }
            | Msg::Inquiry { tx }
            | Msg::Outcome { tx, .. }
            | Msg::Begin { tx, .. }
            | Msg::Log { tx, .. }
            | Msg::LogAck { tx } => Some(*tx),
            Msg::Recover | Msg::Branches(_) => None,
        }
    }
}

/// An outcome as a word.
fn word(commit: Option<bool>) -> &'static str {
    match commit {
        Some(true) => "commit",
        Some(false) => "abort",
        None => "unknown",
    }
}
