//! The resource manager: it votes, and after a vote yes it waits for the decision.

use alloc::vec::Vec;

use super::super::commit::{State, Store, knobs::votes_yes};
use super::message::Msg;
use super::state::{Branch, Pending, Site, Work};
use super::{Cx, TM, Timer, knobs, rules, termination};
use crate::base::{Id, IdSet};
use crate::op::Request;
use crate::rule::Rule;

/// Disk and memory of a resource manager.
pub struct Rm<'a> {
    /// The disk.
    pub site: &'a mut Site,
    /// The memory.
    pub work: &'a mut Work,
}

/// A message arrives.
pub fn on_message(cx: &mut Cx, mut rm: Rm, from: Id, msg: &Msg) {
    match msg {
        Msg::Prepare { tx, row, change, members } => {
            let (row, change, members) = (row.clone(), change.clone(), members.clone());
            rm.on_prepare(cx, *tx, Pending { row, change, coordinator: from, members });
        }
        Msg::Decision { tx, commit } => rm.on_decision(cx, from, *tx, *commit),
        Msg::Inquiry { tx } => rm.on_inquiry(cx, from, *tx),
        Msg::Outcome { tx, commit } => rm.on_outcome(cx, from, *tx, *commit),
        Msg::Recover => rm.list(cx, from),
        _ => {}
    }
}

/// A timer has run out.
pub fn on_timeout(cx: &mut Cx, mut rm: Rm, timer: Timer) {
    match timer {
        Timer::Inquiry(tx) => rm.ask(cx, tx.into()),
        Timer::Heuristic(tx) => rm.decide_alone(cx, tx.into()),
        Timer::LockWait(claim) => {
            if let Some(tx) = rm.store().lock_timeout(cx, claim) {
                rm.refuse(cx, tx, &rules::VOTE_NO_LOCK);
            }
        }
        Timer::Hold(claim) => {
            let granted = rm.store().hold_over(cx, claim);
            rm.prepare_all(cx, granted);
        }
        _ => {}
    }
}

