//! Histories that come from elsewhere: one act after another, as clients or a recording tell them.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::{End, History, OpRecord};
use crate::base::{Id, Time};
use crate::op::{Op, OpId, Outcome};

/// Something that a client did. A client has one operation open at a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Act {
    /// It asks.
    Call(Id, Op),
    /// What it asked ends for it.
    End(Id, Outcome),
}

/// A history that contradicts itself. It is neither consistent nor inconsistent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Invalid {
    /// Something ends that was not asked, or has ended already.
    EndWithoutCall {
        /// Whose.
        client: Id,
        /// Which act, from 0.
        act: u32,
    },
    /// A client asks while it still waits for something else.
    CallWhileOpen {
        /// Which client.
        client: Id,
        /// Which act, from 0.
        act: u32,
        /// What it waits for.
        open: OpId,
    },
}

impl History {
    /// The history that these acts tell, one a millisecond, each an event of its own.
    ///
    /// # Errors
    ///
    /// The first act that contradicts the others.
    pub fn of(acts: impl IntoIterator<Item = Act>) -> Result<History, Invalid> {
        let mut history = History::default();
        let mut open: Vec<(Id, OpId)> = Vec::new();
        for (act, done) in (0..).zip(acts) {
            let at = Time::ms(u64::from(act));
            let waiting = |of: Id| open.iter().position(|(client, _)| *client == of);
            match done {
                Act::Call(client, op) => {
                    if let Some(place) = waiting(client) {
                        return Err(Invalid::CallWhileOpen { client, act, open: open[place].1 });
                    }
                    open.push((client, OpId(history.len() as u32)));
                    history.call(called(client, Rc::new(op), (act, at)));
                }
                Act::End(client, outcome) => {
                    let place = waiting(client).ok_or(Invalid::EndWithoutCall { client, act })?;
                    if let Some(record) = history.get_mut(open.remove(place).1) {
                        record.end = Some(End { at, event: act, outcome });
                    }
                }
            }
        }
        Ok(history)
    }
}

fn called(client: Id, op: Rc<Op>, (call, called): (u32, Time)) -> OpRecord {
    let (attempts, label, end) = (Vec::new(), None, None);
    OpRecord { client, session: 0, serial: 0, op, label, called, call, attempts, end }
}
