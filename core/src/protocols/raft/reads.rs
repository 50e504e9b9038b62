//! Reads that do not go through the log (§8, dissertation §6.4). A leader that answers from memory
//! must know that nobody else leads by now: it asks a majority (ReadIndex), or trusts its clock
//! (lease), or does neither and may answer what is no longer so (local, any).

use alloc::rc::Rc;

use super::{Cx, Node, clients, election, knobs, replication, rules};
use crate::base::{Id, Span, Time};
use crate::op::{Op, Reply, Request, Ticket};

/// A read that waits.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Pending {
    /// Whom to answer.
    pub ticket: Ticket,
    /// What was asked.
    pub op: Rc<Op>,
    /// The leader's commitIndex when it was asked: the readIndex.
    pub index: u64,
    /// The round of heartbeats that confirms the leader; `None` until the leader has committed an
    /// entry of its term.
    pub round: Option<Time>,
}

/// A client asks the leader for a read.
pub fn on_read(cx: &mut Cx, node: &mut Node, request: Request) {
    match cx.knobs.count(knobs::READS) {
        knobs::reads::LOG => return clients::propose(cx, node, request),
        knobs::reads::LOCAL | knobs::reads::ANY => return answer_now(cx, node, &request),
        knobs::reads::LEASE if answer_by_lease(cx, node, &request) => return,
        _ => {}
    }
    let (client, index) = (request.ticket.client, node.memory.commit_index);
    let ready = node.memory.term_has_commit(&node.disk);
    let round = ready.then(|| begin_round(cx, node));
    if ready {
        cx.rule(&rules::READ_INDEX, [&client, &index]);
    } else {
        cx.rule(&rules::READ_WAIT_TERM, [&client, &node.disk.current_term]);
    }
    if let Some(leader) = node.memory.leader_mut() {
        let (ticket, op) = (request.ticket, request.op);
        leader.reads.push(Pending { ticket, op, index, round });
    }
    if ready {
        replication::broadcast(cx, node);
        confirm(cx, node);
    }
}

/// Answers from this server's copy, without asking anybody.
pub fn answer_now(cx: &mut Cx, node: &Node, request: &Request) {
    cx.rule(&rules::READ_LOCAL, [&request.ticket.client, &node.memory.last_applied]);
    cx.reply(request.ticket, Reply::Ok(node.memory.store.read(&request.op)));
}

/// Answers at once while the lease lasts, by the leader's own clock: wrong when that clock runs
/// slow (diss. §6.4.1).
fn answer_by_lease(cx: &mut Cx, node: &Node, request: &Request) -> bool {
    let client = request.ticket.client;
    let confirmed = node.memory.as_leader().map(|leader| leader.confirmed).unwrap_or_default();
    let until = confirmed + cx.knobs.span(knobs::LEASE);
    let left = until.since(cx.mono);
    if confirmed == Time::ZERO || left == Span::ZERO || !node.memory.term_has_commit(&node.disk) {
        cx.rule(&rules::READ_LEASE_OVER, [&client]);
        return false;
    }
    cx.rule(&rules::READ_LEASE, [&client, &left]);
    cx.reply(request.ticket, Reply::Ok(node.memory.store.read(&request.op)));
    true
}

/// Whether every heartbeat begins a round: where somebody counts the answers.
pub fn rounds_matter(cx: &Cx) -> bool {
    cx.knobs.on(knobs::CHECK_QUORUM) || cx.knobs.count(knobs::READS) == knobs::reads::LEASE
}

/// Begins a round of heartbeats. It is named after the leader's clock, and later than every round
/// before.
pub fn begin_round(cx: &Cx, node: &mut Node) -> Time {
    let Some(leader) = node.memory.leader_mut() else {
        return Time::ZERO;
    };
    leader.round = cx.mono.max(leader.round + Span(1));
    leader.round
}

/// A server answered a call of `round`: it took this server for the leader after the round began.
pub fn heard(cx: &mut Cx, node: &mut Node, from: Id, round: Time) {
    let known = node.memory.as_leader().and_then(|leader| leader.peer(from));
    if known.is_none_or(|peer| round <= peer.round) {
        return;
    }
    if let Some(peer) = node.memory.leader_mut().and_then(|leader| leader.peer_mut(from)) {
        peer.round = round;
    }
    confirm(cx, node);
}

/// Answers the reads whose round a majority has answered, this server included.
fn confirm(cx: &mut Cx, node: &mut Node) {
    let Some(leader) = node.memory.as_leader() else {
        return;
    };
    let answered = |id| {
        let round = leader.peer(id).map_or(Time::ZERO, |peer| peer.round);
        if id == cx.me { leader.round.0 } else { round.0 }
    };
    let confirmed = Time(node.memory.config().reached(answered));
    if confirmed <= leader.confirmed {
        return;
    }
    election::arm_check_quorum(cx);
    let store = node.memory.store.clone();
    let Some(leader) = node.memory.leader_mut() else {
        return;
    };
    leader.confirmed = confirmed;
    leader.reads.retain(|read| {
        let waits = read.round.is_none_or(|round| round > confirmed);
        if !waits {
            cx.rule(&rules::READ_CONFIRMED, [&read.ticket.client, &read.index]);
            cx.reply(read.ticket, Reply::Ok(store.read(&read.op)));
        }
        waits
    });
}

/// The leader has committed an entry of its term: reads that waited for it begin their round. The
/// caller broadcasts.
pub fn resume(cx: &mut Cx, node: &mut Node) {
    let unbegun = |read: &Pending| read.round.is_none();
    let waits = node.memory.as_leader().is_some_and(|leader| leader.reads.iter().any(unbegun));
    if !waits || !node.memory.term_has_commit(&node.disk) {
        return;
    }
    let (round, index) = (begin_round(cx, node), node.memory.commit_index);
    let Some(leader) = node.memory.leader_mut() else {
        return;
    };
    for read in leader.reads.iter_mut().filter(|read| read.round.is_none()) {
        (read.round, read.index) = (Some(round), index);
        cx.rule(&rules::READ_INDEX, [&read.ticket.client, &index]);
    }
    confirm(cx, node);
}

/// The server no longer leads. A read that was not answered took no effect: another server may
/// answer it.
pub fn give_up(cx: &mut Cx, node: &Node) {
    for read in node.memory.as_leader().into_iter().flat_map(|leader| &leader.reads) {
        cx.rule(&rules::READ_GIVEN_UP, [&read.ticket.client]);
        cx.reply(read.ticket, Reply::Redirect(None));
    }
}
