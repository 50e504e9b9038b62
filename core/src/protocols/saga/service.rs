//! A service: it runs one transaction of the saga, and its compensation, each as a local
//! transaction that commits at once.

use super::knobs;
use super::message::{Call, Msg, Way};
use super::{BUY, Cx, SEC, Saga, Step, rules};
use crate::base::{Id, Map, Value};
use crate::op::{Reply, Request};
use crate::protocol::Event;

/// What a service keeps.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Service {
    /// Which transaction it runs.
    pub step: Step,
    /// The price of standing orders; what is in the purse; the price of what was shipped.
    pub amount: u64,
    /// Which sagas it has worked for.
    pub book: Map<u64, Entry>,
}

/// What a service did for a saga.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Entry {
    /// The transaction is committed.
    Done,
    /// So is its compensation.
    Undone,
    /// It was refused, for good: or a message that comes twice would find the service willing, when
    /// the saga is on its way back already.
    Refused,
}

impl Service {
    /// A service that has done nothing yet; the purse is full.
    pub fn new(step: Step, purse: u64) -> Service {
        let amount = if step == Step::Pay { purse } else { 0 };
        Service { step, amount, book: Map::default() }
    }

    fn add(&mut self, price: u64) {
        self.amount = self.amount.saturating_add(price);
    }

    fn take(&mut self, price: u64) {
        self.amount = self.amount.saturating_sub(price);
    }
}

pub fn step(cx: &mut Cx, service: &mut Service, event: Event<Saga>) {
    match event {
        Event::Request(request) => look(cx, service, &request),
        Event::Deliver { from, msg } => match *msg {
            Msg::Run(_, call) => on_run(cx, service, from, call),
            Msg::Undo(_, call) => on_undo(cx, service, from, call),
            // What the SEC is told is not for services.
            Msg::Done(..) | Msg::Refused(_) => {}
        },
        // They do nothing unless they are told.
        Event::Timeout(_) | Event::Reset(_) | Event::Told(_) | Event::Configured(_) => {}
    }
}

/// Asked to run the transaction.
fn on_run(cx: &mut Cx, service: &mut Service, from: Id, Call { saga, price }: Call) {
    match service.book.get(&saga) {
        None => {}
        Some(_) if !cx.knobs.on(knobs::IDEMPOTENCE) => cx.rule(&rules::RUN_TWICE, [&saga]),
        Some(Entry::Refused) => {
            cx.rule(&rules::REFUSE_REPEAT, [&saga]);
            return cx.send(from, Msg::Refused(saga));
        }
        Some(Entry::Done | Entry::Undone) => {
            cx.rule(&rules::RUN_REPEAT, [&saga]);
            return cx.send(from, Msg::Done(saga, Way::There));
        }
    }
    if cx.knobs.on(knobs::REFUSES) {
        cx.rule(&rules::DENY_WILL, [&saga]);
        return refuse(cx, service, from, saga);
    }
    match service.step {
        Step::Order => {
            service.add(price);
            cx.rule(&rules::ORDER, [&saga, &price]);
        }
        Step::Pay if price > service.amount => {
            cx.rule(&rules::DENY_SHORT, [&saga, &price, &service.amount]);
            return refuse(cx, service, from, saga);
        }
        Step::Pay => {
            service.take(price);
            cx.rule(&rules::PAY, [&saga, &price, &service.amount]);
        }
        Step::Ship => {
            service.add(price);
            cx.rule(&rules::SHIP, [&saga, &price]);
        }
    }
    service.book.insert(saga, Entry::Done);
    cx.send(from, Msg::Done(saga, Way::There));
}

/// Does not run it, now or later.
fn refuse(cx: &mut Cx, service: &mut Service, from: Id, saga: u64) {
    service.book.insert(saga, Entry::Refused);
    cx.send(from, Msg::Refused(saga));
}

/// Asked to make up for it.
fn on_undo(cx: &mut Cx, service: &mut Service, from: Id, Call { saga, price }: Call) {
    match service.book.get(&saga) {
        Some(Entry::Done) => {}
        Some(Entry::Undone) if !cx.knobs.on(knobs::IDEMPOTENCE) => {
            cx.rule(&rules::UNDO_TWICE, [&saga]);
        }
        Some(Entry::Undone) => {
            cx.rule(&rules::UNDO_REPEAT, [&saga]);
            return cx.send(from, Msg::Done(saga, Way::Back));
        }
        None | Some(Entry::Refused) => {
            cx.rule(&rules::UNDO_NOTHING, [&saga]);
            service.book.insert(saga, Entry::Undone);
            return cx.send(from, Msg::Done(saga, Way::Back));
        }
    }
    if service.step == Step::Pay {
        service.add(price);
        cx.rule(&rules::REFUND, [&saga, &price, &service.amount]);
    } else {
        service.take(price);
        cx.rule(&rules::CANCEL, [&saga]);
    }
    service.book.insert(saga, Entry::Undone);
    cx.send(from, Msg::Done(saga, Way::Back));
}

/// A customer looks at what is there, whatever is under way.
fn look(cx: &mut Cx, service: &Service, request: &Request) {
    if request.op.verb == BUY.verb {
        return redirect(cx, request);
    }
    cx.rule(&rules::LOOK, [&request.ticket.client, &service.amount]);
    let amount = i64::try_from(service.amount).unwrap_or(i64::MAX);
    cx.reply(request.ticket, Reply::Ok(Value::Int(amount)));
}

/// Points whoever asks the wrong node to the right one.
pub fn redirect(cx: &mut Cx, request: &Request) {
    let to = if request.op.verb == BUY.verb { SEC } else { Step::Pay.service() };
    cx.rule(&rules::REDIRECT, [&to]);
    cx.reply(request.ticket, Reply::Redirect(Some(to)));
}
