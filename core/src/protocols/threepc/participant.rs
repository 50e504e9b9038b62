//! A participant: votes, prepares, does what was decided; and under the popular rules decides alone
//! when nothing comes.

use crate::base::{Id, Str, Value};

use super::knobs::{self, Rules, TM};
use super::message::Body;
use super::state::{State, Tx};
use super::{Cx, Node, Timer, rules, termination};
use crate::protocols::commit::{Rows, Store};

/// The coordinator asks for a vote.
pub fn on_can_commit(cx: &mut Cx, node: &mut Node, tx: u64, row: &Str, value: &Value) {
    if let Some(known) = node.disk.txs.get(&tx) {
        let again = match known.state {
            State::Init => return,
            State::Abort => Body::No,
            _ => Body::Yes,
        };
        cx.rule(&rules::ALREADY, [&tx]);
        return cx.say(TM, tx, again);
    }
    let fresh = Tx { row: row.clone(), value: value.clone(), ..Tx::new(State::Init) };
    node.disk.txs.insert(tx, fresh);
    if !knobs::votes_yes(cx.knobs) {
        cx.rule(&rules::VOTE_NO, [&tx]);
        return refuse(cx, node, tx);
    }
    match Rules::of(cx.knobs) {
        Rules::Popular => {
            cx.rule(&rules::YES_UNBOUND, [&tx]);
            vote_yes(cx, node, tx);
        }
        Rules::Skeen | Rules::E3pc => {
            if store(node).lock(cx, row, tx, TM) {
                vote_locked(cx, node, tx);
            }
        }
    }
}

/// A transaction has the lock that it waited for.
pub fn granted(cx: &mut Cx, node: &mut Node, tx: u64) {
    vote_locked(cx, node, tx);
}

/// A transaction has waited too long for its lock: that is a no.
pub fn lock_timeout(cx: &mut Cx, node: &mut Node, tx: u64) {
    cx.rule(&rules::VOTE_NO_LOCK, [&tx]);
    refuse(cx, node, tx);
}

/// Everybody has voted yes, says a coordinator.
pub fn on_precommit(cx: &mut Cx, node: &mut Node, from: Id, tx: u64, elected: u64) {
    if !may_prepare(cx, node, from, tx, elected) {
        return;
    }
    if Rules::of(cx.knobs) == Rules::Popular && !lock_late(cx, node, tx) {
        return;
    }
    cx.rule(&rules::PRECOMMIT, [&from]);
    prepare(cx, node, from, tx, State::Precommit, elected);
}

/// An elected coordinator is about to abort.
pub fn on_preabort(cx: &mut Cx, node: &mut Node, from: Id, tx: u64, elected: u64) {
    if may_prepare(cx, node, from, tx, elected) {
        cx.rule(&rules::PREABORT, [&from]);
        prepare(cx, node, from, tx, State::Preabort, elected);
    }
}

/// Somebody tells the decision.
pub fn on_decision(cx: &mut Cx, node: &mut Node, from: Id, tx: u64, state: State) {
    let known = node.disk.txs.get_or_insert_with(tx, || Tx::new(State::Init)).state;
    let committed = state == State::Commit;
    if !known.is_decided() {
        cx.rule(&rules::DECISION, [&from, &committed]);
        if node.memory.backups.contains_key(&tx) {
            termination::decide(cx, node, tx, state);
        } else {
            finish(cx, node, tx, state);
        }
    } else if known == state {
        cx.rule(&rules::DECISION_KNOWN, [&from]);
    } else {
        node.memory.contrary += 1;
        cx.rule(&rules::CONTRARY, [&from, &committed]);
    }
    if from == TM {
        acknowledge(cx, node, tx);
    }
}

/// Nothing has come for too long.
pub fn silence(cx: &mut Cx, node: &mut Node, tx: u64) {
    let Some(state) = node.disk.txs.get(&tx).map(|mine| mine.state) else { return };
    match (Rules::of(cx.knobs), state) {
        (_, State::Commit | State::Abort) => {}
        (Rules::Popular, State::Precommit) => {
            cx.rule(&rules::COMMIT_ALONE, [&cx.knobs.span(knobs::PRECOMMIT_TIMEOUT)]);
            finish(cx, node, tx, State::Commit);
        }
        (Rules::Popular, _) => {
            cx.rule(&rules::ABORT_ALONE, [&cx.knobs.span(knobs::WAIT_TIMEOUT)]);
            finish(cx, node, tx, State::Abort);
        }
        _ => termination::start(cx, node, tx),
    }
}

