//! A replica: it answers who has seen no more than it has, takes writes, and hears of those of
//! others later.

use alloc::vec::Vec;

use crate::base::{Id, Str, Value};
use crate::op::{Reply, Request};
use crate::protocols::feed::{Feed, Parcel};
use crate::protocols::version::Version;

use super::message::{Msg, Question};
use super::vector::Vector;
use super::{Cx, Datum, Disk, Timer, Write, knobs, replicas, rules};

/// What a replica knows that does not survive a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Replica {
    /// What it owes the others.
    pub feed: Feed,
    /// Writes of others that wait for what comes before: who took them, their numbers there.
    pub held: Vec<(Id, u64, Write)>,
    /// Questions that wait for what this replica lacks, and whose.
    pub waiting: Vec<(Id, Question)>,
}

pub(super) fn boot(cx: &mut Cx, disk: &Disk) -> Replica {
    let others: Vec<Id> = replicas(cx.setup).filter(|id| *id != cx.me).collect();
    let feed = Feed::new(others, disk.log.last_index());
    remind(cx, &feed);
    Replica { feed, held: Vec::new(), waiting: Vec::new() }
}

/// A client asks. It is served by a replica that has all it must see.
pub(super) fn on_question(cx: &mut Cx, disk: &mut Disk, me: &mut Replica, from: Id, q: &Question) {
    let lacks = disk.seen.lacks(&q.needs);
    if lacks == 0 {
        return serve(cx, disk, from, q);
    }
    if q.waits {
        cx.rule(&rules::WAIT, [&from, &lacks]);
        me.waiting.push((from, q.clone()));
    } else {
        cx.rule(&rules::LACK, [&from, &lacks]);
        cx.send(from, Msg::Behind { number: q.number });
    }
}

fn serve(cx: &mut Cx, disk: &mut Disk, from: Id, question: &Question) {
    let Question { number, key, put, needs, .. } = question;
    let number = *number;
    let reply = match put {
        None => {
            cx.rule(&rules::ANSWER, [&from]);
            let value = disk.value(key);
            Msg::Reply { number, value, seen: disk.seen.clone() }
        }
        Some(value) => {
            let taken = take(cx, disk, from, (key.clone(), value.clone(), needs.clone()));
            let mut seen = Vector::default();
            seen.note(cx.me, taken);
            Msg::Reply { number, value: Value::Nil, seen }
        }
    };
    cx.send(from, reply);
}

/// Somebody asks without a session, as a probe does.
pub(super) fn on_request(cx: &mut Cx, disk: &mut Disk, request: &Request) {
    let (key, client) = (request.op.key.clone(), request.ticket.client);
    let value = if request.op.verb == "put" {
        take(cx, disk, client, (key, request.op.arg(0), Vector::default()));
        Value::Nil
    } else {
        cx.rule(&rules::ANSWER, [&client]);
        disk.value(&key)
    };
    cx.reply(request.ticket, Reply::Ok(value));
}

/// Takes a write; its number.
fn take(
    cx: &mut Cx,
    disk: &mut Disk,
    client: Id,
    (key, value, needs): (Str, Value, Vector),
) -> u64 {
    let number = disk.log.last_index() + 1;
    cx.rule(&rules::TAKE, [&client, &number]);
    disk.clock += 1;
    let version = Version { ts: disk.clock, writer: cx.me };
    disk.copies.insert(key.clone(), Datum { value: value.clone(), version });
    disk.log.push(Write { key, value, version, needs });
    disk.seen.note(cx.me, number);
    cx.arm(Timer::Ship(number as u32), cx.knobs.range(knobs::LAG));
    number
}

/// The delay of a write is over.
pub(super) fn ship(cx: &mut Cx, disk: &Disk, feed: &mut Feed, number: u64) {
    let parcels = feed.release(number);
    if parcels.is_empty() {
        return; // A later write went first, and took this one along.
    }
    cx.rule(&rules::SHIP, [&feed.due(), &parcels.len()]);
    send(cx, disk, &parcels);
    remind(cx, feed);
}

