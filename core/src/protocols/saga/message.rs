//! The messages: a transaction or a compensation each way out, and what came of it back.

use super::Step;
use crate::describe::{Pen, Shape};
use crate::protocol;

/// A message between the SEC and a service.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg {
    /// Run this transaction of the saga.
    Run(Step, Call),
    /// Run its compensation.
    Undo(Step, Call),
    /// The transaction, or the compensation, is committed.
    Done(u64, Way),
    /// The transaction was not carried out.
    Refused(u64),
}

/// Of which saga, and about how much.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Call {
    /// The number of the saga.
    pub saga: u64,
    /// The price of what is ordered.
    pub price: u64,
}

/// Which of the two is meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Way {
    /// The transaction.
    There,
    /// Its compensation.
    Back,
}

impl protocol::Message for Msg {
    const KINDS: &'static [&'static str] =
        &["Order", "Pay", "Ship", "Cancel", "Refund", "Done", "Refused"];

    fn kind(&self) -> usize {
        match self {
            Msg::Run(Step::Order, _) => 0,
            Msg::Run(Step::Pay, _) => 1,
            Msg::Run(Step::Ship, _) => 2,
            Msg::Undo(Step::Order, _) => 3,
            Msg::Undo(Step::Pay | Step::Ship, _) => 4,
            Msg::Done(..) => 5,
            Msg::Refused(_) => 6,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::Run(..) | Msg::Undo(..) => Shape::Request,
            Msg::Done(..) => Shape::Answer,
            Msg::Refused(_) => Shape::Refusal,
        }
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, pen: &mut Pen) {
        match self {
            Msg::Run(_, call) | Msg::Undo(_, call) => {
                pen.memory("saga", call.saga);
                pen.memory("price", call.price);
            }
            Msg::Done(saga, way) => {
                pen.memory("saga", *saga);
                pen.memory("compensation", *way == Way::Back);
            }
            Msg::Refused(saga) => pen.memory("saga", *saga),
        }
    }
}
