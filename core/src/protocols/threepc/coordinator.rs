//! The coordinator: asks, prepares, decides.

use crate::base::{Id, Value};
use crate::op::{Reply, Request};

use super::knobs::{self, Rules};
use super::message::Body;
use super::state::{Desk, State, Work};
use super::{Cx, Node, Timer, recovery, rules};

/// A client asks for a transaction: phase 1.
pub fn begin(cx: &mut Cx, node: &mut Node, request: &Request) {
    let tx = node.disk.works.last().map_or(1, |(last, _)| last + 1);
    let (row, value) = (request.op.key.clone(), request.op.arg(0));
    cx.rule(&rules::BEGIN, [&tx, &request.ticket.client, &cx.knobs.count(knobs::RMS)]);
    let work = Work { row: row.clone(), value: value.clone(), state: State::Wait, is_done: false };
    node.disk.works.insert(tx, work);
    let desk = Desk { ticket: Some(request.ticket), ..Desk::default() };
    node.memory.desks.insert(tx, desk);
    for rm in knobs::rms(cx.knobs) {
        cx.say(rm, tx, Body::CanCommit { row: row.clone(), value: value.clone() });
    }
    cx.arm(Timer::Phase(tx as u32), knobs::exactly(cx.knobs, knobs::VOTE_TIMEOUT));
}

/// A participant votes yes.
pub fn on_yes(cx: &mut Cx, node: &mut Node, from: Id, tx: u64) {
    let Some(desk) = in_phase(node, tx, State::Wait) else {
        return cx.rule(&rules::LATE, [&from]);
    };
    desk.heard.insert(from);
    let n_heard = desk.heard.len() as u64;
    let n_rms = cx.knobs.count(knobs::RMS);
    cx.rule(&rules::VOTE_COUNT, [&from, &n_heard, &n_rms]);
    if n_heard == n_rms {
        cx.rule(&rules::PRECOMMIT_SEND, [&tx]);
        enter(cx, node, tx, State::Precommit);
    }
}

/// A participant votes no, or takes its yes back.
pub fn on_no(cx: &mut Cx, node: &mut Node, from: Id, tx: u64) {
    match node.disk.works.get(&tx).map(|work| work.state) {
        Some(State::Wait) => cx.rule(&rules::DECIDE_NO, [&from]),
        Some(State::Precommit) => cx.rule(&rules::DECIDE_BROKEN, [&from]),
        _ => return cx.rule(&rules::LATE, [&from]),
    }
    enter(cx, node, tx, State::Abort);
}

/// A participant is prepared to commit.
pub fn on_ack(cx: &mut Cx, node: &mut Node, from: Id, tx: u64) {
    let Some(desk) = in_phase(node, tx, State::Precommit) else {
        return cx.rule(&rules::LATE, [&from]);
    };
    desk.heard.insert(from);
    let n_heard = desk.heard.len() as u64;
    let needed = match Rules::of(cx.knobs) {
        Rules::E3pc => knobs::quorum(cx.knobs),
        Rules::Popular | Rules::Skeen => cx.knobs.count(knobs::RMS),
    };
    cx.rule(&rules::ACK_COUNT, [&from, &n_heard, &needed]);
    if n_heard == needed {
        cx.rule(&rules::DECIDE_COMMIT, [&tx, &n_heard]);
        enter(cx, node, tx, State::Commit);
    }
}

/// A participant has decided: as the coordinator did, or before it could.
pub fn on_decided(cx: &mut Cx, node: &mut Node, from: Id, tx: u64, state: State) {
    let Some(work) = node.disk.works.get(&tx) else { return };
    if !work.state.is_decided() {
        return adopt(cx, node, from, tx, state);
    }
    if work.state != state {
        node.memory.contrary += 1;
        cx.rule(&rules::CONTRARY, [&from, &(state == State::Commit)]);
    }
    if work.is_done {
        return cx.rule(&rules::LATE, [&from]);
    }
    let desk = node.memory.desks.get_or_insert_with(tx, Desk::default);
    desk.heard.insert(from);
    let (n_heard, n_rms) = (desk.heard.len() as u64, cx.knobs.count(knobs::RMS));
    cx.rule(&rules::DONE_COUNT, [&from, &n_heard, &n_rms]);
    if n_heard == n_rms {
        finish(cx, node, tx);
    }
}

/// Somebody else has decided, and the coordinator has not.
pub fn adopt(cx: &mut Cx, node: &mut Node, from: Id, tx: u64, state: State) {
    cx.disarm(Timer::Ask(tx as u32));
    cx.rule(&rules::ADOPT, [&from, &(state == State::Commit)]);
    enter(cx, node, tx, state);
}

