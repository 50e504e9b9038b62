//! A replica: it applies what the primary tells, and answers reads from what it has.

use crate::base::{Id, Time};
use crate::op::{Reply, Request};

use super::message::Msg;
use super::{Cx, Disk, PRIMARY, Write, knobs, rules};

/// The primary tells what it has written.
pub fn on_repl(cx: &mut Cx, disk: &mut Disk, from: Id, (first, writes): (u64, &[Write]), at: Time) {
    if !cx.knobs.on(knobs::REPLICATE) {
        return cx.rule(&rules::OFF, []);
    }
    let last = first + writes.len() as u64 - 1;
    if first > disk.version + 1 {
        cx.rule(&rules::GAP, [&first, &disk.version]);
    } else if writes.is_empty() {
        cx.rule(&rules::FRESH, [&disk.version]);
        disk.as_of = disk.as_of.max(at);
    } else if last <= disk.version {
        cx.rule(&rules::KNOWN, [&last]);
        disk.as_of = disk.as_of.max(at);
    } else {
        cx.rule(&rules::APPLY, [&last, &(last - disk.version)]);
        for (version, write) in (first..).zip(writes) {
            disk.apply(write, version);
        }
        disk.as_of = disk.as_of.max(at);
    }
    cx.send(from, Msg::ReplAck { version: disk.version });
}

/// A client reads. The primary always answers; a replica may be told not to.
pub fn read(cx: &mut Cx, disk: &Disk, request: &Request) {
    let bound = cx.knobs.span(knobs::BOUND);
    let age = cx.wall.since(disk.as_of);
    let reply = if cx.me != PRIMARY && cx.knobs.count(knobs::READS) == knobs::PRIMARY {
        cx.rule(&rules::READ_PRIMARY, [&PRIMARY]);
        Reply::Redirect(Some(PRIMARY))
    } else if cx.me != PRIMARY && bound.0 > 0 && age > bound {
        cx.rule(&rules::READ_OLD, [&age]);
        Reply::Fail("too-old")
    } else {
        let copy = disk.copies.get(&request.op.key).cloned().unwrap_or_default();
        cx.rule(&rules::READ, [&copy.version]);
        Reply::Ok(copy.value)
    };
    cx.reply(request.ticket, reply);
}
