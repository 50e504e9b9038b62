//! A participant: it reserves, uses or gives back, and its fence remembers what it did of which
//! transaction. The three guards are here.

use super::knobs;
use super::message::{Action, Msg};
use super::{Cx, Tcc, Timer, redirect, rules};
use crate::base::{Id, Map};
use crate::op::Request;
use crate::protocol::Event;

/// What a participant keeps on disk: one local transaction changes both.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Branch<B> {
    /// What it did of which transaction.
    pub fence: Map<u64, Status>,
    /// The business data.
    pub books: B,
}

/// How far a branch is, with Seata's numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Status {
    /// Reserved.
    Tried = 1,
    /// Confirmed.
    Committed = 2,
    /// Cancelled.
    RolledBack = 3,
    /// Cancelled before there was anything to cancel.
    Suspended = 4,
}

impl Status {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Status::Tried => "tried",
            Status::Committed => "committed",
            Status::RolledBack => "rolled-back",
            Status::Suspended => "suspended",
        }
    }

    fn is_cancelled(self) -> bool {
        matches!(self, Status::RolledBack | Status::Suspended)
    }
}

/// The business data of a participant. Each method is what a simple service does, and trusts that
/// the fence was asked; each says by a rule what it did.
pub trait Books {
    /// Checks and reserves; false, with the reason as a rule, when it cannot.
    fn reserve(&mut self, cx: &mut Cx, action: Action, customer: Id) -> bool;
    /// Uses what was reserved.
    fn confirm(&mut self, cx: &mut Cx, action: Action);
    /// Gives back what was reserved.
    fn cancel(&mut self, cx: &mut Cx, action: Action);
    /// A reservation has had its time.
    fn expire(&mut self, _: &mut Cx, _: u64) {}
    /// A customer asks something.
    fn request(&self, cx: &mut Cx, request: &Request) {
        redirect(cx, request);
    }
}

pub fn step<B: Books>(cx: &mut Cx, branch: &mut Branch<B>, event: Event<Tcc>) {
    match event {
        Event::Request(request) => branch.books.request(cx, &request),
        Event::Deliver { from, msg } => match *msg {
            Msg::Try { action, customer } => on_try(cx, branch, from, action, customer),
            Msg::Confirm(action) => on_confirm(cx, branch, from, action),
            Msg::Cancel(action) => on_cancel(cx, branch, from, action),
            // What the manager is told is not for participants.
            Msg::TryOk(_) | Msg::TryFail(_) | Msg::Ack(_) | Msg::Ask(_) => {}
        },
        Event::Timeout(Timer::Expiry(xid)) => branch.books.expire(cx, xid),
        Event::Timeout(Timer::Ask(xid)) => ask(cx, branch, xid),
        Event::Configured(knobs::RECOVERY) => branch.boot(cx),
        // Timers of the manager; and silence tells enough.
        Event::Timeout(_) | Event::Reset(_) | Event::Told(_) | Event::Configured(_) => {}
    }
}

/// Asked to reserve.
fn on_try<B: Books>(cx: &mut Cx, branch: &mut Branch<B>, from: Id, action: Action, customer: Id) {
    let xid = action.xid;
    match branch.fence.get(&xid) {
        Some(status) if status.is_cancelled() && cx.knobs.on(knobs::ANTI_SUSPENSION) => {
            cx.rule(&rules::TRY_DENY_SUSPENDED, [&xid]);
            return cx.send(from, Msg::TryFail(xid));
        }
        Some(status) if !status.is_cancelled() && cx.knobs.on(knobs::IDEMPOTENCE) => {
            cx.rule(&rules::TRY_REPEAT, [&xid]);
            return cx.send(from, Msg::TryOk(xid));
        }
        Some(status) if status.is_cancelled() => cx.rule(&rules::TRY_LATE, [&xid]),
        Some(_) => cx.rule(&rules::TRY_TWICE, [&xid]),
        None => {}
    }
    if cx.knobs.count(knobs::TRY) == knobs::FAIL {
        cx.rule(&rules::TRY_DENY_WILL, [&xid]);
        return cx.send(from, Msg::TryFail(xid));
    }
    if !branch.books.reserve(cx, action, customer) {
        return cx.send(from, Msg::TryFail(xid));
    }
    branch.fence.insert(xid, Status::Tried);
    arm_ask(cx, xid);
    cx.send(from, Msg::TryOk(xid));
}

