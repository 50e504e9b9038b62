//! The state machine: keys and values, and the clients' sessions (dissertation §6.3).

use crate::base::{Id, Map, Str, Value};
use crate::check::model;
use crate::op::{Access, ArgKind, ArgSpec, Model, Op, OpSpec};
use crate::protocols::kv::{self, KEY, VALUE};

/// What clients can ask of the state machine, and of the cluster.
pub static OPS: &[OpSpec] = &[
    kv::PUT,
    kv::GET,
    op("append", &[KEY, VALUE], Access::Write, Some(model::append)),
    op("cas", &[KEY, OLD, NEW], Access::Both, Some(model::cas)),
    op("incr", &[KEY], Access::Both, Some(model::incr)),
    op("del", &[KEY], Access::Write, Some(model::del)),
    op("add", &[SERVER], Access::Admin, None),
    op("remove", &[SERVER], Access::Admin, None),
    op("members", &[SERVERS], Access::Admin, None),
    op("transfer", &[SERVER], Access::Admin, None),
    op("snapshot", &[], Access::Admin, None),
];

const OLD: ArgSpec = ArgSpec { name: "old", kind: ArgKind::Value };
const NEW: ArgSpec = ArgSpec { name: "new", kind: ArgKind::Value };
const SERVER: ArgSpec = ArgSpec { name: "server", kind: ArgKind::Node };
const SERVERS: ArgSpec = ArgSpec { name: "servers", kind: ArgKind::Nodes };

const fn op(
    verb: &'static str,
    args: &'static [ArgSpec],
    access: Access,
    model: Option<Model>,
) -> OpSpec {
    OpSpec { verb, args, access, model }
}

/// What kind of operation `op` is, by the table.
pub fn spec(op: &Op) -> Option<&'static OpSpec> {
    OPS.iter().find(|spec| spec.verb == op.verb)
}

/// The state machine of one server.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Store {
    /// Each key's value.
    pub data: Map<Str, Datum>,
    /// Each client's last operation.
    pub sessions: Map<Id, Session>,
}

/// One key's value.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Datum {
    /// The value.
    pub value: Value,
    /// The index of the entry that wrote it.
    pub version: u64,
}

/// What is remembered of one client.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Session {
    /// The serial of its last operation.
    pub serial: u64,
    /// What that operation answered.
    pub answer: Value,
}

/// Whether an operation is new to its client's session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Seen {
    /// It is.
    New,
    /// It is the client's last one, asked again.
    Again,
    /// The client has asked for more since: the answer is no longer there.
    Stale,
}

impl Store {
    /// What the session of `client` knows of `serial`.
    pub fn seen(&self, client: Id, serial: u64) -> Seen {
        match self.sessions.get(&client) {
            Some(session) if session.serial == serial => Seen::Again,
            Some(session) if session.serial > serial => Seen::Stale,
            _ => Seen::New,
        }
    }

    /// Executes `op`, and answers.
    pub fn execute(&mut self, index: u64, op: &Op) -> Value {
        let Some(OpSpec { model: Some(model), access, .. }) = spec(op) else {
            return Value::Nil;
        };
        if *access == Access::Read {
            return self.read(op);
        }
        let datum = self.data.get_or_insert_with(op.key.clone(), Datum::default);
        let (value, answer) = model(&datum.value, op);
        if datum.value != value || *access == Access::Write {
            *datum = Datum { value, version: index };
        }
        answer
    }

    /// Answers `op`, which must be a read.
    pub fn read(&self, op: &Op) -> Value {
        self.data.get(&op.key).map(|datum| datum.value.clone()).unwrap_or_default()
    }
}
