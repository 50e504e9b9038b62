//! The messages, in the order in which a dinner is arranged; and those of the termination protocol.

use alloc::string::ToString;

use crate::base::{Str, Value};
use crate::describe::{Pen, Shape};
use crate::protocol;

use super::State;

/// A message about one transaction.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Msg {
    /// Which transaction.
    pub tx: u64,
    /// What is said of it.
    pub body: Body,
}

/// What is said of a transaction.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Body {
    /// Phase 1: can you do this?
    CanCommit {
        /// Which row.
        row: Str,
        /// What it is to hold.
        value: Value,
    },
    /// The participant votes for it.
    Yes,
    /// The participant votes against it.
    No,
    /// Phase 2: all have voted yes; `elected` numbers the coordinator that says so.
    PreCommit {
        /// 1 for the first coordinator, more for those elected after it.
        elected: u64,
    },
    /// The elected coordinator prepares to abort (E3PC).
    PreAbort {
        /// Its number.
        elected: u64,
    },
    /// The participant is prepared for what it was told by the coordinator of this number.
    AckPre {
        /// The number.
        elected: u64,
    },
    /// Phase 3: commit.
    DoCommit,
    /// Abort.
    Abort,
    /// The participant has committed.
    HaveCommitted,
    /// The participant has aborted.
    HaveAborted,
    /// What is your state? `elected` 0: somebody only asks.
    StateReq {
        /// The number of the election that this announces.
        elected: u64,
    },
    /// The state of the one who was asked.
    StateResp(Report),
}

/// What a participant tells of itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Report {
    /// Its state.
    pub state: State,
    /// The highest election that it has taken part in (`Last_Elected`).
    pub elected: u64,
    /// The election in which it was last prepared for something (`Last_Attempt`).
    pub attempt: u64,
}

impl protocol::Message for Msg {
    const KINDS: &'static [&'static str] = &[
        "CanCommit",
        "Yes",
        "No",
        "PreCommit",
        "PreAbort",
        "AckPre",
        "DoCommit",
        "Abort",
        "HaveCommitted",
        "HaveAborted",
        "StateReq",
        "StateResp",
    ];

    fn kind(&self) -> usize {
        match self.body {
            Body::CanCommit { .. } => 0,
            Body::Yes => 1,
            Body::No => 2,
            Body::PreCommit { .. } => 3,
            Body::PreAbort { .. } => 4,
            Body::AckPre { .. } => 5,
            Body::DoCommit => 6,
            Body::Abort => 7,
            Body::HaveCommitted => 8,
            Body::HaveAborted => 9,
            Body::StateReq { .. } => 10,
            Body::StateResp(_) => 11,
        }
    }

    fn shape(&self) -> Shape {
        match self.body {
            Body::CanCommit { .. }
            | Body::PreCommit { .. }
            | Body::PreAbort { .. }
            | Body::DoCommit
            | Body::StateReq { .. } => Shape::Request,
            Body::Yes | Body::AckPre { .. } | Body::HaveCommitted | Body::StateResp(_) => {
                Shape::Answer
            }
            Body::No | Body::Abort | Body::HaveAborted => Shape::Refusal,
        }
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, pen: &mut Pen) {
        pen.memory("tx", self.tx);
        match &self.body {
            Body::CanCommit { row, value } => {
                pen.memory("row", row.to_string());
                pen.memory("value", value.clone());
            }
            Body::PreCommit { elected }
            | Body::PreAbort { elected }
            | Body::AckPre { elected }
            | Body::StateReq { elected } => pen.memory("elected", *elected),
            Body::StateResp(report) => {
                pen.memory("state", report.state.word());
                pen.memory("elected", report.elected);
                pen.memory("attempt", report.attempt);
            }
            _ => {}
        }
    }
}
