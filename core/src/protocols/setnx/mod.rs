//! The lock by `SETNX` on one Redis server, in its three commands: `SETNX key 1`, then `EXPIRE key`
//! against holders that die, `DEL key` to release.
//!
//! What is wrong with it is in the first sentence. The two commands are not one: a holder that dies
//! between them leaves a lock without an end. And `DEL` deletes whatever is there, since the value
//! says nothing of who set it. After the command pages `SETNX` (whose section *Design pattern:
//! Locking with SETNX* discourages it) and `EXPIRE` of redis.io.

use alloc::vec;
use alloc::vec::Vec;

use crate::base::{Span, Str, Value};
use crate::knob::{Knob, Knobs};
use crate::op::OpSpec;
use crate::rule::Rule;

use super::lock::redis::{self, Redis, RedisServer};
use super::lock::{self, Lock};

/// The lock by `SETNX`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SetNx;

crate::redis_lock_knobs! {
    /// Whether the client sends `EXPIRE` after `SETNX`.
    EXPIRE "expire" Switch = 1, live per_node;
    /// Whether it then takes a fencing token from the counter beside the lock.
    TOKENS "tokens" Choice(&["none", "incr"]) = 0, live;
}

static RULES: [&Rule; lock::rules::RULES.len() + redis::rules::RULES.len()] =
    lock::rules::with(redis::rules::RULES);

impl Lock for SetNx {
    const ID: &'static str = "setnx";
    const RULES: &'static [&'static Rule] = &RULES;
    const OPS: &'static [OpSpec] = redis::OPS;
    const KNOBS: &'static [Knob] = KNOBS;
    type Service = RedisServer;

    fn acquire(knobs: &Knobs, resource: &Str, _mine: &Value) -> Vec<Redis> {
        let key = resource.clone();
        let mut commands = vec![Redis::SetNx { key, value: Value::Int(1), surplus: 0 }];
        if knobs.on(EXPIRE) {
            commands.push(Redis::Expire { key: resource.clone(), px: knobs.span(TTL) });
        }
        if knobs.count(TOKENS) > 0 {
            commands.push(Redis::Incr { key: redis::token_key(resource) });
        }
        commands
    }

    fn release(_: &Knobs, resource: &Str, _mine: &Value) -> Redis {
        Redis::Del { key: resource.clone() }
    }

    fn extend(knobs: &Knobs, resource: &Str, _mine: &Value) -> Option<Redis> {
        Some(Redis::Expire { key: resource.clone(), px: knobs.span(TTL) })
    }

    /// Without `EXPIRE` no grant ends by itself.
    fn reads_clocks(knobs: &Knobs) -> bool {
        knobs.on(EXPIRE) || knobs.span(lock::knobs::RENEW) > Span::ZERO
    }
}
