//! What there is to see of a node.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Display;

use super::branch::{Branch, Status};
use super::manager::{BRANCHES, Ledger, State};
use super::orders::{Orders, Progress};
use super::{Disk, Memory, Node, Shelf};
use crate::base::Map;
use crate::describe::{Dots, Pen, Tone};

/// How many transactions a list shows.
const SHOWN: usize = 6;
/// How many marks a bar of the whole stock has at most.
const BAR: u64 = 10;

/// Draws a node.
pub fn node(node: &Node, pen: &mut Pen) {
    disk(&node.disk, node.memory.total, pen);
    if let Disk::Manager(ledger) = &node.disk {
        manager(ledger, &node.memory, pen);
    }
}

/// Draws what the disk holds.
pub fn disk(disk: &Disk, total: u64, pen: &mut Pen) {
    match disk {
        Disk::Manager(ledger) => log(ledger, pen),
        Disk::Order(branch) => orders(branch, pen),
        Disk::Stock(branch) => stock(branch, total, pen),
    }
}

/// The manager's log; its role is how far the latest transaction is.
fn log(ledger: &Ledger, pen: &mut Pen) {
    let latest = ledger.txs.last().map(|(_, tx)| tx.state);
    let tone = match latest {
        Some(State::Trying) => Tone::Seek,
        Some(State::Confirming | State::Confirmed) => Tone::Accept,
        Some(State::Cancelling | State::Cancelled) => Tone::Refuse,
        None => Tone::Plain,
    };
    pen.role(latest.map_or("tm", State::word), tone, None);
    pen.disk_on_card("log", list(ledger.txs.iter().map(|(xid, tx)| (xid, tx.state.word()))));
}

/// Whom the manager waits for: the oldest transaction that still goes on.
fn manager(ledger: &Ledger, memory: &Memory, pen: &mut Pen) {
    pen.memory("waiting", memory.waiting.len() as u64);
    let Some((xid, tx)) = ledger.txs.iter().find(|(_, tx)| !tx.state.is_done()) else { return };
    let (name, yes) = match tx.state {
        State::Trying => ("tried", memory.tried.get(xid).map(|ids| ids.as_slice().to_vec())),
        _ => ("acked", Some(tx.acked.as_slice().to_vec())),
    };
    let (yes, needed) = (yes.unwrap_or_default(), BRANCHES.len() as u64);
    pen.dots(Dots { name, of: BRANCHES.to_vec(), yes, needed });
}

/// The orders; the role is how far the latest one is.
fn orders(branch: &Branch<Orders>, pen: &mut Pen) {
    let orders = &branch.books;
    let latest = orders.all.last().map(|(_, order)| order.1);
    let tone = match latest {
        Some(Progress::Unconfirmed) => Tone::Seek,
        Some(Progress::Confirmed) => Tone::Accept,
        Some(Progress::Cancelled) => Tone::Refuse,
        None => Tone::Plain,
    };
    pen.role(latest.map_or("order", Progress::word), tone, None);
    pen.disk_on_card("unconfirmed", orders.pieces(Progress::Unconfirmed));
    pen.disk_on_card("confirmed", orders.pieces(Progress::Confirmed));
    let all = orders.all.iter().map(|(xid, order)| (xid, order.1.word()));
    pen.disk("orders", list(all));
    fence(&branch.fence, pen);
}

/// The stock in three parts, each with a bar as long as its share.
fn stock(branch: &Branch<Shelf>, total: u64, pen: &mut Pen) {
    let shelf = &branch.books;
    let (frozen, sold) = (shelf.n_frozen(), shelf.n_sold());
    let tone = if frozen > 0 { Tone::Seek } else { Tone::Plain };
    pen.role(if frozen > 0 { "reserves" } else { "stock" }, tone, None);
    pen.disk_on_card("available", bar(shelf.available, total, '░'));
    pen.disk_on_card("frozen", bar(frozen, total, '▒'));
    pen.disk_on_card("sold", bar(sold, total, '█'));
    if frozen.saturating_add(sold) > total {
        pen.flag("oversold");
    }
    fence(&branch.fence, pen);
}

fn bar(n: u64, total: u64, mark: char) -> String {
    let marks = match total {
        0..=BAR => n,
        _ => n.saturating_mul(BAR).div_ceil(total),
    };
    let marks: String = (0..marks.min(2 * BAR)).map(|_| mark).collect();
    if marks.is_empty() { n.to_string() } else { format!("{n} {marks}") }
}

fn fence(fence: &Map<u64, Status>, pen: &mut Pen) {
    let word = |status: Status| format!("{} {}", status as u8, status.word());
    pen.disk("fence", list(fence.iter().map(|(xid, one)| (xid, word(*one)))));
}

/// The latest transactions, each with its word.
fn list<'a, W: Display>(all: impl DoubleEndedIterator<Item = (&'a u64, W)>) -> String {
    let latest = all.rev().take(SHOWN).map(|(xid, word)| format!("#{xid} {word}"));
    let mut latest: Vec<String> = latest.collect();
    latest.reverse();
    if latest.is_empty() { "–".to_string() } else { latest.join(", ") }
}
