//! Restart: what the disk says that was under way, and what has to be asked.

use alloc::vec::Vec;

use super::super::commit::State;
use super::coordinator::{Tm, in_order};
use super::message::Msg;
use super::participant::Rm;
use super::state::{Active, Desk, Journal, Phase, Site, Work};
use super::{Cx, Timer, exactly, knobs, rms, rules, termination, timer_of};
use crate::base::{Id, IdSet, Set, Value};
use crate::op::{Reply, Ticket};

/// The transaction manager boots: what is logged and was not acknowledged by all is told again.
pub fn desk(cx: &mut Cx, journal: &Journal) -> Desk {
    let mut desk = Desk::default();
    for (tx, record) in journal.log.iter().filter(|(_, record)| !record.ended) {
        cx.rule(&rules::RESTART_DECIDED, [tx]);
        let (members, left) = (record.members.clone(), in_order(cx, &record.members));
        let phase = Phase::Telling { commit: true, left, unacked: IdSet::new() };
        desk.active.insert(*tx, Active { members, ticket: None, phase, mixed: false });
        let now = exactly(crate::base::Span::ZERO);
        cx.arm(Timer::Tell(timer_of(*tx)), now);
        cx.arm(Timer::Resend(timer_of(*tx)), exactly(cx.knobs.span(knobs::RESEND)));
    }
    if cx.knobs.on(knobs::XA) && journal.begun > 0 {
        desk.unlisted = rms(cx);
        ask(cx, &mut desk);
    }
    desk
}

/// Asks everybody who may have something in doubt (`xa_recover`).
pub fn ask(cx: &mut Cx, desk: &mut Desk) {
    if desk.unlisted.is_empty() {
        return;
    }
    cx.rule(&rules::RECOVER_ASK, [&desk.unlisted.len()]);
    cx.send_all(desk.unlisted.iter(), Msg::Recover);
    cx.arm(Timer::Recover, exactly(cx.knobs.span(knobs::RESEND)));
}

/// A resource manager has listed what it has in doubt: the log says what becomes of it.
pub fn on_branches(cx: &mut Cx, tm: &mut Tm, from: Id, branches: &[u64]) {
    if branches.is_empty() {
        cx.rule(&rules::RECOVER_CLEAN, [&from]);
        tm.desk.unlisted.remove(from);
        return;
    }
    for &tx in branches {
        match tm.journal.state(tm.desk, tx) {
            // Told already, and again until it is acknowledged.
            Some(State::Commit | State::Wait) => {}
            _ => {
                cx.rule(&rules::OUTCOME_PRESUMED, [&from, &tx]);
                cx.send(from, Msg::Decision { tx, commit: false });
            }
        }
    }
}

/// A resource manager boots: what is prepared and not decided has its locks again, and asks.
pub fn work(cx: &mut Cx, site: &Site) -> Work {
    let total = cx.knobs.count(knobs::TOTAL);
    let mut work = Work { total, ..Work::default() };
    let unvoted = site.log.iter().filter(|(_, branch)| branch.state == State::Init);
    unvoted.for_each(|(tx, _)| cx.rule(&rules::RESTART_ABORT, [tx]));
    for (tx, branch) in site.in_doubt() {
        cx.rule(&rules::RESTART_READY, [&tx]);
        if let Some((row, _)) = &branch.redo {
            work.locks.restore(row, tx, branch.coordinator);
        }
        termination::arm_heuristic(cx, tx);
        termination::inquire(cx, tx, branch);
    }
    work
}

impl Rm<'_> {
    /// What is in doubt here, for the transaction manager. It has restarted, so what was not
    /// prepared is given up: nobody would ask for its vote.
    pub fn list(&mut self, cx: &mut Cx, asker: Id) {
        let unvoted: Vec<u64> = self.work.pending.keys().copied().collect();
        unvoted.into_iter().for_each(|tx| self.refuse(cx, tx, &rules::VOTE_NO_ABORTED));
        let branches = self.listed(cx, asker);
        cx.send(asker, Msg::Branches(branches.iter().copied().collect()));
    }

    /// What is in doubt here, for a person.
    pub fn list_for(&mut self, cx: &mut Cx, ticket: Ticket) {
        let branches = self.listed(cx, ticket.client);
        let all = branches.iter().map(|tx| Value::Int(*tx as i64)).collect();
        cx.reply(ticket, Reply::Ok(Value::List(all)));
    }

    fn listed(&mut self, cx: &mut Cx, asker: Id) -> Set<u64> {
        let branches: Set<u64> = self.site.in_doubt().map(|(tx, _)| tx).collect();
        cx.rule(&rules::RECOVER_LIST, [&asker, &branches.len()]);
        self.work.listed = branches.clone();
        branches
    }
}
