//! A database: its rows, one lock, and the transactions that want it, one after another.

mod local;
mod part;

use alloc::collections::VecDeque;

use crate::base::{Map, Str, Value};
use crate::op::{Reply, Ticket};
use crate::protocol::Event;
use crate::protocols::commit::{Change, Row, Rows, State};

use super::message::{Books, Msg};
use super::{Acid, Cx, Mode, ORDERS, Reader, STOCK, Timer, elsewhere, knobs, mode, ops, outbox};
use super::{replica, rules};

/// What the disk of a database holds.
///
/// Invariant: no account is below zero.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Db {
    /// The accounts that are kept here, as last committed.
    pub rows: Rows,
    /// How many transactions have changed them.
    pub version: u64,
    /// Shards: transactions that this database has voted for, with their amounts.
    pub prepared: Map<u64, i64>,
    /// Shards: the highest number of a transaction that came here. The transaction manager sends
    /// them in order, so what is not higher has come before.
    pub last_tx: u64,
    /// Shards: the last transactions that are over here, and how they ended.
    pub ended: Map<u64, State>,
    /// Outbox, at `orders`: rows that the stock has not followed yet, by number.
    pub outbox: Map<u64, i64>,
    /// Outbox, at `orders`: the number of the last row.
    pub last_row: u64,
    /// Outbox, at `stock`: the rows that were deducted.
    pub applied: Map<u64, i64>,
}

/// How many ended transactions a disk keeps, for those that ask and for the picture.
pub const KEPT: usize = 32;

impl Db {
    /// A database of these accounts.
    pub fn new(accounts: &[(&str, i64)]) -> Db {
        let mut db = Db::default();
        for &(account, n) in accounts {
            db.rows.write(&account.into(), Value::Int(n));
        }
        db
    }

    /// What an account holds; `None` where it is not kept here.
    pub fn account(&self, account: &str) -> Option<i64> {
        match self.rows.value(&account.into()) {
            Value::Int(n) => Some(n),
            _ => None,
        }
    }

    /// The accounts that are kept here.
    pub fn books(&self) -> Books {
        let account = |(name, row): (&Str, &Row)| match row.value {
            Value::Int(n) => Some((name.clone(), n)),
            _ => None,
        };
        self.rows.iter().filter_map(account).collect()
    }

    /// Whether there is enough in stock for an order, as far as this is known here.
    pub fn fits(&self, amount: i64) -> bool {
        self.account(STOCK).is_none_or(|stock| stock >= amount)
    }

    /// Moves pieces from the stock to the orders, or back when `amount` is negative, as far as the
    /// accounts are kept here. What would make an account negative is left out.
    pub fn transfer(&mut self, amount: i64) {
        for (account, more) in [(ORDERS, amount), (STOCK, amount.saturating_neg())] {
            let account: Str = account.into();
            if self.rows.value(&account) != Value::Nil
                && let Some(value) = self.rows.after(&account, &Change::Add(more))
            {
                self.rows.write(&account, value);
            }
        }
        self.version += 1;
    }
}

/// What the memory of a database holds.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Desk {
    /// The transaction that holds the lock.
    pub holder: Option<u64>,
    /// The transactions that have begun.
    pub running: Map<u64, Job>,
    /// The transactions that wait for the lock, in the order of asking.
    pub waiting: VecDeque<(u64, Job)>,
    /// The number of the last local transaction.
    last: u64,
    /// Outbox, at `orders`: clients that wait for the other half of what they read.
    pub readers: Map<u64, (Ticket, i64)>,
}

/// A transaction as one database sees it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Job {
    /// An order of so many pieces; what it saw in stock, once it has begun.
    Order(Ticket, i64, i64),
    /// A read of the accounts.
    Read(Reader),
    /// Shards: part of a transaction over both databases; `None` where that only reads.
    Part(Option<i64>),
}

/// Starts a database. A prepared transaction still holds its lock.
pub fn boot(cx: &mut Cx, db: &Db) -> Desk {
    let mut desk = Desk::default();
    if let Some(&(tx, amount)) = db.prepared.first() {
        cx.rule(&rules::RECOVER, [&tx]);
        desk.holder = Some(tx);
        desk.running.insert(tx, Job::Part(Some(amount)));
        part::ask(cx, tx);
    }
    desk
}

