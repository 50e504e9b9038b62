//! Kernel clients: an identity, a serial, a target, and a policy of redirects and retries. A
//! client that keeps more is a role of its protocol.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::action::Patience;
use super::flight::{Class, Item, Packet};
use super::recorder::Recorder;
use super::world::World;
use crate::base::{Id, Span, Str};
use crate::history::{AttemptEnd, OpRecord};
use crate::op::{Op, OpId, Outcome, Reply, Request, Ticket};

/// How long a client waits before it asks again when nobody knew a leader.
const PAUSE: Span = Span::ms(50);
/// How many hints in a row a client follows.
const HINTS: u32 = 8;

/// What the kernel keeps of a client between operations, whether it is the kernel's own or a role
/// of the protocol.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// The serial of its last operation.
    pub serial: u64,
    /// Its session.
    pub session: u32,
    /// Who served it last.
    pub served_by: Option<Id>,
}

/// An operation that has not ended for its client.
#[derive(Clone, Debug)]
pub struct Open {
    pub(super) op: OpId,
    pub(super) client: Id,
    pub(super) label: Option<Str>,
    what: Rc<Op>,
    serial: u64,
    session: u32,
    patience: Patience,
    via: Vec<Id>,
    target: Id,
    attempt: u16,
    retries: u32,
    hints: u32,
    /// Whether an attempt is under way; not between two.
    asks: bool,
    /// Whether an attempt ended without an answer: it may have taken effect.
    doubtful: bool,
}

impl World {
    /// Begins an operation of `client`, called in `event`.
    pub(super) fn call(
        &mut self,
        client: Id,
        via: Vec<Id>,
        (what, label, patience): (Op, Option<Str>, Patience),
        event: u32,
        rec: &mut Recorder,
    ) {
        let op = OpId(self.ops);
        self.ops += 1;
        let what = Rc::new(what);
        let keeper = &mut self.clients[client.index()];
        keeper.serial += 1;
        let (serial, session) = (keeper.serial, keeper.session);
        let asks = via.first().copied();
        let target = asks.or(keeper.served_by).unwrap_or(Id(0));
        rec.called(|| OpRecord {
            client,
            session,
            serial,
            op: what.clone(),
            label: label.clone(),
            called: self.now,
            call: event,
            attempts: Vec::new(),
            end: None,
        });
        let (retries, hints) = (0, 0);
        let open = Open {
            op,
            client,
            label,
            what: what.clone(),
            serial,
            session,
            patience,
            via,
            target,
            attempt: 1,
            retries,
            hints,
            asks: true,
            doubtful: false,
        };
        self.open.push(open);
        if self.cast.is_role(client) {
            let ticket = Ticket { client, op, attempt: 1 };
            rec.attempted(op, client, self.now);
            let request = Request { op: what, ticket, serial, session, asks };
            let item = Item::Call { node: client, request, cause: event };
            self.push(self.now, Class::Loopback, item);
        } else {
            self.attempt(self.open.len() - 1, event, rec);
        }
    }

    /// Sends the current attempt of the open operation at `place`.
    fn attempt(&mut self, place: usize, event: u32, rec: &mut Recorder) {
        let open = &mut self.open[place];
        open.asks = true;
        let (client, target, op, attempt) = (open.client, open.target, open.op, open.attempt);
        let ticket = Ticket { client, op, attempt };
        let (serial, session) = (open.serial, open.session);
        let request = Request { op: open.what.clone(), ticket, serial, session, asks: None };
        let timeout = open.patience.timeout;
        rec.attempted(op, target, self.now);
        self.send(client, target, Packet::Request(request), event, rec);
        self.push(self.now + timeout, Class::Timer, Item::Patience { client, op, attempt });
    }

    /// The place of an open operation whose current attempt this is.
    fn current(&self, ticket: Ticket) -> Option<usize> {
        self.open.iter().position(|open| open.op == ticket.op && open.attempt == ticket.attempt)
    }

    /// Whether the client still waits for this attempt.
    pub(super) fn still_waits(&self, op: OpId, attempt: u16) -> bool {
        self.open.iter().any(|open| open.op == op && open.attempt == attempt)
    }

