//! The rows of one resource manager: committed values, and nothing else.

use crate::base::{Map, Str, Value};

/// The rows; all of them survive a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Rows(Map<Str, Row>);

/// One row as the last committed transaction left it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Row {
    /// Its value.
    pub value: Value,
    /// How often it was written.
    pub version: u64,
}

/// What a transaction does to a row.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Change {
    /// Gives it this value.
    Set(Value),
    /// Adds to it. A row that was never written counts as 0.
    Add(i64),
}

impl Rows {
    /// The last committed value of a row; `Nil` when there is none.
    pub fn value(&self, row: &Str) -> Value {
        self.0.get(row).map(|row| row.value.clone()).unwrap_or_default()
    }

    /// Writes a row, when its transaction commits.
    pub fn write(&mut self, row: &Str, value: Value) {
        let row = self.0.get_or_insert_with(row.clone(), Row::default);
        *row = Row { value, version: row.version + 1 };
    }

    /// What a row would become; `None` where the change is forbidden: a number may not become
    /// negative, and to a word nothing can be added.
    pub fn after(&self, row: &Str, change: &Change) -> Option<Value> {
        match (change, self.value(row)) {
            (Change::Set(value), _) => Some(value.clone()),
            (Change::Add(more), Value::Int(n)) => natural(n, *more),
            (Change::Add(more), Value::Nil) => natural(0, *more),
            _ => None,
        }
    }

    /// All rows, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&Str, &Row)> {
        self.0.iter().map(|(name, row)| (name, row))
    }
}

fn natural(n: i64, more: i64) -> Option<Value> {
    n.checked_add(more).filter(|sum| *sum >= 0).map(Value::Int)
}
