//! Whether an answer that a node would give now is still so: the run's history, with this read at
//! its end, must be linearizable.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::{Overwrite, Reading};
use crate::base::{Id, Str, Time, Value};
use crate::check::linearizable::{Finding, System, check};
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

/// What the answer `value` to a read of `key` is at `at`, after the first `events` events. Where
/// clients' reads have broken linearizability before, writes alone are compared with the answer.
pub(super) fn judge(
    system: &System,
    history: &History,
    (events, at): (u32, Time),
    (verb, key, value): (&'static str, &Str, &Value),
) -> Freshness {
    let op = Rc::new(Op { verb, key: key.clone(), args: Vec::new() });
    for believes_reads in [true, false] {
        let (mut past, ids) = history_of(system, history, events, key, believes_reads);
        let probe = OpId(ids.len() as u32);
        past.call(asked(op.clone(), events, at, value));
        match check(system, &past, events + 2, Some(key)) {
            Finding::Linearizable => return Freshness::Fresh,
            Finding::Broken(fault) if fault.op == probe => {
                let against = fault.against.and_then(|op| ids.get(op.0 as usize));
                let ended = |op: OpId| history.get(op)?.end.as_ref().map(|end| end.at);
                let overwrite = |&op| Some(Overwrite { op, ago: at.since(ended(op)?) });
                return Freshness::Stale(against.and_then(overwrite));
            }
            Finding::Broken(_) | Finding::NotDecided { .. } => {}
        }
    }
    Freshness::NotDecided
}

/// The operations on `key` within the first `events` events, and their numbers in `history`.
fn history_of(
    system: &System,
    history: &History,
    events: u32,
    key: &Str,
    believes_reads: bool,
) -> (History, Vec<OpId>) {
    let (mut past, mut ids) = (History::default(), Vec::new());
    for (id, record) in history.iter().filter(|(_, record)| record.call < events) {
        let access = access(system, record);
        let counts = access.is_some_and(|access| believes_reads || access != Access::Read);
        if counts && record.op.key == *key {
            past.call(record.clone());
            ids.push(id);
        }
    }
    // An end that lies after the instant is not known yet.
    for place in 0..ids.len() {
        if let Some(record) = past.get_mut(OpId(place as u32)) {
            record.end = record.end.take().filter(|end| end.event < events);
        }
    }
    (past, ids)
}

/// The probe, as if it were called and answered after everything so far.
fn asked(op: Rc<Op>, events: u32, at: Time, value: &Value) -> OpRecord {
    let outcome = Outcome::Ok(value.clone());
    OpRecord {
        client: Id(u16::MAX),
        session: 0,
        serial: 0,
        op,
        label: None,
        called: at,
        call: events,
        attempts: Vec::new(),
        end: Some(End { at, event: events + 1, outcome }),
    }
}
