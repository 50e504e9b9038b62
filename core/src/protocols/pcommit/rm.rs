//! A resource manager: it locks, prepares, and proposes in ballot 0 of its own instance. Prepared,
//! it is in doubt until it learns the outcome.

use alloc::vec::Vec;

use super::message::{Accepted, Msg, What};
use super::{
    Cx, Memory, Node, Proposal, State, TM, Tally, Timer, Write, commit, exactly, knobs, leader,
    leaders, majority, rms, rules, store,
};
use crate::base::Id;
use crate::op::Request;

/// What a resource manager keeps of a transaction.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Record {
    /// What it writes; `None` where it only heard of the abort.
    pub write: Option<Write>,
    /// `Ready`, `Commit` or `Abort`.
    pub state: State,
}

/// A transaction that waits for the lock of its row.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Work {
    /// What it writes.
    write: Write,
    /// Whether it was asked for here, so that this resource manager is the first to prepare.
    first: bool,
}

/// Restarts a resource manager: it holds the locks of what it is in doubt about, and asks.
pub fn boot(cx: &mut Cx, disk: &super::Disk) -> Memory {
    let mut memory = Memory::default();
    for (tx, record) in disk.records.iter().filter(|(_, record)| record.state == State::Ready) {
        cx.rule(&rules::RESTART, [tx]);
        if let Some(write) = &record.write {
            memory.locks.restore(&write.row, *tx, TM);
        }
        cx.arm(Timer::Ask(*tx as u32), exactly(cx, knobs::ASK));
    }
    memory
}

/// A client asks for a transaction here: this resource manager prepares first. Such transactions
/// are numbered from a thousand of its own.
pub fn begin(cx: &mut Cx, node: &mut Node, request: &Request) {
    node.disk.begun += 1;
    let tx = u64::from(cx.me.0) * 1000 + node.disk.begun;
    node.memory.tickets.insert(tx, request.ticket);
    let write = Write { row: request.op.key.clone(), value: request.op.arg(0) };
    work(cx, node, tx, Work { write, first: true });
}

/// The leader asks to prepare.
pub fn prepare(cx: &mut Cx, node: &mut Node, tx: u64, write: &Write) {
    if node.disk.records.contains_key(&tx) {
        return cx.rule(&rules::PREPARE_LATE, [&tx]);
    }
    work(cx, node, tx, Work { write: write.clone(), first: false });
}

fn work(cx: &mut Cx, node: &mut Node, tx: u64, work: Work) {
    let row = work.write.row.clone();
    node.memory.work.insert(tx, work);
    if store(node).lock(cx, &row, tx, TM) {
        vote(cx, node, tx);
    }
}

/// Proposes in ballot 0 of its instance what it has come to: `Prepared`, durably, or `Aborted`.
fn vote(cx: &mut Cx, node: &mut Node, tx: u64) {
    if !commit::knobs::votes_yes(cx.knobs) {
        return choose_abort(cx, node, tx);
    }
    let Some(Work { write, first }) = node.memory.work.remove(&tx) else { return };
    let mut to = knobs::proposed_to(cx);
    if first {
        cx.rule(&rules::FIRST, [&tx]);
        cx.send(TM, Msg { tx, what: What::BeginCommit(write.clone()) });
    }
    cx.rule(&rules::PREPARE, [&tx, &to.len()]);
    node.disk.records.insert(tx, Record { write: Some(write), state: State::Ready });
    // To a leader that is the acceptor, BeginCommit says it all (§4.3).
    to.retain(|acceptor| !(first && *acceptor == TM));
    cx.send_all(to, Msg { tx, what: What::Phase2a(0, Vec::from([(cx.me, Proposal::Prepared)])) });
    cx.arm(Timer::Ask(tx as u32), exactly(cx, knobs::ASK));
}

/// Aborts: nobody can commit any more without it. Where nobody else knows of the transaction yet,
/// nobody has to be told.
fn choose_abort(cx: &mut Cx, node: &mut Node, tx: u64) {
    cx.rule(&rules::PREPARE_DENY, [&tx]);
    let first = node.memory.work.get(&tx).is_some_and(|work| work.first);
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
/// the first would have told by itself.
pub fn inquire(cx: &mut Cx, node: &mut Node, tx: u64) {
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
    let work = node.memory.work.remove(&tx).map(|work| work.write);
    let write = node.disk.records.get(&tx).and_then(|record| record.write.clone()).or(work);
    if let Some(Write { row, value }) = write.as_ref().filter(|_| outcome == State::Commit) {
        node.disk.rows.write(row, value.clone());
    }
    node.disk.records.insert(tx, Record { write, state: outcome });
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
