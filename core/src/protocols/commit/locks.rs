//! Who holds the lock of a row, and who waits for it.

use alloc::vec::Vec;

use crate::base::{Id, Map, Str, Value};
use crate::op::Ticket;

/// The locks of one resource manager. They live in memory: after a crash, the prepared records
/// say which ones were held ([`Locks::restore`]).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Locks {
    /// The rows that are locked.
    pub(super) held: Map<Str, Claim>,
    /// Who waits, in the order of asking.
    pub(super) queue: Vec<Claim>,
    last: u32,
}

/// Somebody holds a lock, or wants it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Claim {
    /// Tells this claim from the others here since the last boot; the number of its timers.
    pub number: u32,
    /// Which row.
    pub row: Str,
    /// Who.
    pub owner: Owner,
}

/// Who claims a lock, and what for.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Owner {
    /// A transaction of many resource managers, and who coordinates it.
    Tx(u64, Id),
    /// A client's own transaction at this resource manager; the value that it writes, or `None`
    /// where it reads.
    Local(Ticket, Option<Value>),
}

impl Owner {
    /// Whom facts and rules name as the owner: the coordinator, or the client.
    pub fn id(&self) -> Id {
        match self {
            Owner::Tx(_, coordinator) => *coordinator,
            Owner::Local(ticket, _) => ticket.client,
        }
    }

    /// The transaction, where it is one of many resource managers.
    pub fn tx(&self) -> Option<u64> {
        match self {
            Owner::Tx(tx, _) => Some(*tx),
            Owner::Local(..) => None,
        }
    }
}

impl Locks {
    /// Who holds the lock of a row.
    pub fn holder(&self, row: &Str) -> Option<&Claim> {
        self.held.get(row)
    }

    /// The locked rows and their holders.
    pub fn held(&self) -> impl Iterator<Item = &Claim> {
        self.held.values()
    }

    /// Who waits, in the order of asking.
    pub fn waiting(&self) -> &[Claim] {
        &self.queue
    }

    /// Locks a row for a transaction that had it before the crash.
    pub fn restore(&mut self, row: &Str, tx: u64, coordinator: Id) {
        let claim = self.claim(row, Owner::Tx(tx, coordinator));
        self.held.insert(row.clone(), claim);
    }

    /// A claim with a number of its own.
    pub(super) fn claim(&mut self, row: &Str, owner: Owner) -> Claim {
        self.last += 1;
        Claim { number: self.last, row: row.clone(), owner }
    }
}
