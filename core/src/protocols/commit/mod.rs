//! What the systems of atomic commitment share: what clients ask, rows with their locks, the words
//! of states, and the settings with equal names, so that the systems can be set side by side. It is
//! no system of its own.
//!
//! Terms are those of Bernstein, Hadzilacos and Goodman, *Concurrency Control and Recovery in
//! Database Systems* (1987), chapters 3 and 7, with Gray and Lamport's names of the processes
//! (*Consensus on Transaction Commit*, TODS 2006): the *transaction manager* `tm` coordinates, the
//! *resource managers* `rm1`, `rm2`, ... keep the rows and vote.
//!
//! A row is written when its transaction commits, and not before; until then the new value waits in
//! the prepared record of the transaction (redo, no undo: §6.4). So an abort has nothing to undo,
//! and a reader sees the last committed value. Locks are strict (§3.5): held until the decision.

pub mod knobs;
pub mod locks;
pub mod ops;
pub mod rows;
pub mod rules;
pub mod state;
pub mod store;

mod describe;
mod given;

pub use describe::{describe, describe_locks, facts};
pub use given::NO_ROWS;
pub use locks::{Claim, Locks, Owner};
pub use rows::{Change, Row, Rows};
pub use state::State;
pub use store::Store;

use crate::protocol::Protocol;

/// A system whose resource managers keep rows with locks.
pub trait Commits: Protocol {
    /// The timer named `lock-wait`: the claim of this number has waited long enough for its lock.
    fn lock_wait(claim: u32) -> Self::Timer;
    /// The timer named `hold`: the local transaction of this number is done.
    fn hold(claim: u32) -> Self::Timer;
}
