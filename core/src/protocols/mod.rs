//! The systems, one folder and one line each.

pub mod acc1;
pub mod acid;
pub mod cap;
pub mod cons;
pub mod dblock;
pub mod gossip;
pub mod paxos;
pub mod pcommit;
pub mod quorum;
pub mod raft;
pub mod saga;
pub mod sess;
pub mod setnx;
pub mod setnxpx;
pub mod syncrep;
pub mod tcc;
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

// What the systems share that choose one value.
pub mod propose;

use crate::machine::{Entry, entry};
use lock::Locking;

/// Every system, in the order of the gallery.
pub static ALL: &[&Entry] = &[
    &entry::<raft::Raft>(),
    &entry::<paxos::Paxos>(),
    &entry::<acc1::Acc1>(),
    &entry::<cap::Cap>(),
    &entry::<cons::Cons>(),
    &entry::<sess::Sess>(),
    &entry::<syncrep::SyncRep>(),
    &entry::<quorum::Quorum>(),
    &entry::<gossip::Gossip>(),
    &entry::<twopc::TwoPc>(),
    &entry::<threepc::ThreePc>(),
    &entry::<pcommit::PCommit>(),
    &entry::<acid::Acid>(),
    &entry::<tcc::Tcc>(),
    &entry::<saga::Saga>(),
    &entry::<Locking<dblock::DbLock>>(),
    &entry::<Locking<setnx::SetNx>>(),
    &entry::<Locking<setnxpx::SetNxPx>>(),
];

/// The system of this id.
pub fn find(id: &str) -> Option<&'static Entry> {
    ALL.iter().copied().find(|entry| entry.id == id)
}
