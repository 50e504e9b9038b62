//! A history as the checkers of levels read it: which write each read shows, and in which order
//! things happened.
//!
//! Operations that no sequential model describes do not count, nor do those that were refused
//! and reads without an answer. A write that its client gave up, or that is open, counts: it may
//! have taken effect, but what the client does next does not follow it. Nobody reads what was not
//! asked for yet. Each datum begins as nil.

use alloc::vec::Vec;

use super::bits::Bits;
use super::{Contradiction, Doubt, Finding};
use crate::base::{Id, Str, Value, sort_by_key};
use crate::check::linearizable::System;
use crate::check::sequence::{Mark, Sequence};
use crate::history::{History, OpRecord};
use crate::op::{Access, Model, OpId, OpSpec, Outcome};

/// The history of the first `events` events.
pub struct Ledger {
    /// The writes, those first that nobody asked for: of nil, and of what logs held before.
    pub writes: Vec<Write>,
    /// The reads that were answered.
    pub reads: Vec<Read>,
    /// What happened, in order.
    pub steps: Vec<(u32, Step)>,
    /// The writes of each key, by the keys' numbers.
    pub writes_of: Vec<Bits>,
    /// From which event on it matters that an operation is neither a read nor a plain write.
    pub opaque: Option<(u32, Doubt)>,
    /// From which event on two writes of one key have one value.
    pub double: Option<(u32, Doubt)>,
    keys: Vec<Str>,
}

/// Something is written.
#[derive(Debug)]
pub struct Write {
    /// By which operation; `None` when it was there from the beginning.
    pub op: Option<OpId>,
    /// Who writes; anybody when it was there from the beginning.
    pub client: Id,
    /// In which session.
    pub session: u32,
    /// The number of the datum.
    pub key: usize,
    /// What.
    pub value: Value,
    /// Whether it is the nil that the datum begins as.
    pub is_first: bool,
    /// The event of its call.
    pub call: u32,
    /// The event of its good end; none when it was given up, is open or nobody asked for it.
    pub end: Option<u32>,
}

/// Something is read.
#[derive(Debug)]
pub struct Read {
    /// By which operation.
    pub op: OpId,
    /// Who reads.
    pub client: Id,
    /// In which session.
    pub session: u32,
    /// The number of the datum.
    pub key: usize,
    /// The event of its call.
    pub call: u32,
    /// The event of its end.
    pub end: u32,
    /// The writes that its answer may show; more than one only where values are not unique.
    pub sources: Vec<usize>,
}

/// What happens. Numbers are places in [`Ledger::writes`], [`Ledger::reads`] and
/// [`History::told`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// A write is asked for.
    Called(usize),
    /// Its client knows that it is done.
    Acknowledged(usize),
    /// A read is asked for.
    Asked(usize),
    /// It is answered.
    Answered(usize),
    /// Somebody says something outside the system.
    Said(usize),
    /// It is heard.
    Heard(usize),
}

/// What is looked at of a history.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The system.
    pub system: &'a System,
    /// What its clients saw.
    pub history: &'a History,
    /// So many events of it.
    pub events: u32,
    /// One key of it alone.
    pub key: Option<&'a str>,
}

impl Scope<'_> {
    /// Reads it, or says why it is not looked at: it contradicts itself, or there are more than
    /// `limit` operations. `alone`: each client has to ask for one thing at a time.
    pub fn ledger(&self, alone: bool, limit: usize) -> Result<Ledger, Finding> {
        if let Some(why) = contradiction(self.system, self.history, self.events, alone) {
            return Err(Finding::Invalid(why));
        }
        let called = self.history.iter().take_while(|(_, record)| record.call < self.events);
        let of_key = |record: &OpRecord| self.key.is_none_or(|key| *record.op.key == *key);
        if called.filter(|(_, record)| of_key(record)).count() > limit {
            return Err(Finding::NotDecided(Doubt::TooMany { limit }));
        }
        Ok(Ledger::of(self.system, self.history, self.events, self.key))
    }
}

