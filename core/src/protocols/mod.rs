//! The systems, one folder and one line each.

pub mod cap;
pub mod cons;
pub mod dblock;
pub mod gossip;
pub mod pcommit;
pub mod quorum;
pub mod raft;
pub mod sess;
pub mod setnx;
pub mod setnxpx;
pub mod syncrep;
pub mod threepc;
pub mod twopc;

// What the systems of atomic commitment share.
pub mod commit;

// What the locks share.
pub mod lock;

// What the systems share that keep values by their keys.
pub mod feed;
pub mod kv;
pub mod version;

use crate::machine::{Entry, entry};
use lock::Locking;

/// Every system, in the order of the gallery.
pub static ALL: &[&Entry] = &[
    &entry::<raft::Raft>(),
    &entry::<cap::Cap>(),
    &entry::<cons::Cons>(),
    &entry::<sess::Sess>(),
    &entry::<syncrep::SyncRep>(),
    &entry::<quorum::Quorum>(),
    &entry::<gossip::Gossip>(),
    &entry::<twopc::TwoPc>(),
    &entry::<threepc::ThreePc>(),
    &entry::<pcommit::PCommit>(),
    &entry::<Locking<dblock::DbLock>>(),
    &entry::<Locking<setnx::SetNx>>(),
    &entry::<Locking<setnxpx::SetNxPx>>(),
];

/// The system of this id.
pub fn find(id: &str) -> Option<&'static Entry> {
    ALL.iter().copied().find(|entry| entry.id == id)
}
