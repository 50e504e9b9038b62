//! A primary and its replicas, which hear of writes later: strong, weak and eventual consistency,
//! and the window in between.
//!
//! Papers: Gray, Helland, O'Neil and Shasha, *The Dangers of Replication and a Solution* (SIGMOD
//! 1996), whose lazy master this is; Vogels, *Eventually Consistent* (CACM 2009), whose words the
//! lessons use; Terry, *Replicated Data Consistency Explained Through Baseball* (CACM 2013), whose
//! read guarantees are the settings `reads` and `bound`.
//!
//! Terms: the *version* of the data counts the primary's writes. Writes are told in this order. The
//! *inconsistency window* of a write is the time from its acknowledgement until all copies show it.
//!
//! Deviations, and why:
//! - The delay that queues and load cause in practice is a setting, `lag`, of each write.
//! - A bound on staleness is kept by refusing: a replica counts from the last moment at which it
//!   had everything, as the primary's wall clock told it. Clocks must agree for this.
//! - Nobody takes over from the primary; that is another subject.

pub mod knobs;
pub mod message;
pub mod primary;
pub mod replica;
pub mod rules;

use alloc::format;
use alloc::vec::Vec;

use crate::base::{Id, Log, Map, Span, Str, Time, Value};
use crate::describe::{Dots, Pen, Tone};
use crate::facts::{Fact, Facts};
use crate::knob::{Knob, Knobs};
use crate::op::OpSpec;
use crate::protocol::{self, Event, Links, Part, Probe, Protocol, Role, Setup, TimerKey};
use crate::rule::Rule;

use super::feed::Feed;
use super::kv;
use message::Msg;

/// A primary and its replicas.
pub struct Cons;

type Cx<'a> = protocol::Cx<'a, Cons>;
type Node = protocol::Node<Cons>;

/// Who takes the writes.
const PRIMARY: Id = Id(0);

/// What survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    /// At the primary: all writes, in order.
    pub log: Log<Write>,
    /// The data, as of `version`.
    pub copies: Map<Str, Datum>,
    /// How many writes are in `copies`.
    pub version: u64,
    /// At a replica: by the primary's wall clock, the last moment at which nothing was missing.
    pub as_of: Time,
}

/// A write as the primary took it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Write {
    /// The datum.
    pub key: Str,
    /// Its new value.
    pub value: Value,
    /// When, by the primary's wall clock.
    pub at: Time,
}

/// A value, and the write that gave it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Datum {
    /// The value.
    pub value: Value,
    /// The version of the data that began with it; 0 for what was never written.
    pub version: u64,
}

impl Disk {
    fn apply(&mut self, write: &Write, version: u64) {
        if version > self.version {
            let value = write.value.clone();
            self.copies.insert(write.key.clone(), Datum { value, version });
            self.version = version;
        }
    }
}

/// What does not survive a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Memory {
    /// At the primary: what it owes the replicas.
    pub feed: Option<Feed>,
}

/// What the primary waits for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// The moment to tell the replicas of the write with this version.
    Ship(u32),
    /// The moment to tell again what was not acknowledged.
    Again,
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["ship", "resend"];

    fn key(self) -> TimerKey {
        match self {
            Timer::Ship(number) => TimerKey { name: 0, number },
            Timer::Again => TimerKey { name: 1, number: 0 },
        }
    }

    fn of(key: TimerKey) -> Timer {
        if key.name == 0 { Timer::Ship(key.number) } else { Timer::Again }
    }
}

impl Protocol for Cons {
    const ID: &'static str = "cons";
    const RULES: &'static [&'static Rule] = rules::RULES;
    const OPS: &'static [OpSpec] = &[kv::PUT, kv::GET];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Fifo;
    const PROBE: Option<Probe> = Some(Probe::pair("put", "get"));
    const ROLES: &'static [&'static str] = &["primary", "replica"];

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = ();

    /// What is copied carries the time at which it was written; only a bound on staleness asks.
    fn reads_clocks(knobs: &Knobs) -> bool {
        knobs.span(knobs::BOUND) > Span::ZERO
    }

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let peer = |n| Role { name: format!("n{n}").into(), part: Part::Peer, spare: false };
        (1..=knobs.count(knobs::REPLICAS) + 1).map(peer).collect()
    }

    fn boot(cx: &mut Cx, disk: &Disk) -> Memory {
        Memory { feed: primary::boot(cx, disk) }
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<Cons>) {
        match event {
            Event::Request(request) => match request.op.verb {
                "put" => primary::write(cx, node, &request),
                _ => replica::read(cx, &node.disk, &request),
            },
            Event::Timeout(Timer::Ship(version)) => primary::ship(cx, node, version.into()),
            Event::Timeout(Timer::Again) => primary::again(cx, node),
            Event::Deliver { from, msg } => match &*msg {
                Msg::Repl { first, writes, as_of } => {
                    replica::on_repl(cx, &mut node.disk, from, (*first, writes), *as_of);
                }
                Msg::ReplAck { version } => primary::on_ack(cx, node, from, *version),
            },
            Event::Configured(knobs::RESEND | knobs::BOUND) => {
                if let Some(feed) = &node.memory.feed {
                    primary::remind(cx, feed);
                }
            }
            Event::Configured(_) | Event::Reset(_) | Event::Told(_) => {}
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        out.role(if node.memory.feed.is_some() { "primary" } else { "replica" }, 0);
        for (key, Datum { value, version }) in node.disk.copies.iter() {
            out.push(Fact::Copy { key: key.clone(), value: value.clone(), version: *version });
        }
    }

    fn describe(setup: &Setup, node: &Node, me: Id, pen: &mut Pen) {
        Self::describe_disk(setup, &node.disk, me, pen);
        let Some(feed) = &node.memory.feed else {
            return pen.role("replica", Tone::Follow, None);
        };
        pen.role("primary", Tone::Lead, None);
        let of: Vec<Id> = replicas(setup).collect();
        let (yes, needed) = (feed.holders(node.disk.version), of.len() as u64);
        pen.dots(Dots { name: "has-all", of, yes, needed });
        pen.memory("due", feed.due());
    }

    fn describe_disk(_: &Setup, disk: &Disk, _: Id, pen: &mut Pen) {
        pen.role("down", Tone::Plain, None);
        let told = |(key, datum): &(Str, Datum)| format!("{key}={}", datum.value);
        let newest = disk.copies.iter().max_by_key(|(_, datum)| datum.version);
        pen.disk_on_card("copy", newest.map(told));
        pen.disk_on_card("version", disk.version);
        for copy in disk.copies.iter().filter(|_| disk.copies.len() > 1) {
            pen.disk("copies", told(copy));
        }
    }
}

/// Everybody but the primary, in order.
fn replicas(setup: &Setup) -> impl Iterator<Item = Id> {
    (1..setup.roles.len()).map(Id::at)
}