impl Ledger {
    /// Reads the history of the first `events` events, or of one key of it.
    pub fn of(system: &System, history: &History, events: u32, key: Option<&str>) -> Ledger {
        let mut ledger = Ledger {
            writes: Vec::new(),
            reads: Vec::new(),
            steps: Vec::new(),
            writes_of: Vec::new(),
            opaque: None,
            double: None,
            keys: Vec::new(),
        };
        ledger.begin(system, history, key);
        let mut place_of: Vec<Option<usize>> = alloc::vec![None; history.len()];
        for mark in marks(history, events) {
            let Some(counted) = counted(system, history, mark.op, events) else { continue };
            if key.is_some_and(|key| *counted.record.op.key != *key) {
                continue;
            }
            let place = &mut place_of[mark.op.0 as usize];
            match (mark.end, counted.spec.access) {
                (true, Access::Read) => ledger.answered(&mark, &counted),
                (false, Access::Read) => {}
                (false, _) => *place = ledger.called(&mark, &counted),
                (true, _) if counted.answer.is_some() => {
                    if let Some(place) = *place {
                        ledger.writes[place].end = Some(mark.event);
                        ledger.steps.push((mark.event, Step::Acknowledged(place)));
                    }
                }
                (true, _) => {}
            }
        }
        ledger.tell(history, events);
        ledger
    }

    /// The number of the datum that a write or read concerns.
    fn key(&mut self, key: &Str) -> usize {
        self.keys.iter().position(|known| known == key).unwrap_or_else(|| {
            self.keys.push(key.clone());
            self.writes_of.push(Bits::default());
            self.keys.len() - 1
        })
    }

    /// What is there before anybody asks.
    fn begin(&mut self, system: &System, history: &History, only: Option<&str>) {
        let counts = |key: &str| only.is_none_or(|only| only == key);
        for (_, record) in history.iter().filter(|(_, record)| counts(&record.op.key)) {
            self.key(&record.op.key);
        }
        for key in 0..self.keys.len() {
            self.write(first(key, Value::Nil, true));
        }
        for (key, value) in system.given.iter().filter(|(key, _)| counts(key)) {
            let n_keys = self.keys.len();
            let key = self.key(key);
            if key == n_keys {
                self.write(first(key, Value::Nil, true));
            }
            self.write(first(key, value.clone(), false));
        }
    }

    fn write(&mut self, write: Write) -> usize {
        let place = self.writes.len();
        self.writes_of[write.key].insert(place);
        self.writes.push(write);
        place
    }

    fn called(&mut self, mark: &Mark, counted: &Counted) -> Option<usize> {
        let record = counted.record;
        let Some(value) = plainly_written(counted) else {
            self.opaque = self.opaque.take().or(Some((mark.event, Doubt::Opaque { op: mark.op })));
            return None;
        };
        let key = self.key(&record.op.key);
        // A deletion is not the nil that a datum begins as; only a read of nil makes that a
        // question.
        let same =
            |&other: &usize| self.writes[other].value == value && !self.writes[other].is_first;
        let twin = self.writes_of[key].descending().find(same);
        if twin.is_some() && self.double.is_none() {
            let doubt = Doubt::NotUnique { key: record.op.key.clone(), value: value.clone() };
            self.double = Some((mark.event, doubt));
        }
        let place = self.write(Write {
            op: Some(mark.op),
            client: record.client,
            session: record.session,
            key,
            value,
            is_first: false,
            call: mark.event,
            end: None,
        });
        self.steps.push((mark.event, Step::Called(place)));
        Some(place)
    }

    fn answered(&mut self, mark: &Mark, counted: &Counted) {
        let (record, model) = (counted.record, counted.model);
        let Some(answer) = counted.answer else { return };
        let key = self.key(&record.op.key);
        let shows = |&write: &usize| model(&self.writes[write].value, &record.op).1 == *answer;
        let sources: Vec<usize> = self.writes_of[key].descending().filter(shows).collect();
        if sources.len() > 1 && self.double.is_none() {
            let (key, value) = (record.op.key.clone(), answer.clone());
            self.double = Some((mark.event, Doubt::NotUnique { key, value }));
        }
        let place = self.reads.len();
        self.reads.push(Read {
            op: mark.op,
            client: record.client,
            session: record.session,
            key,
            call: record.call,
            end: mark.event,
            sources,
        });
        self.steps.push((record.call, Step::Asked(place)));
        self.steps.push((mark.event, Step::Answered(place)));
    }

