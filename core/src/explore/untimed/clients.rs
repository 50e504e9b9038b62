//! The kernel's clients without time: each asks its operations one after another, follows hints,
//! and waits for an answer as long as it takes.

use alloc::rc::Rc;
use alloc::vec;
use alloc::vec::Vec;

use super::scope::{Asked, Scope};
use super::state::State;
use crate::base::Id;
use crate::op::{OpId, Request, Ticket};

/// How many hints in a row a client follows.
const HINTS: u8 = 4;

/// Every participant's side as a client, by its place; and how many of its operations were called.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Clients(Vec<Client>);

/// One participant as a client.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Client {
    /// How many operations it has called.
    called: u8,
    /// What it waits for.
    open: Option<Open>,
    /// Who served it last.
    served_by: Option<Id>,
}

/// An operation that has not ended for its client.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Open {
    op: u8,
    attempt: u8,
    hints: u8,
}

/// What comes of an answer for its client.
pub enum Heard {
    /// The operation has ended.
    Ended(u8),
    /// It asks somebody else.
    Asks(Id, Request),
    /// It had not waited for it any more.
    Late,
}

impl Clients {
    /// Before anybody asks.
    pub fn new(scope_len: usize) -> Clients {
        Clients(vec![Client::default(); scope_len])
    }

    /// Whether the client of operation `op` may call it now.
    pub fn may_ask(&self, scope: &Scope, op: u8, state: &State) -> bool {
        let asked = &scope.asks[usize::from(op)];
        let client = &self.0[asked.client.index()];
        client.called == asked.nth && client.open.is_none() && state.is_up(asked.client)
    }

    /// The client of `op` calls it: whom it asks, and what.
    pub fn ask(&mut self, asked: &Asked, op: u8) -> (Id, Request) {
        let client = &mut self.0[asked.client.index()];
        client.called += 1;
        client.open = Some(Open { op, attempt: 1, hints: 0 });
        let target = asked.via.or(client.served_by).unwrap_or(Id(0));
        (target, request(asked, op, 1))
    }

    /// An answer that took effect, or none, reaches its client.
    pub fn heard(&mut self, ticket: Ticket, from: Id, well: bool) -> Heard {
        let client = &mut self.0[ticket.client.index()];
        match client.open {
            Some(open) if is_current(open, ticket) => {
                client.open = None;
                if well {
                    client.served_by = Some(from);
                }
                Heard::Ended(open.op)
            }
            _ => Heard::Late,
        }
    }

    /// A hint reaches its client.
    pub fn redirected(&mut self, scope: &Scope, ticket: Ticket, hint: Option<Id>) -> Heard {
        let client = &mut self.0[ticket.client.index()];
        let Some(open) = client.open.as_mut().filter(|open| is_current(**open, ticket)) else {
            return Heard::Late;
        };
        match hint {
            Some(hint) if open.hints < HINTS => {
                open.hints += 1;
                open.attempt += 1;
                let asked = &scope.asks[usize::from(open.op)];
                Heard::Asks(hint, request(asked, open.op, open.attempt))
            }
            _ => {
                let op = open.op;
                client.open = None;
                Heard::Ended(op)
            }
        }
    }
}

fn is_current(open: Open, ticket: Ticket) -> bool {
    (u32::from(open.op), u16::from(open.attempt)) == (ticket.op.0, ticket.attempt)
}

fn request(asked: &Asked, op: u8, attempt: u8) -> Request {
    let ticket = Ticket { client: asked.client, op: OpId(op.into()), attempt: attempt.into() };
    let serial = u64::from(asked.nth) + 1;
    Request { op: Rc::clone(&asked.op), ticket, serial, session: 0, asks: asked.via }
}
