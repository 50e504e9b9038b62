//! A resource manager: it locks, prepares, and proposes in ballot 0 of its own instance. Prepared,
//! it is in doubt until it learns the outcome.

use alloc::vec::Vec;

use super::message::{Accepted, Msg, What};
use super::{
    Cx, Disk, Memory, Node, Proposal, State, TM, Tally, Timer, Write, commit, exactly, knobs,
    leader, leaders, majority, rms, rules, store,
};
use crate::base::Id;
use crate::op::Request;

/// What a resource manager keeps of a transaction.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Record {
    /// What it writes; `None` where it only heard of the abort.
    pub write: Option<Write>,
    /// Whether it was asked for here, so that this resource manager is the first to prepare.
    pub first: bool,
    /// `Init` until it votes, then `Ready`, in the end `Commit` or `Abort`.
    pub state: State,
}

/// Restarts a resource manager: it holds the locks of what it is in doubt about, and will ask.
pub fn boot(cx: &mut Cx, disk: &Disk, memory: &mut Memory) {
    for (tx, record) in disk.records.iter().filter(|(_, record)| !record.state.is_decided()) {
        match (record.state, &record.write) {
            (State::Ready, Some(write)) => {
                cx.rule(&rules::RESTART, [tx]);
                memory.locks.restore(&write.row, *tx, TM);
            }
            _ => cx.rule(&rules::RESTART_UNVOTED, [tx]),
        }
        cx.arm(Timer::Ask(*tx as u32), exactly(cx, knobs::ASK));
    }
}

/// Transactions that begin at a resource manager are numbered from as many times its own number:
/// more than a run can have operations, so that no two are the same.
const NUMBERS: u64 = 1_000_000;

/// A client asks for a transaction here: this resource manager prepares first.
pub fn begin(cx: &mut Cx, node: &mut Node, request: &Request) {
    node.disk.begun += 1;
    let tx = u64::from(cx.me.0) * NUMBERS + node.disk.begun;
    node.memory.tickets.insert(tx, request.ticket);
    let write = Write { row: request.op.key.clone(), value: request.op.arg(0) };
    work(cx, node, tx, (&write, true));
}

/// The leader asks to prepare.
pub fn prepare(cx: &mut Cx, node: &mut Node, tx: u64, write: &Write) {
    if node.disk.records.contains_key(&tx) {
        return cx.rule(&rules::PREPARE_LATE, [&tx]);
    }
    work(cx, node, tx, (write, false));
}

fn work(cx: &mut Cx, node: &mut Node, tx: u64, (write, first): (&Write, bool)) {
    let record = Record { write: Some(write.clone()), first, state: State::Init };
    node.disk.records.insert(tx, record);
    if store(node).lock(cx, &write.row, tx, TM) {
        vote(cx, node, tx);
    }
}

/// Proposes in ballot 0 of its instance what it has come to: `Prepared`, durably, or `Aborted`.
fn vote(cx: &mut Cx, node: &mut Node, tx: u64) {
    if !commit::knobs::votes_yes(cx.knobs) {
        return choose_abort(cx, node, tx);
    }
    let Some(record) = node.disk.records.get_mut(&tx) else { return };
    record.state = State::Ready;
    let (mut to, first) = (knobs::proposed_to(cx), record.first);
    if let Some(write) = record.write.clone().filter(|_| first) {
        cx.rule(&rules::FIRST, [&tx]);
        cx.send(TM, Msg { tx, what: What::BeginCommit(write) });
    }
    cx.rule(&rules::PREPARE, [&tx, &to.len()]);
    // To a leader that is the acceptor, BeginCommit says it all (§4.3).
    to.retain(|acceptor| !(first && *acceptor == TM));
    cx.send_all(to, Msg { tx, what: What::Phase2a(0, Vec::from([(cx.me, Proposal::Prepared)])) });
    cx.arm(Timer::Ask(tx as u32), exactly(cx, knobs::ASK));
}

