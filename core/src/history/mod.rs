//! Operations as clients saw them: written at one boundary, request in and reply out, with the
//! attempts under the operation.

mod acts;

pub use acts::{Act, Invalid};

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::base::{Chunked, Id, Str, Time};
use crate::op::{Op, OpId, Outcome};

/// Everything that clients asked and heard, in the order of asking.
#[derive(Clone, Debug, Default)]
pub struct History {
    ops: Chunked<OpRecord>,
    /// What was said outside the system, in the order of hearing. Edges of the causal order that no
    /// message carries.
    pub told: Vec<Told>,
}

/// Something that was said outside the system, and heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Told {
    /// Who said it.
    pub from: Id,
    /// Who heard it.
    pub to: Id,
    /// When it was heard.
    pub at: Time,
    /// The event in which it was said.
    pub said: u32,
    /// The event in which it was heard.
    pub heard: u32,
}

/// One operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpRecord {
    /// Who asks.
    pub client: Id,
    /// Which session of the client, from 0.
    pub session: u32,
    /// The client's number for it.
    pub serial: u64,
    /// What is asked.
    pub op: Rc<Op>,
    /// What the script calls it.
    pub label: Option<Str>,
    /// When it was called.
    pub called: Time,
    /// The event that called it.
    pub call: u32,
    /// Whom the client asked, in turn.
    pub attempts: Vec<Attempt>,
    /// How it ended for the client; `None` while it waits.
    pub end: Option<End>,
}

/// One attempt at an operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// Who was asked.
    pub node: Id,
    /// When.
    pub at: Time,
    /// When and how it ended; `None` while it waits.
    pub end: Option<(Time, AttemptEnd)>,
}

/// How an attempt ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AttemptEnd {
    /// The node did it.
    Done,
    /// The node refused, for this reason.
    Refused(&'static str),
    /// The node pointed to another, or to none.
    Redirected(Option<Id>),
    /// The client stopped waiting.
    TimedOut,
    /// The connection broke.
    Broken,
}

/// How an operation ended for its client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct End {
    /// When.
    pub at: Time,
    /// The event that ended it.
    pub event: u32,
    /// How.
    pub outcome: Outcome,
}

impl History {
    /// Takes down the beginning of an operation. Operations are numbered in this order.
    pub fn call(&mut self, record: OpRecord) {
        self.ops.push(record);
    }

    /// The operation of this number.
    pub fn get(&self, op: OpId) -> Option<&OpRecord> {
        self.ops.get(op.0 as usize)
    }

    /// The operation of this number, to take down more of it.
    pub fn get_mut(&mut self, op: OpId) -> Option<&mut OpRecord> {
        let index = op.0 as usize;
        if index < self.ops.len() { Some(&mut self.ops[index]) } else { None }
    }

    /// All operations in the order of asking.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (OpId, &OpRecord)> + '_ {
        (0..self.ops.len()).map(|index| (OpId(index as u32), &self.ops[index]))
    }

    /// How many operations.
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Whether nobody asked for anything.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    /// The operation that the script calls `label`; of several, the last.
    pub fn labelled(&self, label: &str) -> Option<(OpId, &OpRecord)> {
        self.iter().rev().find(|(_, op)| op.label.as_deref() == Some(label))
    }

    /// Forgets the operations from `len` on, and what ended after `event`.
    pub fn rewind(&mut self, len: usize, event: u32, at: Time) {
        self.ops.truncate(len);
        for index in 0..self.ops.len() {
            let op = &mut self.ops[index];
            if op.end.as_ref().is_some_and(|end| end.event >= event) {
                op.end = None;
            }
            op.attempts.retain(|attempt| attempt.at <= at);
            for attempt in &mut op.attempts {
                if attempt.end.as_ref().is_some_and(|(ended, _)| *ended > at) {
                    attempt.end = None;
                }
            }
        }
        self.told.retain(|told| told.heard < event);
    }
}
