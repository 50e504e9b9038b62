//! The messages, in the words of two-phase commit and of the outbox.

use alloc::format;
use alloc::vec::Vec;

use crate::base::Str;
use crate::describe::{Pen, Shape};
use crate::protocol::Message;
use crate::protocols::commit::Rows;

/// A message.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg {
    /// Shards: work for this transaction, and vote. `None`: it only reads.
    Prepare(u64, Option<i64>),
    /// Shards: the vote, and the accounts as the transaction sees them.
    Vote(u64, bool, Books),
    /// Shards: the transaction is committed, or not.
    Decision(u64, bool),
    /// Shards: the commit has been carried out.
    Ack(u64),
    /// Shards: what has become of this transaction?
    Inquiry(u64),
    /// Outbox: which rows are there?
    Fetch,
    /// Outbox: rows by their numbers, with the amounts.
    Rows(Vec<(u64, i64)>),
    /// Outbox: deduct this, unless it was deducted before.
    Deliver(u64, i64),
    /// Outbox: the row was deducted, or refused.
    Done(u64, bool),
    /// Outbox: the row is done with; the order stands, or is cancelled.
    Settle(u64, bool),
    /// What do the accounts hold? The number tells questions apart.
    Ask(u64),
    /// What they hold; nothing where that cannot be told.
    Books(u64, Books),
    /// A replica has this version: what is new?
    Pull(u64),
    /// A newer version.
    Ship(u64, Rows),
}

/// Accounts and what they hold.
pub type Books = Vec<(Str, i64)>;

impl Message for Msg {
    const KINDS: &'static [&'static str] = &[
        "Prepare", "Vote", "Decision", "Ack", "Inquiry", "Fetch", "Rows", "Deliver", "Done",
        "Settle", "Ask", "Books", "Pull", "Ship",
    ];

    fn kind(&self) -> usize {
        match self {
            Msg::Prepare(..) => 0,
            Msg::Vote(..) => 1,
            Msg::Decision(..) => 2,
            Msg::Ack(_) => 3,
            Msg::Inquiry(_) => 4,
            Msg::Fetch => 5,
            Msg::Rows(_) => 6,
            Msg::Deliver(..) => 7,
            Msg::Done(..) => 8,
            Msg::Settle(..) => 9,
            Msg::Ask(_) => 10,
            Msg::Books(..) => 11,
            Msg::Pull(_) => 12,
            Msg::Ship(..) => 13,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::Vote(_, false, _) | Msg::Decision(_, false) | Msg::Done(_, false) => {
                Shape::Refusal
            }
            Msg::Fetch | Msg::Pull(_) | Msg::Ask(_) => Shape::Heartbeat,
            Msg::Prepare(..) | Msg::Decision(..) | Msg::Inquiry(_) | Msg::Deliver(..) => {
                Shape::Request
            }
            _ => Shape::Answer,
        }
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, pen: &mut Pen) {
        match self {
            Msg::Prepare(tx, amount) => {
                pen.memory("tx", *tx);
                pen.memory("amount", *amount);
            }
            Msg::Vote(tx, yes, _) => {
                pen.memory("tx", *tx);
                pen.memory("vote", if *yes { "yes" } else { "no" });
            }
            Msg::Decision(tx, commits) => {
                pen.memory("tx", *tx);
                pen.memory("decision", if *commits { "commit" } else { "abort" });
            }
            Msg::Ack(tx) | Msg::Inquiry(tx) => pen.memory("tx", *tx),
            Msg::Rows(rows) => {
                for (row, amount) in rows {
                    pen.memory("row", format!("#{row}: {amount}"));
                }
            }
            Msg::Deliver(row, amount) => pen.memory("row", format!("#{row}: {amount}")),
            Msg::Done(row, well) | Msg::Settle(row, well) => {
                pen.memory("row", format!("#{row}"));
                pen.memory("decision", if *well { "commit" } else { "abort" });
            }
            Msg::Books(_, books) => {
                for (account, n) in books {
                    pen.memory("books", format!("{account}={n}"));
                }
            }
            Msg::Pull(version) | Msg::Ship(version, _) => pen.memory("version", *version),
            Msg::Fetch | Msg::Ask(_) => {}
        }
    }
}