/// What the coordinator waited for has not come.
pub fn phase_over(cx: &mut Cx, node: &mut Node, tx: u64) {
    let Some(work) = node.disk.works.get(&tx) else { return };
    let desk = node.memory.desks.get_or_insert_with(tx, Desk::default);
    let n_heard = desk.heard.len() as u64;
    let n_rms = cx.knobs.count(knobs::RMS);
    match (work.state, Rules::of(cx.knobs)) {
        (State::Wait, _) => {
            cx.rule(&rules::VOTE_TIMEOUT, [&n_heard, &n_rms]);
            enter(cx, node, tx, State::Abort);
        }
        (State::Precommit, Rules::Popular) => {
            cx.rule(&rules::ACK_TIMEOUT_ABORT, [&n_heard, &n_rms]);
            enter(cx, node, tx, State::Abort);
        }
        (State::Precommit, Rules::Skeen) => {
            cx.rule(&rules::ACK_TIMEOUT_COMMIT, [&n_heard, &n_rms]);
            enter(cx, node, tx, State::Commit);
        }
        (State::Precommit, _) => {
            cx.rule(&rules::ACK_NO_QUORUM, [&n_heard, &knobs::quorum(cx.knobs)]);
            say_again(cx, node, tx);
        }
        _ => {
            cx.rule(&rules::DECISION_AGAIN, [&(n_rms - n_heard)]);
            say_again(cx, node, tx);
        }
    }
}

/// Tells the next participant.
pub fn tell_next(cx: &mut Cx, node: &mut Node, tx: u64) {
    let (Some(work), Some(desk)) = (node.disk.works.get(&tx), node.memory.desks.get_mut(&tx))
    else {
        return;
    };
    let together = cx.knobs.span(knobs::GAP).0 == 0;
    let n_now = if together { desk.to_tell.len() } else { desk.to_tell.len().min(1) };
    for rm in desk.to_tell.drain(..n_now) {
        cx.say(rm, tx, message(work.state));
    }
    if !desk.to_tell.is_empty() {
        cx.arm(Timer::Gap(tx as u32), knobs::exactly(cx.knobs, knobs::GAP));
    }
}

/// Starts again: what was not prepared is aborted, what was decided is told, all else is asked.
pub fn recover(cx: &mut Cx, node: &mut Node, tx: u64) {
    match node.disk.works.get(&tx).map(|work| work.state) {
        Some(State::Wait) => {
            cx.rule(&rules::RECOVER_ABORT, [&tx]);
            enter(cx, node, tx, State::Abort);
        }
        Some(State::Precommit) => recovery::ask_all(cx, tx),
        Some(decided) => {
            cx.rule(&rules::DECISION_AGAIN, [&cx.knobs.count(knobs::RMS)]);
            enter(cx, node, tx, decided);
        }
        None => {}
    }
}

/// The next phase: everybody is to be told.
fn enter(cx: &mut Cx, node: &mut Node, tx: u64, state: State) {
    let Some(work) = node.disk.works.get_mut(&tx) else { return };
    work.state = state;
    let desk = node.memory.desks.get_or_insert_with(tx, Desk::default);
    desk.heard.clear();
    desk.to_tell = knobs::rms(cx.knobs).collect();
    let wait = if state.is_decided() { knobs::RESEND } else { knobs::VOTE_TIMEOUT };
    cx.arm(Timer::Phase(tx as u32), knobs::exactly(cx.knobs, wait));
    tell_next(cx, node, tx);
}

/// Says the message of this phase again to those who have not answered.
fn say_again(cx: &mut Cx, node: &mut Node, tx: u64) {
    let Some(desk) = node.memory.desks.get_mut(&tx) else { return };
    desk.to_tell = knobs::rms(cx.knobs).filter(|rm| !desk.heard.contains(*rm)).collect();
    cx.arm(Timer::Phase(tx as u32), knobs::exactly(cx.knobs, knobs::RESEND));
    tell_next(cx, node, tx);
}

/// Everybody has acknowledged the decision: the client is answered.
fn finish(cx: &mut Cx, node: &mut Node, tx: u64) {
    let Some(work) = node.disk.works.get_mut(&tx) else { return };
    work.is_done = true;
    let committed = work.state == State::Commit;
    cx.rule(&rules::DONE, [&tx, &committed]);
    cx.disarm(Timer::Phase(tx as u32));
    if let Some(ticket) = node.memory.desks.remove(&tx).and_then(|desk| desk.ticket) {
        let reply = if committed { Reply::Ok(Value::Nil) } else { Reply::Fail("aborted") };
        cx.reply(ticket, reply);
    }
}

/// The desk of a transaction that is in this state.
fn in_phase(node: &mut Node, tx: u64, state: State) -> Option<&mut Desk> {
    let is_in = node.disk.works.get(&tx).is_some_and(|work| work.state == state);
    if is_in { node.memory.desks.get_mut(&tx) } else { None }
}

/// What a state is announced by.
fn message(state: State) -> Body {
    match state {
        State::Precommit => Body::PreCommit { elected: 1 },
        State::Commit => Body::DoCommit,
        _ => Body::Abort,
    }
}
