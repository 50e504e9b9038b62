//! Log compaction (§7).

use alloc::rc::Rc;

use super::entry::Config;
use super::message::{InstallSnapshot, InstallSnapshotResponse, Msg};
use super::store::Store;
use super::{Cx, Node, knobs, reads, replication, rules};
use crate::base::{Id, Log, Value};
use crate::op::{Reply, Request};

/// A snapshot: everything that the entries up to `last_included_index` did.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Snapshot {
    /// It replaces all entries up to and including this one.
    pub last_included_index: u64,
    /// The term of that entry.
    pub last_included_term: u64,
    /// The hash of the log up to there, by which logs are compared.
    pub prefix_hash: u64,
    /// The latest configuration as of that entry.
    pub config: Rc<Config>,
    /// The state machine, sessions included.
    pub store: Rc<Store>,
}

/// `snapshot()`: any server may be told to take one.
pub fn on_asked(cx: &mut Cx, node: &mut Node, request: &Request) {
    take(cx, node);
    cx.reply(request.ticket, Reply::Ok(Value::Nil));
}

/// Takes a snapshot when enough was applied since the last one.
pub fn take_if_due(cx: &mut Cx, node: &mut Node) {
    let every = cx.knobs.count(knobs::SNAPSHOT_EVERY);
    if every > 0 && node.memory.last_applied + 1 >= node.disk.log.first_index() + every {
        take(cx, node);
    }
}

/// Writes what was applied to the disk, and discards the entries that did it. Each server does so
/// on its own: what it discards is committed.
fn take(cx: &mut Cx, node: &mut Node) {
    let (disk, index) = (&mut node.disk, node.memory.last_applied);
    let entries = (index + 1).saturating_sub(disk.log.first_index());
    if entries == 0 {
        return;
    }
    cx.rule(&rules::SNAPSHOT_TAKE, [&index, &entries]);
    let snapshot = Snapshot {
        last_included_index: index,
        last_included_term: disk.term_at(index).unwrap_or(0),
        prefix_hash: disk.log.prefix_hash(index),
        config: disk.config_at(index).1,
        store: node.memory.store.clone(),
    };
    disk.log.compact_to(index);
    disk.snapshot = Some(Rc::new(snapshot));
}

/// The leader has discarded what this server lacks, and sends what it did instead.
pub fn on_install(cx: &mut Cx, node: &mut Node, from: Id, call: &InstallSnapshot) {
    let (current, index) = (node.disk.current_term, call.snapshot.last_included_index);
    let mut match_index = index;
    if call.term < current {
        cx.rule(&rules::SNAPSHOT_REFUSE_STALE, [&from, &call.term, &current]);
        match_index = 0;
    } else {
        replication::follow(cx, node, from);
        if index <= node.memory.commit_index {
            cx.rule(&rules::SNAPSHOT_KNOWN, [&from, &index]);
        } else {
            cx.rule(&rules::SNAPSHOT_INSTALL, [&from, &index]);
            install(node, &call.snapshot);
        }
    }
    let result = InstallSnapshotResponse { term: current, match_index, round: call.round };
    cx.send(from, Msg::InstallSnapshotResponse(result));
}

/// "If existing log entry has same index and term as snapshot's last included entry, retain log
/// entries following it"; otherwise the whole log goes (Figure 13).
fn install(node: &mut Node, snapshot: &Rc<Snapshot>) {
    let (disk, index) = (&mut node.disk, snapshot.last_included_index);
    if disk.term_at(index) == Some(snapshot.last_included_term) {
        disk.log.compact_to(index);
    } else {
        disk.log = Log::after_snapshot(index, snapshot.prefix_hash);
    }
    disk.snapshot = Some(snapshot.clone());
    node.memory.config = disk.latest_config();
    node.memory.store = snapshot.store.clone();
    node.memory.commit_index = index;
    node.memory.last_applied = index;
}

/// A follower holds the snapshot: replication goes on behind it.
pub fn on_installed(cx: &mut Cx, node: &mut Node, from: Id, result: &InstallSnapshotResponse) {
    reads::heard(cx, node, from, result.round);
    replication::advance(cx, node, from, result.match_index);
}
