//! What is so at a node, in words that every system shares.

use alloc::vec::Vec;

use super::branch::Status;
use super::orders::Progress;
use super::{Disk, Node, Shelf};
use crate::base::Value;
use crate::facts::{Fact, Facts};

/// What is reserved, as a resource that somebody holds.
const FROZEN: &str = "frozen-stock";

/// How many transactions are reported after their end. What is over changes no more, and a long run
/// has many.
const RECENT: u64 = 32;
/// Up to how many sales are listed.
const LISTED: usize = 100;

/// Reports a node.
pub fn facts(node: &Node, out: &mut Facts) {
    match &node.disk {
        Disk::Manager(ledger) => {
            let txs =
                ledger.txs.iter().map(|(tx, one)| (*tx, one.state.is_done(), one.state.word()));
            decisions(txs, out);
        }
        Disk::Order(branch) => {
            let open = |progress| progress == Progress::Unconfirmed;
            let orders = branch.books.all.iter();
            decisions(orders.map(|(tx, (_, one))| (*tx, !open(*one), one.word())), out);
            // A transaction that never became an order is known to the fence alone. Both are in
            // order, and long.
            let mut orders = branch.books.all.iter().map(|(tx, _)| tx).peekable();
            let mut is_order = |tx: &u64| {
                while orders.next_if(|order| *order < tx).is_some() {}
                orders.peek() == Some(&tx)
            };
            let fenced: Vec<_> = branch.fence.iter().filter(|(tx, _)| !is_order(tx)).collect();
            decisions(fenced.into_iter().map(|(tx, status)| (*tx, true, status.word())), out);
        }
        Disk::Stock(branch) => {
            let fence = branch.fence.iter();
            let over = |status| status != Status::Tried;
            decisions(fence.map(|(tx, status)| (*tx, over(*status), status.word())), out);
            shelf(&branch.books, node.memory.total, out);
        }
    }
}

/// Transactions in ascending order, each with whether it is over here.
fn decisions(txs: impl DoubleEndedIterator<Item = (u64, bool, &'static str)>, out: &mut Facts) {
    let mut n_over = 0;
    for (tx, over, state) in txs.rev() {
        n_over += u64::from(over);
        if !over || n_over <= RECENT {
            out.push(Fact::Decision { tx, state });
        }
    }
}

/// The three parts of the stock, which make up the total, and the list of sales, which is what an
/// order adds to.
fn shelf(shelf: &Shelf, total: u64, out: &mut Facts) {
    let version = shelf.sales.len() as u64;
    let mut copy = |key: &str, value| out.push(Fact::Copy { key: key.into(), value, version });
    let int = |n: u64| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    copy("available", int(shelf.available));
    copy("frozen", int(shelf.n_frozen()));
    copy("sold", int(shelf.n_sold()));
    if (1..=LISTED).contains(&shelf.sales.len()) {
        copy("", Value::List(shelf.sales.iter().map(|pieces| int(*pieces)).collect()));
    }
    out.mark("total", total);
    let oversold = shelf.n_frozen().saturating_add(shelf.n_sold()).saturating_sub(total);
    if oversold > 0 {
        out.mark("oversold", oversold);
    }
    for (xid, reservation) in shelf.frozen.iter() {
        out.push(Fact::Holds {
            resource: FROZEN.into(),
            holder: reservation.customer,
            token: *xid,
            until: reservation.until,
        });
    }
}
