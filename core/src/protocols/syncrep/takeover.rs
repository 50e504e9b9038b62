//! Another master: promoted by an operator, or by a slave that took silence for death.

use super::{Cx, Node, Serve, Timer, knobs, master, rules};
use crate::base::{Id, Span, Value};
use crate::op::{Reply, Ticket};

/// An operator makes this server the master.
pub fn promote(cx: &mut Cx, node: &mut Node, ticket: Ticket) {
    if node.leads() {
        cx.rule(&rules::PROMOTE_REFUSE, [&node.disk.epoch]);
        return cx.reply(ticket, Reply::Fail("already-master"));
    }
    lead(cx, node);
    cx.reply(ticket, Reply::Ok(Value::Nil));
}

/// Begins the next epoch. The new master does not wait for the old one, whom it takes for dead.
fn lead(cx: &mut Cx, node: &mut Node) {
    let old = node.disk.master.replace(cx.me);
    node.disk.epoch += 1;
    let others = (0..cx.setup.roles.len()).map(Id::at);
    node.disk.slaves = others.filter(|id| *id != cx.me && Some(*id) != old).collect();
    node.memory.peers = master::peers(cx);
    cx.rule(&rules::PROMOTE, [&node.disk.epoch, &node.disk.log.last_index()]);
    cx.disarm(Timer::Silence);
    master::heartbeat(cx, node);
}

/// The first slave waits for a sign of the master, where that mistake is made.
pub fn arm_silence(cx: &mut Cx) {
    match cx.knobs.span(knobs::FAILOVER) {
        failover if failover > Span(0) && cx.me == Id(1) => {
            cx.arm(Timer::Silence, (failover, failover));
        }
        _ => cx.disarm(Timer::Silence),
    }
}

/// Nothing heard: the master may be dead, or cut off, or slow.
pub fn silence(cx: &mut Cx, node: &mut Node) {
    if !node.leads() {
        cx.rule(&rules::SILENCE, [&cx.knobs.span(knobs::FAILOVER)]);
        lead(cx, node);
    }
}

/// Hears from the master of `epoch`, which is not older than the one that is known.
pub fn follow(cx: &mut Cx, node: &mut Node, master: Id, epoch: u64) {
    if (node.disk.epoch, node.disk.master) == (epoch, Some(master)) {
        return;
    }
    if node.leads() {
        step_down(cx, node, epoch);
    }
    (node.disk.epoch, node.disk.master) = (epoch, Some(master));
    cx.rule(&rules::FOLLOW, [&master, &epoch]);
}

/// There is a later master. What clients here wait for may be there or not.
pub fn step_down(cx: &mut Cx, node: &mut Node, epoch: u64) {
    cx.rule(&rules::STEP_DOWN, [&epoch, &node.disk.epoch]);
    node.memory.peers.clear();
    node.memory.fallen_back = false;
    node.disk.master = None;
    cx.disarm(Timer::Heartbeat);
    cx.disarm(Timer::Fallback);
    for (index, ticket) in core::mem::take(&mut node.memory.waiting) {
        cx.rule(&rules::GIVEN_UP, [&ticket.client, &index]);
        cx.reply(ticket, Reply::Unknown);
    }
    arm_silence(cx);
}
