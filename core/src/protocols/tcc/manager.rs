//! The transaction manager: it asks all to reserve, decides, logs what it decided, and says so
//! until all have heard.

use alloc::rc::Rc;

use super::knobs;
use super::message::{Action, Msg};
use super::{Cx, Memory, ORDER, STOCK, Tcc, Timer, redirect, rules};
use crate::base::{Id, IdSet, Map, Span, Value};
use crate::op::{Reply, Request, Ticket};
use crate::protocol::Event;

/// Who takes part in every transaction.
pub const BRANCHES: [Id; 2] = [ORDER, STOCK];

/// The manager's log: every transaction by its number, from 1.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Ledger {
    /// The transactions. Each state of the manager shares with the one before it what it has not
    /// changed.
    pub txs: Map<u64, Rc<Tx>>,
}

/// A transaction.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Tx {
    /// How many pieces are ordered.
    pub pieces: u64,
    /// Who ordered, in which session, under which serial: a request that comes again is known.
    pub request: (Id, u32, u64),
    /// How far it is.
    pub state: State,
    /// Who has acknowledged the decision.
    pub acked: IdSet,
}

/// How far a transaction is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum State {
    /// All are asked to reserve; nothing is decided.
    Trying,
    /// It is decided that all confirm.
    Confirming,
    /// It is decided that all cancel.
    Cancelling,
    /// All have confirmed.
    Confirmed,
    /// All have cancelled.
    Cancelled,
}

impl State {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            State::Trying => "trying",
            State::Confirming => "confirming",
            State::Cancelling => "cancelling",
            State::Confirmed => "confirmed",
            State::Cancelled => "cancelled",
        }
    }

    /// Whether nothing is left to do.
    pub fn is_done(self) -> bool {
        matches!(self, State::Confirmed | State::Cancelled)
    }

    fn is_confirm(self) -> bool {
        matches!(self, State::Confirming | State::Confirmed)
    }
}

/// The manager starts: what its log holds is looked at in a step of its own.
pub fn boot(cx: &mut Cx, ledger: &Ledger) {
    if ledger.txs.values().any(|tx| !tx.state.is_done()) {
        cx.arm(Timer::Recover, (Span::ZERO, Span::ZERO));
    }
}

pub fn step(cx: &mut Cx, ledger: &mut Ledger, memory: &mut Memory, event: Event<Tcc>) {
    match event {
        Event::Request(request) if request.op.verb == "order" => {
            order(cx, ledger, memory, &request);
        }
        Event::Request(request) => redirect(cx, &request),
        Event::Deliver { from, msg } => match *msg {
            Msg::TryOk(xid) => on_try_ok(cx, ledger, memory, from, xid),
            Msg::TryFail(xid) => on_try_fail(cx, ledger, memory, from, xid),
            Msg::Ack(xid) => on_ack(cx, ledger, from, xid),
            Msg::Ask(xid) => on_ask(cx, ledger, from, xid),
            // What participants are told is not for the manager.
            Msg::Try { .. } | Msg::Confirm(_) | Msg::Cancel(_) => {}
        },
        Event::Timeout(Timer::Try(xid)) => try_timed_out(cx, ledger, memory, xid),
        Event::Timeout(Timer::Retry(xid)) => resend(cx, ledger, xid),
        Event::Timeout(Timer::Recover) => recover(cx, ledger, memory),
        // Timers of participants; and silence tells enough.
        Event::Timeout(_) | Event::Reset(_) | Event::Told(_) | Event::Configured(_) => {}
    }
}

/// A customer orders: all are asked to reserve.
fn order(cx: &mut Cx, ledger: &mut Ledger, memory: &mut Memory, request: &Request) {
    let client = request.ticket.client;
    let identity = (client, request.session, request.serial);
    if let Some((xid, tx)) = ledger.txs.iter().find(|(_, tx)| tx.request == identity) {
        cx.rule(&rules::ORDER_AGAIN, [xid, &client]);
        if tx.state != State::Trying {
            return answer(cx, request.ticket, tx.state);
        }
        memory.waiting.insert(*xid, request.ticket);
        return;
    }
    let pieces = match request.op.arg(0) {
        Value::Int(pieces) => u64::try_from(pieces).unwrap_or(0),
        _ => 0,
    };
    if pieces == 0 {
        cx.rule(&rules::ORDER_DENY, [&client]);
        return cx.reply(request.ticket, Reply::Fail("no-pieces"));
    }
    let xid = ledger.txs.len() as u64 + 1;
    cx.rule(&rules::BEGIN, [&xid, &client, &pieces]);
    let (state, acked) = (State::Trying, IdSet::new());
    ledger.txs.insert(xid, Rc::new(Tx { pieces, request: identity, state, acked }));
    memory.waiting.insert(xid, request.ticket);
    let action = Action { xid, pieces };
    cx.send_all(BRANCHES, Msg::Try { action, customer: client });
    let timeout = cx.knobs.span(knobs::TRY_TIMEOUT);
    cx.arm(Timer::Try(xid), (timeout, timeout));
}

/// The transaction, if it is not decided.
fn undecided(ledger: &mut Ledger, xid: u64) -> Option<&mut Tx> {
    ledger.txs.get_mut(&xid).filter(|tx| tx.state == State::Trying).map(Rc::make_mut)
}

