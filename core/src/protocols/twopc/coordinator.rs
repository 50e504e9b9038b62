//! The transaction manager: it asks, decides once, and tells until all have acknowledged.

use alloc::vec::Vec;

use super::super::commit::{Change, State};
use super::message::Msg;
use super::state::{Active, Desk, Journal, Phase, Record};
use super::{Cx, Timer, backup_of, exactly, knobs, recovery, rms, rules, termination, timer_of};
use crate::base::{Id, IdSet, Span, Str, Value};
use crate::op::{Reply, Ticket};

/// Disk and memory of the transaction manager.
pub struct Tm<'a> {
    /// The disk.
    pub journal: &'a mut Journal,
    /// The memory.
    pub desk: &'a mut Desk,
}

/// A message arrives.
pub fn on_message(cx: &mut Cx, mut tm: Tm, from: Id, msg: &Msg) {
    match msg {
        Msg::Vote { tx, yes } => tm.on_vote(cx, from, *tx, *yes),
        Msg::LogAck { tx } => tm.on_copied(cx, *tx),
        Msg::Ack { tx, heuristic } => tm.on_ack(cx, from, *tx, *heuristic),
        Msg::Inquiry { tx } => termination::answer_by_log(cx, &tm, from, *tx),
        Msg::Branches(branches) => recovery::on_branches(cx, &mut tm, from, branches),
        _ => {}
    }
}

/// A timer has run out.
pub fn on_timeout(cx: &mut Cx, mut tm: Tm, timer: Timer) {
    match timer {
        Timer::Vote(tx) => tm.wait_no_longer(cx, tx.into()),
        Timer::Tell(tx) => tm.tell(cx, tx.into()),
        Timer::Resend(tx) => tm.resend(cx, tx.into()),
        Timer::Recover => recovery::ask(cx, tm.desk),
        _ => {}
    }
}

