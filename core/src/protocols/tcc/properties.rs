//! What Try-Confirm-Cancel promises, checked from outside.

use super::branch::Status;
use super::manager::Ledger;
use super::orders::Progress;
use super::{Branch, Disk, Node, ORDER, Orders, STOCK, Shelf, TM, Tcc};
use crate::protocol::{Property, When};

/// The stock adds up always; in the end both services say the same, and nothing is left open.
pub static PROPERTIES: &[Property<Tcc>] = &[
    Property {
        id: "stock-adds-up",
        cite: "Helland 2007, tentative operations",
        when: When::Always,
        holds: |(), nodes| adds_up(nodes),
    },
    Property {
        id: "same-outcome",
        cite: "Pardon & Pautasso 2014",
        when: When::Eventually,
        holds: |(), nodes| same_outcome(nodes),
    },
    Property {
        id: "nothing-open",
        cite: "Pardon & Pautasso 2014",
        when: When::Eventually,
        holds: |(), nodes| nothing_open(nodes),
    },
];

/// The nodes that are up, each as what it is.
type All<'a> = (Option<&'a Ledger>, Option<&'a Branch<Orders>>, Option<(&'a Branch<Shelf>, u64)>);

fn all<'a>(nodes: &[Option<&'a Node>]) -> All<'a> {
    let disk = |id: crate::base::Id| nodes.get(id.index()).copied().flatten();
    let ledger = disk(TM).and_then(|node| match &node.disk {
        Disk::Manager(ledger) => Some(ledger),
        _ => None,
    });
    let orders = disk(ORDER).and_then(|node| match &node.disk {
        Disk::Order(branch) => Some(branch),
        _ => None,
    });
    let shelf = disk(STOCK).and_then(|node| match &node.disk {
        Disk::Stock(branch) => Some((branch, node.memory.total)),
        _ => None,
    });
    (ledger, orders, shelf)
}

/// Available, frozen and sold make up what there was. A node that is down says nothing.
fn adds_up(nodes: &[Option<&Node>]) -> bool {
    let (_, _, Some((branch, total))) = all(nodes) else { return true };
    let shelf = &branch.books;
    let sum = shelf.available.saturating_add(shelf.n_frozen()).saturating_add(shelf.n_sold());
    sum == total
}

/// What is confirmed is what is sold.
fn same_outcome(nodes: &[Option<&Node>]) -> bool {
    let (_, Some(orders), Some((shelf, _))) = all(nodes) else { return false };
    let confirmed = orders.books.pieces(Progress::Confirmed);
    // Both are in the order of transactions, and long.
    let mut orders = orders.books.all.iter().peekable();
    let mut confirms = |xid: &u64| {
        while orders.next_if(|(order, _)| order < xid).is_some() {}
        orders
            .peek()
            .is_some_and(|(order, (_, state))| order == xid && *state == Progress::Confirmed)
    };
    let mut committed = shelf.fence.iter().filter(|(_, status)| *status == Status::Committed);
    confirmed == shelf.books.n_sold() && committed.all(|(xid, _)| confirms(xid))
}

/// No transaction goes on, no order waits, nothing is frozen.
fn nothing_open(nodes: &[Option<&Node>]) -> bool {
    let (Some(ledger), Some(orders), Some((shelf, _))) = all(nodes) else { return false };
    ledger.txs.values().all(|tx| tx.state.is_done())
        && orders.books.pieces(Progress::Unconfirmed) == 0
        && shelf.books.frozen.is_empty()
}
