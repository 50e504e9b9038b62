//! The outbox: an order and a row about it are written in one local transaction; a relay hands the
//! rows to the other database, which deducts each once. At least once, and never twice in effect.

use crate::base::{Id, Value};
use crate::op::Reply;
use crate::protocol::Event;

use super::database::Db;
use super::message::Msg;
use super::{Acid, Cx, ORDERS, STOCK, Timer, elsewhere, exactly, find, knobs, rules};

/// At `orders`: takes an order, whatever there is in stock.
pub fn write(cx: &mut Cx, db: &mut Db, amount: i64) -> Reply {
    db.last_row += 1;
    cx.rule(&rules::OUTBOX_WRITE, [&db.last_row, &(amount as u64)]);
    db.transfer(amount);
    db.outbox.insert(db.last_row, amount);
    Reply::Ok(Value::Nil)
}

/// At `orders`: the relay asks for rows.
pub fn on_fetch(cx: &mut Cx, db: &Db, from: Id) {
    if !db.outbox.is_empty() {
        cx.send(from, Msg::Rows(db.outbox.to_vec()));
    }
}

/// The relay. It remembers nothing: a row that it loses is still in the outbox.
pub fn relay(cx: &mut Cx, event: Event<Acid>) {
    match event {
        Event::Request(request) => elsewhere(cx, &request),
        Event::Timeout(Timer::Poll) => {
            send(cx, ORDERS, Msg::Fetch);
            poll_later(cx);
        }
        Event::Deliver { msg, .. } => match &*msg {
            Msg::Rows(rows) => {
                cx.rule(&rules::OUTBOX_ROWS, [&rows.len()]);
                for &(row, amount) in rows {
                    send(cx, STOCK, Msg::Deliver(row, amount));
                }
            }
            Msg::Done(row, well) => send(cx, ORDERS, Msg::Settle(*row, *well)),
            _ => {}
        },
        _ => {}
    }
}

/// Arms the next look into the outbox.
pub fn poll_later(cx: &mut Cx) {
    cx.arm(Timer::Poll, exactly(cx.knobs.span(knobs::POLL)));
}

/// At `stock`: a row arrives, perhaps not for the first time.
pub fn on_deliver(cx: &mut Cx, db: &mut Db, from: Id, (row, amount): (u64, i64)) {
    let stock = db.account(STOCK).unwrap_or_default();
    let well = if db.applied.contains_key(&row) {
        cx.rule(&rules::OUTBOX_KNOWN, [&row]);
        true
    } else if db.fits(amount) {
        cx.rule(&rules::OUTBOX_APPLY, [&row, &(amount as u64), &((stock - amount) as u64)]);
        db.transfer(amount);
        db.applied.insert(row, amount);
        true
    } else {
        cx.rule(&rules::OUTBOX_DENY, [&row, &(stock as u64), &(amount as u64)]);
        false
    };
    cx.send(from, Msg::Done(row, well));
}

/// At `orders`: the stock has followed, or cannot, and then the order is cancelled.
pub fn on_settle(cx: &mut Cx, db: &mut Db, (row, stands): (u64, bool)) {
    let Some(amount) = db.outbox.remove(&row) else {
        return cx.rule(&rules::OUTBOX_GONE, [&row]);
    };
    if stands {
        cx.rule(&rules::OUTBOX_SETTLE, [&row, &db.outbox.len()]);
    } else {
        cx.rule(&rules::OUTBOX_CANCEL, [&row, &(amount as u64)]);
        db.transfer(-amount);
    }
}

fn send(cx: &mut Cx, to: &str, msg: Msg) {
    if let Some(to) = find(cx.setup, to) {
        cx.send(to, msg);
    }
}
