//! The clients' history as a row of calls and ends, in the order in which they happened.

use alloc::vec::Vec;

use crate::base::sort_by_key;
use crate::history::History;
use crate::op::OpId;

/// An operation begins or ends for its client.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Mark {
    /// The event of the trace.
    pub event: u32,
    /// Whether the operation ends; it begins otherwise.
    pub end: bool,
    /// Which one.
    pub op: OpId,
}

/// The row of calls and ends up to some event; grows with the recording.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    marks: Vec<Mark>,
    /// The operations that have begun and not ended.
    open: Vec<OpId>,
    n_called: u32,
    events: u32,
}

impl Sequence {
    /// Takes in what happened in the first `events` events of the recording.
    pub fn extend(&mut self, history: &History, events: u32) {
        if events <= self.events {
            return;
        }
        let from = self.marks.len();
        while let Some(record) = history.get(OpId(self.n_called)) {
            if record.call >= events {
                break;
            }
            let op = OpId(self.n_called);
            self.marks.push(Mark { event: record.call, end: false, op });
            self.open.push(op);
            self.n_called += 1;
        }
        let marks = &mut self.marks;
        self.open.retain(|&op| {
            let end = history.get(op).and_then(|record| record.end.as_ref());
            let Some(end) = end.filter(|end| end.event < events) else { return true };
            marks.push(Mark { event: end.event, end: true, op });
            false
        });
        // Within one event a call comes before an end only when it is the call of that operation.
        sort_by_key(&mut self.marks[from..], |mark| (mark.event, mark.end, mark.op));
        self.events = events;
    }

    /// Calls and ends, in order.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The operations that have begun and not ended, in the order of their calls.
    pub fn open(&self) -> &[OpId] {
        &self.open
    }

    /// How many events were taken in.
    pub fn events(&self) -> u32 {
        self.events
    }
}
