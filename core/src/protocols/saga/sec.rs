//! The saga execution component: it runs the transactions one after another, and when one is
//! refused, the compensations of those before it in reverse.

use alloc::vec::Vec;

use super::knobs;
use super::message::{Call, Msg, Way};
use super::{BUY, Cx, Saga, Step, Timer, rules};
use crate::base::{Id, Map, Span, Value};
use crate::op::{Reply, Request, Ticket};
use crate::protocol::Event;

/// The log of the SEC: every saga by its number, from 1.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Journal {
    /// The sagas.
    pub sagas: Map<u64, Tale>,
}

/// A saga: where it is, and where it goes.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Tale {
    /// The price of what is ordered.
    pub price: u64,
    /// Who ordered, in which session, under which serial: a request that comes again is known.
    pub request: (Id, u32, u64),
    /// The transaction that is run, or made up for.
    pub step: Step,
    /// Where it goes.
    pub course: Course,
}

/// Where a saga goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Course {
    /// On: the transaction at `step` is to be run.
    Forward,
    /// Back, as soon as it is known what became of the transaction at `step`.
    Turning,
    /// Back: the transaction at `step` is to be made up for.
    Backward,
    /// All transactions are committed.
    Ended,
    /// All that were committed are made up for.
    Compensated,
}

impl Tale {
    /// What is being done, in a word.
    pub fn word(&self) -> &'static str {
        match (self.course, self.step) {
            (Course::Ended, _) => "ended",
            (Course::Compensated, _) => "compensated",
            (Course::Backward, Step::Order) => "cancelling",
            (Course::Backward, _) => "refunding",
            (_, Step::Order) => "ordering",
            (_, Step::Pay) => "paying",
            (_, Step::Ship) => "shipping",
        }
    }

    /// Whether nothing is left to do.
    pub fn is_over(&self) -> bool {
        matches!(self.course, Course::Ended | Course::Compensated)
    }

    /// Which kind of answer it waits for.
    fn awaits(&self) -> Option<Way> {
        match self.course {
            Course::Forward | Course::Turning => Some(Way::There),
            Course::Backward => Some(Way::Back),
            Course::Ended | Course::Compensated => None,
        }
    }
}

type Waiting = Map<u64, Ticket>;

/// The SEC starts: what its log holds is looked at in a step of its own.
pub fn boot(cx: &mut Cx, journal: &Journal) {
    if journal.sagas.values().any(|tale| !tale.is_over()) {
        cx.arm(Timer::Recover, (Span::ZERO, Span::ZERO));
    }
}

pub fn step(cx: &mut Cx, journal: &mut Journal, waiting: &mut Waiting, event: Event<Saga>) {
    match event {
        Event::Request(request) if request.op.verb == BUY.verb => {
            begin(cx, journal, waiting, &request);
        }
        Event::Request(request) => super::service::redirect(cx, &request),
        Event::Deliver { from, msg } => match *msg {
            Msg::Done(saga, way) => on_done(cx, journal, waiting, (saga, from), way),
            Msg::Refused(saga) => on_refused(cx, journal, waiting, (saga, from)),
            // What services are told is not for the SEC.
            Msg::Run(..) | Msg::Undo(..) => {}
        },
        Event::Timeout(Timer::Next(saga)) => ask(cx, journal, saga),
        Event::Timeout(Timer::Retry(saga)) => resend(cx, journal, saga),
        Event::Timeout(Timer::Recover) => recover(cx, journal),
        // Silence tells enough.
        Event::Reset(_) | Event::Told(_) | Event::Configured(_) => {}
    }
}

/// A customer orders: a saga begins.
fn begin(cx: &mut Cx, journal: &mut Journal, waiting: &mut Waiting, request: &Request) {
    let client = request.ticket.client;
    let identity = (client, request.session, request.serial);
    if let Some((saga, tale)) = journal.sagas.iter().find(|(_, tale)| tale.request == identity) {
        cx.rule(&rules::AGAIN, [saga, &client]);
        waiting.insert(*saga, request.ticket);
        return answer(cx, waiting, (*saga, tale));
    }
    let price = match request.op.arg(0) {
        Value::Int(price) => u64::try_from(price).unwrap_or(0),
        _ => 0,
    };
    if price == 0 {
        cx.rule(&rules::DENY, [&client]);
        return cx.reply(request.ticket, Reply::Fail("no-price"));
    }
    let saga = journal.sagas.len() as u64 + 1;
    cx.rule(&rules::BEGIN, [&saga, &client, &price]);
    let (step, course) = (Step::Order, Course::Forward);
    journal.sagas.insert(saga, Tale { price, request: identity, step, course });
    waiting.insert(saga, request.ticket);
    ask(cx, journal, saga);
}

/// Asks for the transaction, or the compensation, that is next, and again after a while.
fn ask(cx: &mut Cx, journal: &Journal, saga: u64) {
    let Some(tale) = journal.sagas.get(&saga) else { return };
    let to = tale.step.service();
    match tale.awaits() {
        Some(Way::There) => cx.rule(&rules::RUN, [&saga, &to]),
        Some(Way::Back) => cx.rule(&rules::UNDO, [&saga, &to]),
        None => return,
    }
    send(cx, saga, tale);
}