/// Does what was decided, and forgets what it waited for.
pub fn finish(cx: &mut Cx, node: &mut Node, tx: u64, state: State) {
    let Some(mine) = node.disk.txs.get_mut(&tx) else { return };
    let (row, value) = (mine.row.clone(), mine.value.clone());
    mine.state = state;
    node.memory.recovering.remove(&tx);
    node.memory.backups.remove(&tx);
    let number = tx as u32;
    let timers = [Timer::Wait(number), Timer::Precommit(number), Timer::Collect(number)];
    timers.into_iter().chain([Timer::Ask(number)]).for_each(|timer| cx.disarm(timer));
    // A disk that was wiped knows of no row.
    if state == State::Commit && !row.is_empty() {
        node.disk.rows.write(&row, value);
    }
    release(cx, node, tx);
}

/// Waits for what comes after `state`.
pub fn arm_silence(cx: &mut Cx, tx: u64, state: State) {
    let tx = tx as u32;
    let (timer, other, key) = match state {
        State::Precommit => (Timer::Precommit(tx), Timer::Wait(tx), knobs::PRECOMMIT_TIMEOUT),
        _ => (Timer::Wait(tx), Timer::Precommit(tx), knobs::WAIT_TIMEOUT),
    };
    cx.disarm(other);
    cx.arm(timer, knobs::exactly(cx.knobs, key));
}

/// Rows and locks of this participant.
pub fn store(node: &mut Node) -> Store<'_> {
    Store { rows: &mut node.disk.rows, locks: &mut node.memory.locks }
}

/// The row is locked, and the yes binds.
fn vote_locked(cx: &mut Cx, node: &mut Node, tx: u64) {
    cx.rule(&rules::YES_BOUND, [&tx]);
    vote_yes(cx, node, tx);
}

fn vote_yes(cx: &mut Cx, node: &mut Node, tx: u64) {
    let Some(mine) = node.disk.txs.get_mut(&tx) else { return };
    mine.state = State::Ready;
    mine.basis = version(&node.disk.rows, &mine.row);
    cx.say(TM, tx, Body::Yes);
    arm_silence(cx, tx, State::Ready);
}

/// Votes no: whoever votes no has aborted.
fn refuse(cx: &mut Cx, node: &mut Node, tx: u64) {
    cx.say(TM, tx, Body::No);
    finish(cx, node, tx, State::Abort);
}

/// Whether the transaction can still be prepared here, by this coordinator.
fn may_prepare(cx: &mut Cx, node: &mut Node, from: Id, tx: u64, elected: u64) -> bool {
    let Some(mine) = node.disk.txs.get(&tx) else { return false };
    if mine.state.is_decided() {
        cx.rule(&rules::ALREADY, [&tx]);
        let body = decision(mine.state, from == TM);
        cx.say(from, tx, body);
        return false;
    }
    if mine.elected != elected && Rules::of(cx.knobs) == Rules::E3pc {
        cx.rule(&rules::DENY_NUMBER, [&from, &elected, &mine.elected]);
        return false;
    }
    true
}

/// Popular: only now the row is locked, if what the yes was founded on is still so.
fn lock_late(cx: &mut Cx, node: &mut Node, tx: u64) -> bool {
    let Some(mine) = node.disk.txs.get(&tx) else { return false };
    let row = mine.row.clone();
    let is_taken = node.memory.locks.holder(&row).is_some_and(|c| c.owner.tx() != Some(tx));
    if is_taken || version(&node.disk.rows, &row) != mine.basis {
        node.memory.broken += 1;
        cx.rule(&rules::PRECOMMIT_REFUSE, [&tx]);
        refuse(cx, node, tx);
        return false;
    }
    store(node).lock(cx, &row, tx, TM)
}

fn prepare(cx: &mut Cx, node: &mut Node, from: Id, tx: u64, state: State, elected: u64) {
    let Some(mine) = node.disk.txs.get_mut(&tx) else { return };
    (mine.state, mine.attempt) = (state, elected);
    cx.say(from, tx, Body::AckPre { elected });
    arm_silence(cx, tx, state);
}

/// Tells the coordinator what was done.
fn acknowledge(cx: &mut Cx, node: &Node, tx: u64) {
    if let Some(mine) = node.disk.txs.get(&tx) {
        cx.say(TM, tx, decision(mine.state, true));
    }
}

/// What a participant says that has decided: to the first coordinator as an acknowledgement, to an
/// elected one as news.
fn decision(state: State, to_coordinator: bool) -> Body {
    match (state == State::Commit, to_coordinator) {
        (true, true) => Body::HaveCommitted,
        (false, true) => Body::HaveAborted,
        (true, false) => Body::DoCommit,
        (false, false) => Body::Abort,
    }
}

/// Frees the locks of a transaction; who waited for them may vote now.
fn release(cx: &mut Cx, node: &mut Node, tx: u64) {
    for next in store(node).release(cx, tx) {
        granted(cx, node, next);
    }
}

fn version(rows: &Rows, row: &Str) -> u64 {
    rows.iter().find(|(name, _)| *name == row).map_or(0, |(_, row)| row.version)
}
