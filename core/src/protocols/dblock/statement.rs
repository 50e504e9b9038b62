//! The statements of the database that locks use.

use crate::base::{Span, Str, Value};
use crate::describe::Pen;
use crate::knob::Knobs;
use crate::op::Op;

use super::super::lock::message::{Command, Meaning};
use super::{SWEEP, Table};

/// A statement, or what a primary sends its standby.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Statement {
    /// `INSERT INTO lock (method_lock, owner) VALUES (method, asker)`; with `reentrant`, `ON
    /// DUPLICATE KEY UPDATE count = count + 1` for the row's owner.
    Insert {
        /// The row's key.
        method: Str,
        /// How long the client takes the row to live: until it is swept.
        lease: Option<Span>,
    },
    /// `DELETE FROM lock WHERE method_lock = method`; with `reentrant`, `AND owner = asker`.
    Delete {
        /// The row's key.
        method: Str,
    },
    /// `UPDATE lock SET update_time = NOW() WHERE method_lock = method`
    Update {
        /// The row's key.
        method: Str,
        /// How long the client takes the row to live from now on.
        lease: Span,
    },
    /// What the binary log of the primary came to.
    Binlog(Table),
}

impl Statement {
    pub(super) fn insert(knobs: &Knobs, method: &Str) -> Statement {
        Statement::Insert { method: method.clone(), lease: lease(knobs) }
    }
}

/// How long a row lives; `None` without a sweeper.
pub(super) fn lease(knobs: &Knobs) -> Option<Span> {
    Some(knobs.span(SWEEP)).filter(|sweep| sweep.0 > 0)
}

/// The statement that a script asks for by name.
pub(super) fn of(knobs: &Knobs, op: &Op) -> Option<Statement> {
    match op.verb {
        "insert" => Some(Statement::insert(knobs, &op.key)),
        "delete" => Some(Statement::Delete { method: op.key.clone() }),
        _ => None,
    }
}

impl Command for Statement {
    const KINDS: &'static [&'static str] =
        crate::lock_kinds!["INSERT", "DELETE", "UPDATE", "Binlog"];

    fn kind(&self) -> usize {
        match self {
            Statement::Insert { .. } => 0,
            Statement::Delete { .. } => 1,
            Statement::Update { .. } => 2,
            Statement::Binlog(_) => 3,
        }
    }

    fn meaning(&self) -> Meaning {
        match self.clone() {
            Statement::Insert { method, lease } => {
                Meaning::Acquires { resource: method, mine: Value::Nil, lease }
            }
            Statement::Delete { method } => Meaning::Releases(method),
            Statement::Update { method, lease } => {
                Meaning::Extends { resource: method, lease: Some(lease) }
            }
            Statement::Binlog(_) => Meaning::Nothing,
        }
    }

    /// `AUTO_INCREMENT` numbers the rows in the order of inserting, and so the locks.
    fn fence(&self, answer: &Value) -> Option<u64> {
        match (self, answer) {
            (Statement::Insert { .. }, Value::Int(id)) => Some(id.unsigned_abs()),
            _ => None,
        }
    }

    fn describe(&self, pen: &mut Pen) {
        match self {
            Statement::Insert { method, .. }
            | Statement::Delete { method }
            | Statement::Update { method, .. } => pen.memory("method_lock", &**method),
            Statement::Binlog(table) => {
                pen.memory("rows", table.rows.len() as u64);
                pen.memory("auto_increment", table.auto_increment);
            }
        }
    }
}
