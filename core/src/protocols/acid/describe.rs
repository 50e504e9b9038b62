//! What there is to see of a participant.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::Id;
use crate::describe::{Cell, Dots, Pen, Tone};
use crate::protocol::Setup;

use super::auditor::Auditor;
use super::database::{Db, Desk, Job};
use super::manager::Manager;
use super::message::Books;
use super::{Disk, Memory, Node, ORDERS, STOCK, find, ops};

/// Draws what the disk holds.
pub fn disk(disk: &Disk, pen: &mut Pen) {
    match disk {
        Disk::Empty => {}
        Disk::Manager(log) => {
            pen.disk_on_card("last", log.last);
            let commits: Vec<String> = log.commits.keys().map(|tx| format!("T{tx}")).collect();
            pen.disk("commits", or_dash(&commits));
        }
        Disk::Database(db) => database(db, pen),
    }
}

fn database(db: &Db, pen: &mut Pen) {
    pen.disk_on_card("books", told(&db.books()));
    pen.disk("version", db.version);
    if let Some((tx, amount)) = db.prepared.first() {
        pen.disk_on_card("prepared", format!("T{tx}: {amount}"));
    }
    if db.last_row > 0 {
        let first = db.outbox.first().map_or(db.last_row + 1, |(row, _)| *row);
        pen.strip("outbox", first, db.last_row, |index| {
            let amount = db.outbox.get(&index)?;
            Some(Cell { index, epoch: 0, text: format!("{amount}"), committed: true })
        });
    }
    if !db.applied.is_empty() {
        pen.disk("applied", db.applied.len() as u64);
    }
}

/// Draws what a participant does.
pub fn memory(setup: &Setup, node: &Node, pen: &mut Pen) {
    match &node.memory {
        Memory::Database(desk) => at_desk(desk, pen),
        Memory::Replica => pen.role("replica", Tone::Follow, None),
        Memory::Manager(manager) => votes(setup, manager, pen),
        Memory::Relay => pen.role("relay", Tone::Plain, None),
        Memory::Auditor(auditor) => audits(auditor, pen),
    }
}

fn at_desk(desk: &Desk, pen: &mut Pen) {
    let in_doubt = desk.running.values().any(|job| matches!(job, Job::Part(Some(_))));
    match (in_doubt, desk.running.is_empty()) {
        (true, _) => pen.role("ready", Tone::Doubt, None),
        (_, false) => pen.role("working", Tone::Seek, None),
        (_, true) => pen.role("idle", Tone::Plain, None),
    }
    pen.memory_on_card("lock", desk.holder.map(|tx| format!("T{tx}")));
    let waiting: Vec<String> = desk.waiting.iter().map(|(tx, _)| format!("T{tx}")).collect();
    pen.memory("waiting", or_dash(&waiting));
    if !waiting.is_empty() {
        pen.flag("locked-out");
    }
}

fn votes(setup: &Setup, manager: &Manager, pen: &mut Pen) {
    let Some((tx, open)) = manager.open.first() else {
        return pen.role("idle", Tone::Plain, None);
    };
    pen.role("wait", Tone::Seek, None);
    pen.memory_on_card("tx", format!("T{tx}"));
    let of: Vec<Id> = [ORDERS, STOCK].into_iter().filter_map(|name| find(setup, name)).collect();
    let (yes, needed) = (open.votes.keys().copied().collect(), of.len() as u64);
    pen.dots(Dots { name: "votes", of, yes, needed });
    pen.memory("open", manager.open.len() as u64);
}

/// The auditor's strip is the invariant over time: the sums that it saw.
fn audits(auditor: &Auditor, pen: &mut Pen) {
    let last = auditor.sums.back().copied();
    let off = last.is_some_and(|sum| sum != ops::TOTAL);
    pen.role("auditor", if off { Tone::Refuse } else { Tone::Accept }, None);
    pen.memory_on_card("sum", last);
    pen.memory_on_card("seen", told(&auditor.seen));
    if off {
        pen.flag("off");
    }
    let before = auditor.count - auditor.sums.len() as u64;
    pen.strip("sums", before + 1, auditor.count, |index| {
        let sum = auditor.sums.get(usize::try_from(index.checked_sub(before + 1)?).ok()?)?;
        let committed = *sum == ops::TOTAL;
        Some(Cell { index, epoch: 0, text: format!("{sum}"), committed })
    });
}

fn told(books: &Books) -> String {
    let account = |(name, n): &(crate::base::Str, i64)| format!("{name}={n}");
    or_dash(&books.iter().map(account).collect::<Vec<_>>())
}

fn or_dash(parts: &[String]) -> String {
    if parts.is_empty() { "–".into() } else { parts.join("  ") }
}
