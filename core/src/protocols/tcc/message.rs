//! The messages between the transaction manager and the participants.

use crate::base::Id;
use crate::describe::{Pen, Shape};
use crate::protocol;

/// A message of a transaction.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg {
    /// Check and reserve.
    Try {
        /// What is asked for.
        action: Action,
        /// For whom.
        customer: Id,
    },
    /// Reserved.
    TryOk(u64),
    /// Not reserved.
    TryFail(u64),
    /// Use what is reserved.
    Confirm(Action),
    /// Give back what is reserved.
    Cancel(Action),
    /// Confirmed or cancelled, now or before.
    Ack(u64),
    /// What became of it?
    Ask(u64),
}

/// The transaction, and what it is about: the context that every phase is given.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Action {
    /// Which transaction.
    pub xid: u64,
    /// How many pieces are ordered.
    pub pieces: u64,
}

impl protocol::Message for Msg {
    const KINDS: &'static [&'static str] =
        &["Try", "TryOk", "TryFail", "Confirm", "Cancel", "Ack", "Ask"];

    fn kind(&self) -> usize {
        match self {
            Msg::Try { .. } => 0,
            Msg::TryOk(_) => 1,
            Msg::TryFail(_) => 2,
            Msg::Confirm(_) => 3,
            Msg::Cancel(_) => 4,
            Msg::Ack(_) => 5,
            Msg::Ask(_) => 6,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::Try { .. } | Msg::Confirm(_) | Msg::Cancel(_) | Msg::Ask(_) => Shape::Request,
            Msg::TryOk(_) | Msg::Ack(_) => Shape::Answer,
            Msg::TryFail(_) => Shape::Refusal,
        }
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, pen: &mut Pen) {
        match self {
            Msg::Try { action, customer } => {
                action.describe(pen);
                pen.memory("customer", *customer);
            }
            Msg::Confirm(action) | Msg::Cancel(action) => action.describe(pen),
            Msg::TryOk(xid) | Msg::TryFail(xid) | Msg::Ack(xid) | Msg::Ask(xid) => {
                pen.memory("xid", *xid);
            }
        }
    }
}

impl Action {
    fn describe(self, pen: &mut Pen) {
        pen.memory("xid", self.xid);
        pen.memory("pieces", self.pieces);
    }
}
