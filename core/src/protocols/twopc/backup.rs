//! The backup coordinator: it knows who takes part, may have a copy of the decision log, and ends
//! what the transaction manager began once it is told to take over.

use super::super::commit::State;
use super::message::Msg;
use super::state::{Journal, Record, Watch};
use super::{Cx, TM, Timer, exactly, knobs, rules};
use crate::base::{Id, IdSet, Map, Span, Value};
use crate::op::{Reply, Ticket};

/// Disk and memory of the backup.
pub struct Backup<'a> {
    /// The disk.
    pub journal: &'a mut Journal,
    /// The memory.
    pub watch: &'a mut Watch,
}

/// The backup boots. It goes on where it was, if it has taken over, and asks for what it missed of
/// the log, if it has a copy.
pub fn boot(cx: &mut Cx, journal: &Journal) -> Watch {
    let mut watch = Watch { has_log: knobs::copies_log(cx.knobs), ..Watch::default() };
    if journal.acts {
        watch.unacked = untold(journal);
    }
    if journal.acts || watch.has_log {
        cx.arm(Timer::Recover, exactly(Span::ZERO));
    }
    watch
}

/// Whom to tell of what is decided: everybody, since who knows was not written down.
fn untold(journal: &Journal) -> Map<u64, IdSet> {
    let mut untold = Map::default();
    for (tx, record) in journal.log.iter().filter(|(_, record)| record.state.is_decided()) {
        untold.insert(*tx, record.members.clone());
    }
    untold
}

/// A message arrives.
pub fn on_message(cx: &mut Cx, mut backup: Backup, from: Id, msg: &Msg) {
    match msg {
        Msg::Begin { tx, members } => backup.on_begin(cx, *tx, members),
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
    /// The transaction manager has begun a transaction.
    fn on_begin(&mut self, cx: &mut Cx, tx: u64, members: &IdSet) {
        cx.rule(&rules::BACKUP_TOLD, [&tx]);
        self.journal.log.get_or_insert_with(tx, || Record::new(members.clone(), State::Wait));
        if self.journal.acts || self.watch.has_log {
            cx.arm(Timer::Recover, exactly(cx.knobs.span(knobs::RESEND)));
        }
    }

    /// Stores a decision that the transaction manager has made.
    fn store(&mut self, cx: &mut Cx, tx: u64, members: &IdSet, commit: bool) {
        cx.rule(&rules::LOG_STORE, [&tx, &commit]);
        let followed = self.journal.log.get(&tx).is_some_and(|record| record.followed);
        let record = Record { followed, ..Record::new(members.clone(), decided(commit)) };
        self.journal.log.insert(tx, record);
        if commit {
            cx.send(TM, Msg::LogAck { tx });
        }
    }

    /// Somebody says that the transaction manager is dead.
    pub fn take_over(&mut self, cx: &mut Cx, ticket: Ticket) {
        self.journal.acts = true;
        self.watch.unacked = untold(self.journal);
        let known = self.watch.unacked.len();
        cx.rule(&rules::TAKEOVER, [&(self.journal.log.len() - known), &known]);
        self.go_on(cx);
        cx.reply(ticket, Reply::Ok(Value::Nil));
    }

    /// Asks what became of the open transactions, and tells what is known. Who has not taken over
    /// asks the transaction manager alone, for the piece of the log that it missed.
    fn go_on(&mut self, cx: &mut Cx) {
        for (tx, record) in self.journal.log.iter() {
            if record.state != State::Wait {
                if let Some(unacked) = self.watch.unacked.get(tx) {
                    tell(cx, *tx, record.state, unacked);
                }
            } else if self.journal.acts {
                cx.rule(&rules::TERMINATION_ASK, [tx, &record.members.len()]);
                cx.send_all(record.members.iter(), Msg::Inquiry { tx: *tx });
            } else {
                cx.rule(&rules::INQUIRE, [tx]);
                cx.send(TM, Msg::Inquiry { tx: *tx });
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

    /// A resource manager answers, or the transaction manager.
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
        if !self.journal.acts {
            return cx.rule(&rules::LOG_STORE, [&tx, &commit]);
        }
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