    fn tell(&mut self, history: &History, events: u32) {
        for (place, told) in history.told.iter().enumerate() {
            self.steps.push((told.said, Step::Said(place)));
            self.steps.push((told.heard, Step::Heard(place)));
        }
        self.steps.retain(|(event, _)| *event < events);
        sort_by_key(&mut self.steps, |(event, _)| *event);
    }

    /// From when on it is not known which read shows which write.
    pub fn doubt(&self) -> Option<&(u32, Doubt)> {
        let doubts = self.opaque.iter().chain(&self.double);
        doubts.min_by_key(|(event, _)| *event)
    }

    /// What happened while it was known which read shows which write.
    pub fn clear_steps(&self) -> impl Iterator<Item = (u32, Step)> + '_ {
        let until = self.doubt().map_or(u32::MAX, |(event, _)| *event);
        self.steps.iter().take_while(move |(event, _)| *event < until).copied()
    }
}

fn first(key: usize, value: Value, is_first: bool) -> Write {
    let (client, session) = (Id(u16::MAX), 0);
    Write { op: None, client, session, key, value, is_first, call: 0, end: None }
}

/// Calls and ends in the order in which they happened.
pub fn marks(history: &History, events: u32) -> Vec<Mark> {
    let mut sequence = Sequence::default();
    sequence.extend(history, events);
    sequence.marks().to_vec()
}

/// An operation that counts.
pub struct Counted<'a> {
    /// Its record.
    pub record: &'a OpRecord,
    /// What kind it is.
    pub spec: &'static OpSpec,
    /// What one copy would do.
    pub model: Model,
    /// Its answer, if it ended well.
    pub answer: Option<&'a Value>,
}

/// An operation, if it counts: a sequential model describes it, it was not refused, and it is no
/// read without an answer.
pub fn counted<'a>(
    system: &System,
    history: &'a History,
    op: OpId,
    events: u32,
) -> Option<Counted<'a>> {
    let record = history.get(op)?;
    let spec = system.ops.iter().find(|spec| spec.verb == record.op.verb)?;
    let model = spec.model?;
    let end = record.end.as_ref();
    let answer = match end.map(|end| &end.outcome) {
        // It took no effect, whether that is known yet or not.
        Some(Outcome::Fail(_)) => return None,
        Some(Outcome::Ok(answer)) => Some(answer).filter(|_| end.is_some_and(|e| e.event < events)),
        Some(Outcome::Unknown) | None => None,
    };
    if answer.is_none() && spec.access == Access::Read {
        return None;
    }
    Some(Counted { record, spec, model, answer })
}

/// What an operation writes, where that does not depend on what was there.
fn plainly_written(counted: &Counted) -> Option<Value> {
    let (model, op) = (counted.model, &counted.record.op);
    let written = model(&Value::Nil, op).0;
    let other = model(&Value::text("\u{0}"), op).0;
    (counted.spec.access == Access::Write && written == other).then_some(written)
}

/// Where a history contradicts itself. `alone`: each client asks for one thing at a time.
pub fn contradiction(
    system: &System,
    history: &History,
    events: u32,
    alone: bool,
) -> Option<Contradiction> {
    let mut open: Vec<(Id, OpId, u32)> = Vec::new();
    for (op, record) in history.iter().filter(|(_, record)| record.call < events) {
        let end = record.end.as_ref().filter(|end| end.event < events);
        if end.is_some_and(|end| end.event < record.call || end.at < record.called) {
            return Some(Contradiction::EndsBeforeCall { op });
        }
        let spec = system.ops.iter().find(|spec| spec.verb == record.op.verb);
        if !alone || spec.is_none_or(|spec| spec.model.is_none()) {
            continue;
        }
        let end = end.map_or(u32::MAX, |end| end.event);
        match open.iter_mut().find(|known| known.0 == record.client) {
            Some((_, other, until)) if *until > record.call => {
                return Some(Contradiction::TwoOpen { op, other: *other });
            }
            Some(known) => *known = (record.client, op, end),
            None => open.push((record.client, op, end)),
        }
    }
    None
}
