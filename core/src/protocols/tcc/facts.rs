//! What is so at a node, in words that every system shares.

use super::{Disk, Node, Shelf};
use crate::base::Value;
use crate::facts::{Fact, Facts};

/// What is reserved, as a resource that somebody holds.
const FROZEN: &str = "frozen-stock";

/// Reports a node.
pub fn facts(node: &Node, out: &mut Facts) {
    match &node.disk {
        Disk::Manager(ledger) => {
            ledger.txs.iter().for_each(|(tx, one)| decision(out, *tx, one.state.word()));
        }
        Disk::Order(branch) => {
            let orders = branch.books.all.iter();
            orders.for_each(|(tx, (_, progress))| decision(out, *tx, progress.word()));
            // A transaction that never became an order is known to the fence alone.
            let fenced = branch.fence.iter().filter(|(tx, _)| !branch.books.all.contains_key(tx));
            fenced.for_each(|(tx, status)| decision(out, *tx, status.word()));
        }
        Disk::Stock(branch) => {
            branch.fence.iter().for_each(|(tx, status)| decision(out, *tx, status.word()));
            shelf(&branch.books, node.memory.total, out);
        }
    }
}

fn decision(out: &mut Facts, tx: u64, state: &'static str) {
    out.push(Fact::Decision { tx, state });
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
    if !shelf.sales.is_empty() {
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
