//! Leadership transfer (dissertation §3.10): the leader brings a follower's log up to its own,
//! and tells it not to wait for its election timeout.

use super::message::Msg;
use super::{Cx, Node, Role, Timer, election, knobs, membership, replication, rules};
use crate::base::{Id, Value};
use crate::op::{Reply, Request};

/// `transfer(n2)`: answered when this server no longer leads.
pub fn on_asked(cx: &mut Cx, node: &mut Node, request: &Request) {
    let Some(target) = membership::server(cx, &request.op.arg(0)) else {
        return cx.reply(request.ticket, Reply::Fail("no-such-server"));
    };
    if target == cx.me {
        return cx.reply(request.ticket, Reply::Ok(Value::Nil));
    }
    if !node.memory.config().votes(target) {
        return cx.reply(request.ticket, Reply::Fail("not-a-member"));
    }
    cx.rule(&rules::TRANSFER_START, [&target]);
    if let Some(leader) = node.memory.leader_mut() {
        leader.transfer = Some((target, request.ticket));
    }
    let (_, longest) = cx.knobs.range(knobs::ELECTION);
    cx.arm(Timer::Transfer, (longest, longest));
    replication::send(cx, node, target);
    hand_over(cx, node);
}

/// Sends TimeoutNow as soon as the target's log is as long as the leader's.
pub fn hand_over(cx: &mut Cx, node: &Node) {
    let Some((target, _)) = node.memory.as_leader().and_then(|leader| leader.transfer) else {
        return;
    };
    let index = node.disk.last_index();
    let peer = node.memory.as_leader().and_then(|leader| leader.peer(target));
    if peer.is_some_and(|peer| peer.match_index == index) {
        cx.rule(&rules::TRANSFER_SEND, [&target, &index]);
        cx.send(target, Msg::TimeoutNow { term: node.disk.current_term });
    }
}

/// The leader asks this server to stand for election.
pub fn on_timeout_now(cx: &mut Cx, node: &mut Node, from: Id) {
    if matches!(node.memory.role, Role::Follower)
        && node.memory.leader == Some(from)
        && election::may_stand(node, cx.me)
    {
        cx.rule(&rules::TRANSFER_STAND, [&from]);
        election::stand(cx, node, true);
    }
}

/// Whether requests are turned away because leadership is being handed over.
pub fn holds_requests(cx: &mut Cx, node: &Node) -> bool {
    let transfer = node.memory.as_leader().and_then(|leader| leader.transfer);
    if let Some((target, _)) = transfer {
        cx.rule(&rules::TRANSFER_HOLD, [&target]);
    }
    transfer.is_some()
}

/// The target did not take over in time: this server goes on leading.
pub fn give_up(cx: &mut Cx, node: &mut Node) {
    let transfer = node.memory.leader_mut().and_then(|leader| leader.transfer.take());
    if let Some((target, ticket)) = transfer {
        cx.rule(&rules::TRANSFER_GIVE_UP, [&target]);
        cx.reply(ticket, Reply::Fail("transfer-timeout"));
    }
}

/// The server no longer leads: the transfer, if there was one, has done what was asked.
pub fn done(cx: &mut Cx, node: &Node) {
    if let Some((_, ticket)) = node.memory.as_leader().and_then(|leader| leader.transfer) {
        cx.reply(ticket, Reply::Ok(Value::Nil));
    }
}
