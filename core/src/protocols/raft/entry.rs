//! What the log holds: entries, commands, and the configurations that say who counts.

use alloc::rc::Rc;

use crate::base::{Id, IdSet, Value};
use crate::op::Op;
use crate::quorum;

/// One entry of the log.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Entry {
    /// The term in which a leader received it.
    pub term: u64,
    /// What it does.
    pub command: Command,
}

/// What an entry does when it is applied.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Command {
    /// Nothing: a new leader's first entry (§8).
    NoOp,
    /// A client's operation.
    Client {
        /// Who asked.
        client: Id,
        /// The client's number for it, the same in every retry.
        serial: u64,
        /// What was asked.
        op: Rc<Op>,
    },
    /// The members of the cluster from here on; in force as soon as it is in the log (§6).
    Config(Rc<Config>),
}

/// Who counts in elections and commitment.
///
/// Invariant: `old` is there only in a joint configuration.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Config {
    /// The voters; in a joint configuration those of C_new.
    pub voters: IdSet,
    /// The voters of C_old while both count (§6).
    pub old: Option<IdSet>,
    /// What brought it about, as a client would recognise it; empty for the first.
    pub name: &'static str,
    /// Whom the change concerns, when it is one server.
    pub server: Option<Id>,
}

impl Config {
    /// The configuration that a cluster begins with.
    pub fn first(voters: IdSet) -> Config {
        Config { voters, ..Config::default() }
    }

    /// Whether those that say yes are enough.
    pub fn enough(&self, yes: impl FnMut(Id) -> bool) -> bool {
        match &self.old {
            None => quorum::majority_holds(&self.voters, yes),
            Some(old) => quorum::joint_holds(old, &self.voters, yes),
        }
    }

    /// The largest number that enough have reached.
    pub fn reached(&self, at: impl FnMut(Id) -> u64) -> u64 {
        match &self.old {
            None => quorum::majority_reached(&self.voters, at),
            Some(old) => quorum::joint_reached(old, &self.voters, at),
        }
    }

    /// Whether `id` has a vote.
    pub fn votes(&self, id: Id) -> bool {
        self.voters.contains(id) || self.old.as_ref().is_some_and(|old| old.contains(id))
    }

    /// Everybody with a vote, in order.
    pub fn members(&self) -> IdSet {
        let old = self.old.iter().flat_map(IdSet::iter);
        self.voters.iter().chain(old).collect()
    }

    /// How many votes are needed of the voters (in a joint configuration: of those of C_new).
    pub fn needed(&self) -> usize {
        quorum::majority(self.voters.len())
    }
}

impl Command {
    /// What a client would recognise; `Nil` for what the protocol made for itself.
    pub fn value(&self) -> Value {
        match self {
            Command::NoOp => Value::Nil,
            Command::Client { op, .. } => match op.args.last() {
                Some(written) => written.clone(),
                None => Value::text(op.verb),
            },
            Command::Config(config) => config.value(),
        }
    }
}

impl Config {
    /// `C_new`, `C_old_new`, `add-n4`: what a script calls the change.
    fn value(&self) -> Value {
        match self.server {
            Some(server) => Value::text(&alloc::format!("{}-n{}", self.name, server.0 + 1)),
            None => Value::text(self.name),
        }
    }
}