/// Somebody has not acknowledged.
pub(super) fn again(cx: &mut Cx, disk: &Disk, feed: &mut Feed) {
    let parcels = feed.again(false);
    cx.rule(&rules::AGAIN, [&parcels.len()]);
    send(cx, disk, &parcels);
    remind(cx, feed);
}

/// Arms the reminder, if there is somebody to remind.
pub(super) fn remind(cx: &mut Cx, feed: &Feed) {
    if feed.is_behind() {
        let span = cx.knobs.span(knobs::RESEND);
        cx.arm(Timer::Again, (span, span));
    } else {
        cx.disarm(Timer::Again);
    }
}

fn send(cx: &mut Cx, disk: &Disk, parcels: &[Parcel]) {
    for &Parcel { to, first, last } in parcels {
        let writes = disk.log.range(first, last).cloned().collect();
        cx.send(to, Msg::Repl { first, writes });
    }
}

/// Another replica tells of the writes that it took.
pub(super) fn on_repl(
    cx: &mut Cx,
    disk: &mut Disk,
    me: &mut Replica,
    origin: Id,
    (first, writes): (u64, &[Write]),
) {
    for (number, write) in (first..).zip(writes) {
        let is_held = me.held.iter().any(|(of, held, _)| (*of, *held) == (origin, number));
        if number <= disk.seen.of(origin) || is_held {
            cx.rule(&rules::KNOWN, [&origin, &number]);
        } else if is_next(disk, origin, number, write) {
            store(cx, disk, origin, number, write);
        } else {
            cx.rule(&rules::HOLD, [&origin, &number]);
            me.held.push((origin, number, write.clone()));
        }
    }
    store_held(cx, disk, me, origin);
    serve_waiting(cx, disk, me);
    cx.send(origin, Msg::ReplAck { number: disk.seen.of(origin) });
}

/// Whether all that comes before a write is here: the earlier ones that its replica took, and what
/// its client must have seen.
fn is_next(disk: &Disk, origin: Id, number: u64, write: &Write) -> bool {
    number == disk.seen.of(origin) + 1 && disk.seen.lacks(&write.needs) == 0
}

fn store(cx: &mut Cx, disk: &mut Disk, origin: Id, number: u64, write: &Write) {
    let held = disk.copies.get(&write.key).map(|copy| copy.version).unwrap_or_default();
    disk.seen.note(origin, number);
    disk.clock = disk.clock.max(write.version.ts);
    if cx.knobs.count(knobs::ORDER) != knobs::ARRIVAL && held > write.version {
        return cx.rule(&rules::OLDER, [&origin, &number]);
    }
    cx.rule(&rules::APPLY, [&origin, &number]);
    let (value, version) = (write.value.clone(), write.version);
    disk.copies.insert(write.key.clone(), Datum { value, version });
}

/// What was set aside and has come due. Who took it and waits for an acknowledgement is told, but
/// for `told`, who is told anyway.
fn store_held(cx: &mut Cx, disk: &mut Disk, me: &mut Replica, told: Id) {
    let next = |disk: &Disk, held: &[(Id, u64, Write)]| {
        held.iter().position(|(origin, number, write)| is_next(disk, *origin, *number, write))
    };
    while let Some(place) = next(disk, &me.held) {
        let (origin, number, write) = me.held.remove(place);
        store(cx, disk, origin, number, &write);
        if origin != told {
            cx.send(origin, Msg::ReplAck { number });
        }
    }
}

/// Serves whoever waited for what is here now.
fn serve_waiting(cx: &mut Cx, disk: &mut Disk, me: &mut Replica) {
    for (from, question) in core::mem::take(&mut me.waiting) {
        if disk.seen.lacks(&question.needs) == 0 {
            serve(cx, disk, from, &question);
        } else {
            me.waiting.push((from, question));
        }
    }
}

/// Another replica says how far it is.
pub(super) fn on_ack(cx: &mut Cx, feed: &mut Feed, from: Id, number: u64) {
    cx.rule(&rules::ACK, [&from, &number]);
    feed.heard(from, number);
    if !feed.is_behind() {
        cx.disarm(Timer::Again);
    }
}
