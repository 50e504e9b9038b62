//! What there is to know of a transaction: at the coordinator, at a participant, and at a
//! participant that was elected to end it.

use alloc::vec::Vec;

use crate::base::{Id, IdSet, Map, Set, Str, Value};
use crate::op::Ticket;

use super::message::Report;
use crate::protocols::commit::{self, Locks, Rows};

/// How far a transaction has come at a node: [`commit::State`], and one more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum State {
    /// A participant has not voted: it waits for the row's lock.
    Init,
    /// The coordinator waits for votes.
    Wait,
    /// A participant has voted yes. Skeen writes w, most notes WAIT.
    Ready,
    /// Everybody has voted yes, and this node knows it.
    Precommit,
    /// A quorum is being prepared to abort (E3PC).
    Preabort,
    /// Committed.
    Commit,
    /// Aborted.
    Abort,
}

impl State {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            State::Init => commit::State::Init.word(),
            State::Wait => commit::State::Wait.word(),
            State::Ready => commit::State::Ready.word(),
            State::Precommit => commit::State::Precommit.word(),
            State::Preabort => "preabort",
            State::Commit => commit::State::Commit.word(),
            State::Abort => commit::State::Abort.word(),
        }
    }

    /// Whether it is final.
    pub const fn is_decided(self) -> bool {
        matches!(self, State::Commit | State::Abort)
    }
}

/// What survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    /// At the coordinator: what it coordinates.
    pub works: Map<u64, Work>,
    /// At a participant: what it takes part in.
    pub txs: Map<u64, Tx>,
    /// At a participant: its data.
    pub rows: Rows,
}

/// A transaction at the coordinator.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Work {
    /// Which row is written at every participant.
    pub row: Str,
    /// What it is to hold.
    pub value: Value,
    /// `Wait`, `Precommit`, or decided.
    pub state: State,
    /// Whether every participant has acknowledged the decision.
    pub is_done: bool,
}

/// A transaction at a participant.
///
/// Invariant: `attempt <= elected`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Tx {
    /// Which row.
    pub row: Str,
    /// What it is to hold.
    pub value: Value,
    /// How far it has come here.
    pub state: State,
    /// The version of the row that the yes is founded on (popular).
    pub basis: u64,
    /// The highest election that this participant has taken part in (`Last_Elected`).
    pub elected: u64,
    /// The election in which it was last prepared for something (`Last_Attempt`).
    pub attempt: u64,
}

impl Tx {
    /// A transaction of which nothing is known yet. All have taken part in the first election: the
    /// one that nobody held, of the coordinator.
    pub fn new(state: State) -> Tx {
        Tx { row: "".into(), value: Value::Nil, state, basis: 0, elected: 1, attempt: 0 }
    }

    /// What the participant tells of itself.
    pub fn report(&self) -> Report {
        Report { state: self.state, elected: self.elected, attempt: self.attempt }
    }
}

/// What does not survive a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Memory {
    /// At the coordinator: who has answered.
    pub desks: Map<u64, Desk>,
    /// At an elected participant: who has answered.
    pub backups: Map<u64, Backup>,
    /// Transactions that were undecided when this node started again.
    pub recovering: Set<u64>,
    /// At a participant: who waits for which row.
    pub locks: Locks,
    /// How often this node has heard the contrary of what it had decided.
    pub contrary: u64,
    /// At a participant: how often it could not keep its yes (popular).
    pub broken: u64,
}

/// What the coordinator keeps of a transaction while it lives.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Desk {
    /// Whom to answer; nobody after a restart.
    pub ticket: Option<Ticket>,
    /// Who has answered the message of this phase.
    pub heard: IdSet,
    /// Whom that message is still to be sent to, the next one first.
    pub to_tell: Vec<Id>,
}

/// What a participant keeps of an election that it called.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Backup {
    /// Its number.
    pub elected: u64,
    /// The states it has heard of, its own included.
    pub reports: Map<Id, Report>,
    /// Who is prepared for what it chose; nobody has chosen yet while this is `None`.
    pub prepared: Option<IdSet>,
}