/// A participant has reserved.
fn on_try_ok(cx: &mut Cx, ledger: &mut Ledger, memory: &mut Memory, from: Id, xid: u64) {
    if undecided(ledger, xid).is_none() {
        return cx.rule(&rules::ANSWER_LATE, [&xid, &from]);
    }
    let tried = memory.tried.get_or_insert_with(xid, IdSet::new);
    tried.insert(from);
    let count = tried.len();
    cx.rule(&rules::TRY_COUNT, [&xid, &from, &count]);
    if count == BRANCHES.len() {
        cx.rule(&rules::CONFIRM_ALL, [&xid]);
        decide(cx, ledger, memory, xid, State::Confirming);
    }
}

/// A participant has not reserved.
fn on_try_fail(cx: &mut Cx, ledger: &mut Ledger, memory: &mut Memory, from: Id, xid: u64) {
    if undecided(ledger, xid).is_none() {
        return cx.rule(&rules::ANSWER_LATE, [&xid, &from]);
    }
    cx.rule(&rules::TRY_REFUSED, [&xid, &from]);
    cx.rule(&rules::CANCEL_ALL, [&xid]);
    decide(cx, ledger, memory, xid, State::Cancelling);
}

fn try_timed_out(cx: &mut Cx, ledger: &mut Ledger, memory: &mut Memory, xid: u64) {
    if undecided(ledger, xid).is_none() {
        return;
    }
    let count = memory.tried.get(&xid).map_or(0, IdSet::len);
    cx.rule(&rules::TRY_TIMEOUT, [&xid, &cx.knobs.span(knobs::TRY_TIMEOUT), &count]);
    cx.rule(&rules::CANCEL_ALL, [&xid]);
    decide(cx, ledger, memory, xid, State::Cancelling);
}

/// Logs the decision, answers the customer, and tells the participants.
fn decide(cx: &mut Cx, ledger: &mut Ledger, memory: &mut Memory, xid: u64, state: State) {
    let Some(tx) = undecided(ledger, xid) else { return };
    tx.state = state;
    cx.disarm(Timer::Try(xid));
    memory.tried.remove(&xid);
    if let Some(ticket) = memory.waiting.remove(&xid) {
        answer(cx, ticket, state);
    }
    tell(cx, tx, xid);
}

/// What a customer is answered once it is decided.
fn answer(cx: &mut Cx, ticket: Ticket, state: State) {
    let reply = if state.is_confirm() { Reply::Ok(Value::Nil) } else { Reply::Fail("cancelled") };
    cx.reply(ticket, reply);
}

/// Tells the decision to those that have not acknowledged it, and again after a while.
fn tell(cx: &mut Cx, tx: &Tx, xid: u64) {
    let action = Action { xid, pieces: tx.pieces };
    let left = BRANCHES.into_iter().filter(|id| !tx.acked.contains(*id));
    let msg = if tx.state.is_confirm() { Msg::Confirm(action) } else { Msg::Cancel(action) };
    cx.send_all(left, msg);
    let retry = cx.knobs.span(knobs::RETRY);
    cx.arm(Timer::Retry(xid), (retry, retry));
}

/// A participant has done what was decided.
fn on_ack(cx: &mut Cx, ledger: &mut Ledger, from: Id, xid: u64) {
    let tx = ledger.txs.get_mut(&xid).filter(|tx| tx.state != State::Trying);
    let Some(tx) = tx.filter(|tx| !tx.acked.contains(from)).map(Rc::make_mut) else {
        return cx.rule(&rules::ANSWER_LATE, [&xid, &from]);
    };
    tx.acked.insert(from);
    cx.rule(&rules::ACK_COUNT, [&xid, &from]);
    if tx.acked.len() == BRANCHES.len() {
        cx.rule(&rules::DONE, [&xid]);
        tx.state = if tx.state.is_confirm() { State::Confirmed } else { State::Cancelled };
        cx.disarm(Timer::Retry(xid));
    }
}

fn resend(cx: &mut Cx, ledger: &Ledger, xid: u64) {
    let Some(tx) = ledger.txs.get(&xid) else { return };
    cx.rule(&rules::RESEND, [&xid, &(BRANCHES.len() - tx.acked.len())]);
    tell(cx, tx, xid);
}

/// After a start: what was decided goes on, what was not is cancelled.
fn recover(cx: &mut Cx, ledger: &mut Ledger, memory: &mut Memory) {
    let open = ledger.txs.iter().filter(|(_, tx)| !tx.state.is_done());
    let open: alloc::vec::Vec<(u64, State)> = open.map(|(xid, tx)| (*xid, tx.state)).collect();
    for (xid, state) in open {
        if state == State::Trying {
            cx.rule(&rules::RECOVER_UNDECIDED, [&xid]);
            decide(cx, ledger, memory, xid, State::Cancelling);
        } else if let Some(tx) = ledger.txs.get(&xid) {
            cx.rule(&rules::RECOVER_DECIDED, [&xid]);
            tell(cx, tx, xid);
        }
    }
}

/// A participant asks what became of a transaction.
fn on_ask(cx: &mut Cx, ledger: &Ledger, from: Id, xid: u64) {
    let Some(tx) = ledger.txs.get(&xid) else {
        // Who kept no log of it never decided to confirm it.
        cx.rule(&rules::TELL_UNKNOWN, [&xid, &from]);
        return cx.send(from, Msg::Cancel(Action { xid, pieces: 0 }));
    };
    let action = Action { xid, pieces: tx.pieces };
    match tx.state {
        State::Trying => cx.rule(&rules::TELL_LATER, [&xid, &from]),
        state => {
            cx.rule(&rules::TELL_AGAIN, [&xid, &from]);
            let confirm = state.is_confirm();
            cx.send(from, if confirm { Msg::Confirm(action) } else { Msg::Cancel(action) });
        }
    }
}
