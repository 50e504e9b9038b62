//! The replica that a client asked: it answers itself or passes the request on, and decides what
//! silence means.

use super::knobs::{self, Policy};
use super::message::Msg;
use super::{Ask, Copy, Cx, Node, Timer, Waiting, copies, leader, rules, shards};
use crate::base::{Id, Value};
use crate::op::{Reply, Request};
use crate::protocols::kv;

/// A client asks.
pub fn on_request(cx: &mut Cx, node: &mut Node, request: &Request) {
    let group = shards::of_key(cx.knobs, &request.op.key);
    if node.memory.policy == Policy::Local && group.contains(cx.me) {
        return answer_here(cx, node, request);
    }
    let Some(&first) = group.as_slice().first() else { return };
    let ask = wait(cx, node, request);
    let (key, value) = (request.op.key.clone(), request.op.arg(0));
    match (writes(request), first == cx.me) {
        (true, true) => leader::write(cx, node, (first, ask), &key, value),
        (false, true) => leader::read(cx, node, (first, ask), &key),
        (true, false) => pass_on(cx, first, Msg::Write { ask, key, value }, ask.client),
        (false, false) => pass_on(cx, first, Msg::Read { ask, key }, ask.client),
    }
}

fn writes(request: &Request) -> bool {
    request.op.verb == kv::PUT.verb
}

/// Answers from this replica's copy; the others hear of a write later (§3.2.3).
fn answer_here(cx: &mut Cx, node: &mut Node, request: &Request) {
    let (ticket, key) = (request.ticket, &request.op.key);
    let value = if writes(request) {
        let version = copies::write(cx, node, key, request.op.arg(0));
        cx.rule(&rules::WRITE_LOCAL, [&ticket.client, &version.ts]);
        Value::Nil
    } else {
        let copy = node.disk.copy(key);
        cx.rule(&rules::READ_LOCAL, [&ticket.client, &copy.version.ts]);
        copy.value
    };
    cx.reply(ticket, Reply::Ok(value));
}

/// Remembers whom to answer, and for how long the leader may be silent. Of a client's attempts at
/// one operation the last one is answered.
fn wait(cx: &mut Cx, node: &mut Node, request: &Request) -> Ask {
    let (ticket, key, writes) = (request.ticket, request.op.key.clone(), writes(request));
    let ask = Ask { client: ticket.client, serial: request.serial };
    if let Some(before) = take(node, |waiting| waiting.ask == ask) {
        cx.disarm(Timer::Request(before.timer));
    }
    let timer = node.memory.next_timer();
    node.memory.waiting.push(Waiting { ask, ticket, key, writes, timer });
    let timeout = cx.knobs.span(knobs::TIMEOUT);
    cx.arm(Timer::Request(timer), (timeout, timeout));
    ask
}

fn pass_on(cx: &mut Cx, leader: Id, msg: Msg, client: Id) {
    cx.rule(&rules::PASS_ON, [&client, &leader]);
    cx.send(leader, msg);
}

/// The leader answers what was passed on.
pub fn on_reply(cx: &mut Cx, node: &mut Node, from: Id, ask: Ask, copy: &Copy) {
    match take(node, |waiting| waiting.ask == ask) {
        Some(waiting) => {
            cx.rule(&rules::DONE, [&ask.client, &from]);
            answer(cx, &waiting, copy);
        }
        None => cx.rule(&rules::LATE, [&from]),
    }
}

/// An operation of a client of the leader has enough answers.
pub fn done(cx: &mut Cx, node: &mut Node, ask: Ask, copy: &Copy) {
    if let Some(waiting) = take(node, |waiting| waiting.ask == ask) {
        answer(cx, &waiting, copy);
    }
}

fn answer(cx: &mut Cx, waiting: &Waiting, copy: &Copy) {
    cx.disarm(Timer::Request(waiting.timer));
    let value = if waiting.writes { Value::Nil } else { copy.value.clone() };
    cx.reply(waiting.ticket, Reply::Ok(value));
}

fn take(node: &mut Node, which: impl Fn(&Waiting) -> bool) -> Option<Waiting> {
    let waiting = &mut node.memory.waiting;
    waiting.iter().position(which).map(|place| waiting.remove(place))
}

/// Too much silence: an error now, or a guess (Brewer: "cancel the operation and thus decrease
/// availability, or proceed with the operation and thus risk inconsistency"). These policies
/// cancel. A read took no effect; of a write nobody can say that.
pub fn on_timeout(cx: &mut Cx, node: &mut Node, timer: u32) {
    let Some(waiting) = take(node, |waiting| waiting.timer == timer) else { return };
    leader::forget(cx, node, waiting.ask);
    let (client, waited) = (waiting.ask.client, cx.knobs.span(knobs::TIMEOUT));
    if waiting.writes {
        cx.rule(&rules::CANCEL_WRITE, [&client, &waited]);
        cx.reply(waiting.ticket, Reply::Unknown);
    } else {
        cx.rule(&rules::CANCEL_READ, [&client, &waited]);
        cx.reply(waiting.ticket, Reply::Fail("no-answer"));
    }
}

/// The policy was switched. The leader counts what is under way by the new one. Where that asks
/// for nobody else, reads that were passed on are answered here after all; a write that was passed
/// on is not, for made here too it would take effect twice.
pub fn switch(cx: &mut Cx, node: &mut Node) {
    node.memory.policy = Policy::of(cx.knobs);
    let (needed, of) = leader::needed(node);
    cx.rule(&rules::SWITCH, [&needed, &of]);
    leader::settle(cx, node);
    for waiting in core::mem::take(&mut node.memory.waiting) {
        let mine = shards::of_key(cx.knobs, &waiting.key).contains(cx.me);
        if node.memory.policy == Policy::Local && mine && !waiting.writes {
            cx.rule(&rules::PROCEED, [&waiting.ask.client]);
            answer(cx, &waiting, &node.disk.copy(&waiting.key));
        } else {
            cx.rule(&rules::WAIT_ON, [&waiting.ask.client]);
            node.memory.waiting.push(waiting);
        }
    }
}
