//! Whether an answer that a node would give now is still so: the run's history, with this read at
//! its end, must be linearizable.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::{Overwrite, Reading};
use crate::base::{Id, Str, Time, Value};
use crate::check::linearizable::{Checking, Finding, System};
use crate::history::{End, History, OpRecord};
use crate::op::{Access, Op, OpId, Outcome};

/// What an answer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Freshness {
    Fresh,
    Stale(Option<Overwrite>),
    NeverWritten,
    NotDecided,
}

impl Freshness {
    /// The answer, as it is shown.
    pub fn reading(self, value: Value, by: Id) -> Reading {
        match self {
            Freshness::Fresh => Reading::Fresh { value, by },
            Freshness::Stale(against) => Reading::Stale { value, by, against },
            Freshness::NeverWritten => Reading::NeverWritten { value, by },
            Freshness::NotDecided => Reading::NotDecided { value, by },
        }
    }
}

/// The key of the write that was acknowledged last within the first `events` events; of the one
/// that was called last when none was acknowledged; of what logs held before, when none was called.
pub(super) fn written_last(system: &System, history: &History, events: u32) -> Option<Str> {
    let writes =
        |record: &&OpRecord| matches!(access(system, record), Some(Access::Write | Access::Both));
    let known = history.iter().map(|(_, record)| record).filter(|record| record.call < events);
    let mut acknowledged: Option<(u32, &Str)> = None;
    let mut called = None;
    for record in known.filter(writes) {
        called = Some(&record.op.key);
        let end = record.end.as_ref().filter(|end| end.event < events);
        if let Some(End { event, outcome: Outcome::Ok(_), .. }) = end
            && acknowledged.is_none_or(|(latest, _)| latest <= *event)
        {
            acknowledged = Some((*event, &record.op.key));
        }
    }
    let given = system.given.last().map(|(key, _)| key);
    acknowledged.map(|(_, key)| key).or(called).or(given).cloned()
}

/// What kind of operation it is, where a sequential model describes it.
fn access(system: &System, record: &OpRecord) -> Option<Access> {
    let spec = system.ops.iter().find(|spec| spec.verb == record.op.verb)?;
    spec.model.and(Some(spec.access))
}

/// An answer that is being judged, in slices.
pub(super) struct Judging {
    question: Question,
    /// Whether what clients have read is believed; when that contradicts itself already, writes
    /// alone are compared with the answer.
    believes_reads: bool,
    /// The numbers of the operations that count, in the run's history.
    ids: Vec<OpId>,
    checking: Checking,
}

/// What is judged.
#[derive(Clone, Debug)]
pub(super) struct Question {
    /// The system.
    pub system: System,
    /// How many events had happened.
    pub events: u32,
    /// When.
    pub at: Time,
    /// The verb of the read.
    pub verb: &'static str,
    /// What was read.
    pub key: Str,
    /// What was answered.
    pub value: Value,
}

impl Judging {
    /// Begins to judge the answer to a read of a run of this history.
    pub fn new(question: Question, history: &History) -> Judging {
        Judging::of(question, history, true)
    }

    fn of(question: Question, history: &History, believes_reads: bool) -> Judging {
        let (mut past, ids) = question.past(history, believes_reads);
        past.call(question.asked());
        let checking = Checking::new(question.system.clone(), past);
        Judging { question, believes_reads, ids, checking }
    }

    /// What was answered.
    pub fn value(&self) -> &Value {
        &self.question.value
    }

    /// Goes on for `budget` steps, and takes them off it; what the answer is, at the end.
    pub fn advance(&mut self, history: &History, budget: &mut u32) -> Option<Freshness> {
        loop {
            match self.checking.advance(budget)? {
                Finding::Linearizable => return Some(Freshness::Fresh),
                Finding::Broken(fault) if fault.op.0 as usize == self.ids.len() => {
                    let against = fault.against.and_then(|op| self.ids.get(op.0 as usize));
                    let ended = |op: OpId| history.get(op)?.end.as_ref().map(|end| end.at);
                    let ago = |op: OpId| Some(self.question.at.since(ended(op)?));
                    let overwrite = |&op| ago(op).map(|ago| Overwrite { op, ago });
                    return Some(Freshness::Stale(against.and_then(overwrite)));
                }
                _ if self.believes_reads => {
                    *self = Judging::of(self.question.clone(), history, false);
                }
                Finding::Broken(_) | Finding::NotDecided { .. } => {
                    return Some(Freshness::NotDecided);
                }
            }
        }
    }
}

impl Question {
    /// The operations that count, and their numbers in `history`.
    fn past(&self, history: &History, believes_reads: bool) -> (History, Vec<OpId>) {
        let (mut past, mut ids) = (History::default(), Vec::new());
        for (id, record) in history.iter().filter(|(_, record)| record.call < self.events) {
            let access = access(&self.system, record);
            let counts = access.is_some_and(|access| believes_reads || access != Access::Read);
            if counts && record.op.key == self.key {
                // An end that lies after the instant is not known yet.
                let end = record.end.clone().filter(|end| end.event < self.events);
                past.call(OpRecord { end, attempts: Vec::new(), ..record.clone() });
                ids.push(id);
            }
        }
        (past, ids)
    }

    /// The read, as if it were called and answered after everything so far.
    fn asked(&self) -> OpRecord {
        let outcome = Outcome::Ok(self.value.clone());
        OpRecord {
            client: Id(u16::MAX),
            session: 0,
            serial: 0,
            op: Rc::new(Op { verb: self.verb, key: self.key.clone(), args: Vec::new() }),
            label: None,
            called: self.at,
            call: self.events,
            attempts: Vec::new(),
            end: Some(End { at: self.at, event: self.events + 1, outcome }),
        }
    }
}
