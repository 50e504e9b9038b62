//! Histories written by hand: each call and each end is an event, one millisecond apart.

use std::rc::Rc;

use netsplit_core::base::{Id, Time, Value};
use netsplit_core::history::{End, History, OpRecord, Told};
use netsplit_core::op::{Access, Op, OpId, OpSpec, Outcome};

/// A history under construction.
#[derive(Default)]
pub struct Build {
    pub history: History,
    events: u32,
}

impl Build {
    pub fn events(&self) -> u32 {
        self.events
    }

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

    pub fn end(&mut self, op: OpId, outcome: Outcome) {
        let (event, at) = (self.events, Time::ms(self.events.into()));
        self.history.get_mut(op).unwrap().end = Some(End { at, event, outcome });
        self.events += 1;
    }

    /// A client says something to another, who hears it at once.
    pub fn tell(&mut self, from: u16, to: u16) {
        let (said, heard) = (self.events, self.events + 1);
        let at = Time::ms(heard.into());
        self.history.told.push(Told { from: Id(from), to: Id(to), at, said, heard });
        self.events += 2;
    }

    /// A call and its good end right after it.
    pub fn whole(&mut self, client: u16, op: Op, answer: Value) -> OpId {
        let id = self.call(client, op);
        self.end(id, Outcome::Ok(answer));
        id
    }
}

pub fn put(key: &str, value: &str) -> Op {
    Op { verb: "put", key: key.into(), args: vec![Value::text(value)] }
}

pub fn append(key: &str, value: &str) -> Op {
    Op { verb: "append", key: key.into(), args: vec![Value::text(value)] }
}

pub fn get(key: &str) -> Op {
    Op { verb: "get", key: key.into(), args: vec![] }
}

/// A register that also appends and answers what it has become.
pub static OPS: &[OpSpec] = &[
    OpSpec {
        verb: "put",
        args: &[],
        access: Access::Write,
        model: Some(|_, op| (op.arg(0), Value::Nil)),
    },
    OpSpec {
        verb: "append",
        args: &[],
        access: Access::Both,
        model: Some(|state, op| {
            let now = match state {
                Value::Nil => op.arg(0),
                state => Value::text(&format!("{state}{}", op.arg(0))),
            };
            (now.clone(), now)
        }),
    },
    OpSpec {
        verb: "get",
        args: &[],
        access: Access::Read,
        model: Some(|state, _| (state.clone(), state.clone())),
    },
];
