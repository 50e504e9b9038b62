//! Availability by its definition (Gilbert and Lynch 2002): every request to a node that has not
//! failed must get an answer. Here: which live nodes owe one, as far as the clients' history shows
//! it. Per node, the newest operation that has come to something speaks for it.

use alloc::vec::Vec;

use super::lamps::{Cursor, Light};
use super::phases::Phases;
use super::sequence::Sequence;
use crate::base::{Id, Span, Time, sort_by_key};
use crate::history::OpRecord;
use crate::kernel::{Cast, Phase};
use crate::op::{OpId, Outcome};
use crate::protocol::Part;
use crate::run::trace::{Fate, Trace};

/// An operation counts as unanswered from here on, even if its client still waits.
pub const PATIENCE: Span = Span::ms(1000);

/// A live node owes an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unanswered {
    /// Who was asked, first.
    pub node: Id,
    /// For what.
    pub op: OpId,
    /// Since when.
    pub since: Time,
    /// Why it counts.
    pub why: Why,
}

/// Why an operation counts as unanswered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// Its client has waited longer than [`PATIENCE`].
    Waiting,
    /// Its client gave up.
    GivenUp,
    /// It was refused, for this reason, though a sequential model says what the answer is.
    Refused(&'static str),
}

/// Who owes answers, and where that changed.
#[derive(Clone, Debug)]
pub struct Answers {
    phases: Phases,
    sequence: Sequence,
    /// How many marks were taken in.
    taken: usize,
    /// The operations that were called and came to nothing yet, with the node that was asked, as
    /// far as the recording shows it.
    waiting: Vec<(OpId, Option<Id>, Time)>,
    /// Per node, the newest operation that came to something.
    newest: Vec<Option<OpId>>,
    changes: Vec<Change>,
    /// When something was answered for the first time.
    first_answer: Option<Time>,
}

#[derive(Clone, Debug)]
struct Change {
    from: Cursor,
    unanswered: Vec<Unanswered>,
}

/// What happens next in the fold.
enum Next {
    Phase(Id, Phase),
    Called(OpId),
    Ended(OpId),
    Overdue(OpId),
}

impl Answers {
    /// Before anything was asked.
    pub fn new(cast: &Cast) -> Answers {
        Answers {
            phases: Phases::new(cast),
            sequence: Sequence::default(),
            taken: 0,
            waiting: Vec::new(),
            newest: alloc::vec![None; cast.names.len()],
            changes: Vec::new(),
            first_answer: None,
        }
    }

    /// Takes in the first `events` events.
    pub fn extend(&mut self, cast: &Cast, trace: &Trace, events: u32) {
        self.sequence.extend(&trace.history, events);
        let Some(end) = events.checked_sub(1).map(|last| trace.events[last as usize].at) else {
            return;
        };
        self.look_up(cast, trace);
        while let Some((from, next)) = self.next(trace, events, end) {
            match next {
                Next::Phase(node, phase) => {
                    if phase != Phase::Up {
                        self.excuse(node, from);
                    }
                }
                Next::Called(op) => self.called(cast, trace, op),
                Next::Ended(op) => {
                    if let Some(record) = trace.history.get(op) {
                        self.ended(cast, op, record, from);
                    }
                }
                Next::Overdue(op) => self.overdue(cast, trace, op, from),
            }
        }
    }