impl Rm<'_> {
    /// The rows and their locks.
    fn store(&mut self) -> Store<'_> {
        Store { rows: &mut self.site.rows, locks: &mut self.work.locks }
    }

    /// A client's own transaction here.
    pub fn local(&mut self, cx: &mut Cx, request: &Request) {
        let granted = self.store().request(cx, request);
        self.prepare_all(cx, granted);
    }

    fn on_prepare(&mut self, cx: &mut Cx, tx: u64, pending: Pending) {
        match self.site.state(self.work, tx) {
            Some(State::Init) => return,
            Some(State::Abort) => {
                cx.rule(&rules::VOTE_NO_ABORTED, [&tx]);
                return cx.send(pending.coordinator, Msg::Vote { tx, yes: false });
            }
            Some(_) => {
                cx.rule(&rules::VOTE_AGAIN, [&tx]);
                return cx.send(pending.coordinator, Msg::Vote { tx, yes: true });
            }
            None => {}
        }
        let (row, coordinator) = (pending.row.clone(), pending.coordinator);
        let branch = Branch::new(State::Init, coordinator, pending.members.clone());
        self.site.log.insert(tx, branch);
        self.work.pending.insert(tx, pending);
        if !votes_yes(cx.knobs) {
            return self.refuse(cx, tx, &rules::VOTE_NO);
        }
        if self.store().lock(cx, &row, tx, coordinator) {
            self.prepare_all(cx, alloc::vec![tx]);
        }
    }

    /// These transactions have their locks.
    fn prepare_all(&mut self, cx: &mut Cx, granted: Vec<u64>) {
        granted.into_iter().for_each(|tx| self.prepare(cx, tx));
    }

    /// Does the work, forces the prepared record to disk, and votes yes.
    fn prepare(&mut self, cx: &mut Cx, tx: u64) {
        let Some(Pending { row, change, .. }) = self.work.pending.get(&tx) else { return };
        let Some(value) = self.site.rows.after(row, change) else {
            return self.refuse(cx, tx, &rules::VOTE_NO_WORK);
        };
        let Some(Pending { row, coordinator, members, .. }) = self.work.pending.remove(&tx) else {
            return;
        };
        let branch =
            Branch { redo: Some((row, value)), ..Branch::new(State::Ready, coordinator, members) };
        self.site.log.insert(tx, branch);
        cx.rule(&rules::VOTE_YES, [&tx]);
        cx.send(coordinator, Msg::Vote { tx, yes: true });
        termination::arm_inquiry(cx, tx);
        termination::arm_heuristic(cx, tx);
    }

    /// Aborts what it has not voted for, and votes no.
    pub fn refuse(&mut self, cx: &mut Cx, tx: u64, why: &'static Rule) {
        let Some(Pending { coordinator, members, .. }) = self.work.pending.remove(&tx) else {
            return;
        };
        self.site.log.insert(tx, Branch::new(State::Abort, coordinator, members));
        cx.rule(why, [&tx]);
        cx.send(coordinator, Msg::Vote { tx, yes: false });
        self.release(cx, tx);
    }

    /// The decision comes from a coordinator.
    fn on_decision(&mut self, cx: &mut Cx, from: Id, tx: u64, commit: bool) {
        let voted = self.site.log.get(&tx).filter(|branch| branch.state != State::Init);
        let Some(branch) = voted else {
            return self.on_unknown(cx, from, tx, commit);
        };
        let word = if commit { State::Commit } else { State::Abort };
        let mut heuristic = None;
        if branch.state == State::Ready {
            self.finish(cx, tx, commit);
        } else if branch.state == word {
            cx.rule(&rules::DECISION_AGAIN, [&from, &tx]);
        } else {
            let alone = branch.state == State::Commit;
            cx.rule(&rules::HEURISTIC_LATE, [&tx, &commit, &alone]);
            heuristic = Some(alone);
        }
        self.acknowledge(cx, from, tx, commit, heuristic);
    }

    /// A decision on what is not prepared here.
    fn on_unknown(&mut self, cx: &mut Cx, from: Id, tx: u64, commit: bool) {
        let pending = self.work.pending.remove(&tx);
        let members = pending.map(|pending| pending.members).unwrap_or_default();
        let branch = Branch { lost: commit, ..Branch::new(State::Abort, TM, members) };
        self.site.log.insert(tx, branch);
        cx.rule(if commit { &rules::DECISION_LOST } else { &rules::ABORT }, [&tx]);
        self.release(cx, tx);
        self.acknowledge(cx, from, tx, commit, commit.then_some(false));
    }

    /// Nobody waits for the acknowledgement of an abort, but a backup, whoever hears of a mix, and
    /// under XA the transaction manager, whose call returns.
    fn acknowledge(&mut self, cx: &mut Cx, to: Id, tx: u64, commit: bool, heuristic: Option<bool>) {
        if commit || heuristic.is_some() || to != TM || cx.knobs.on(knobs::XA) {
            cx.send(to, Msg::Ack { tx, heuristic });
        }
    }

    /// A transaction in doubt is decided: the row is written or not, and its lock is free.
    pub fn finish(&mut self, cx: &mut Cx, tx: u64, commit: bool) {
        let Some(branch) = self.site.log.get_mut(&tx) else { return };
        branch.state = if commit { State::Commit } else { State::Abort };
        if commit && let Some((row, value)) = branch.redo.clone() {
            self.site.rows.write(&row, value);
        }
        cx.rule(if commit { &rules::COMMIT } else { &rules::ABORT }, [&tx]);
        termination::disarm(cx, tx);
        self.work.listed.remove(&tx);
        self.release(cx, tx);
    }

    /// Its locks go on to who waits.
    fn release(&mut self, cx: &mut Cx, tx: u64) {
        let granted = self.store().release(cx, tx);
        self.prepare_all(cx, granted);
    }
}

impl Branch {
    /// A transaction that wrote nothing here.
    pub fn new(state: State, coordinator: Id, members: IdSet) -> Branch {
        Branch { state, redo: None, coordinator, members, heuristic: false, lost: false }
    }
}
