//! One Redis server, as locks use it: a single loop that executes commands one after another on a
//! dictionary whose keys may expire.
//!
//! Citations are of the command pages of redis.io and of *Distributed Locks with Redis* there.
//!
//! Deviations: `EXPIRE` counts in milliseconds here, as `PEXPIRE` does. An expired key is removed
//! on access, as there, and by a timer for the key that expires first, where Redis samples keys ten
//! times a second. The server knows which connection wrote a key, so that a view can show who
//! holds a lock; no command can see that. Lua scripts are not interpreted: the three that locks
//! use are commands of their own.

mod command;
mod server;
mod store;

pub mod rules;

pub use command::{Redis, Script, command, token_key};
pub use server::{Dataset, RedisServer, Volatile};
pub use store::{Store, Stored};

use crate::knob::Key;
use crate::op::{Access, ArgKind, ArgSpec, OpSpec};

use super::ops::{self, RESOURCE, VALUE, op};

/// How long a lock lives.
pub const TTL: Key = Key(8);
/// Whether the server logs its commands to disk (the append-only file).
pub const AOF: Key = Key(9);

const MORE: ArgSpec = ArgSpec { name: "more", kind: ArgKind::Values };

/// `SETNX key value`
const SETNX: OpSpec = op("setnx", &[RESOURCE, VALUE, MORE], Access::Both);
/// `SET key value NX PX ttl`
const SET: OpSpec = op("set", &[RESOURCE, VALUE], Access::Both);
/// `EXPIRE key ms`
const EXPIRE: OpSpec = op("expire", &[RESOURCE, VALUE], Access::Both);
/// `DEL key`
const DEL: OpSpec = op("del", &[RESOURCE], Access::Both);
/// `GET key`
const GET: OpSpec = op("get", &[RESOURCE], Access::Read);
/// `INCR key`
const INCR: OpSpec = op("incr", &[RESOURCE], Access::Both);

/// What scripts ask of a lock on Redis: the shared operations, and the commands.
pub static OPS: &[OpSpec] = &[
    ops::LOCK,
    ops::UNLOCK,
    ops::EXTEND,
    ops::WORK,
    ops::READ,
    ops::WRITE,
    SETNX,
    SET,
    EXPIRE,
    DEL,
    GET,
    INCR,
];

/// Declares the settings of a lock on Redis: the shared ones, those of Redis, then its own.
#[macro_export]
macro_rules! redis_lock_knobs {
    ($($own:tt)*) => {
        $crate::lock_knobs! {
            /// See the table of Redis.
            TTL "ttl" Ms(1, 600_000) = 30_000, live;
            /// See the table of Redis.
            AOF "aof" Switch = 0, fixed;
            $($own)*
        }
    };
}

/// The kinds of messages of a lock on Redis.
pub const KINDS: &[&str] =
    crate::lock_kinds!["SETNX", "SET", "EXPIRE", "DEL", "GET", "INCR", "EVAL"];
