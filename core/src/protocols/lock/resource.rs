//! The resource that the lock is there to protect: one datum, and a book of what went wrong with
//! it, so that a checker need not trust anybody's belief.

use crate::base::{Id, Value};
use crate::describe::{Pen, Tone};
use crate::facts::{Fact, Facts};
use crate::protocol::{Cx, Event};

use super::message::Msg;
use super::{Lock, Locking, knobs, rules};

/// The resource; all of it survives a crash.
///
/// Invariant: `interleaved + backward <= 2 * version`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Resource {
    /// What it holds.
    pub value: Value,
    /// How often it was written.
    pub version: u64,
    /// The highest fencing token that came with a write.
    pub highest: u64,
    /// How many writes it refused.
    pub rejected: u64,
    /// How many writes it took that were founded on another version than the one that they
    /// replaced: between the reading and the writing of one client, another wrote.
    pub interleaved: u64,
    /// How many writes it took whose token was lower than that of an earlier one.
    pub backward: u64,
}

pub(super) fn step<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    resource: &mut Resource,
    event: Event<Locking<L>>,
) {
    let Event::Deliver { from, msg } = event else { return };
    match &*msg {
        Msg::Read { number } => read(cx, resource, from, *number),
        Msg::Write { number, value, token, basis } => {
            let write = Write { number: *number, value, token: *token, basis: *basis };
            take_write(cx, resource, from, write);
        }
        _ => {}
    }
}

struct Write<'a> {
    number: u64,
    value: &'a Value,
    token: u64,
    basis: Option<u64>,
}

fn read<L: Lock>(cx: &mut Cx<Locking<L>>, resource: &Resource, from: Id, number: u64) {
    cx.rule(&rules::RESOURCE_READ, [&resource.version]);
    let (value, version) = (resource.value.clone(), resource.version);
    cx.send(from, Msg::Content { number, value, version });
}

fn take_write<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    resource: &mut Resource,
    from: Id,
    write: Write<'_>,
) {
    let Write { number, value, token, basis } = write;
    if cx.knobs.on(knobs::FENCING) && (token == 0 || token < resource.highest) {
        resource.rejected += 1;
        match token {
            0 => cx.rule(&rules::WRITE_DENY_NO_TOKEN, [&from, &resource.highest]),
            _ => cx.rule(&rules::WRITE_DENY_STALE_TOKEN, [&from, &token, &resource.highest]),
        }
        return cx.send(from, Msg::Rejected { number, highest: resource.highest });
    }

    if basis.is_some_and(|basis| basis != resource.version) {
        resource.interleaved += 1;
        let basis = basis.unwrap_or_default();
        cx.rule(&rules::WRITE_INTERLEAVED, [&from, &basis, &resource.version]);
    }
    if token != 0 && token < resource.highest {
        resource.backward += 1;
        cx.rule(&rules::WRITE_BACKWARD, [&from, &token, &resource.highest]);
    }
    resource.value = value.clone();
    resource.version += 1;
    resource.highest = resource.highest.max(token);
    cx.rule(&rules::WRITE_ACCEPT, [&from, &token, &resource.version]);
    cx.send(from, Msg::Written { number, version: resource.version });
}

pub(super) fn facts(resource: &Resource, out: &mut Facts) {
    out.push(Fact::Copy {
        key: "s".into(),
        value: resource.value.clone(),
        version: resource.version,
    });
    out.mark("accepted", resource.version);
    out.mark("rejected", resource.rejected);
    out.mark("interleaved", resource.interleaved);
    out.mark("backward", resource.backward);
}

pub(super) fn describe(resource: &Resource, pen: &mut Pen) {
    let corrupted = resource.interleaved + resource.backward > 0;
    let tone = if corrupted { Tone::Refuse } else { Tone::Plain };
    pen.role("resource", tone, None);
    pen.disk_on_card("value", resource.value.clone());
    pen.disk_on_card("highest", resource.highest);
    pen.disk("version", resource.version);
    pen.disk("rejected", resource.rejected);
    pen.disk("interleaved", resource.interleaved);
    pen.disk("backward", resource.backward);
    if corrupted {
        pen.flag("corrupted");
    }
}
