//! The lock by a unique index on one database: who inserts the row holds the lock, who deletes it
//! gives it back, and to everybody else the database answers `Duplicate entry`.
//!
//! The table is `lock(method_lock PRIMARY KEY, id AUTO_INCREMENT, owner, count, update_time)`.
//! Error numbers and statements are those of the MySQL manual. Nothing in the idea ends a lock
//! whose holder died; a sweeper that deletes old rows does, and takes them from the living too.
//! The database is one machine; behind it may stand a standby that follows asynchronously, and
//! whoever promotes it by hand promotes what it has.
//!
//! Deviations: the binary log is sent as the rows that came of it. The sweeper wakes when the
//! oldest row is due, where a real one looks every so often. Which server clients ask, and which
//! one takes writes, is one setting, `primary`: it stands for the address that an operator
//! changes.

mod database;
mod statement;

pub mod rules;

use alloc::vec;
use alloc::vec::Vec;

use crate::base::{Str, Value};
use crate::knob::{Knob, Knobs};
use crate::op::{Access, OpSpec};
use crate::rule::Rule;

use super::lock::{self, Lock, ops};
pub use database::{Database, Row, Server, Table};
pub use statement::Statement;

/// The lock by a unique index.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct DbLock;

crate::lock_knobs! {
    /// Whether the row carries owner and count, so that a holder may acquire again.
    REENTRANT "reentrant" Switch = 0, live;
    /// How old a row may become before the sweeper deletes it; 0 when there is no sweeper.
    SWEEP "sweep" Ms(0, 600_000) = 0, live;
    /// Whether there is a standby.
    STANDBY "standby" Switch = 0, fixed;
    /// How long after a change the standby is told of it.
    LAG "lag" Ms(0, 600_000) = 1000, live;
    /// Which server takes writes, and which one clients ask.
    PRIMARY "primary" Choice(&["db", "standby"]) = 0, live per_node;
}

static RULES: [&Rule; lock::rules::RULES.len() + rules::RULES.len()] =
    lock::rules::with(rules::RULES);

static OPS: &[OpSpec] = &[
    ops::LOCK,
    ops::UNLOCK,
    ops::EXTEND,
    ops::WORK,
    ops::READ,
    ops::WRITE,
    ops::op("insert", &[ops::RESOURCE], Access::Both),
    ops::op("delete", &[ops::RESOURCE], Access::Both),
];

impl Lock for DbLock {
    const ID: &'static str = "dblock";
    const RULES: &'static [&'static Rule] = &RULES;
    const OPS: &'static [OpSpec] = OPS;
    const KNOBS: &'static [Knob] = KNOBS;
    type Service = Database;

    fn acquire(knobs: &Knobs, resource: &Str, _mine: &Value) -> Vec<Statement> {
        vec![Statement::insert(knobs, resource)]
    }

    fn release(_: &Knobs, resource: &Str, _mine: &Value) -> Statement {
        Statement::Delete { method: resource.clone() }
    }

    fn extend(knobs: &Knobs, resource: &Str, _mine: &Value) -> Option<Statement> {
        let lease = statement::lease(knobs)?;
        Some(Statement::Update { method: resource.clone(), lease })
    }

    fn reads_clocks(knobs: &Knobs) -> bool {
        knobs.span(SWEEP) > crate::base::Span::ZERO
    }

    fn reentrant(knobs: &Knobs) -> bool {
        knobs.on(REENTRANT)
    }
}
