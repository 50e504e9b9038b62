//! The order service: a reservation is an order that is not confirmed yet.

use super::branch::Books;
use super::message::Action;
use super::{Cx, rules};
use crate::base::{Id, Map};

/// The orders, by their transactions.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Orders {
    /// How many pieces, and how far it is.
    pub all: Map<u64, (u64, Progress)>,
}

/// How far an order is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Progress {
    /// Written down, and not yet a promise.
    Unconfirmed,
    /// A promise.
    Confirmed,
    /// Never mind.
    Cancelled,
}

impl Progress {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Progress::Unconfirmed => "unconfirmed",
            Progress::Confirmed => "confirmed",
            Progress::Cancelled => "cancelled",
        }
    }
}

impl Orders {
    /// How many pieces are ordered in orders that are so far.
    pub fn pieces(&self, progress: Progress) -> u64 {
        let orders = self.all.values().filter(|order| order.1 == progress);
        orders.fold(0, |sum, order| sum.saturating_add(order.0))
    }

    /// Changes an order that there is.
    fn set(&mut self, xid: u64, progress: Progress) -> Option<u64> {
        let order = self.all.get_mut(&xid)?;
        order.1 = progress;
        Some(order.0)
    }
}

impl Books for Orders {
    fn reserve(&mut self, cx: &mut Cx, action: Action, _: Id) -> bool {
        cx.rule(&rules::TRY_ORDER, [&action.xid, &action.pieces]);
        self.all.insert(action.xid, (action.pieces, Progress::Unconfirmed));
        true
    }

    fn confirm(&mut self, cx: &mut Cx, action: Action) {
        if let Some(pieces) = self.set(action.xid, Progress::Confirmed) {
            cx.rule(&rules::CONFIRM_ORDER, [&action.xid, &pieces]);
        }
    }

    fn cancel(&mut self, cx: &mut Cx, action: Action) {
        if self.set(action.xid, Progress::Cancelled).is_some() {
            cx.rule(&rules::CANCEL_ORDER, [&action.xid]);
        }
    }
}
