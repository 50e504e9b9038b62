//! Clients: requests, sessions, execution (§5.3, §8, dissertation ch. 6).

use alloc::rc::Rc;

use super::entry::Command;
use super::store::{self, Seen};
use super::{Cx, Node, knobs, membership, reads, replication, rules, snapshot, transfer};
use crate::base::{Id, Value};
use crate::op::{Access, Op, Reply, Request};

/// A client asks. Only a leader serves; others say who leads, if they know.
pub fn on_request(cx: &mut Cx, node: &mut Node, request: Request) {
    let access = store::spec(&request.op).map(|spec| spec.access);
    if request.op.verb == "snapshot" {
        return snapshot::on_asked(cx, node, &request);
    }
    if access == Some(Access::Read) && cx.knobs.count(knobs::READS) == knobs::reads::ANY {
        return reads::answer_now(cx, node, &request);
    }
    if node.memory.as_leader().is_none() {
        return redirect(cx, node, &request);
    }
    if transfer::holds_requests(cx, node) {
        return cx.reply(request.ticket, Reply::Redirect(None));
    }
    match access {
        Some(Access::Read) => reads::on_read(cx, node, request),
        Some(Access::Write | Access::Both) => propose(cx, node, request),
        Some(Access::Admin) if request.op.verb == "transfer" => {
            transfer::on_asked(cx, node, &request);
        }
        Some(Access::Admin) => membership::on_asked(cx, node, &request),
        None => cx.reply(request.ticket, Reply::Fail("unknown-operation")),
    }
}

/// Appends the operation to the log; the client is answered when it is applied.
///
/// What the client's session already holds was executed, and so committed: it is answered at once
/// (§8).
pub fn propose(cx: &mut Cx, node: &mut Node, request: Request) {
    let (client, serial) = (request.ticket.client, request.serial);
    let store = &node.memory.store;
    if cx.knobs.on(knobs::SESSIONS)
        && store.seen(client, serial) == Seen::Again
        && let Some(session) = store.sessions.get(&client)
    {
        let answer = session.answer.clone();
        cx.rule(&rules::SESSION_ANSWERED, [&client, &serial]);
        return cx.reply(request.ticket, Reply::Ok(answer));
    }
    let index =
        replication::append(cx, node, Command::Client { client, serial, op: request.op.clone() });
    cx.rule(&rules::REQUEST_ACCEPT, [&client, &index]);
    if let Some(leader) = node.memory.leader_mut() {
        leader.waiting.push((index, request.ticket));
    }
    replication::broadcast(cx, node);
}

fn redirect(cx: &mut Cx, node: &Node, request: &Request) {
    match node.memory.leader {
        Some(leader) => cx.rule(&rules::REQUEST_REDIRECT, [&leader]),
        None => cx.rule(&rules::REQUEST_NO_LEADER, []),
    }
    cx.reply(request.ticket, Reply::Redirect(node.memory.leader));
}

/// Applies every committed entry that is not applied yet, in order.
pub fn apply(cx: &mut Cx, node: &mut Node) {
    while node.memory.last_applied < node.memory.commit_index {
        let index = node.memory.last_applied + 1;
        let Some(entry) = node.disk.log.get(index) else {
            return;
        };
        node.memory.last_applied = index;
        cx.rule(&rules::APPLY, [&index]);
        match entry.command.clone() {
            Command::NoOp => {}
            Command::Client { client, serial, op } => {
                let reply = execute(cx, node, index, (client, serial), &op);
                answer(cx, node, index, reply);
            }
            Command::Config(config) => {
                cx.rule(&rules::CONFIG_COMMIT, [&index, &config.voters.len()]);
                answer(cx, node, index, Reply::Ok(Value::Nil));
            }
        }
    }
    snapshot::take_if_due(cx, node);
}

/// Executes an operation once, however often its client asked.
fn execute(
    cx: &mut Cx,
    node: &mut Node,
    index: u64,
    (client, serial): (Id, u64),
    op: &Op,
) -> Reply {
    let sessions = cx.knobs.on(knobs::SESSIONS);
    let store = Rc::make_mut(&mut node.memory.store);
    match store.seen(client, serial) {
        Seen::Again if sessions => {
            cx.rule(&rules::SESSION_DUPLICATE, [&client, &serial, &index]);
            let known = store.sessions.get(&client);
            Reply::Ok(known.map(|session| session.answer.clone()).unwrap_or_default())
        }
        Seen::Stale if sessions => {
            cx.rule(&rules::SESSION_STALE, [&client, &serial, &index]);
            Reply::Fail("stale-serial")
        }
        _ => {
            let answer = store.execute(index, op);
            let session = store::Session { serial, answer: answer.clone() };
            store.sessions.insert(client, session);
            Reply::Ok(answer)
        }
    }
}

/// Answers the client that waits for the entry at `index`, if one waits here.
pub fn answer(cx: &mut Cx, node: &mut Node, index: u64, reply: Reply) {
    let Some(leader) = node.memory.leader_mut() else {
        return;
    };
    while let Some(&(at, ticket)) = leader.waiting.first().filter(|(at, _)| *at <= index) {
        leader.waiting.remove(0);
        if at == index {
            cx.rule(&rules::REQUEST_DONE, [&ticket.client, &index]);
            return cx.reply(ticket, reply);
        }
    }
}
