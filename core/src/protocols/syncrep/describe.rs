//! What there is to see of a server.

use alloc::format;

use super::{Disk, Node, Peer, Serve, facts};
use crate::describe::{Cell, Dots, Pen, Tone};

/// Draws a server.
pub fn node(node: &Node, pen: &mut Pen) {
    let memory = &node.memory;
    disk(&node.disk, facts::acknowledged(node), pen);
    let role = if node.leads() { ("leader", Tone::Lead) } else { ("slave", Tone::Follow) };
    pen.role(role.0, role.1, Some(node.disk.epoch));
    let latest = memory.copies.iter().max_by_key(|(_, copy)| copy.version);
    let latest = latest.map_or_else(|| "–".into(), |(key, copy)| format!("{key}={}", copy.value));
    pen.memory_on_card("data", latest);
    pen.memory("waiting", memory.waiting.len() as u64);
    if let Some(&(index, _)) = memory.waiting.first() {
        let has = |peer: &&Peer| peer.acked >= Some(index) && node.disk.slaves.contains(peer.id);
        let yes = memory.peers.iter().filter(has).map(|peer| peer.id).collect();
        let of = node.disk.slaves.as_slice().to_vec();
        pen.dots(Dots { name: "acknowledgements", needed: memory.needed, of, yes });
        pen.flag("waits");
    }
    if memory.fallen_back {
        pen.flag("fallen-back");
    }
}

/// Draws what the disk holds; entries up to `acknowledged` as safe to show.
pub fn disk(disk: &Disk, acknowledged: u64, pen: &mut Pen) {
    pen.role("down", Tone::Plain, Some(disk.epoch));
    pen.disk("master", disk.master);
    pen.disk("applied", disk.applied);
    let cell = |index| {
        let entry = disk.log.get(index)?;
        let committed = index <= acknowledged;
        Some(Cell { index, epoch: entry.epoch, text: entry.print(), committed })
    };
    pen.strip(facts::LOG, disk.log.first_index(), disk.log.last_index(), cell);
}
