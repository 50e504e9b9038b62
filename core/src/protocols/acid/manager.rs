//! The transaction manager: two-phase commit over both databases, presumed abort.

use alloc::vec::Vec;

use crate::base::{Id, IdSet, Map, Set, Span, Value};
use crate::op::Reply;
use crate::protocol::Event;
use crate::protocols::commit::State;

use super::database::{KEPT, answer};
use super::message::{Books, Msg};
use super::{Acid, Cx, ORDERS, Reader, STOCK, Timer, exactly, find, knobs, ops, rules};

/// What the disk of the transaction manager holds.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Log {
    /// The number of the last transaction; none is used twice.
    pub last: u64,
    /// Orders whose transactions have begun and were not decided. Those of an earlier life are
    /// aborted by there being no commit of them.
    pub begun: Set<u64>,
    /// Commits, with those that have not acknowledged them. What is not here is not committed.
    pub commits: Map<u64, IdSet>,
    /// The last decisions, for the picture.
    pub ended: Map<u64, State>,
}

/// What its memory holds.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Manager {
    /// Transactions that are not decided, by number.
    pub open: Map<u64, Tx>,
}

/// A transaction that is not decided.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Tx {
    /// How many pieces are ordered; `None` where it only reads.
    pub amount: Option<i64>,
    /// Who is answered.
    reader: Reader,
    /// Who has voted yes, and what the accounts there hold.
    pub votes: Map<Id, Books>,
}

/// Starts the transaction manager: what it had not decided is aborted by being forgotten.
pub fn boot(cx: &mut Cx, log: &Log) -> Manager {
    for tx in log.begun.iter() {
        cx.rule(&rules::PRESUME, [tx]);
    }
    again_later(cx, log);
    Manager::default()
}

/// Something happens at the transaction manager.
pub fn step(cx: &mut Cx, log: &mut Log, manager: &mut Manager, event: Event<Acid>) {
    match event {
        Event::Request(request) => {
            let orders = request.op.verb == ops::ORDER.verb;
            let amount = orders.then(|| ops::amount(&request.op));
            begin(cx, log, manager, amount, Reader::Client(request.ticket));
        }
        Event::Timeout(Timer::Votes(tx)) => give_up(cx, log, manager, tx.into()),
        Event::Timeout(Timer::Again) => again(cx, log),
        Event::Deliver { from, msg } => match &*msg {
            Msg::Ask(number) => begin(cx, log, manager, None, Reader::Node(from, *number)),
            Msg::Vote(tx, yes, books) => {
                on_vote(cx, log, manager, from, (*tx, yes.then_some(books)));
            }
            Msg::Ack(tx) => on_ack(cx, log, from, *tx),
            Msg::Inquiry(tx) => on_inquiry(cx, log, manager, from, *tx),
            _ => {}
        },
        _ => {}
    }
}

/// Remembers how a transaction ended, and forgets the oldest.
pub fn keep(ended: &mut Map<u64, State>, tx: u64, state: State) {
    ended.insert(tx, state);
    if ended.len() > KEPT
        && let Some(&(oldest, _)) = ended.first()
    {
        ended.remove(&oldest);
    }
}

/// The databases, in order.
pub fn databases(cx: &Cx) -> Vec<Id> {
    [ORDERS, STOCK].into_iter().filter_map(|name| find(cx.setup, name)).collect()
}

/// Phase 1: both databases are asked to work and to vote.
fn begin(cx: &mut Cx, log: &mut Log, manager: &mut Manager, amount: Option<i64>, reader: Reader) {
    log.last += 1;
    let tx = log.last;
    match amount {
        None => cx.rule(&rules::BEGIN_READ, [&tx]),
        Some(amount) => {
            cx.rule(&rules::BEGIN, [&tx, &(amount as u64)]);
            log.begun.insert(tx);
        }
    }
    manager.open.insert(tx, Tx { amount, reader, votes: Map::default() });
    cx.send_all(databases(cx), Msg::Prepare(tx, amount));
    cx.arm(Timer::Votes(tx as u32), exactly(cx.knobs.span(knobs::VOTE_TIMEOUT)));
}

