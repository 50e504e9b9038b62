//! A slave: it stores and shows what the master ships.

use super::message::{Msg, Repl, ReplAck};
use super::{Cx, Node, Serve, rules, takeover};
use crate::base::{Id, Map};

/// A piece of a master's log arrives.
pub fn on_repl(cx: &mut Cx, node: &mut Node, from: Id, repl: &Repl) {
    if node.leads() {
        node.memory.two_masters += 1;
        cx.rule(&rules::TWO_MASTERS, [&from, &repl.epoch]);
    }
    if repl.epoch < node.disk.epoch {
        cx.rule(&rules::OLD_MASTER, [&from, &repl.epoch, &node.disk.epoch]);
        return answer(cx, node, from, 0, false);
    }
    takeover::follow(cx, node, from, repl.epoch);
    takeover::arm_silence(cx);
    let (last, (prev, epoch)) = (node.disk.log.last_index(), repl.prev);
    if node.disk.epoch_at(prev) != Some(epoch) {
        cx.rule(&rules::GAP, [&from, &prev, &last]);
        return answer(cx, node, from, last.min(prev.saturating_sub(1)), false);
    }
    store(cx, node, from, repl);
    node.memory.acknowledged = repl.applied.min(node.disk.log.last_index());
    answer(cx, node, from, prev + repl.entries.len() as u64, true);
}

fn answer(cx: &mut Cx, node: &Node, to: Id, index: u64, fits: bool) {
    cx.send(to, Msg::ReplAck(ReplAck { epoch: node.disk.epoch, index, fits }));
}

/// Stores and shows the entries that are new, in place of any that the master does not have.
fn store(cx: &mut Cx, node: &mut Node, from: Id, repl: &Repl) {
    let mut count = 0_u64;
    for (index, entry) in (repl.prev.0 + 1..).zip(&repl.entries) {
        if node.disk.log.get(index) == Some(entry) {
            continue;
        }
        if index <= node.disk.log.last_index() {
            truncate(cx, node, from, index);
        }
        node.disk.log.push(entry.clone());
        count += 1;
    }
    // What an earlier master wrote beyond the end of this one's log is no part of it.
    let end = repl.prev.0 + repl.entries.len() as u64;
    let beyond = node.disk.epoch_at(end + 1);
    if end == repl.last && beyond.is_some_and(|epoch| epoch < repl.epoch) {
        truncate(cx, node, from, end + 1);
    }
    node.show_up_to(node.disk.log.last_index());
    match count {
        0 => cx.rule(&rules::NOTHING_NEW, [&from]),
        _ => cx.rule(&rules::STORE, [&from, &node.disk.applied, &count]),
    }
}

/// Drops what this server has from `index` on and the master has not, acknowledged or not.
fn truncate(cx: &mut Cx, node: &mut Node, from: Id, index: u64) {
    cx.rule(&rules::TRUNCATE, [&from, &index, &node.disk.log.last_index()]);
    node.disk.log.truncate_from(index);
    node.disk.applied = node.disk.applied.min(index - 1);
    node.memory.copies = Map::default();
    (1..=node.disk.applied).for_each(|index| node.memory.apply(&node.disk, index));
}
