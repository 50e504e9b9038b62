//! The messages, in the paper's names. A process answers for itself without a message.

use alloc::vec::Vec;

use super::{Proposal, Write};
use crate::base::Id;
use crate::describe::{Pen, Shape};
use crate::protocol::Message;

/// A message about one transaction.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Msg {
    /// Which one.
    pub tx: u64,
    /// What is said of it.
    pub what: What,
}

/// What an acceptor has accepted in the instance of a resource manager: its ballot and value.
pub type Accepted = (Id, (u64, Proposal));

/// What is said of a transaction.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum What {
    /// The first resource manager is prepared.
    BeginCommit(Write),
    /// The leader asks a resource manager to prepare.
    Prepare(Write),
    /// A leader begins a ballot of all instances.
    Phase1a(u64),
    /// An acceptor promises the ballot, and says what it has accepted.
    Phase1b(u64, Vec<Accepted>),
    /// A value is proposed in a ballot, for each of these instances.
    Phase2a(u64, Vec<(Id, Proposal)>),
    /// An acceptor says what it has accepted.
    Phase2b(Vec<Accepted>),
    /// All instances have chosen `Prepared`.
    Commit,
    /// An instance has chosen `Aborted`.
    Abort,
    /// A resource manager in doubt asks for the outcome.
    Inquire,
}

impl Message for Msg {
    const KINDS: &'static [&'static str] = &[
        "BeginCommit",
        "Prepare",
        "Phase1a",
        "Phase1b",
        "Phase2a",
        "Phase2b",
        "Commit",
        "Abort",
        "Inquire",
    ];

    fn kind(&self) -> usize {
        match self.what {
            What::BeginCommit(_) => 0,
            What::Prepare(_) => 1,
            What::Phase1a(_) => 2,
            What::Phase1b(..) => 3,
            What::Phase2a(..) => 4,
            What::Phase2b(_) => 5,
            What::Commit => 6,
            What::Abort => 7,
            What::Inquire => 8,
        }
    }

    fn shape(&self) -> Shape {
        let aborts = |value: Proposal| value == Proposal::Aborted;
        match &self.what {
            What::Phase2a(_, values) if values.iter().any(|v| aborts(v.1)) => Shape::Refusal,
            What::Phase2b(votes) if votes.iter().any(|v| aborts(v.1.1)) => Shape::Refusal,
            What::Abort => Shape::Refusal,
            What::Phase1b(..) | What::Phase2b(_) | What::Commit => Shape::Answer,
            _ => Shape::Request,
        }
    }

    fn epoch(&self) -> u64 {
        match &self.what {
            What::Phase1a(ballot) | What::Phase1b(ballot, _) | What::Phase2a(ballot, _) => *ballot,
            What::Phase2b(votes) => votes.iter().map(|vote| vote.1.0).max().unwrap_or(0),
            _ => 0,
        }
    }

    fn describe(&self, pen: &mut Pen) {
        pen.memory("tx", self.tx);
        match &self.what {
            What::BeginCommit(write) | What::Prepare(write) => {
                pen.memory("row", &*write.row);
                pen.memory("value", write.value.clone());
            }
            What::Phase1a(ballot) => pen.memory("ballot", *ballot),
            What::Phase1b(ballot, accepted) => {
                pen.memory("ballot", *ballot);
                let told = super::describe::accepted(accepted, pen);
                pen.memory("accepted", told);
            }
            What::Phase2a(ballot, values) => {
                pen.memory("ballot", *ballot);
                let told = super::describe::values(values, pen);
                pen.memory("proposes", told);
            }
            What::Phase2b(accepted) => {
                let told = super::describe::accepted(accepted, pen);
                pen.memory("accepted", told);
            }
            What::Commit | What::Abort | What::Inquire => {}
        }
    }
}
