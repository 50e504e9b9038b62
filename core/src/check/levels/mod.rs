//! Levels of consistency below linearizability, each a fold over the clients' history that says
//! at which answer it broke, and why.
//!
//! Who reads a level reads it off the answers alone: what a level allows is what some execution
//! that keeps it could have answered. A level that broke stays broken, whatever comes later.

mod bits;
mod causal;
mod ledger;
mod past;
mod regular;
mod sentence;
mod sequential;
mod sessions;
mod strongest;

use alloc::vec::Vec;

pub use self::causal::causal;
pub use self::ledger::contradiction;
pub use self::regular::regular;
pub use self::sentence::{explain, name_level};
pub use self::sequential::sequential;
pub use self::sessions::{Guarantee, session};
pub use self::strongest::{Level, Standing, Strongest, strongest};

use crate::base::{Str, Value};
use crate::op::OpId;

/// What is known of a level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    /// It holds.
    Holds,
    /// It does not, and no continuation can mend it.
    Broken(Fault),
    /// It cannot be said.
    NotDecided(Doubt),
    /// The history contradicts itself: it is no history of clients.
    Invalid(Contradiction),
}

/// The answer at which a level broke.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The operation whose answer is wrong.
    pub op: OpId,
    /// The event of that answer.
    pub event: u32,
    /// What it contradicts.
    pub why: Why,
    /// What would have been right, the newest first; of a session guarantee, this or anything
    /// newer. Three at most; none where nothing would have been.
    pub right: Vec<Value>,
}

/// What a wrong answer contradicts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// Nothing: nobody had asked to write it, or who did was refused.
    Unwritten,
    /// This write ended before the operation was called, and began after what was answered had
    /// been written.
    Overwritten {
        /// The later write.
        by: OpId,
    },
    /// What the session itself wrote is newer.
    OwnWrite {
        /// The session's write.
        write: OpId,
    },
    /// What the session read before is newer.
    OwnRead {
        /// The earlier read.
        read: OpId,
    },
    /// The session has seen a write, and not what the write's own session had written before it.
    WrittenBefore {
        /// The read that showed it.
        shown_by: OpId,
        /// The write that was seen.
        seen: OpId,
        /// The earlier write, which was not.
        missing: OpId,
    },
    /// The session has seen a write, and not what the write's own session had read before it.
    ReadBefore {
        /// The read that showed it.
        shown_by: OpId,
        /// The write that was seen.
        seen: OpId,
        /// The write that the other session had read, which was not seen.
        missing: Option<OpId>,
    },
    /// It fits into no order once the same client has done this before; into none at all when
    /// it is `None`.
    NoOrder {
        /// The client's earlier operation.
        after: Option<OpId>,
    },
    /// It fits into no order once the client has heard this.
    Heard {
        /// The place in [`crate::history::History::told`].
        told: usize,
    },
}

/// Why a level is not decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// Two writes of a key have one value: which of them a read shows is not known.
    NotUnique {
        /// The datum.
        key: Str,
        /// The value.
        value: Value,
    },
    /// The level is one of reads and of writes, and this operation does both.
    Opaque {
        /// The operation.
        op: OpId,
    },
    /// There are more operations than are looked at.
    TooMany {
        /// So many are.
        limit: usize,
    },
    /// The search came to its limit.
    Entangled {
        /// After so many steps.
        steps: u32,
    },
}

/// How a history contradicts itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Contradiction {
    /// It ends before it is called.
    EndsBeforeCall {
        /// The operation.
        op: OpId,
    },
    /// A client asks for something while it waits for something else.
    TwoOpen {
        /// What it asks for.
        op: OpId,
        /// What it waits for.
        other: OpId,
    },
}
