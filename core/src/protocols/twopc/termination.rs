//! In doubt: whom a resource manager asks, what is answered, and what it may decide alone.

use alloc::vec::Vec;

use super::super::commit::State;
use super::coordinator::Tm;
use super::message::Msg;
use super::participant::Rm;
use super::state::Branch;
use super::{Cx, TM, Timer, exactly, knobs, rules, timer_of};
use crate::base::{Id, IdSet};

/// Asks at once, and again later: the coordinator, and with the termination protocol the others.
pub fn inquire(cx: &mut Cx, tx: u64, branch: &Branch) {
    if cx.knobs.on(knobs::XA) {
        return;
    }
    cx.rule(&rules::INQUIRE, [&tx]);
    cx.send(branch.coordinator, Msg::Inquiry { tx });
    if cx.knobs.on(knobs::TERMINATION) {
        let others: Vec<Id> = branch.members.iter().filter(|rm| *rm != cx.me).collect();
        cx.rule(&rules::TERMINATION_ASK, [&tx, &others.len()]);
        cx.send_all(others, Msg::Inquiry { tx });
    }
    arm_inquiry(cx, tx);
}

/// Waits before asking.
pub fn arm_inquiry(cx: &mut Cx, tx: u64) {
    if !cx.knobs.on(knobs::XA) {
        cx.arm(Timer::Inquiry(timer_of(tx)), exactly(cx.knobs.span(knobs::INQUIRY)));
    }
}

/// Waits before deciding alone, where it does so.
pub fn arm_heuristic(cx: &mut Cx, tx: u64) {
    if let Some((_, patience)) = knobs::heuristic(cx.knobs) {
        cx.arm(Timer::Heuristic(timer_of(tx)), exactly(patience));
    }
}

/// Waits no longer: it is decided.
pub fn disarm(cx: &mut Cx, tx: u64) {
    cx.disarm(Timer::Inquiry(timer_of(tx)));
    cx.disarm(Timer::Heuristic(timer_of(tx)));
}

/// The transaction manager answers by its log. What it has no record of is aborted.
pub fn answer_by_log(cx: &mut Cx, tm: &Tm, asker: Id, tx: u64) {
    let told = tm.desk.active.get(&tx).is_none_or(|active| active.phase.may_be_told());
    let commit = match tm.journal.state(tm.desk, tx) {
        Some(State::Commit) if told => {
            cx.rule(&rules::OUTCOME_TELL, [&asker, &tx, &true]);
            Some(true)
        }
        Some(State::Commit | State::Wait) => {
            cx.rule(&rules::OUTCOME_OPEN, [&asker, &tx]);
            None
        }
        _ => {
            cx.rule(&rules::OUTCOME_PRESUMED, [&asker, &tx]);
            Some(false)
        }
    };
    cx.send(asker, Msg::Outcome { tx, commit });
}

impl Rm<'_> {
    /// Asks, if it is still in doubt.
    pub fn ask(&mut self, cx: &mut Cx, tx: u64) {
        if let Some(branch) = self.site.log.get(&tx).filter(|b| b.state == State::Ready) {
            inquire(cx, tx, branch);
        }
    }

    /// Somebody asks what became of a transaction. Who has not voted aborts by this, so that there
    /// is an answer; who is in doubt has none.
    pub fn on_inquiry(&mut self, cx: &mut Cx, asker: Id, tx: u64) {
        let commit = match self.site.state(self.work, tx) {
            Some(State::Ready) => {
                cx.rule(&rules::OUTCOME_UNCERTAIN, [&asker, &tx]);
                None
            }
            Some(state) if state.is_decided() => {
                let commit = state == State::Commit;
                cx.rule(&rules::OUTCOME_TELL, [&asker, &tx, &commit]);
                Some(commit)
            }
            _ => {
                cx.rule(&rules::OUTCOME_INIT, [&asker, &tx]);
                self.abort_unvoted(cx, tx);
                Some(false)
            }
        };
        cx.send(asker, Msg::Outcome { tx, commit });
    }

    fn abort_unvoted(&mut self, cx: &mut Cx, tx: u64) {
        if self.work.pending.contains_key(&tx) {
            return self.refuse(cx, tx, &rules::VOTE_NO_ABORTED);
        }
        self.site.log.insert(tx, Branch::new(State::Abort, TM, IdSet::new()));
    }

    /// An answer comes.
    pub fn on_outcome(&mut self, cx: &mut Cx, from: Id, tx: u64, commit: Option<bool>) {
        if !self.site.doubts(tx) {
            return cx.rule(&rules::OUTCOME_KNOWN, [&from, &tx]);
        }
        let Some(commit) = commit else {
            return cx.rule(&rules::BLOCKED, [&from, &tx]);
        };
        self.finish(cx, tx, commit);
        if commit {
            let coordinator = self.site.log.get(&tx).map_or(TM, |branch| branch.coordinator);
            cx.send(coordinator, Msg::Ack { tx, heuristic: None });
        }
    }

    /// It has been in doubt for too long, and guesses.
    pub fn decide_alone(&mut self, cx: &mut Cx, tx: u64) {
        let Some((commit, waited)) = knobs::heuristic(cx.knobs) else { return };
        let Some(branch) = self.site.log.get_mut(&tx).filter(|b| b.state == State::Ready) else {
            return;
        };
        branch.heuristic = true;
        cx.rule(&rules::HEURISTIC, [&tx, &commit, &waited]);
        self.finish(cx, tx, commit);
    }
}