/// Aborts: nobody can commit any more without it. Where nobody else knows of the transaction yet,
/// nobody has to be told.
fn choose_abort(cx: &mut Cx, node: &mut Node, tx: u64) {
    cx.rule(&rules::PREPARE_DENY, [&tx]);
    let first = node.disk.records.get(&tx).is_some_and(|record| record.first);
    if !first {
        let values = Vec::from([(cx.me, Proposal::Aborted)]);
        cx.send_all(knobs::proposed_to(cx), Msg { tx, what: What::Phase2a(0, values) });
    }
    end(cx, node, tx, State::Abort);
}

/// The lock of a row did not become free in time.
pub fn lock_timeout(cx: &mut Cx, node: &mut Node, claim: u32) {
    if let Some(tx) = store(node).lock_timeout(cx, claim) {
        choose_abort(cx, node, tx);
    }
}

/// A local transaction is done.
pub fn hold_over(cx: &mut Cx, node: &mut Node, claim: u32) {
    let granted = store(node).hold_over(cx, claim);
    granted.into_iter().for_each(|tx| vote(cx, node, tx));
}

/// A client asks for something that concerns this resource manager alone.
pub fn local(cx: &mut Cx, node: &mut Node, request: &Request) {
    let granted = store(node).request(cx, request);
    granted.into_iter().for_each(|tx| vote(cx, node, tx));
}

/// It has been in doubt for long enough: it asks the leaders in turn, the second one first, since
/// the first would have told by itself. What it has not voted on before a crash it aborts.
pub fn inquire(cx: &mut Cx, node: &mut Node, tx: u64) {
    if node.disk.records.get(&tx).is_some_and(|record| record.state == State::Init) {
        return choose_abort(cx, node, tx);
    }
    let asked = node.memory.asked.get_or_insert_with(tx, || 0);
    *asked += 1;
    let all: Vec<Id> = leaders(cx.setup).collect();
    let leader = all[*asked as usize % all.len()];
    cx.rule(&rules::ASK, [&leader, &tx]);
    cx.send(leader, Msg { tx, what: What::Inquire });
    cx.arm(Timer::Ask(tx as u32), exactly(cx, knobs::ASK));
}

/// An acceptor says itself what it has accepted.
pub fn phase2b(cx: &mut Cx, node: &mut Node, tx: u64, (from, votes): (Id, &[Accepted])) {
    if node.disk.records.get(&tx).is_some_and(|record| record.state.is_decided()) {
        return cx.rule(&rules::LATE, [&from]);
    }
    let tally = node.memory.heard.get_or_insert_with(tx, Tally::default);
    votes.iter().for_each(|&(rm, vote)| tally.note(rm, from, vote));
    let all: Vec<Id> = rms(cx.setup).collect();
    if let Some((outcome, _)) = tally.outcome(&all, majority(cx.setup)) {
        cx.rule(&rules::DIRECT, [&tx]);
        learn(cx, node, tx, outcome);
    }
}

/// The outcome is known.
pub fn learn(cx: &mut Cx, node: &mut Node, tx: u64, outcome: State) {
    if node.disk.records.get(&tx).is_some_and(|record| record.state.is_decided()) {
        return cx.rule(&rules::KNOWN, [&tx]);
    }
    match outcome {
        State::Commit => cx.rule(&rules::COMMIT, [&tx]),
        _ => cx.rule(&rules::ABORT, [&tx]),
    }
    end(cx, node, tx, outcome);
}

/// The transaction ends here: it takes effect or not, its lock is free, its client is answered.
fn end(cx: &mut Cx, node: &mut Node, tx: u64, outcome: State) {
    let unheard = || Record { write: None, first: false, state: outcome };
    let record = node.disk.records.get_or_insert_with(tx, unheard);
    record.state = outcome;
    let write = record.write.as_ref().filter(|_| outcome == State::Commit);
    if let Some(Write { row, value }) = write {
        node.disk.rows.write(row, value.clone());
    }
    node.memory.asked.remove(&tx);
    node.memory.heard.remove(&tx);
    cx.disarm(Timer::Ask(tx as u32));
    if let Some(ticket) = node.memory.tickets.get(&tx).copied() {
        node.memory.tickets.remove(&tx);
        cx.reply(ticket, leader::reply(outcome));
    }
    let granted = store(node).release(cx, tx);
    granted.into_iter().for_each(|tx| vote(cx, node, tx));
}
