//! What there is to see of a replica and of a client.

use alloc::format;

use crate::base::{Id, Str};
use crate::describe::{Pen, Tone};
use crate::protocol::{Part, Setup};

use super::client::Client;
use super::replica::Replica;
use super::{Datum, Disk};

/// Draws what the disk holds: of a replica, the copy that was written last on the card.
pub fn disk(setup: &Setup, disk: &Disk, me: Id, pen: &mut Pen) {
    pen.role("down", Tone::Plain, None);
    if setup.roles[me.index()].part == Part::Client {
        return;
    }
    let told = |(key, datum): &(Str, Datum)| format!("{key}={}", datum.value);
    let newest = disk.copies.iter().max_by_key(|(_, datum)| datum.version);
    pen.disk_on_card("copy", newest.map(told));
    let seen = disk.seen.told(pen);
    pen.disk_on_card("seen", seen);
    for copy in disk.copies.iter().filter(|_| disk.copies.len() > 1) {
        pen.disk("copies", told(copy));
    }
}

/// Draws a replica.
pub fn replica(replica: &Replica, pen: &mut Pen) {
    pen.role("replica", Tone::Follow, None);
    pen.memory("held", replica.held.len() as u64);
    pen.memory("waiting", replica.waiting.len() as u64);
}

/// Draws a client.
pub fn client(client: &Client, pen: &mut Pen) {
    let task = client.tasks.last();
    match task.map(|task| task.question.put.is_some()) {
        None => pen.role("idle", Tone::Plain, None),
        Some(false) => pen.role("reading", Tone::Seek, None),
        Some(true) => pen.role("writing", Tone::Seek, None),
    }
    pen.memory_on_card("doing", task.map(|task| task.doing()));
    let (reads, writes) = (client.process.reads.told(pen), client.process.writes.told(pen));
    pen.memory("reads", reads);
    pen.memory("writes", writes);
    let (reads, writes) = (client.session.reads.told(pen), client.session.writes.told(pen));
    pen.memory("session-reads", reads);
    pen.memory("session-writes", writes);
}
