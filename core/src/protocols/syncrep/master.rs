//! The master: it puts writes in order by its log, and answers when enough slaves have them.

use alloc::vec::Vec;

use super::knobs::{self, Mode};
use super::message::{Msg, Repl, ReplAck};
use super::{Cx, Entry, Node, Peer, Serve, Timer, rules, takeover};
use crate::base::{Id, Value};
use crate::op::{Reply, Request};

/// How many entries one Repl carries at most.
const BATCH: u64 = 100;

/// What a new master knows of the others: nothing.
pub fn peers(cx: &Cx) -> Vec<Peer> {
    let others = (0..cx.setup.roles.len()).map(Id::at).filter(|id| *id != cx.me);
    others.map(|id| Peer { id, next: 1, acked: None }).collect()
}

/// A client writes.
pub fn write(cx: &mut Cx, node: &mut Node, request: &Request) {
    let (epoch, key, value) = (node.disk.epoch, request.op.key.clone(), request.op.arg(0));
    node.disk.log.push(Entry { epoch, key, value });
    let (index, needed) = (node.disk.log.last_index(), needed(cx, node));
    cx.rule(&rules::WRITE_LOG, [&request.ticket.client, &index, &needed]);
    if node.memory.waiting.is_empty() {
        arm_fallback(cx);
    }
    node.memory.waiting.push((index, request.ticket));
    for place in 0..node.memory.peers.len() {
        ship(cx, node, place);
    }
    settle(cx, node);
}

/// Sends to one server what comes next for it.
fn ship(cx: &mut Cx, node: &mut Node, place: usize) {
    let (disk, peer) = (&node.disk, &mut node.memory.peers[place]);
    let prev = peer.next - 1;
    let (last, upto) = (disk.log.last_index(), disk.log.last_index().min(prev + BATCH));
    let entries = disk.log.range(peer.next, upto).cloned().collect();
    let prev = (prev, disk.epoch_at(prev).unwrap_or(0));
    let repl = Repl { epoch: disk.epoch, prev, entries, last, applied: disk.applied };
    peer.next = upto + 1;
    cx.send(peer.id, Msg::Repl(repl));
}

/// Waits for the next heartbeat.
pub fn arm_heartbeat(cx: &mut Cx) {
    let beat = knobs::beat(cx.knobs);
    cx.arm(Timer::Heartbeat, (beat, beat));
}

/// Tells everybody where the log ends, and sends again what was not acknowledged.
pub fn heartbeat(cx: &mut Cx, node: &mut Node) {
    if !node.leads() {
        return;
    }
    let last = node.disk.log.last_index();
    let behind = node.memory.peers.iter().filter(|peer| peer.acked < Some(last)).count();
    cx.rule(&rules::HEARTBEAT, [&behind]);
    for place in 0..node.memory.peers.len() {
        let peer = &mut node.memory.peers[place];
        peer.next = peer.acked.unwrap_or(0) + 1;
        ship(cx, node, place);
    }
    arm_heartbeat(cx);
}

/// A slave says how far it has the log.
pub fn on_ack(cx: &mut Cx, node: &mut Node, from: Id, ack: &ReplAck) {
    if ack.epoch > node.disk.epoch && node.leads() {
        return takeover::step_down(cx, node, ack.epoch);
    }
    let last = node.disk.log.last_index();
    let current = ack.epoch == node.disk.epoch;
    let peer = node.memory.peers.iter().position(|peer| peer.id == from);
    let Some(place) = peer.filter(|_| current) else {
        return cx.rule(&rules::ACK_LATE, [&from]);
    };
    let peer = &mut node.memory.peers[place];
    if !ack.fits {
        // It may have lost its disk since it acknowledged.
        peer.next = ack.index + 1;
        peer.acked = peer.acked.min(Some(ack.index));
        cx.rule(&rules::ACK_GAP, [&from, &ack.index]);
        return ship(cx, node, place);
    }
    if Some(ack.index) <= peer.acked {
        return cx.rule(&rules::ACK_LATE, [&from]);
    }
    peer.acked = Some(ack.index);
    peer.next = peer.next.max(ack.index + 1);
    cx.rule(&rules::ACK_COUNT, [&from, &ack.index]);
    if peer.next <= last {
        ship(cx, node, place);
    }
    if node.memory.fallen_back && ack.index == last && node.disk.slaves.contains(from) {
        node.memory.fallen_back = false;
        cx.rule(&rules::SEMI_AGAIN, [&from]);
    }
    settle(cx, node);
}

/// How many slaves must have an entry before it is answered.
fn needed(cx: &Cx, node: &Node) -> usize {
    match Mode::of(cx.knobs) {
        Mode::Sync => node.disk.slaves.len(),
        Mode::Semi if !node.memory.fallen_back => node.disk.slaves.len().min(1),
        Mode::Semi | Mode::Async => 0,
    }
}

/// How many slaves that count have acknowledged up to `index`.
fn acks(node: &Node, index: u64) -> usize {
    let counts = |peer: &&Peer| node.disk.slaves.contains(peer.id) && peer.acked >= Some(index);
    node.memory.peers.iter().filter(counts).count()
}

/// Applies and answers every entry that enough slaves have, in order.
fn settle(cx: &mut Cx, node: &mut Node) {
    let needed = needed(cx, node);
    node.memory.needed = needed as u64;
    while node.disk.applied < node.disk.log.last_index() {
        let index = node.disk.applied + 1;
        let acks = acks(node, index);
        if acks < needed {
            return;
        }
        node.show_up_to(index);
        cx.rule(&rules::WRITE_DONE, [&index, &acks]);
        if node.memory.waiting.first().is_some_and(|(at, _)| *at == index) {
            let (_, ticket) = node.memory.waiting.remove(0);
            cx.reply(ticket, Reply::Ok(Value::Nil));
        }
    }
    cx.disarm(Timer::Fallback);
}

fn arm_fallback(cx: &mut Cx) {
    if Mode::of(cx.knobs) == Mode::Semi {
        let fallback = cx.knobs.span(knobs::FALLBACK);
        cx.arm(Timer::Fallback, (fallback, fallback));
    }
}

/// `semi` has waited long enough for one slave, and goes on without.
pub fn fall_back(cx: &mut Cx, node: &mut Node) {
    node.memory.fallen_back = true;
    cx.rule(&rules::FALL_BACK, [&cx.knobs.span(knobs::FALLBACK)]);
    settle(cx, node);
}

/// The mode was switched: what is under way is counted by the new one.
pub fn mode_switched(cx: &mut Cx, node: &mut Node) {
    node.memory.fallen_back = false;
    cx.rule(&rules::MODE_SWITCH, [&needed(cx, node)]);
    cx.disarm(Timer::Fallback);
    if !node.memory.waiting.is_empty() {
        arm_fallback(cx);
    }
    settle(cx, node);
}

/// An operator takes a slave out of those that count.
pub fn remove(cx: &mut Cx, node: &mut Node, request: &Request) {
    let server = match request.op.arg(0) {
        Value::Int(number) => u16::try_from(number).map_or(cx.me, Id),
        _ => cx.me,
    };
    if !node.disk.slaves.remove(server) {
        cx.rule(&rules::REMOVE_REFUSE, [&server]);
        return cx.reply(request.ticket, Reply::Fail("not-a-slave"));
    }
    cx.rule(&rules::REMOVE, [&server, &node.disk.slaves.len()]);
    cx.reply(request.ticket, Reply::Ok(Value::Nil));
    settle(cx, node);
}
