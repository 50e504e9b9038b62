//! The primary: it takes the writes, answers, and tells the replicas later.

use crate::base::{Id, Time, Value};
use crate::op::{Reply, Request};
use crate::protocols::feed::{Feed, Parcel};

use super::message::Msg;
use super::{Cx, Disk, Node, PRIMARY, Timer, Write, knobs, replicas, rules};

/// What a primary knows of its replicas when it starts: nothing, and so it tells them everything.
pub fn boot(cx: &mut Cx, disk: &Disk) -> Option<Feed> {
    if cx.me != PRIMARY {
        return None;
    }
    let feed = Feed::new(replicas(cx.setup), disk.log.last_index());
    remind(cx, &feed);
    Some(feed)
}

/// A client writes. Only the primary takes it, and it waits for nobody.
pub fn write(cx: &mut Cx, node: &mut Node, request: &Request) {
    if cx.me != PRIMARY {
        cx.rule(&rules::WRITE_DENY, [&PRIMARY]);
        return cx.reply(request.ticket, Reply::Redirect(Some(PRIMARY)));
    }
    let version = node.disk.log.last_index() + 1;
    cx.rule(&rules::WRITE, [&version]);
    let (key, value) = (request.op.key.clone(), request.op.arg(0));
    let write = Write { key, value, at: cx.wall };
    node.disk.apply(&write, version);
    node.disk.log.push(write);
    cx.arm(Timer::Ship(version as u32), cx.knobs.range(knobs::LAG));
    cx.reply(request.ticket, Reply::Ok(Value::Nil));
}

/// The delay of a write is over.
pub fn ship(cx: &mut Cx, node: &mut Node, version: u64) {
    let Some(feed) = &mut node.memory.feed else { return };
    let parcels = feed.release(version);
    if parcels.is_empty() {
        return; // A later write went first, and took this one along.
    }
    cx.rule(&rules::SHIP, [&feed.due(), &parcels.len()]);
    send(cx, &node.disk, feed.due(), &parcels);
    remind(cx, feed);
}

/// Somebody has not acknowledged, or must hear that there is nothing new.
pub fn again(cx: &mut Cx, node: &mut Node) {
    let Some(feed) = &mut node.memory.feed else { return };
    let parcels = feed.again(is_bounded(cx));
    if !parcels.is_empty() {
        cx.rule(&rules::AGAIN, [&parcels.len()]);
        send(cx, &node.disk, feed.due(), &parcels);
    }
    remind(cx, feed);
}

/// A replica says how far it is.
pub fn on_ack(cx: &mut Cx, node: &mut Node, from: Id, version: u64) {
    let Some(feed) = &mut node.memory.feed else { return };
    cx.rule(&rules::ACK, [&from, &version]);
    feed.heard(from, version);
    if !feed.is_behind() && !is_bounded(cx) {
        cx.disarm(Timer::Again);
    }
}

/// Arms the reminder, if there is somebody to remind.
pub fn remind(cx: &mut Cx, feed: &Feed) {
    if feed.is_behind() || is_bounded(cx) {
        let span = cx.knobs.span(knobs::RESEND);
        cx.arm(Timer::Again, (span, span));
    } else {
        cx.disarm(Timer::Again);
    }
}

fn send(cx: &mut Cx, disk: &Disk, due: u64, parcels: &[Parcel]) {
    let as_of = as_of(cx, disk, due);
    for &Parcel { to, first, last } in parcels {
        let writes = disk.log.range(first, last).cloned().collect();
        cx.send(to, Msg::Repl { first, writes, as_of });
    }
}

/// Until when nothing was written but what is due.
fn as_of(cx: &Cx, disk: &Disk, due: u64) -> Time {
    disk.log.get(due + 1).map_or(cx.wall, |write| write.at)
}

fn is_bounded(cx: &Cx) -> bool {
    cx.knobs.span(knobs::BOUND).0 > 0
}
