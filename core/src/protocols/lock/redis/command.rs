//! The commands of Redis that locks use.

use crate::base::{Span, Str, Value};
use crate::describe::Pen;
use crate::knob::Knobs;
use crate::op::Op;

use super::super::message::{Command, Meaning};
use super::TTL;

/// The key of the counter beside the lock `key`.
pub fn token_key(key: &Str) -> Str {
    alloc::format!("token:{key}").into()
}

/// A command.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Redis {
    /// `SETNX key value`. Takes two arguments and no expiry.
    SetNx {
        /// The key.
        key: Str,
        /// The value.
        value: Value,
        /// How many arguments were given beyond these two.
        surplus: u64,
    },
    /// `SET key value NX PX px`
    SetNxPx {
        /// The key.
        key: Str,
        /// The value.
        value: Value,
        /// How long the key lives.
        px: Span,
    },
    /// `EXPIRE key`, in milliseconds.
    Expire {
        /// The key.
        key: Str,
        /// How long it lives from now on.
        px: Span,
    },
    /// `DEL key`
    Del {
        /// The key.
        key: Str,
    },
    /// `GET key`
    Get {
        /// The key.
        key: Str,
    },
    /// `INCR key`
    Incr {
        /// The key.
        key: Str,
    },
    /// `EVAL script`: atomic, like every command.
    Eval(Script),
}

/// A script that locks use.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Script {
    /// `SET key value NX PX px`, and when that is done, `INCR` of the counter beside it.
    Acquire {
        /// The key.
        key: Str,
        /// The value.
        value: Value,
        /// How long the key lives.
        px: Span,
    },
    /// `DEL key`, if it holds the value.
    Release {
        /// The key.
        key: Str,
        /// The value.
        value: Value,
    },
    /// `PEXPIRE key px`, if it holds the value.
    Extend {
        /// The key.
        key: Str,
        /// The value.
        value: Value,
        /// How long it lives from now on.
        px: Span,
    },
}

/// The command that a script of a scenario asks for by name.
pub fn command(knobs: &Knobs, op: &Op) -> Option<Redis> {
    let key = op.key.clone();
    Some(match op.verb {
        "setnx" => {
            let surplus = op.args.len().saturating_sub(1) as u64;
            Redis::SetNx { key, value: op.arg(0), surplus }
        }
        "set" => Redis::SetNxPx { key, value: op.arg(0), px: knobs.span(TTL) },
        "expire" => match op.arg(0) {
            Value::Int(ms) => Redis::Expire { key, px: Span::ms(ms.max(0).unsigned_abs()) },
            _ => return None,
        },
        "del" => Redis::Del { key },
        "get" => Redis::Get { key },
        "incr" => Redis::Incr { key },
        _ => return None,
    })
}

impl Command for Redis {
    const KINDS: &'static [&'static str] = super::KINDS;

    fn kind(&self) -> usize {
        match self {
            Redis::SetNx { .. } => 0,
            Redis::SetNxPx { .. } => 1,
            Redis::Expire { .. } => 2,
            Redis::Del { .. } => 3,
            Redis::Get { .. } => 4,
            Redis::Incr { .. } => 5,
            Redis::Eval(_) => 6,
        }
    }

    fn meaning(&self) -> Meaning {
        match self.clone() {
            Redis::SetNx { key, value, .. } => {
                Meaning::Acquires { resource: key, mine: value, lease: None }
            }
            Redis::SetNxPx { key, value, px } | Redis::Eval(Script::Acquire { key, value, px }) => {
                Meaning::Acquires { resource: key, mine: value, lease: Some(px) }
            }
            Redis::Expire { key, px } | Redis::Eval(Script::Extend { key, px, .. }) => {
                Meaning::Extends { resource: key, lease: Some(px) }
            }
            Redis::Del { key } | Redis::Eval(Script::Release { key, .. }) => Meaning::Releases(key),
            Redis::Get { .. } | Redis::Incr { .. } => Meaning::Nothing,
        }
    }

    fn fence(&self, answer: &Value) -> Option<u64> {
        match (self, answer) {
            (Redis::Incr { .. } | Redis::Eval(Script::Acquire { .. }), Value::Int(token)) => {
                Some(token.unsigned_abs())
            }
            _ => None,
        }
    }

    fn describe(&self, pen: &mut Pen) {
        match self {
            Redis::SetNx { key, value, surplus } => {
                pen.memory("key", &**key);
                pen.memory("value", value.clone());
                if *surplus > 0 {
                    pen.memory("surplus", *surplus);
                }
            }
            Redis::SetNxPx { key, value, px } => {
                pen.memory("key", &**key);
                pen.memory("value", value.clone());
                pen.memory("px", *px);
            }
            Redis::Expire { key, px } => {
                pen.memory("key", &**key);
                pen.memory("px", *px);
            }
            Redis::Del { key } | Redis::Get { key } | Redis::Incr { key } => {
                pen.memory("key", &**key);
            }
            Redis::Eval(script) => script.describe(pen),
        }
    }
}

impl Script {
    fn describe(&self, pen: &mut Pen) {
        let (name, key, value, px) = match self {
            Script::Acquire { key, value, px } => ("acquire", key, value, Some(*px)),
            Script::Release { key, value } => ("compare-and-delete", key, value, None),
            Script::Extend { key, value, px } => ("compare-and-expire", key, value, Some(*px)),
        };
        pen.memory("script", name);
        pen.memory("key", &**key);
        pen.memory("value", value.clone());
        if let Some(px) = px {
            pen.memory("px", px);
        }
    }
}