    /// A reply reaches its client.
    pub(super) fn replied(
        &mut self,
        ticket: Ticket,
        from: Id,
        reply: Reply,
        event: u32,
        rec: &mut Recorder,
    ) {
        let Some(place) = self.current(ticket) else { return };
        match reply {
            Reply::Ok(value) => {
                self.clients[ticket.client.index()].served_by = Some(from);
                rec.attempt_ended(ticket.op, self.now, AttemptEnd::Done);
                self.finish(place, Outcome::Ok(value), event, rec);
            }
            Reply::Fail(reason) => {
                rec.attempt_ended(ticket.op, self.now, AttemptEnd::Refused(reason));
                self.finish(place, Outcome::Fail(reason), event, rec);
            }
            Reply::Unknown => {
                rec.attempt_ended(ticket.op, self.now, AttemptEnd::TimedOut);
                self.finish(place, Outcome::Unknown, event, rec);
            }
            Reply::Redirect(hint) => {
                rec.attempt_ended(ticket.op, self.now, AttemptEnd::Redirected(hint));
                self.redirected(place, hint, event, rec);
            }
        }
    }

    fn redirected(&mut self, place: usize, hint: Option<Id>, event: u32, rec: &mut Recorder) {
        let open = &mut self.open[place];
        match hint {
            Some(hint) if open.patience.redirect && open.hints < HINTS => {
                open.hints += 1;
                open.target = hint;
                open.attempt += 1;
                self.attempt(place, event, rec);
            }
            None if open.retries < open.patience.retries => {
                // The next attempt begins when the pause ends; until then nothing is under way.
                open.asks = false;
                open.attempt += 1;
                let (client, op, attempt) = (open.client, open.op, open.attempt);
                let item = Item::Patience { client, op, attempt };
                self.push(self.now + PAUSE, Class::Timer, item);
            }
            // That nobody led now says nothing of an earlier attempt that was not answered.
            _ if open.doubtful => self.finish(place, Outcome::Unknown, event, rec),
            Some(_) => self.finish(place, Outcome::Fail("not-leader"), event, rec),
            None => self.finish(place, Outcome::Fail("no-leader"), event, rec),
        }
    }

    /// The client's patience with an attempt ends, or its pause between two.
    pub(super) fn impatient(
        &mut self,
        op: OpId,
        attempt: u16,
        how: AttemptEnd,
        event: u32,
        rec: &mut Recorder,
    ) {
        let waits = |open: &Open| open.op == op && open.attempt == attempt;
        let Some(place) = self.open.iter().position(waits) else { return };
        rec.attempt_timed_out(op, self.now, how);
        let n_servers = self.cast.n_roles() as u16;
        let open = &mut self.open[place];
        open.doubtful |= open.asks;
        if open.retries >= open.patience.retries {
            return self.finish(place, Outcome::Unknown, event, rec);
        }
        open.retries += 1;
        open.attempt += 1;
        open.hints = 0;
        open.target = match open.via.len() {
            0 => Id((open.target.0 + 1) % n_servers),
            n => open.via[open.retries as usize % n],
        };
        if !open.patience.same_serial {
            let keeper = &mut self.clients[open.client.index()];
            keeper.serial += 1;
            open.serial = keeper.serial;
        }
        self.attempt(place, event, rec);
    }

    /// The connection to `peer` broke.
    pub(super) fn disconnected(&mut self, client: Id, peer: Id, event: u32, rec: &mut Recorder) {
        let broken = self.open.iter().filter(|open| open.client == client && open.target == peer);
        let broken: Vec<_> = broken.map(|open| (open.op, open.attempt)).collect();
        for (op, attempt) in broken {
            self.impatient(op, attempt, AttemptEnd::Broken, event, rec);
        }
    }

    /// The open operation at `place` ends for its client.
    fn finish(&mut self, place: usize, outcome: Outcome, event: u32, rec: &mut Recorder) {
        let open = self.open.remove(place);
        self.digest.int(u64::from(open.op.0));
        match &outcome {
            Outcome::Ok(value) => self.digest.text(&alloc::format!("{value}")),
            Outcome::Fail(reason) => self.digest.text(reason),
            Outcome::Unknown => self.digest.int(0),
        }
        rec.returned(open.op, self.now, event, outcome);
        if let Some(label) = &open.label {
            self.run_afters(label);
        }
    }

    /// The client dies: nobody will ever learn how its operations ended.
    pub(super) fn abandon(&mut self, client: Id, event: u32, rec: &mut Recorder) {
        while let Some(place) = self.open.iter().position(|open| open.client == client) {
            self.finish(place, Outcome::Unknown, event, rec);
        }
    }
}
