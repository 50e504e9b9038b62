//! The messages. Every question carries a number of its client's, and its answer carries it back.

use crate::base::{Str, Value};
use crate::describe::{Pen, Shape};
use crate::protocol::Message;

use super::Datum;

/// A message between a client and a replica.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Msg {
    /// The client's number for the question.
    pub number: u64,
    /// What is asked or answered.
    pub what: What,
}

/// What is asked or answered.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum What {
    /// Asks for the copy of a key.
    Read(Str),
    /// The copy.
    RResp(Datum),
    /// Stores a new value.
    Write(Str, Datum),
    /// Stores the value that a read has found.
    WriteBack(Str, Datum),
    /// It is stored, or something newer is.
    WAck,
}

impl Message for Msg {
    const KINDS: &'static [&'static str] = &["Read", "RResp", "Write", "WriteBack", "WAck"];

    fn kind(&self) -> usize {
        match self.what {
            What::Read(_) => 0,
            What::RResp(_) => 1,
            What::Write(..) => 2,
            What::WriteBack(..) => 3,
            What::WAck => 4,
        }
    }

    fn shape(&self) -> Shape {
        match self.what {
            What::RResp(_) | What::WAck => Shape::Answer,
            What::Read(_) | What::Write(..) | What::WriteBack(..) => Shape::Request,
        }
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, pen: &mut Pen) {
        match &self.what {
            What::Read(key) => pen.memory("key", &**key),
            What::RResp(datum) => describe(datum, pen),
            What::Write(key, datum) | What::WriteBack(key, datum) => {
                pen.memory("key", &**key);
                describe(datum, pen);
            }
            What::WAck => {}
        }
    }
}

fn describe(datum: &Datum, pen: &mut Pen) {
    if datum.value != Value::Nil {
        pen.memory("value", datum.value.clone());
    }
    let version = datum.version.told(pen);
    pen.memory("version", version);
}
