//! Transactions of one database: an order, and a read.

use crate::base::{Str, Value};
use crate::op::{Reply, Ticket};
use crate::protocols::commit::Change;

use super::super::message::{Books, Msg};
use super::super::{Mode, ORDERS, Reader, STOCK, Timer, exactly, find, knobs, mode, outbox, rules};
use super::{Cx, Db, Desk, Job, answer, end};

/// How many readers are remembered that wait for the other database.
const READERS: usize = 32;

/// An order begins: it reads the stock, and then works for a while.
pub(super) fn start(cx: &mut Cx, db: &mut Db, desk: &mut Desk, (number, job): (u64, Job)) {
    let Job::Order(ticket, amount, _) = job else { return };
    let seen = db.account(STOCK).unwrap_or_default();
    if mode(cx) == Mode::Single {
        cx.rule(&rules::ORDER_READ, [&number, &natural(seen), &natural(amount)]);
    }
    desk.running.insert(number, Job::Order(ticket, amount, seen));
    if knobs::is_serializable(cx.knobs) {
        desk.holder = Some(number);
    }
    cx.arm(Timer::Work(number as u32), exactly(cx.knobs.span(knobs::WORK)));
}

/// An order has done its work: it writes, and ends.
pub(super) fn finish(cx: &mut Cx, db: &mut Db, desk: &mut Desk, timer: u64) {
    let mut running = desk.running.iter();
    let Some((number, Job::Order(ticket, amount, seen))) =
        running.find(|(number, _)| *number == timer).cloned()
    else {
        return;
    };
    let reply = match mode(cx) {
        Mode::Outbox => outbox::write(cx, db, amount),
        _ => write(cx, db, number, (amount, seen)),
    };
    cx.reply(ticket, reply);
    end(cx, db, desk, number);
}

/// Writes both accounts at once: the order is entered, and what is left of the stock that was
/// seen is written back.
fn write(cx: &mut Cx, db: &mut Db, tx: u64, (amount, seen): (i64, i64)) -> Reply {
    let now = db.account(STOCK).unwrap_or_default();
    if amount > seen {
        cx.rule(&rules::ORDER_DENY, [&tx, &natural(seen), &natural(amount)]);
        return Reply::Fail("refused");
    }
    if now != seen {
        cx.rule(&rules::LOST_UPDATE, [&tx, &natural(now), &natural(seen)]);
    }
    let (orders, stock): (Str, Str) = (ORDERS.into(), STOCK.into());
    if let Some(ordered) = db.rows.after(&orders, &Change::Add(amount)) {
        db.rows.write(&orders, ordered);
        db.rows.write(&stock, Value::Int(seen - amount));
        db.version += 1;
    }
    cx.rule(&rules::ORDER_COMMIT, [&tx, &natural(amount), &natural(seen - amount)]);
    Reply::Ok(Value::Nil)
}

/// A read takes no time. Where the other account is elsewhere, a client waits for that one too.
pub(super) fn read(cx: &mut Cx, db: &Db, desk: &mut Desk, number: u64, reader: Reader) {
    match (reader, find(cx.setup, STOCK)) {
        (Reader::Client(ticket), Some(stock)) => {
            let ordered = db.account(ORDERS).unwrap_or_default();
            cx.rule(&rules::READ_APART, [&natural(ordered)]);
            ask_other(desk, number, (ticket, ordered));
            cx.send(stock, Msg::Ask(number));
        }
        _ => {
            cx.rule(&rules::READ, [&number]);
            answer(cx, reader, db.books());
        }
    }
}

fn ask_other(desk: &mut Desk, number: u64, reader: (Ticket, i64)) {
    if desk.readers.len() >= READERS
        && let Some(&(oldest, _)) = desk.readers.first()
    {
        desk.readers.remove(&oldest);
    }
    desk.readers.insert(number, reader);
}

/// The other database tells what it holds.
pub(super) fn other_half(cx: &mut Cx, desk: &mut Desk, number: u64, books: &Books) {
    if let Some((ticket, ordered)) = desk.readers.remove(&number) {
        let mut books = books.clone();
        books.push((ORDERS.into(), ordered));
        answer(cx, Reader::Client(ticket), books);
    }
}

fn natural(n: i64) -> u64 {
    u64::try_from(n).unwrap_or_default()
}
