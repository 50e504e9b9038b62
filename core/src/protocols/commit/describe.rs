//! What there is to see of rows and locks, and what is so of them.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::locks::{Claim, Locks, Owner};
use super::rows::Rows;
use crate::describe::Pen;
use crate::facts::{Fact, Facts};

/// Reports every row as a copy, and every lock as a grant to its owner; its token is the number of
/// the transaction, 0 for a local one.
pub fn facts(rows: &Rows, locks: &Locks, out: &mut Facts) {
    for (key, row) in rows.iter() {
        let (key, value) = (key.clone(), row.value.clone());
        out.push(Fact::Copy { key, value, version: row.version });
    }
    for claim in locks.held() {
        let (holder, token) = (claim.owner.id(), claim.owner.tx().unwrap_or(0));
        out.push(Fact::Holds { resource: claim.row.clone(), holder, token, until: None });
    }
}

/// Draws the rows, and with `locks` who holds and who waits; what is left of a node that is down
/// has none.
pub fn describe(rows: &Rows, locks: Option<&Locks>, pen: &mut Pen) {
    let written: Vec<String> =
        rows.iter().map(|(name, row)| format!("{name}={}", row.value)).collect();
    pen.disk_on_card("rows", or_dash(&written));
    if let Some(locks) = locks {
        describe_locks(locks, pen);
    }
}

/// Draws who holds which lock, and who waits.
pub fn describe_locks(locks: &Locks, pen: &mut Pen) {
    let held: Vec<String> = locks.held().map(|claim| told(claim, pen)).collect();
    let queue: Vec<String> = locks.waiting().iter().map(|claim| told(claim, pen)).collect();
    pen.memory_on_card("locks", or_dash(&held));
    pen.memory("waiting", or_dash(&queue));
    if !queue.is_empty() {
        pen.flag("locked-out");
    }
}

/// `x: T1`, or `x: c2` for a local transaction.
fn told(claim: &Claim, pen: &Pen) -> String {
    match &claim.owner {
        Owner::Tx(tx, _) => format!("{}: T{tx}", claim.row),
        Owner::Local(ticket, _) => format!("{}: {}", claim.row, pen.name(ticket.client)),
    }
}

fn or_dash(parts: &[String]) -> String {
    if parts.is_empty() { "–".into() } else { parts.join("  ") }
}
