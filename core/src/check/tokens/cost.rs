//! What consistency costs: messages and round trips.

use alloc::format;

use super::measure::Measured;
use super::scene::Scene;
use crate::history::OpRecord;
use crate::op::Outcome;
use crate::run::trace::{MessageRecord, What};
use crate::scenario::ast::Arg;

pub fn rtt(scene: &Scene, args: &[Arg]) -> Measured {
    let mut most = None;
    for (op, record) in scene.chosen(args) {
        let well = scene.end(record).filter(|end| matches!(end.outcome, Outcome::Ok(_)));
        if let Some(end) = well {
            let trips = chain(scene, record, end.event).div_ceil(2);
            most = most.max(Some((trips, op)));
        }
    }
    match most {
        None => Measured::Undecided("no operation ended well".into()),
        Some((trips, op)) => Measured::Count(trips, scene.evidence.name_op(op)),
    }
}

/// How many messages between nodes lie on the chain of causes from the end back to the call. A
/// client that is a role of the system coordinates, so its messages count: what it is asked and
/// answers needs none.
fn chain(scene: &Scene, record: &OpRecord, end: u32) -> u64 {
    let (cast, trace) = (&scene.evidence.cast, scene.evidence.trace);
    let mut messages = 0;
    let mut event = end;
    while event > record.call
        && let Some(happened) = trace.events.get(event as usize)
    {
        if let What::Deliver { message } = happened.what {
            let message = &trace.messages[message as usize];
            let apart = message.from != message.to;
            let between = cast.is_role(message.from) && cast.is_role(message.to);
            messages += u64::from(apart && between);
        }
        event = happened.cause;
    }
    messages
}

/// What went over links in the interval; what somebody sends itself costs nothing.
fn sent_between<'a>(scene: &'a Scene) -> impl Iterator<Item = &'a MessageRecord> + 'a {
    let messages = &scene.evidence.trace.messages;
    let from = messages.partition_point(|message| message.at < scene.start);
    let sent = messages.iter_from(from).take_while(|message| message.at <= scene.at);
    sent.filter(|message| message.from != message.to)
}

pub fn msgs(scene: &Scene, args: &[Arg]) -> Measured {
    let kind = match args {
        [Arg::Word(kind), _, ..] => Some(&**kind),
        _ => None,
    };
    let counted =
        sent_between(scene).filter(|message| kind.is_none_or(|kind| message.kind == kind));
    Measured::count(counted.count() as u64)
}

pub fn notify(scene: &Scene, _: &[Arg]) -> Measured {
    let notified = sent_between(scene).filter(|message| message.kind == "Notify");
    Measured::count(notified.count() as u64)
}

pub fn sent(scene: &Scene, args: &[Arg]) -> Measured {
    let [Arg::Links(from, to), Arg::Word(kind), ..] = args else {
        return Measured::Undecided("no link and kind are named".into());
    };
    let counted = sent_between(scene).filter(|message| {
        *message.kind == **kind
            && (from.is_empty() || from.contains(&message.from))
            && (to.is_empty() || to.contains(&message.to))
    });
    Measured::Count(counted.count() as u64, format!("{kind} sent"))
}
