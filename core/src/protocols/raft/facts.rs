//! What is so at a server, in words that every system shares.

use super::{Node, Role};
use crate::facts::{Fact, Facts, LogExtent};

/// The name of the log in facts and pictures.
pub const LOG: &str = "log";

/// Reports a server.
pub fn facts(node: &Node, out: &mut Facts) {
    let (disk, memory) = (&node.disk, &node.memory);
    let name = match &memory.role {
        Role::Follower => "follower",
        Role::PreCandidate(_) => "precandidate",
        Role::Candidate(_) => "candidate",
        Role::Leader(_) => "leader",
    };
    out.role(name, disk.current_term);
    let last = disk.last_index();
    out.log(LogExtent {
        log: LOG,
        first: disk.log.first_index(),
        last,
        committed: memory.commit_index,
        hash: disk.log.prefix_hash(last),
    });
    for (key, datum) in memory.store.data.iter() {
        let (key, value) = (key.clone(), datum.value.clone());
        out.push(Fact::Copy { key, value, version: datum.version });
    }
    let config = memory.config();
    out.push(Fact::Member { set: "voters", ids: config.voters.clone() });
    if let Some(old) = &config.old {
        out.push(Fact::Member { set: "old-voters", ids: old.clone() });
    }
    if let Some(snapshot) = &disk.snapshot {
        out.mark("snapshot", snapshot.last_included_index);
    }
}

/// Reports one entry of the log.
pub fn entry(node: &Node, log: &'static str, index: u64) -> Option<Fact> {
    let entry = node.disk.log.get(index)?;
    let committed = index <= node.memory.commit_index;
    Some(Fact::Entry { log, index, epoch: entry.term, value: entry.command.value(), committed })
}