    /// The next thing that matters: a phase, a call or an end, or somebody's patience.
    fn next(&mut self, trace: &Trace, events: u32, end: Time) -> Option<(Cursor, Next)> {
        let mark = self.sequence.marks().get(self.taken).copied();
        let before = mark.map_or(events, |mark| mark.event + 1);
        let cursor = |event: u32| Cursor { events: event + 1, at: trace.events[event as usize].at };
        let limit = mark.map_or(end, |mark| cursor(mark.event).at);
        let phase = self.phases.peek(&trace.phases, before).map(|record| record.at);
        let limit = phase.unwrap_or(limit).min(limit);
        let late = self.waiting.iter().find(|waiting| waiting.2 + PATIENCE < limit);
        if let Some(&(op, _, called)) = late {
            let at = called + PATIENCE;
            let events = trace.events_until(at) as u32;
            return Some((Cursor { events, at }, Next::Overdue(op)));
        }
        if let Some(record) = self.phases.advance(&trace.phases, before) {
            return Some((cursor(record.event), Next::Phase(record.node, record.phase)));
        }
        let mark = mark?;
        self.taken += 1;
        let next = if mark.end { Next::Ended(mark.op) } else { Next::Called(mark.op) };
        Some((cursor(mark.event), next))
    }

    fn called(&mut self, cast: &Cast, trace: &Trace, op: OpId) {
        let Some(record) = trace.history.get(op) else { return };
        let node = asked(cast, trace, record);
        if node.is_none_or(|node| self.phases.of(node) == Phase::Up) {
            self.waiting.push((op, node, record.called));
        }
    }

    /// A node that is down or paused owes nothing that was asked before.
    fn excuse(&mut self, node: Id, from: Cursor) {
        self.waiting.retain(|waiting| waiting.1 != Some(node));
        self.change(from, |unanswered| unanswered.retain(|owed| owed.node != node));
    }

    fn overdue(&mut self, cast: &Cast, trace: &Trace, op: OpId, from: Cursor) {
        let Some(place) = self.waiting.iter().position(|waiting| waiting.0 == op) else { return };
        let (_, mut node, mut since) = self.waiting[place];
        let record = trace.history.get(op).filter(|record| asks_itself(record));
        if let Some(record) = record {
            // What such a client works on may take long: only what it asks of others counts.
            let owed = self.owed(cast, trace, record, from);
            let again = owed.map_or(from.at, |(_, asked)| asked);
            if again + PATIENCE > from.at {
                self.waiting[place].2 = again;
                return;
            }
            since = again;
            node = owed.map(|(node, _)| node);
        }
        // Its end is still of interest.
        self.waiting[place].2 = Time::NEVER;
        if let Some(node) = node {
            self.speaks(op, node, Some((since, Why::Waiting)), from);
        }
    }

    /// Whom a client that is a role of the system has asked something since it was last answered,
    /// and when first. Nobody owes anything to a client that does not run.
    fn owed(
        &self,
        cast: &Cast,
        trace: &Trace,
        record: &OpRecord,
        from: Cursor,
    ) -> Option<(Id, Time)> {
        let client = record.client;
        if self.phases.of(client) != Phase::Up {
            return None;
        }
        let start = trace.events.get(record.call as usize)?.messages as usize;
        let sent = || trace.messages.iter_from(start).take_while(|message| message.at <= from.at);
        let answered = sent().filter(|m| m.to == client && !is_client(cast, m.from));
        let arrived = answered.filter_map(|message| match message.fate {
            Fate::Arrived(event) if event < from.events => Some(trace.events[event as usize].at),
            _ => None,
        });
        let last = arrived.max().unwrap_or(record.called);
        let mut asked = sent().filter(|m| m.from == client && !is_client(cast, m.to));
        let first = asked.find(|message| message.at >= last)?;
        (self.phases.of(first.to) == Phase::Up).then_some((first.to, first.at))
    }

    /// Finds out who was asked where the recording did not show it yet.
    fn look_up(&mut self, cast: &Cast, trace: &Trace) {
        for (op, node, _) in self.waiting.iter_mut().filter(|waiting| waiting.1.is_none()) {
            *node = trace.history.get(*op).and_then(|record| asked(cast, trace, record));
        }
    }