/// A database votes. With all votes there is a decision, and with the first no.
fn on_vote(
    cx: &mut Cx,
    log: &mut Log,
    manager: &mut Manager,
    from: Id,
    (tx, yes): (u64, Option<&Books>),
) {
    let Some(open) = manager.open.get_mut(&tx) else {
        cx.rule(&rules::VOTE_LATE, [&tx, &from]);
        if yes.is_some() {
            // Whoever votes so late may have missed the decision, and blocks all behind it.
            cx.send(from, Msg::Decision(tx, log.commits.contains_key(&tx)));
        }
        return;
    };
    let Some(books) = yes else {
        cx.rule(&rules::ABORT_NO, [&tx, &from]);
        return decide(cx, log, manager, tx, Err("refused"));
    };
    open.votes.insert(from, books.clone());
    let (votes, needed) = (open.votes.len(), databases(cx).len());
    cx.rule(&rules::VOTE, [&tx, &from, &votes, &needed]);
    if votes == needed {
        decide(cx, log, manager, tx, Ok(()));
    }
}

/// The votes did not come in time.
fn give_up(cx: &mut Cx, log: &mut Log, manager: &mut Manager, tx: u64) {
    if let Some(open) = manager.open.get(&tx) {
        cx.rule(&rules::ABORT_SILENT, [&tx, &open.votes.len(), &databases(cx).len()]);
        decide(cx, log, manager, tx, Err("aborted"));
    }
}

/// Phase 2. A commit is logged before anybody hears of it; an abort need not be.
fn decide(
    cx: &mut Cx,
    log: &mut Log,
    manager: &mut Manager,
    tx: u64,
    decision: Result<(), &'static str>,
) {
    let Some(open) = manager.open.remove(&tx) else { return };
    cx.disarm(Timer::Votes(tx as u32));
    log.begun.remove(&tx);
    let all = databases(cx);
    cx.send_all(all.iter().copied(), Msg::Decision(tx, decision.is_ok()));
    match (open.amount, open.reader) {
        (None, reader) => {
            cx.rule(&rules::READ, [&tx]);
            let books = open.votes.values().flatten().cloned();
            answer(cx, reader, decision.map_or_else(|_| Books::new(), |()| books.collect()));
        }
        (Some(_), Reader::Client(ticket)) => {
            let reply = match decision {
                Ok(()) => {
                    cx.rule(&rules::COMMIT, [&tx]);
                    log.commits.insert(tx, all.into_iter().collect());
                    keep(&mut log.ended, tx, State::Commit);
                    again_later(cx, log);
                    Reply::Ok(Value::Nil)
                }
                Err(reason) => {
                    keep(&mut log.ended, tx, State::Abort);
                    Reply::Fail(reason)
                }
            };
            cx.reply(ticket, reply);
        }
        (Some(_), Reader::Node(..)) => {}
    }
}

/// A database has carried out a commit. When all have, it is forgotten.
fn on_ack(cx: &mut Cx, log: &mut Log, from: Id, tx: u64) {
    let Some(missing) = log.commits.get_mut(&tx) else { return };
    missing.remove(from);
    let left = missing.len();
    cx.rule(&rules::ACK, [&tx, &left]);
    if left == 0 {
        log.commits.remove(&tx);
        again_later(cx, log);
    }
}

/// A database is in doubt.
fn on_inquiry(cx: &mut Cx, log: &Log, manager: &Manager, from: Id, tx: u64) {
    if let Some(open) = manager.open.get(&tx) {
        return cx.rule(&rules::INQUIRY_WAIT, [&tx, &open.votes.len(), &databases(cx).len()]);
    }
    let commits = log.commits.contains_key(&tx);
    let rule = if commits { &rules::INQUIRY_COMMIT } else { &rules::INQUIRY_ABORT };
    cx.rule(rule, [&tx, &from]);
    cx.send(from, Msg::Decision(tx, commits));
}

/// Commits that were not acknowledged are told again.
fn again(cx: &mut Cx, log: &Log) {
    if !log.commits.is_empty() {
        cx.rule(&rules::AGAIN, [&log.commits.len()]);
    }
    for (tx, missing) in log.commits.iter() {
        cx.send_all(missing.iter(), Msg::Decision(*tx, true));
    }
    again_later(cx, log);
}

/// Arms the reminder, if there is something to repeat.
fn again_later(cx: &mut Cx, log: &Log) {
    let span: Span = cx.knobs.span(knobs::INQUIRE);
    if log.commits.is_empty() {
        cx.disarm(Timer::Again)
    } else {
        cx.arm(Timer::Again, exactly(span))
    }
}
