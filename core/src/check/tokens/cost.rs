//! What consistency costs: messages and round trips.

use alloc::format;

use super::measure::Measured;
use super::scene::Scene;
use crate::history::OpRecord;
use crate::kernel::Cast;
use crate::op::Outcome;
use crate::run::trace::{MessageRecord, Trace, What};
use crate::scenario::ast::Arg;

pub fn rtt(scene: &Scene, args: &[Arg]) -> Measured {
    let mut most = None;
    for (op, record) in scene.chosen(args) {
        let well = scene.end(record).filter(|end| matches!(end.outcome, Outcome::Ok(_)));
        if let Some(end) = well {
            let trips = round_trips(&scene.evidence.cast, scene.evidence.trace, record, end.event);
            most = most.max(Some((trips, op)));
        }
    }
    match most {
        None => Measured::Undecided("no operation ended well".into()),
        Some((trips, op)) => Measured::Count(trips, scene.evidence.name_op(op)),
    }
}

/// Half of the messages between nodes that lie on the chain of causes from the event `end`, in
/// which an operation ended, back to its call, rounded up. A client that is a role of the system
/// coordinates, so its messages count: what it is asked and answers needs none.
pub fn round_trips(cast: &Cast, trace: &Trace, record: &OpRecord, end: u32) -> u64 {
    let mut messages = 0;
    let mut event = end;
    while event > record.call
        && let Some(happened) = trace.events.get(event as usize)
    {
        if let What::Deliver { message } = happened.what {
            let message = &trace.messages[message as usize];
            let between = cast.is_role(message.from) && cast.is_role(message.to);
            messages += u64::from(crosses(message) && between);
        }
        event = happened.cause;
    }
    messages.div_ceil(2)
}

/// Whether a message goes over a link: what somebody sends itself costs nothing.
pub fn crosses(message: &MessageRecord) -> bool {
    message.from != message.to
}

/// What went over links in the interval.
fn sent_between<'a>(scene: &'a Scene) -> impl Iterator<Item = &'a MessageRecord> + 'a {
    let messages = &scene.evidence.trace.messages;
    let from = messages.partition_point(|message| message.at < scene.start);
    let sent = messages.iter_from(from).take_while(|message| message.at <= scene.at);
    sent.filter(|message| crosses(message))
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