    fn ended(&mut self, cast: &Cast, op: OpId, record: &OpRecord, from: Cursor) {
        let Some(end) = &record.end else { return };
        if matches!(end.outcome, Outcome::Ok(_)) {
            self.first_answer = self.first_answer.or(Some(end.at));
        }
        let Some(place) = self.waiting.iter().position(|waiting| waiting.0 == op) else { return };
        let (op, Some(node), _) = self.waiting.remove(place) else { return };
        let why = falls_short(cast, record, &end.outcome);
        self.speaks(op, node, why.map(|why| (record.called, why)), from);
    }

    /// What came of `op` is what can be said of `node`, unless a newer operation spoke.
    fn speaks(&mut self, op: OpId, node: Id, owes: Option<(Time, Why)>, from: Cursor) {
        let newest = &mut self.newest[node.index()];
        if newest.is_some_and(|newest| newest > op) {
            return;
        }
        *newest = Some(op);
        self.change(from, |unanswered| {
            unanswered.retain(|owed| owed.node != node);
            unanswered.extend(owes.map(|(since, why)| Unanswered { node, op, since, why }));
            sort_by_key(unanswered, |owed| owed.node);
        });
    }

    fn change(&mut self, from: Cursor, edit: impl FnOnce(&mut Vec<Unanswered>)) {
        let before = self.changes.last().map_or(&[][..], |change| &change.unanswered);
        let mut unanswered = before.to_vec();
        edit(&mut unanswered);
        if unanswered != before {
            self.changes.push(Change { from, unanswered });
        }
    }

    /// Who owes an answer at a cursor.
    pub fn at(&self, cursor: Cursor) -> &[Unanswered] {
        let before =
            |change: &Change| change.from.events <= cursor.events && change.from.at <= cursor.at;
        let place = self.changes.partition_point(before);
        place.checked_sub(1).map_or(&[], |place| &self.changes[place].unanswered)
    }

    /// Red where a live node owes an answer.
    pub fn band(&self) -> Vec<(Time, Light)> {
        let mut band = alloc::vec![(Time::ZERO, Light::Dark)];
        let mut first = self.first_answer;
        for change in &self.changes {
            if let Some(at) = first.take_if(|at| *at <= change.from.at) {
                band.push((at, Light::Green));
            }
            let light = if change.unanswered.is_empty() { Light::Green } else { Light::Red };
            band.push((change.from.at, light));
        }
        band.extend(first.map(|at| (at, Light::Green)));
        band.dedup_by_key(|(_, light)| *light);
        band
    }
}

/// Why an outcome is no answer; `None` when it is one. Where no sequential model says what the
/// answer is (a lock that is taken), a refusal is an answer.
pub fn falls_short(cast: &Cast, record: &OpRecord, outcome: &Outcome) -> Option<Why> {
    let spec = cast.entry.ops.iter().find(|spec| spec.verb == record.op.verb);
    match outcome {
        Outcome::Ok(_) => None,
        Outcome::Unknown => Some(Why::GivenUp),
        Outcome::Fail(why) => spec.and_then(|spec| spec.model).map(|_| Why::Refused(why)),
    }
}

/// The node that an operation asked first. A client that is a role of the system asks the first
/// node that it sends something to after the call.
pub fn asked(cast: &Cast, trace: &Trace, record: &OpRecord) -> Option<Id> {
    if !asks_itself(record) {
        return record.attempts.first().map(|attempt| attempt.node);
    }
    let from = trace.events.get(record.call as usize)?.messages as usize;
    let until = record.end.as_ref().map_or(Time::NEVER, |end| end.at);
    let mut sent = trace.messages.iter_from(from).take_while(|message| message.at <= until);
    sent.find(|message| message.from == record.client && !is_client(cast, message.to)).map(|m| m.to)
}

/// Whether the client is a role of the system, and does the work itself.
fn asks_itself(record: &OpRecord) -> bool {
    record.attempts.first().is_some_and(|attempt| attempt.node == record.client)
}

fn is_client(cast: &Cast, id: Id) -> bool {
    cast.setup.roles.get(id.index()).is_none_or(|role| role.part == Part::Client)
}
