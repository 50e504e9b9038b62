//! The systems, one folder and one line each.

pub mod raft;

use crate::machine::{Entry, entry};

/// Every system, in the order of the gallery.
pub static ALL: &[&Entry] = &[&entry::<raft::Raft>()];

/// The system of this id.
pub fn find(id: &str) -> Option<&'static Entry> {
    ALL.iter().copied().find(|entry| entry.id == id)
}
