//! What each process keeps, and where.

use alloc::vec::Vec;

use super::super::commit::{Change, Locks, Rows, State};
use crate::base::{Id, IdSet, Map, Set, Str, Value};
use crate::op::Ticket;

/// What survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Disk {
    /// Of a transaction manager, or of its backup.
    Tm(Journal),
    /// Of a resource manager.
    Rm(Site),
}

impl Default for Disk {
    fn default() -> Disk {
        Disk::Rm(Site::default())
    }
}

/// What does not.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Memory {
    /// Of the transaction manager.
    Tm(Desk),
    /// Of the backup coordinator.
    Backup(Watch),
    /// Of a resource manager.
    Rm(Work),
}

/// The disk of the transaction manager. It has no record of aborts: what it began and has no
/// record of is aborted (presumed abort).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Journal {
    /// How many transactions it has begun; they are numbered from 1.
    pub begun: u64,
    /// The decision log. At a backup: the transactions that it was told of.
    pub log: Map<u64, Record>,
    /// At a backup: whether it has taken over.
    pub acts: bool,
}

/// One transaction in the log of a coordinator.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Record {
    /// Who takes part.
    pub members: IdSet,
    /// `Commit` at the transaction manager; at a backup, what it knows.
    pub state: State,
    /// Whether all have acknowledged.
    pub ended: bool,
    /// At a backup: whether it knew of the transaction before that was decided. What it has only
    /// the outcome of, it has no state of.
    pub followed: bool,
}

/// The memory of the transaction manager.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Desk {
    /// What is under way.
    pub active: Map<u64, Active>,
    /// After a restart under `xa`: who has not said yet that nothing is in doubt there.
    pub unlisted: IdSet,
}

/// A transaction under way at the transaction manager.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Active {
    /// Who takes part.
    pub members: IdSet,
    /// Whom to answer. `None` after a restart: the client has gone.
    pub ticket: Option<Ticket>,
    /// How far it is.
    pub phase: Phase,
    /// Whether somebody decided otherwise, alone.
    pub mixed: bool,
}

/// How far a transaction is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Phase {
    /// Votes are awaited; these are in, and all are yes.
    Voting(IdSet),
    /// The decision is logged, and its copy at the backup is awaited.
    Copying,
    /// The decision is told.
    Telling {
        /// What it is.
        commit: bool,
        /// Who is to be told still, in order.
        left: Vec<Id>,
        /// Who was told and has not acknowledged. Nobody acknowledges an abort, but under XA.
        unacked: IdSet,
    },
}

/// The memory of the backup coordinator.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Watch {
    /// Whether it has a copy of the decision log.
    pub has_log: bool,
    /// Once it has taken over: who has not acknowledged which decision.
    pub unacked: Map<u64, IdSet>,
}

/// The disk of a resource manager.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Site {
    /// The rows.
    pub rows: Rows,
    /// The transactions that it was asked to prepare.
    pub log: Map<u64, Branch>,
}

/// A transaction in the log of a resource manager (XA: a branch).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Branch {
    /// `Init` while it waits for its lock (a crash makes that an abort), `Ready` from the forced
    /// write of the prepared record on, then a decision.
    pub state: State,
    /// What a commit writes; `None` where it never was prepared.
    pub redo: Option<(Str, Value)>,
    /// Who coordinates.
    pub coordinator: Id,
    /// Who else takes part.
    pub members: IdSet,
    /// Whether it was decided here, alone.
    pub heuristic: bool,
    /// Whether its prepared record was lost.
    pub lost: bool,
}

/// The memory of a resource manager.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Work {
    /// Who holds which row, and who waits.
    pub locks: Locks,
    /// Transactions that wait for their lock, and have not voted.
    pub pending: Map<u64, Pending>,
    /// What it was asked for in doubt, and listed (`xa_recover`).
    pub listed: Set<u64>,
    /// What the numbers of all rows make up together; 0 when nobody watches that.
    pub total: u64,
}

/// A transaction that has not voted.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Pending {
    /// Which row.
    pub row: Str,
    /// What it does to it.
    pub change: Change,
    /// Who coordinates.
    pub coordinator: Id,
    /// Who takes part.
    pub members: IdSet,
}

impl Record {
    /// Of a transaction that was followed from its beginning.
    pub fn new(members: IdSet, state: State) -> Record {
        Record { members, state, ended: false, followed: true }
    }
}

impl Phase {
    /// Whether what is decided may be told to whoever asks.
    pub fn may_be_told(&self) -> bool {
        matches!(self, Phase::Telling { .. })
    }
}

impl Journal {
    /// What the transaction manager knows of a transaction; `None` of one that it never began.
    pub fn state(&self, desk: &Desk, tx: u64) -> Option<State> {
        if let Some(record) = self.log.get(&tx) {
            return Some(record.state);
        }
        match desk.active.get(&tx).map(|active| &active.phase) {
            Some(Phase::Voting(_)) => Some(State::Wait),
            _ => (tx <= self.begun).then_some(State::Abort),
        }
    }
}

impl Site {
    /// The transactions that are prepared and not decided.
    pub fn in_doubt(&self) -> impl Iterator<Item = (u64, &Branch)> {
        let ready = self.log.iter().filter(|(_, branch)| branch.state == State::Ready);
        ready.map(|(tx, branch)| (*tx, branch))
    }

    /// What has become of a transaction; `None` of one that was never heard of. What had not voted
    /// when this resource manager crashed is aborted.
    pub fn state(&self, work: &Work, tx: u64) -> Option<State> {
        let state = self.log.get(&tx)?.state;
        let forgotten = state == State::Init && !work.pending.contains_key(&tx);
        Some(if forgotten { State::Abort } else { state })
    }

    /// Whether the transaction is prepared and not decided.
    pub fn doubts(&self, tx: u64) -> bool {
        self.log.get(&tx).is_some_and(|branch| branch.state == State::Ready)
    }
}
