//! The lock by `SET key value NX PX ttl` on one Redis server: set and expiry in one command, a
//! value that no other acquisition has, and a release that compares before it deletes.
//!
//! After *Distributed Locks with Redis* (redis.io), *Correct Implementation with a Single
//! Instance*. The expiry turns "stuck for ever" into "possibly two holders": a client that is
//! paused for longer than its lease goes on as if nothing had happened. Against that only the
//! resource can help, by refusing tokens that go backwards (Kleppmann 2016).
//!
//! The random value is no order, so it is no fencing token. A counter on the same server is one:
//! every command there takes effect at one instant. With `tokens=script` the lock and its number
//! are taken in one step. With `tokens=incr` the number is fetched after the lock, and a client
//! that was paused in between comes back with a *higher* number than the holder that came after
//! it.

use alloc::vec;
use alloc::vec::Vec;

use crate::base::{Str, Value};
use crate::knob::{Knob, Knobs};
use crate::op::OpSpec;
use crate::rule::Rule;

use super::lock::redis::{self, Redis, RedisServer, Script};
use super::lock::{self, Lock};

/// The lock by `SET NX PX`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SetNxPx;

crate::redis_lock_knobs! {
    /// How a client releases: by the script that compares, or by plain `DEL`.
    RELEASE "release" Choice(&["script", "del"]) = 0, live per_node;
    /// How it gets a fencing token from the counter beside the lock.
    TOKENS "tokens" Choice(&["none", "incr", "script"]) = 0, live;
}

/// Positions among the words of `release` and `tokens`.
const DEL: u64 = 1;
const INCR: u64 = 1;
const SCRIPT: u64 = 2;

static RULES: [&Rule; lock::rules::RULES.len() + redis::rules::RULES.len()] =
    lock::rules::with(redis::rules::RULES);

impl Lock for SetNxPx {
    const ID: &'static str = "setnxpx";
    const RULES: &'static [&'static Rule] = &RULES;
    const OPS: &'static [OpSpec] = redis::OPS;
    const KNOBS: &'static [Knob] = KNOBS;
    type Service = RedisServer;

    fn acquire(knobs: &Knobs, resource: &Str, mine: &Value) -> Vec<Redis> {
        let (key, value, px) = (resource.clone(), mine.clone(), knobs.span(TTL));
        match knobs.count(TOKENS) {
            SCRIPT => vec![Redis::Eval(Script::Acquire { key, value, px })],
            INCR => {
                let token = redis::token_key(&key);
                vec![Redis::SetNxPx { key, value, px }, Redis::Incr { key: token }]
            }
            _ => vec![Redis::SetNxPx { key, value, px }],
        }
    }

    fn release(knobs: &Knobs, resource: &Str, mine: &Value) -> Redis {
        let key = resource.clone();
        match knobs.count(RELEASE) {
            DEL => Redis::Del { key },
            _ => Redis::Eval(Script::Release { key, value: mine.clone() }),
        }
    }

    fn extend(knobs: &Knobs, resource: &Str, mine: &Value) -> Option<Redis> {
        let (key, value, px) = (resource.clone(), mine.clone(), knobs.span(TTL));
        Some(Redis::Eval(Script::Extend { key, value, px }))
    }
}
