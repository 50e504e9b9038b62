//! What is so at a server, in words that every system shares.

use super::{Node, Serve};
use crate::facts::{Fact, Facts, LogExtent};

/// The name of the log in facts and pictures.
pub const LOG: &str = "log";

/// Reports a server. The master is the `leader` of its epoch.
pub fn facts(node: &Node, out: &mut Facts) {
    let (disk, memory) = (&node.disk, &node.memory);
    out.role(if node.leads() { "leader" } else { "slave" }, disk.epoch);
    let last = disk.log.last_index();
    out.log(LogExtent {
        log: LOG,
        first: disk.log.first_index(),
        last,
        committed: acknowledged(node),
        hash: disk.log.prefix_hash(last),
    });
    for (key, copy) in memory.copies.iter() {
        let (epoch, index) = copy.version;
        let (key, value) = (key.clone(), copy.value.clone());
        out.push(Fact::Copy { key, value, version: epoch << 32 | index });
    }
    if node.leads() {
        out.push(Fact::Member { set: "slaves", ids: disk.slaves.clone() });
    }
    if memory.two_masters > 0 {
        out.mark("two-masters", memory.two_masters);
    }
}

/// Up to where the server knows that the master has acknowledged.
pub fn acknowledged(node: &Node) -> u64 {
    if node.leads() { node.disk.applied } else { node.memory.acknowledged }
}

/// Reports one entry of the log.
pub fn entry(node: &Node, log: &'static str, index: u64) -> Option<Fact> {
    let entry = node.disk.log.get(index)?;
    let committed = index <= acknowledged(node);
    Some(Fact::Entry { log, index, epoch: entry.epoch, value: entry.value.clone(), committed })
}
