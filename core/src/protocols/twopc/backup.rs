//! The backup coordinator: it knows who takes part, may have a copy of the decision log, and ends
//! what the transaction manager began once it is told to take over.

use alloc::vec::Vec;

use super::super::commit::State;
use super::message::Msg;
use super::state::{Journal, Record, Watch};
use super::{Cx, TM, Timer, exactly, knobs, rules};
use crate::base::{Id, IdSet, Value};
use crate::op::{Reply, Ticket};

/// Disk and memory of the backup.
pub struct Backup<'a> {
    /// The disk.
    pub journal: &'a mut Journal,
    /// The memory.
    pub watch: &'a mut Watch,
}

/// The backup boots, and waits to be asked.
pub fn boot(cx: &Cx) -> Watch {
    Watch { has_log: knobs::copies_log(cx.knobs), ..Watch::default() }
}

/// A message arrives.
pub fn on_message(cx: &mut Cx, mut backup: Backup, from: Id, msg: &Msg) {
    match msg {
        Msg::Begin { tx, members } => {
            cx.rule(&rules::BACKUP_TOLD, [tx]);
            let members = members.clone();
            backup.journal.log.insert(*tx, Record { members, state: State::Wait, ended: false });
        }
        Msg::Log { tx, members, commit } => backup.store(cx, *tx, members, *commit),
        Msg::Outcome { tx, commit } => backup.on_outcome(cx, from, *tx, *commit),
        Msg::Ack { tx, .. } => backup.on_ack(cx, from, *tx),
        _ => {}
    }
}

/// It asks, and tells, again.
pub fn on_timeout(cx: &mut Cx, mut backup: Backup) {
    backup.go_on(cx);
}

impl Backup<'_> {
    /// Stores a decision that the transaction manager has made.
    fn store(&mut self, cx: &mut Cx, tx: u64, members: &IdSet, commit: bool) {
        cx.rule(&rules::LOG_STORE, [&tx, &commit]);
        let (members, state) = (members.clone(), decided(commit));
        self.journal.log.insert(tx, Record { members, state, ended: false });
        if commit {
            cx.send(TM, Msg::LogAck { tx });
        }
    }

    /// Somebody says that the transaction manager is dead.
    pub fn take_over(&mut self, cx: &mut Cx, ticket: Ticket) {
        let (open, known): (Vec<_>, Vec<_>) =
            self.journal.log.iter().partition(|(_, record)| record.state == State::Wait);
        cx.rule(&rules::TAKEOVER, [&open.len(), &known.len()]);
        self.watch.acts = true;
        for (tx, record) in known {
            self.watch.unacked.insert(*tx, record.members.clone());
        }
        self.go_on(cx);
        cx.reply(ticket, Reply::Ok(Value::Nil));
    }

    /// Asks everybody what became of the open transactions, and tells what is known.
    fn go_on(&mut self, cx: &mut Cx) {
        for (tx, record) in self.journal.log.iter() {
            if record.state == State::Wait {
                cx.rule(&rules::TERMINATION_ASK, [tx, &record.members.len()]);
                cx.send_all(record.members.iter(), Msg::Inquiry { tx: *tx });
            } else if let Some(unacked) = self.watch.unacked.get(tx) {
                tell(cx, *tx, record.state, unacked);
            }
        }
        if self.is_busy() {
            cx.arm(Timer::Recover, exactly(cx.knobs.span(knobs::RESEND)));
        }
    }

    fn is_busy(&self) -> bool {
        let open = self.journal.log.values().any(|record| record.state == State::Wait);
        open || !self.watch.unacked.is_empty()
    }

    /// A resource manager answers.
    fn on_outcome(&mut self, cx: &mut Cx, from: Id, tx: u64, commit: Option<bool>) {
        let record = self.journal.log.get_mut(&tx);
        let Some(record) = record.filter(|record| record.state == State::Wait) else {
            self.on_ack(cx, from, tx);
            return;
        };
        let Some(commit) = commit else {
            return cx.rule(&rules::BLOCKED, [&from, &tx]);
        };
        record.state = decided(commit);
        cx.rule(&rules::TAKEOVER_LEARN, [&from, &tx, &commit]);
        let mut unacked = record.members.clone();
        unacked.remove(from);
        tell(cx, tx, record.state, &unacked);
        self.watch.unacked.insert(tx, unacked);
    }

    /// Somebody knows the decision.
    fn on_ack(&mut self, cx: &mut Cx, from: Id, tx: u64) {
        let Some(unacked) = self.watch.unacked.get_mut(&tx) else { return };
        cx.rule(&rules::ACK, [&from, &tx]);
        unacked.remove(from);
        if unacked.is_empty() {
            self.watch.unacked.remove(&tx);
        }
    }
}

fn tell(cx: &mut Cx, tx: u64, state: State, to: &IdSet) {
    let commit = state == State::Commit;
    for rm in to.iter() {
        cx.rule(&rules::DECISION_SEND, [&rm, &tx, &commit]);
        cx.send(rm, Msg::Decision { tx, commit });
    }
}

fn decided(commit: bool) -> State {
    if commit { State::Commit } else { State::Abort }
}