/// Something happens at a database.
pub fn step(cx: &mut Cx, db: &mut Db, desk: &mut Desk, event: Event<Acid>) {
    match event {
        Event::Request(request) if mode(cx) == Mode::Shards || !takes_orders(cx) => {
            elsewhere(cx, &request);
        }
        Event::Request(request) if request.op.verb == ops::ORDER.verb => {
            let number = desk.next_number();
            begin(cx, db, desk, (number, Job::Order(request.ticket, ops::amount(&request.op), 0)));
        }
        Event::Request(request) => {
            let number = desk.next_number();
            begin(cx, db, desk, (number, Job::Read(Reader::Client(request.ticket))));
        }
        Event::Timeout(Timer::Work(number)) => local::finish(cx, db, desk, number.into()),
        Event::Timeout(Timer::Inquire(tx)) => part::in_doubt(cx, desk, tx.into()),
        Event::Deliver { from, msg } => match &*msg {
            Msg::Prepare(tx, _) if *tx <= db.last_tx => cx.rule(&rules::PREPARE_KNOWN, [tx]),
            Msg::Prepare(tx, amount) => {
                db.last_tx = *tx;
                begin(cx, db, desk, (*tx, Job::Part(*amount)));
            }
            Msg::Decision(tx, commits) => part::on_decision(cx, db, desk, from, (*tx, *commits)),
            Msg::Fetch => outbox::on_fetch(cx, db, from),
            Msg::Deliver(row, amount) => outbox::on_deliver(cx, db, from, (*row, *amount)),
            Msg::Settle(row, stands) => outbox::on_settle(cx, db, (*row, *stands)),
            Msg::Ask(number) => {
                let own = desk.next_number();
                begin(cx, db, desk, (own, Job::Read(Reader::Node(from, *number))));
            }
            Msg::Books(number, books) => local::other_half(cx, desk, *number, books),
            Msg::Pull(version) => replica::on_pull(cx, db, from, *version),
            _ => {}
        },
        _ => {}
    }
}

/// Whether clients ask this database: `db` and, with an outbox, `orders`.
fn takes_orders(cx: &Cx) -> bool {
    cx.me.index() == 0
}

/// A transaction begins, or waits for the lock.
fn begin(cx: &mut Cx, db: &mut Db, desk: &mut Desk, (number, job): (u64, Job)) {
    match desk.holder {
        Some(holder) if knobs::is_serializable(cx.knobs) || matches!(job, Job::Part(_)) => {
            cx.rule(&rules::LOCK_WAIT, [&number, &holder]);
            desk.waiting.push_back((number, job));
        }
        _ => {
            start(cx, db, desk, (number, job));
            next(cx, db, desk);
        }
    }
}

/// Begins whatever waits, until one holds the lock for a while.
fn next(cx: &mut Cx, db: &mut Db, desk: &mut Desk) {
    while desk.holder.is_none() {
        let Some(first) = desk.waiting.pop_front() else { return };
        start(cx, db, desk, first);
    }
}

/// A transaction has the lock, or needs none.
fn start(cx: &mut Cx, db: &mut Db, desk: &mut Desk, (number, job): (u64, Job)) {
    match job {
        Job::Order(ticket, amount, _) => {
            local::start(cx, db, desk, (number, Job::Order(ticket, amount, 0)));
        }
        Job::Read(reader) => local::read(cx, db, desk, number, reader),
        Job::Part(amount) => part::start(cx, db, desk, number, amount),
    }
}

/// A transaction is over: its lock is free.
fn end(cx: &mut Cx, db: &mut Db, desk: &mut Desk, number: u64) {
    desk.running.remove(&number);
    if desk.holder == Some(number) {
        desk.holder = None;
        next(cx, db, desk);
    }
}

impl Desk {
    fn next_number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}

/// Tells a reader what the accounts hold.
pub fn answer(cx: &mut Cx, reader: Reader, books: Books) {
    match reader {
        Reader::Node(id, number) => cx.send(id, Msg::Books(number, books)),
        Reader::Client(ticket) => {
            let of = |account: &str| books.iter().find(|(name, _)| **name == *account);
            let reply = match (of(ORDERS), of(STOCK)) {
                (Some((_, ordered)), Some((_, stock))) => Reply::Ok(ops::both(*ordered, *stock)),
                _ => Reply::Fail("aborted"),
            };
            cx.reply(ticket, reply);
        }
    }
}
