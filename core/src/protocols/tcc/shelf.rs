//! The inventory: every piece is available, frozen by a reservation, or sold.

use alloc::vec::Vec;

use super::branch::Books;
use super::message::Action;
use super::{Cx, Timer, knobs, redirect, rules};
use crate::base::{Id, Map, Time, Value};
use crate::op::{Reply, Request};

/// The stock in three parts.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Shelf {
    /// How many pieces anybody may order.
    pub available: u64,
    /// What is frozen, by transactions.
    pub frozen: Map<u64, Reservation>,
    /// What was sold, sale by sale.
    pub sales: Vec<u64>,
}

/// Pieces that are kept for somebody.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Reservation {
    /// How many.
    pub pieces: u64,
    /// For whom.
    pub customer: Id,
    /// When it lapses, by this node's monotonic clock; `None` when never.
    pub until: Option<Time>,
}

impl Shelf {
    /// A shelf of which nothing is sold.
    pub fn full(available: u64) -> Shelf {
        Shelf { available, ..Shelf::default() }
    }

    /// How many pieces are frozen.
    pub fn n_frozen(&self) -> u64 {
        self.frozen.values().fold(0, |sum, one| sum.saturating_add(one.pieces))
    }

    /// How many pieces are sold.
    pub fn n_sold(&self) -> u64 {
        self.sales.iter().fold(0, |sum, pieces| sum.saturating_add(*pieces))
    }

    /// After a start: reservations lapse when they would have.
    pub fn boot(&self, cx: &mut Cx) {
        for (xid, reservation) in self.frozen.iter() {
            if let Some(until) = reservation.until {
                let left = until.since(cx.mono);
                cx.arm(Timer::Expiry(*xid), (left, left));
            }
        }
    }

    fn give_back(&mut self, pieces: u64) {
        self.available = self.available.saturating_add(pieces);
    }
}

impl Books for Shelf {
    fn reserve(&mut self, cx: &mut Cx, action: Action, customer: Id) -> bool {
        let Action { xid, pieces } = action;
        if pieces > self.available {
            cx.rule(&rules::TRY_DENY_SHORT, [&xid, &pieces, &self.available]);
            return false;
        }
        self.available -= pieces;
        cx.rule(&rules::TRY_FREEZE, [&xid, &pieces, &self.available]);
        let expiry = knobs::limit(cx.knobs, knobs::EXPIRY);
        let until = expiry.map(|expiry| cx.mono + expiry);
        let new = || Reservation { pieces: 0, customer, until };
        let reservation = self.frozen.get_or_insert_with(xid, new);
        reservation.pieces = reservation.pieces.saturating_add(pieces);
        if let Some(expiry) = expiry {
            cx.arm(Timer::Expiry(xid), (expiry, expiry));
        }
        true
    }

    fn confirm(&mut self, cx: &mut Cx, action: Action) {
        let Action { xid, pieces } = action;
        let reserved = self.frozen.remove(&xid);
        self.sales.push(pieces);
        let sold = self.n_sold();
        match reserved {
            Some(_) => cx.rule(&rules::CONFIRM_SELL, [&xid, &pieces, &sold]),
            None => cx.rule(&rules::CONFIRM_UNRESERVED, [&xid, &pieces, &sold]),
        }
    }

    fn cancel(&mut self, cx: &mut Cx, action: Action) {
        let reserved = self.frozen.remove(&action.xid);
        let pieces = reserved.map_or(action.pieces, |reservation| reservation.pieces);
        self.give_back(pieces);
        cx.rule(&rules::CANCEL_RELEASE, [&action.xid, &pieces, &self.available]);
    }

    fn expire(&mut self, cx: &mut Cx, xid: u64) {
        if let Some(Reservation { pieces, .. }) = self.frozen.remove(&xid) {
            self.give_back(pieces);
            cx.rule(&rules::EXPIRE, [&xid, &pieces, &self.available]);
        }
    }

    fn request(&self, cx: &mut Cx, request: &Request) {
        if request.op.verb != "look" {
            return redirect(cx, request);
        }
        let parts = [self.available, self.n_frozen(), self.n_sold()];
        cx.rule(&rules::LOOK, [&request.ticket.client, &parts[0], &parts[1]]);
        let parts = parts.map(|n| Value::Int(i64::try_from(n).unwrap_or(i64::MAX)));
        cx.reply(request.ticket, Reply::Ok(Value::List(parts.into())));
    }
}
