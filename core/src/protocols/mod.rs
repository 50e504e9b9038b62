//! The systems, one folder and one line each.

pub mod dblock;
pub mod raft;
pub mod setnx;
pub mod setnxpx;

// What the locks share.
pub mod lock;

use crate::machine::{Entry, entry};
use lock::Locking;

/// Every system, in the order of the gallery.
pub static ALL: &[&Entry] = &[
    &entry::<raft::Raft>(),
    &entry::<Locking<dblock::DbLock>>(),
    &entry::<Locking<setnx::SetNx>>(),
    &entry::<Locking<setnxpx::SetNxPx>>(),
];

/// The system of this id.
pub fn find(id: &str) -> Option<&'static Entry> {
    ALL.iter().copied().find(|entry| entry.id == id)
}
