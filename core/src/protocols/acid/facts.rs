//! What is so at a participant, in words that every system shares.

use crate::base::{Id, Map, Value};
use crate::facts::{Fact, Facts};
use crate::protocols::commit::State;

use super::auditor::Auditor;
use super::database::{Db, Desk, Job};
use super::manager::{Log, Manager};
use super::{Disk, Memory, Node, ops};

/// Reports a participant.
pub fn facts(node: &Node, out: &mut Facts) {
    match (&node.disk, &node.memory) {
        (Disk::Database(db), Memory::Database(desk)) => {
            accounts(db, out);
            database(db, desk, out);
        }
        (Disk::Database(db), _) => accounts(db, out),
        (Disk::Manager(log), Memory::Manager(manager)) => decisions(log, manager, out),
        (_, Memory::Auditor(auditor)) => audit(auditor, out),
        _ => {}
    }
}

fn accounts(db: &Db, out: &mut Facts) {
    for (key, row) in db.rows.iter() {
        let (key, value) = (key.clone(), row.value.clone());
        out.push(Fact::Copy { key, value, version: row.version });
    }
}

fn database(db: &Db, desk: &Desk, out: &mut Facts) {
    if let Some(token) = desk.holder {
        let holder = match desk.running.get(&token) {
            Some(Job::Order(ticket, ..)) => ticket.client,
            _ => Id(0),
        };
        for (name, _) in db.rows.iter() {
            out.push(Fact::Holds { resource: name.clone(), holder, token, until: None });
        }
    }
    // What still waits for the lock is no state: a crash forgets it, and so it was never voted for.
    for tx in db.prepared.keys() {
        out.push(Fact::Decision { tx: *tx, state: State::Ready.word() });
    }
    ended(&db.ended, out);
    if !db.outbox.is_empty() {
        out.mark("outbox-new", db.outbox.len() as u64);
    }
}

fn decisions(log: &Log, manager: &Manager, out: &mut Facts) {
    for tx in log.begun.iter() {
        let state = if manager.open.contains_key(tx) { State::Wait } else { State::Abort };
        out.push(Fact::Decision { tx: *tx, state: state.word() });
    }
    ended(&log.ended, out);
}

fn ended(ended: &Map<u64, State>, out: &mut Facts) {
    for (tx, state) in ended.iter() {
        out.push(Fact::Decision { tx: *tx, state: state.word() });
    }
}

/// What the auditor saw counts, not what lies in two databases at one instant: nobody can see that.
fn audit(auditor: &Auditor, out: &mut Facts) {
    if auditor.count == 0 {
        return;
    }
    out.mark("total", ops::TOTAL as u64);
    for (account, n) in &auditor.seen {
        out.push(Fact::Copy { key: account.clone(), value: Value::Int(*n), version: 0 });
    }
}
