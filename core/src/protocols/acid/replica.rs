//! A copy of the single database that follows later. Each copy holds the outcome of whole
//! transactions: it may be old, and its sum is right.

use crate::base::Id;
use crate::protocol::Event;

use super::database::{Db, answer};
use super::message::Msg;
use super::{Acid, Cx, Reader, Timer, elsewhere, exactly, knobs, ops, rules};

/// Who is asked for what is new.
const ORIGINAL: Id = Id(0);

/// Something happens at a replica.
pub fn step(cx: &mut Cx, db: &mut Db, event: Event<Acid>) {
    match event {
        Event::Request(request) if request.op.verb == ops::READ.verb => {
            cx.rule(&rules::READ_COPY, [&db.version]);
            answer(cx, Reader::Client(request.ticket), db.books());
        }
        Event::Request(request) => elsewhere(cx, &request),
        Event::Timeout(Timer::Pull) => {
            cx.send(ORIGINAL, Msg::Pull(db.version));
            pull_later(cx);
        }
        Event::Deliver { msg, .. } => {
            if let Msg::Ship(version, rows) = &*msg
                && *version > db.version
            {
                cx.rule(&rules::SHIP_APPLY, [version]);
                db.rows = rows.clone();
                db.version = *version;
            }
        }
        _ => {}
    }
}

/// Arms the next question.
pub fn pull_later(cx: &mut Cx) {
    cx.arm(Timer::Pull, exactly(cx.knobs.span(knobs::LAG)));
}

/// At the original: a replica asks.
pub fn on_pull(cx: &mut Cx, db: &Db, from: Id, version: u64) {
    if db.version > version {
        cx.rule(&rules::SHIP, [&from, &db.version]);
        cx.send(from, Msg::Ship(db.version, db.rows.clone()));
    }
}
