//! A history taken down by hand: each call and each end is an event, one millisecond apart.

use std::rc::Rc;

use netsplit_core::base::{Id, Time};
use netsplit_core::history::{End, History, OpRecord};
use netsplit_core::op::{Op, OpId, Outcome};

/// A history under construction.
#[derive(Clone, Default)]
pub struct Record {
    /// What was taken down.
    pub history: History,
    /// How many calls and ends.
    pub events: u32,
}

impl Record {
    /// A client asks.
    pub fn call(&mut self, client: u16, op: Op) -> OpId {
        let id = OpId(self.history.len() as u32);
        self.history.call(OpRecord {
            client: Id(client),
            session: 0,
            serial: 0,
            op: Rc::new(op),
            label: None,
            called: Time::ms(self.events.into()),
            call: self.events,
            attempts: Vec::new(),
            end: None,
        });
        self.events += 1;
        id
    }

    /// What a client asked for ends.
    pub fn end(&mut self, op: OpId, outcome: Outcome) {
        let (event, at) = (self.events, Time::ms(self.events.into()));
        if let Some(record) = self.history.get_mut(op) {
            record.end = Some(End { at, event, outcome });
        }
        self.events += 1;
    }
}
