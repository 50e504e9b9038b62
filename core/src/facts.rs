//! What a node is, has and believes, in words that every system shares. Checkers, verdict tokens,
//! role targets in scripts and the stage read facts, histories and the trace, and nothing else.
//!
//! What a step makes so is taken down when its messages may leave: at once, or, where the disk is
//! slow, when everything that the node has written is durable. That goes for what is so in memory
//! alone, too, while something is being written; where nothing is, it is told at once. Where a disk
//! does not wait (`every`, `none`), neither messages nor facts do.

use alloc::vec::Vec;

use crate::base::{Id, IdSet, Str, Time, Value};

/// One observation about one node. The list is closed: a further kind of fact comes together
/// with the token in `tokens.md` that needs it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Fact {
    /// The node plays a role in an epoch (term, ballot, zxid epoch). `leader` is the one name
    /// that tokens about leadership look for.
    Role {
        /// The paper's word, lower case.
        name: &'static str,
        /// Of several nodes with a role, the highest epoch is meant.
        epoch: u64,
    },
    /// A log holds an entry. Reported as changes: see [`Facts::log`].
    Entry {
        /// Which log of the node.
        log: &'static str,
        /// Its place, from 1.
        index: u64,
        /// The epoch that it was made in.
        epoch: u64,
        /// What a client would recognise; `Nil` for entries that the protocol made for itself.
        value: Value,
        /// Whether the node knows that it can no longer be lost.
        committed: bool,
    },
    /// The node holds a copy of a datum.
    Copy {
        /// Which datum.
        key: Str,
        /// Its value here.
        value: Value,
        /// Larger is newer, as the system orders versions.
        version: u64,
    },
    /// The service on this node has granted a resource.
    Holds {
        /// Which resource.
        resource: Str,
        /// To whom.
        holder: Id,
        /// The number that orders grants, where the system has one; 0 where not.
        token: u64,
        /// When the grant ends by itself, by the clock that the node ends it by; `None` when never.
        until: Option<Time>,
    },
    /// The node believes that it holds a resource.
    Believes {
        /// Which resource.
        resource: Str,
        /// The number that orders grants, where the system has one; 0 where not.
        token: u64,
    },
    /// The node's state of a transaction or of an instance of consensus.
    Decision {
        /// Which one.
        tx: u64,
        /// The paper's word, lower case.
        state: &'static str,
    },
    /// The participants that this node takes for the members of a set (a configuration, a
    /// registry).
    Member {
        /// Which set.
        set: &'static str,
        /// Its members.
        ids: IdSet,
    },
    /// Something that is so, by a name of the system's (`snapshot`, `degraded`).
    Mark {
        /// The name.
        name: &'static str,
        /// How often, or how much.
        count: u64,
    },
}

/// The extent of one log of a node. The entries themselves are asked for one by one, and only
/// where two extents differ, so that a long log costs nothing while it does not change.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct LogExtent {
    /// Which log of the node.
    pub log: &'static str,
    /// The first index that is still held.
    pub first: u64,
    /// The last index.
    pub last: u64,
    /// The last index that the node knows to be committed.
    pub committed: u64,
    /// The hash of the log up to `last`.
    pub hash: u64,
}

/// Collects what a protocol says of one node.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    facts: Vec<Fact>,
    logs: Vec<LogExtent>,
}

impl Facts {
    /// Forgets everything, keeping the memory.
    pub fn clear(&mut self) {
        self.facts.clear();
        self.logs.clear();
    }

    /// Reports a fact other than an entry.
    pub fn push(&mut self, fact: Fact) {
        self.facts.push(fact);
    }

    /// Reports the role that the node plays in `epoch`.
    pub fn role(&mut self, name: &'static str, epoch: u64) {
        self.push(Fact::Role { name, epoch });
    }

    /// Reports a mark.
    pub fn mark(&mut self, name: &'static str, count: u64) {
        self.push(Fact::Mark { name, count });
    }

    /// Reports the extent of a log whose entries `Protocol::entry` answers.
    pub fn log(&mut self, extent: LogExtent) {
        self.logs.push(extent);
    }

    /// What was reported, in the order of reporting.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The logs that were reported.
    pub fn logs(&self) -> &[LogExtent] {
        &self.logs
    }
}

/// A fact that became true of a node, or ceased to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactChange {
    /// The event of the trace that made it so.
    pub event: u32,
    /// When.
    pub at: Time,
    /// Of whom.
    pub node: Id,
    /// Whether it became true.
    pub holds: bool,
    /// What.
    pub fact: Fact,
}