impl Tm<'_> {
    /// A client asks for a transaction: what to do to the row, at whom.
    pub fn begin(&mut self, cx: &mut Cx, ticket: Ticket, row: &Str, work: &[(Id, Change)]) {
        self.journal.begun += 1;
        let tx = self.journal.begun;
        let members: IdSet = work.iter().map(|(rm, _)| *rm).collect();
        cx.rule(&rules::BEGIN, [&tx, &ticket.client, &members.len()]);
        if let Some(backup) = backup_of(cx) {
            cx.send(backup, Msg::Begin { tx, members: members.clone() });
        }
        for (rm, change) in work {
            let (row, change, members) = (row.clone(), change.clone(), members.clone());
            cx.send(*rm, Msg::Prepare { tx, row, change, members });
        }
        cx.arm(Timer::Vote(timer_of(tx)), exactly(cx.knobs.span(knobs::VOTE_TIMEOUT)));
        let phase = Phase::Voting(IdSet::new());
        let active = Active { members, ticket: Some(ticket), phase, mixed: false };
        self.desk.active.insert(tx, active);
    }

    /// A transaction that gives the row of everybody the same value.
    pub fn begin_everywhere(&mut self, cx: &mut Cx, ticket: Ticket, row: &Str, value: &Value) {
        let work: Vec<(Id, Change)> =
            rms(cx).iter().map(|rm| (rm, Change::Set(value.clone()))).collect();
        self.begin(cx, ticket, row, &work);
    }

    fn on_vote(&mut self, cx: &mut Cx, from: Id, tx: u64, yes: bool) {
        let active = self.desk.active.get_mut(&tx);
        let Some(Active { phase: Phase::Voting(votes), members, .. }) = active else {
            return cx.rule(&rules::VOTE_LATE, [&from, &tx]);
        };
        if !yes {
            cx.rule(&rules::VOTE_VETO, [&from, &tx]);
            return self.abort(cx, tx, Some(from));
        }
        votes.insert(from);
        let missing = members.len() - votes.len();
        cx.rule(&rules::VOTE_COUNT, [&from, &tx, &missing]);
        if missing == 0 {
            self.commit(cx, tx);
        }
    }

    fn wait_no_longer(&mut self, cx: &mut Cx, tx: u64) {
        let active = self.desk.active.get(&tx);
        let Some(Active { phase: Phase::Voting(votes), members, .. }) = active else { return };
        let waited = cx.knobs.span(knobs::VOTE_TIMEOUT);
        cx.rule(&rules::VOTE_TIMEOUT, [&tx, &(members.len() - votes.len()), &waited]);
        self.abort(cx, tx, None);
    }

    /// All have voted yes. With this record on disk the transaction is committed.
    fn commit(&mut self, cx: &mut Cx, tx: u64) {
        let Some(active) = self.desk.active.get_mut(&tx) else { return };
        let members = active.members.clone();
        self.journal.log.insert(tx, Record::new(members, State::Commit));
        cx.disarm(Timer::Vote(timer_of(tx)));
        cx.rule(&rules::DECIDE_COMMIT, [&tx]);
        if knobs::copies_log(cx.knobs) {
            active.phase = Phase::Copying;
            return self.copy(cx, tx);
        }
        self.begin_telling(cx, tx);
    }

    /// Sends the decision to the backup, until that has it.
    fn copy(&mut self, cx: &mut Cx, tx: u64) {
        let (Some(backup), Some(record)) = (backup_of(cx), self.journal.log.get(&tx)) else {
            return;
        };
        cx.rule(&rules::LOG_COPY, [&tx]);
        cx.send(backup, Msg::Log { tx, members: record.members.clone(), commit: true });
        cx.arm(Timer::Resend(timer_of(tx)), exactly(cx.knobs.span(knobs::RESEND)));
    }

    fn on_copied(&mut self, cx: &mut Cx, tx: u64) {
        let is_waited_for = |active: &Active| active.phase == Phase::Copying;
        if self.desk.active.get(&tx).is_some_and(is_waited_for) {
            cx.rule(&rules::LOG_COPIED, [&tx]);
            self.begin_telling(cx, tx);
        }
    }

    fn begin_telling(&mut self, cx: &mut Cx, tx: u64) {
        let Some(active) = self.desk.active.get_mut(&tx) else { return };
        let left = in_order(cx, &active.members);
        active.phase = Phase::Telling { commit: true, left, unacked: IdSet::new() };
        cx.arm(Timer::Resend(timer_of(tx)), exactly(cx.knobs.span(knobs::RESEND)));
        self.tell(cx, tx);
    }

    /// Somebody voted no, or not in time. Nothing is logged: no record means abort.
    fn abort(&mut self, cx: &mut Cx, tx: u64, veto: Option<Id>) {
        let Some(active) = self.desk.active.get_mut(&tx) else { return };
        cx.disarm(Timer::Vote(timer_of(tx)));
        cx.rule(&rules::DECIDE_ABORT, [&tx]);
        if knobs::copies_log(cx.knobs)
            && let Some(backup) = backup_of(cx)
        {
            cx.send(backup, Msg::Log { tx, members: active.members.clone(), commit: false });
        }
        if let Some(ticket) = active.ticket.take() {
            cx.reply(ticket, Reply::Fail("aborted"));
        }
        let mut left = in_order(cx, &active.members);
        left.retain(|rm| Some(*rm) != veto);
        active.phase = Phase::Telling { commit: false, left, unacked: IdSet::new() };
        if cx.knobs.on(knobs::XA) {
            cx.arm(Timer::Resend(timer_of(tx)), exactly(cx.knobs.span(knobs::RESEND)));
        }
        self.tell(cx, tx);
    }

    /// Tells the next one, and the others after the gap.
    fn tell(&mut self, cx: &mut Cx, tx: u64) {
        let Some(Active { phase: Phase::Telling { commit, left, unacked }, .. }) =
            self.desk.active.get_mut(&tx)
        else {
            return;
        };
        let gap = cx.knobs.span(knobs::GAP);
        while !left.is_empty() {
            let rm = left.remove(0);
            cx.rule(&rules::DECISION_SEND, [&rm, &tx, commit]);
            cx.send(rm, Msg::Decision { tx, commit: *commit });
            unacked.insert(rm);
            if gap > Span::ZERO && !left.is_empty() {
                return cx.arm(Timer::Tell(timer_of(tx)), exactly(gap));
            }
        }
        if !*commit && !cx.knobs.on(knobs::XA) {
            // Who has not heard of it will ask, and be told abort. Under XA nobody asks.
            self.desk.active.remove(&tx);
        }
    }

    fn resend(&mut self, cx: &mut Cx, tx: u64) {
        match self.desk.active.get(&tx).map(|active| &active.phase) {
            Some(Phase::Copying) => self.copy(cx, tx),
            Some(Phase::Telling { commit, unacked, .. }) => {
                cx.rule(&rules::DECISION_RESEND, [&tx, &unacked.len()]);
                cx.send_all(unacked.iter(), Msg::Decision { tx, commit: *commit });
                cx.arm(Timer::Resend(timer_of(tx)), exactly(cx.knobs.span(knobs::RESEND)));
            }
            _ => {}
        }
    }

    fn on_ack(&mut self, cx: &mut Cx, from: Id, tx: u64, heuristic: Option<bool>) {
        if heuristic.is_some() {
            cx.rule(&rules::HEURISTIC_MIXED, [&from, &tx]);
        } else {
            cx.rule(&rules::ACK, [&from, &tx]);
        }
        let Some(active) = self.desk.active.get_mut(&tx) else { return };
        active.mixed |= heuristic.is_some();
        let Phase::Telling { left, unacked, .. } = &mut active.phase else { return };
        // Who has learnt it from another needs not be told.
        left.retain(|rm| *rm != from);
        unacked.remove(from);
        if left.is_empty() && unacked.is_empty() {
            self.end(cx, tx);
        }
    }

    /// All have acknowledged.
    fn end(&mut self, cx: &mut Cx, tx: u64) {
        cx.disarm(Timer::Resend(timer_of(tx)));
        cx.disarm(Timer::Tell(timer_of(tx)));
        cx.rule(&rules::END, [&tx]);
        if let Some(record) = self.journal.log.get_mut(&tx) {
            record.ended = true;
        }
        if let Some(Active { ticket: Some(ticket), mixed, .. }) = self.desk.active.remove(&tx) {
            cx.reply(ticket, if mixed { Reply::Unknown } else { Reply::Ok(Value::Nil) });
        }
    }
}

/// Whom to tell, in order.
pub fn in_order(cx: &Cx, members: &IdSet) -> Vec<Id> {
    let mut all: Vec<Id> = members.iter().collect();
    if cx.knobs.count(knobs::ORDER) > 0 {
        all.reverse();
    }
    all
}