/// Told to use what is reserved.
fn on_confirm<B: Books>(cx: &mut Cx, branch: &mut Branch<B>, from: Id, action: Action) {
    let xid = action.xid;
    let is_guarded = cx.knobs.on(knobs::IDEMPOTENCE);
    match branch.fence.get(&xid) {
        Some(Status::Tried) => {}
        Some(Status::Committed) if is_guarded => {
            cx.rule(&rules::CONFIRM_REPEAT, [&xid]);
            return cx.send(from, Msg::Ack(xid));
        }
        // There is nothing to confirm. An acknowledgement would say that it was done.
        _ if is_guarded => return cx.rule(&rules::CONFIRM_DENY, [&xid]),
        _ => cx.rule(&rules::CONFIRM_TWICE, [&xid]),
    }
    branch.books.confirm(cx, action);
    branch.end(cx, from, xid, Status::Committed);
}

/// Told to give back what is reserved.
fn on_cancel<B: Books>(cx: &mut Cx, branch: &mut Branch<B>, from: Id, action: Action) {
    let xid = action.xid;
    let is_guarded = cx.knobs.on(knobs::IDEMPOTENCE);
    match branch.fence.get(&xid) {
        Some(Status::Tried) => {}
        None if cx.knobs.on(knobs::EMPTY_ROLLBACK) => {
            cx.rule(&rules::CANCEL_EMPTY, [&xid]);
            return branch.end(cx, from, xid, Status::Suspended);
        }
        None => cx.rule(&rules::CANCEL_BLIND, [&xid]),
        Some(status) if is_guarded && status.is_cancelled() => {
            cx.rule(&rules::CANCEL_REPEAT, [&xid]);
            return cx.send(from, Msg::Ack(xid));
        }
        // What is used cannot be given back. An acknowledgement would say that it was done.
        Some(_) if is_guarded => return cx.rule(&rules::CANCEL_DENY, [&xid]),
        Some(_) => cx.rule(&rules::CANCEL_TWICE, [&xid]),
    }
    branch.books.cancel(cx, action);
    branch.end(cx, from, xid, Status::RolledBack);
}

fn arm_ask(cx: &mut Cx, xid: u64) {
    if let Some(recovery) = knobs::limit(cx.knobs, knobs::RECOVERY) {
        cx.arm(Timer::Ask(xid), (recovery, recovery));
    }
}

/// A reservation has waited long: what became of it?
fn ask<B>(cx: &mut Cx, branch: &Branch<B>, xid: u64) {
    if branch.fence.get(&xid) != Some(&Status::Tried) {
        return;
    }
    cx.rule(&rules::ASK, [&xid, &cx.knobs.span(knobs::RECOVERY)]);
    cx.send(super::TM, Msg::Ask(xid));
    arm_ask(cx, xid);
}

impl<B> Branch<B> {
    /// A participant that has done nothing yet.
    pub fn of(books: B) -> Branch<B> {
        Branch { fence: Map::default(), books }
    }

    /// After a start, or when the patience with reservations changed: what is reserved waits on.
    pub fn boot(&self, cx: &mut Cx) {
        let tried = self.fence.iter().filter(|(_, status)| *status == Status::Tried);
        tried.for_each(|(xid, _)| arm_ask(cx, *xid));
    }

    /// A branch has ended so.
    fn end(&mut self, cx: &mut Cx, tm: Id, xid: u64, status: Status) {
        self.fence.insert(xid, status);
        cx.disarm(Timer::Ask(xid));
        cx.disarm(Timer::Expiry(xid));
        cx.send(tm, Msg::Ack(xid));
    }
}