fn send(cx: &mut Cx, saga: u64, tale: &Tale) {
    let call = Call { saga, price: tale.price };
    let back = tale.course == Course::Backward;
    let msg = if back { Msg::Undo(tale.step, call) } else { Msg::Run(tale.step, call) };
    cx.send(tale.step.service(), msg);
    let retry = cx.knobs.span(knobs::RETRY);
    cx.arm(Timer::Retry(saga), (retry, retry));
}

fn resend(cx: &mut Cx, journal: &Journal, saga: u64) {
    let Some(tale) = journal.sagas.get(&saga).filter(|tale| !tale.is_over()) else { return };
    cx.rule(&rules::RESEND, [&saga, &tale.step.service()]);
    send(cx, saga, tale);
}

/// The saga, if it waits for such an answer from this service.
fn awaiting(journal: &mut Journal, (saga, from): (u64, Id), way: Way) -> Option<&mut Tale> {
    let tale = journal.sagas.get_mut(&saga)?;
    Some(tale).filter(|tale| tale.step.service() == from && tale.awaits() == Some(way))
}

/// A transaction or a compensation is committed.
fn on_done(
    cx: &mut Cx,
    journal: &mut Journal,
    waiting: &mut Waiting,
    (saga, from): (u64, Id),
    way: Way,
) {
    let Some(tale) = awaiting(journal, (saga, from), way) else {
        return cx.rule(&rules::LATE, [&saga, &from]);
    };
    match way {
        Way::There => cx.rule(&rules::RUN_DONE, [&saga, &from]),
        Way::Back => cx.rule(&rules::UNDO_DONE, [&saga, &from]),
    }
    match (tale.course, tale.step.next()) {
        (Course::Backward, _) => back(tale),
        // What is done whole has nothing to make up for.
        (_, None) => tale.course = Course::Ended,
        (Course::Turning, Some(_)) => tale.course = Course::Backward,
        (_, Some(next)) => tale.step = next,
    }
    proceed(cx, journal, waiting, saga);
}

/// A transaction was refused: what was committed before it is made up for.
fn on_refused(cx: &mut Cx, journal: &mut Journal, waiting: &mut Waiting, (saga, from): (u64, Id)) {
    let Some(tale) = awaiting(journal, (saga, from), Way::There) else {
        return cx.rule(&rules::LATE, [&saga, &from]);
    };
    cx.rule(&rules::TURN, [&saga, &from]);
    back(tale);
    proceed(cx, journal, waiting, saga);
}

/// One transaction back; before the first one there is nothing.
fn back(tale: &mut Tale) {
    match tale.step.previous() {
        Some(previous) => (tale.step, tale.course) = (previous, Course::Backward),
        None => tale.course = Course::Compensated,
    }
}

/// Goes where the log says, at once or after a while; or ends.
fn proceed(cx: &mut Cx, journal: &Journal, waiting: &mut Waiting, saga: u64) {
    let Some(tale) = journal.sagas.get(&saga) else { return };
    cx.disarm(Timer::Retry(saga));
    match (tale.course, cx.knobs.span(knobs::PACE)) {
        (Course::Ended, _) => cx.rule(&rules::END, [&saga]),
        (Course::Compensated, _) => cx.rule(&rules::COMPENSATED, [&saga]),
        (_, Span::ZERO) => ask(cx, journal, saga),
        (_, pace) => cx.arm(Timer::Next(saga), (pace, pace)),
    }
    answer(cx, waiting, (saga, tale));
}

/// Tells the customer how a saga ended, once it has.
fn answer(cx: &mut Cx, waiting: &mut Waiting, (saga, tale): (u64, &Tale)) {
    let reply = match tale.course {
        Course::Ended => Reply::Ok(Value::Nil),
        Course::Compensated => Reply::Fail("compensated"),
        Course::Forward | Course::Turning | Course::Backward => return,
    };
    if let Some(ticket) = waiting.remove(&saga) {
        cx.reply(ticket, reply);
    }
}

/// After a start: compensations go on; a saga on its way forward turns back, or goes on.
fn recover(cx: &mut Cx, journal: &mut Journal) {
    let forward = cx.knobs.count(knobs::RECOVERY) == knobs::FORWARD;
    let open = journal.sagas.iter().filter(|(_, tale)| !tale.is_over());
    let open: Vec<u64> = open.map(|(saga, _)| *saga).collect();
    for saga in open {
        let Some(tale) = journal.sagas.get_mut(&saga) else { continue };
        let to = tale.step.service();
        match tale.course {
            Course::Forward if !forward => {
                tale.course = Course::Turning;
                cx.rule(&rules::RECOVER_BACKWARD, [&saga, &to]);
            }
            Course::Forward => cx.rule(&rules::RECOVER_FORWARD, [&saga, &to]),
            _ => cx.rule(&rules::RECOVER_ON, [&saga, &to]),
        }
        send(cx, saga, tale);
    }
}
