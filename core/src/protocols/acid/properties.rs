//! What the accounts must be at every instant, seen from outside.

use crate::protocol::{Property, When};

use super::database::Db;
use super::{Acid, Disk, Node, ORDERS, STOCK, ops};

/// The promises.
pub const PROPERTIES: &[Property<Acid>] = &[
    Property {
        id: "no-negative",
        cite: "Haerder and Reuter 1983, §1.1: consistency",
        when: When::Always,
        holds: no_negative,
    },
    Property {
        id: "sum",
        cite: "Haerder and Reuter 1983, §1.1: consistency",
        when: When::Always,
        holds: sum,
    },
    Property {
        id: "nothing-lost",
        cite: "Pritchett 2008, Consistency Patterns",
        when: When::Always,
        holds: nothing_lost,
    },
];

fn databases<'a>(nodes: &'a [Option<&Node>]) -> impl Iterator<Item = &'a Db> {
    nodes.iter().flatten().filter_map(|node| match &node.disk {
        Disk::Database(db) => Some(db),
        Disk::Empty | Disk::Manager(_) => None,
    })
}

/// No account is below zero.
fn no_negative(_: &(), nodes: &[Option<&Node>]) -> bool {
    databases(nodes).all(|db| db.books().iter().all(|(_, n)| *n >= 0))
}

/// Where one database has both accounts, they make up the total.
fn sum(_: &(), nodes: &[Option<&Node>]) -> bool {
    databases(nodes).all(|db| match (db.account(ORDERS), db.account(STOCK)) {
        (Some(ordered), Some(stock)) => ordered + stock == ops::TOTAL,
        _ => true,
    })
}

/// Where two databases are up that no transaction spans, and nothing is prepared, they make up the
/// total but for the rows that one has written and the other not applied. Each row counts once.
fn nothing_lost(_: &(), nodes: &[Option<&Node>]) -> bool {
    let with = |account| databases(nodes).find(|db| db.account(account).is_some());
    let (Some(orders), Some(stock)) = (with(ORDERS), with(STOCK)) else { return true };
    if orders.last_row == 0 {
        return true;
    }
    let followed = |row: &u64| stock.applied.contains_key(row);
    let owed = orders.outbox.iter().filter(|(row, _)| !followed(row)).map(|(_, amount)| amount);
    let (Some(ordered), Some(left)) = (orders.account(ORDERS), stock.account(STOCK)) else {
        return true;
    };
    ordered + left - owed.sum::<i64>() == ops::TOTAL
}
