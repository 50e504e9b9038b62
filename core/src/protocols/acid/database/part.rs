//! A database as participant of two-phase commit: it votes, and then it may decide nothing alone.

use crate::base::Id;
use crate::protocols::commit::State;

use super::super::manager::keep;
use super::super::message::{Books, Msg};
use super::super::{Timer, exactly, knobs, rules};
use super::{Cx, Db, Desk, Job, STOCK, end};

/// Who coordinates.
const MANAGER: Id = Id(0);

/// The transaction has the lock. The database does the work and votes.
pub(super) fn start(cx: &mut Cx, db: &mut Db, desk: &mut Desk, tx: u64, amount: Option<i64>) {
    if let Some(amount) = amount.filter(|amount| !db.fits(*amount)) {
        let stock = db.account(STOCK).unwrap_or_default();
        cx.rule(&rules::PREPARE_DENY, [&tx, &(stock as u64), &(amount as u64)]);
        keep(&mut db.ended, tx, State::Abort);
        return cx.send(MANAGER, Msg::Vote(tx, false, Books::new()));
    }
    match amount {
        None => cx.rule(&rules::READ, [&tx]),
        Some(amount) => {
            cx.rule(&rules::PREPARE, [&tx]);
            db.prepared.insert(tx, amount);
        }
    }
    desk.holder = Some(tx);
    desk.running.insert(tx, Job::Part(amount));
    cx.send(MANAGER, Msg::Vote(tx, true, db.books()));
    ask_later(cx, tx);
}

/// The transaction manager has decided, or says so again.
pub(super) fn on_decision(
    cx: &mut Cx,
    db: &mut Db,
    desk: &mut Desk,
    from: Id,
    (tx, commits): (u64, bool),
) {
    if let Some(place) = desk.waiting.iter().position(|(number, _)| *number == tx) {
        let job = desk.waiting.remove(place);
        cx.rule(&rules::DROP, [&tx]);
        if matches!(job, Some((_, Job::Part(Some(_))))) {
            keep(&mut db.ended, tx, State::Abort);
        }
        return;
    }
    let Some(Job::Part(amount)) = desk.running.get(&tx).cloned() else {
        cx.rule(&rules::OVER, [&tx]);
        return acknowledge(cx, from, tx, commits);
    };
    match amount {
        None => cx.rule(&rules::READ_DONE, [&tx]),
        Some(amount) if commits => {
            cx.rule(&rules::CARRY_OUT, [&tx]);
            db.transfer(amount);
            keep(&mut db.ended, tx, State::Commit);
            acknowledge(cx, from, tx, commits);
        }
        Some(_) => {
            cx.rule(&rules::DROP, [&tx]);
            keep(&mut db.ended, tx, State::Abort);
        }
    }
    db.prepared.remove(&tx);
    cx.disarm(Timer::Inquire(tx as u32));
    end(cx, db, desk, tx);
}

/// Commits are acknowledged, so that the transaction manager can forget them.
fn acknowledge(cx: &mut Cx, to: Id, tx: u64, commits: bool) {
    if commits {
        cx.send(to, Msg::Ack(tx));
    }
}

/// No decision for a while: the database asks. It does not decide.
pub(super) fn in_doubt(cx: &mut Cx, desk: &Desk, tx: u64) {
    if desk.running.contains_key(&tx) {
        ask(cx, tx);
    }
}

/// Asks for the decision, now and after a while.
pub(super) fn ask(cx: &mut Cx, tx: u64) {
    cx.rule(&rules::INQUIRE, [&tx]);
    cx.send(MANAGER, Msg::Inquiry(tx));
    ask_later(cx, tx);
}

/// Arms the next inquiry.
fn ask_later(cx: &mut Cx, tx: u64) {
    cx.arm(Timer::Inquire(tx as u32), exactly(cx.knobs.span(knobs::INQUIRE)));
}
