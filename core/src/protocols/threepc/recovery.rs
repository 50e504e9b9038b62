//! Starting again: whoever was down asks, and decides nothing by itself. The others may have
//! decided meanwhile.

use crate::base::{Id, Span};

use super::knobs::{self, Rules, TM};
use super::message::{Body, Report};
use super::state::{Disk, Memory, State, Tx};
use super::{Cx, Node, Timer, coordinator, participant, rules, termination};

const AT_ONCE: (Span, Span) = (Span::ZERO, Span::ZERO);

/// What a node knows when it starts, and what it will do about it.
pub fn boot(cx: &mut Cx, disk: &Disk) -> Memory {
    let mut memory = Memory::default();
    for (tx, _) in disk.works.iter().filter(|(_, work)| !work.is_done) {
        cx.arm(Timer::Ask(*tx as u32), AT_ONCE);
    }
    for (tx, mine) in disk.txs.iter().filter(|(_, mine)| !mine.state.is_decided()) {
        if holds_lock(mine.state, Rules::of(cx.knobs)) {
            memory.locks.restore(&mine.row, *tx, TM);
        }
        memory.recovering.insert(*tx);
        cx.arm(Timer::Ask(*tx as u32), AT_ONCE);
    }
    memory
}

/// Time to find out what has become of a transaction.
pub fn ask(cx: &mut Cx, node: &mut Node, tx: u64) {
    if cx.me == TM {
        return coordinator::recover(cx, node, tx);
    }
    match node.disk.txs.get(&tx).map(|mine| mine.state) {
        // It has not voted, so nobody can have committed.
        Some(State::Init) => {
            cx.rule(&rules::ABORT_UNVOTED, [&tx]);
            participant::finish(cx, node, tx, State::Abort);
        }
        Some(_) if Rules::of(cx.knobs) == Rules::E3pc => {
            node.memory.recovering.remove(&tx);
            termination::start(cx, node, tx);
        }
        _ => ask_all(cx, tx),
    }
}

/// Asks everybody, until somebody knows.
pub fn ask_all(cx: &mut Cx, tx: u64) {
    cx.rule(&rules::ASK, [&tx]);
    let me = cx.me;
    for other in [TM].into_iter().chain(knobs::rms(cx.knobs)).filter(|id| *id != me) {
        cx.say(other, tx, Body::StateReq { elected: 0 });
    }
    cx.arm(Timer::Ask(tx as u32), knobs::exactly(cx.knobs, knobs::RESEND));
}

/// Somebody asks for the state of a transaction, or announces an election.
pub fn on_state_req(cx: &mut Cx, node: &mut Node, from: Id, tx: u64, elected: u64) {
    if cx.me == TM {
        let state = node.disk.works.get(&tx).map(|work| work.state);
        return match state.filter(|state| state.is_decided()) {
            Some(state) => answer(cx, from, tx, Report { state, elected, attempt: 0 }),
            None => cx.rule(&rules::DENY_UNDECIDED, [&from]),
        };
    }
    let mine = node.disk.txs.get_or_insert_with(tx, || Tx::new(State::Init));
    if mine.state == State::Init {
        cx.rule(&rules::ABORT_UNVOTED, [&tx]);
        participant::finish(cx, node, tx, State::Abort);
    }
    match node.disk.txs.get(&tx).map(Tx::report) {
        Some(report) if report.state.is_decided() => answer(cx, from, tx, report),
        Some(_) if elected == 0 => cx.rule(&rules::DENY_UNDECIDED, [&from]),
        _ => termination::on_election(cx, node, from, tx, elected),
    }
}

/// Somebody tells a state.
pub fn on_state(cx: &mut Cx, node: &mut Node, from: Id, tx: u64, report: Report) {
    let state = if cx.me == TM {
        node.disk.works.get(&tx).map(|work| work.state)
    } else {
        node.disk.txs.get(&tx).map(|mine| mine.state)
    };
    let is_open = state.is_some_and(|state| !state.is_decided());
    match (is_open, report.state.is_decided()) {
        (false, _) => cx.rule(&rules::LATE, [&from]),
        (true, true) if cx.me == TM => coordinator::adopt(cx, node, from, tx, report.state),
        (true, true) => {
            cx.rule(&rules::ADOPT, [&from, &(report.state == State::Commit)]);
            let elected = node.memory.backups.contains_key(&tx);
            if elected {
                termination::decide(cx, node, tx, report.state);
            } else {
                participant::finish(cx, node, tx, report.state);
            }
        }
        (true, false) => termination::on_report(cx, node, from, tx, report),
    }
}

fn answer(cx: &mut Cx, to: Id, tx: u64, report: Report) {
    cx.rule(&rules::STATE_KNOWN, [&to, &(report.state == State::Commit)]);
    cx.say(to, tx, Body::StateResp(report));
}

/// Whether a transaction in this state had locked its row before the crash.
fn holds_lock(state: State, rules: Rules) -> bool {
    match state {
        State::Init => false,
        State::Ready => rules != Rules::Popular,
        _ => true,
    }
}
