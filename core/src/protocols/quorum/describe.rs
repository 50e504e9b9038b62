//! What there is to see of a replica and of a client.

use alloc::format;
use alloc::string::String;

use crate::base::Id;
use crate::describe::{Dots, Pen, Tone};
use crate::protocol::{Part, Setup};

use super::client::{Client, Phase, Task};
use super::{Disk, replicas};

/// Draws what the disk holds: of a replica, the copy that was written last on the card.
pub fn disk(setup: &Setup, disk: &Disk, me: Id, pen: &mut Pen) {
    pen.role("down", Tone::Plain, None);
    if is_client(setup, me) {
        return pen.disk("clock", disk.clock);
    }
    let copies = &disk.copies;
    let newest = copies.iter().max_by_key(|(_, datum)| datum.version);
    pen.disk_on_card("copy", newest.map(|(key, datum)| format!("{key}={}", datum.value)));
    let version = newest.map(|(_, datum)| datum.version.told(pen));
    pen.disk_on_card("version", version);
    for (key, datum) in copies.iter().filter(|_| copies.len() > 1) {
        let told = datum.version.told(pen);
        pen.disk("copies", format!("{key}={} ({told})", datum.value));
    }
}

/// Draws what a node does: of a replica, that it is there.
pub fn memory(setup: &Setup, client: &Client, me: Id, pen: &mut Pen) {
    if !is_client(setup, me) {
        return pen.role("replica", Tone::Follow, None);
    }
    let Some(task) = client.tasks.last() else {
        return pen.role("idle", Tone::Plain, None);
    };
    let (role, dots): (&'static str, &'static str) = match (&task.phase, task.is_read()) {
        (Phase::Asking(_), true) => ("reading", "answers"),
        (Phase::Asking(_), false) => ("querying", "answers"),
        (Phase::Storing(..), true) => ("writing-back", "acks"),
        (Phase::Storing(..), false) => ("writing", "acks"),
    };
    pen.role(role, Tone::Seek, None);
    pen.dots(Dots {
        name: dots,
        of: replicas(setup).collect(),
        yes: task.phase.heard().as_slice().to_vec(),
        needed: task.needed,
    });
    pen.memory_on_card("doing", doing(task));
    pen.memory("tasks", client.tasks.len() as u64);
}

fn is_client(setup: &Setup, me: Id) -> bool {
    setup.roles[me.index()].part == Part::Client
}

/// The operation as the client sees it: `x`, and what it stores there.
fn doing(task: &Task) -> String {
    match &task.phase {
        Phase::Storing(datum, _) => format!("{}={}", task.key, datum.value),
        Phase::Asking(_) => format!("{}?", task.key),
    }
}
