//! The CAP theorem's own object: copies of a register at several replicas, and one setting that
//! says who must answer before a client is answered.
//!
//! Papers: Gilbert and Lynch, *Brewer's Conjecture and the Feasibility of Consistent, Available,
//! Partition-Tolerant Web Services* (SIGACT News 2002), whose §3.2 has the solutions that are here
//! as policies; Brewer, *CAP Twelve Years Later: How the "Rules" Have Changed* (Computer 2012) for
//! what a timeout means; Thomas (TODS 1979) for majorities; Johnson and Thomas (RFC 677, 1975) for
//! "the last writer wins"; Demers et al. (PODC 1987) for anti-entropy.
//!
//! Four policies. Under `single`, `all` and `majority` one replica, the *leader*, puts all
//! operations in order; the others pass requests on to it (§3.2.1), and it answers when one, all
//! or most replicas have answered. Under `local` each replica answers from its own copy, and tells
//! the others later (§3.2.3).
//!
//! A copy's *version* is a number and a writer: one more than the number that the writer saw (a
//! Lamport clock of the key), and the replica that wrote as tie-break. Everywhere the higher
//! version stays. With `order=wall` the writer's clock takes the place of the count, as in many
//! stores.
//!
//! Deviations, and why:
//! - The leader is the first replica for ever. Electing another is what Raft is for; here nothing
//!   shall hide the choice between an error and an old value.
//! - The leader's copy counts as an answer without a message.
//! - A client that asks again is known by its serial, and the leader writes once; under `local`
//!   there is nobody to ask, and it writes again.
//! - The leader trusts its disk: wiped, it counts from 1 again, and what it writes loses against
//!   older versions until anti-entropy has told it of them.
//! - What was written under `local` may get a higher version than a write that the leader accepts
//!   after the policy was switched back, until anti-entropy has told the leader of it.

pub mod knobs;
pub mod message;
pub mod rules;

mod copies;
mod describe;
mod leader;
mod properties;
mod requests;
mod shards;

use alloc::format;
use alloc::vec::Vec;

use self::knobs::Policy;
use self::message::Msg;
use crate::base::{Id, IdSet, Map, Str, Value};
use crate::describe::Pen;
use crate::facts::{Fact, Facts};
use crate::knob::{Key, Knob, Knobs};
use crate::op::{OpSpec, Ticket};
use crate::protocol::{self, Event, Links, Part, Probe, Property, Protocol, Role, Setup, TimerKey};
use crate::rule::Rule;

use super::kv;
use super::version::Version;

/// Replicas of registers, with the policy as a setting.
#[derive(Debug)]
pub struct Cap;

type Cx<'a> = protocol::Cx<'a, Cap>;
type Node = protocol::Node<Cap>;

/// What survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    /// The copies.
    pub copies: Map<Str, Copy>,
    /// At a leader: the last write of each client that it took, and the version it became.
    pub taken: Map<Id, (u64, Version)>,
}

/// What does not.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Memory {
    /// The policy, as of the last time that it was set.
    pub policy: Policy,
    /// The replicas of this one's keys, itself included; the first leads.
    pub group: IdSet,
    /// Whether this replica is the first.
    pub first: bool,
    /// Requests that this replica has not answered.
    pub waiting: Vec<Waiting>,
    /// At a leader: operations for which answers are being counted.
    pub counting: Vec<Counting>,
    /// How many timers of requests were armed since the start.
    pub timers: u32,
}

/// A copy of a datum.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Copy {
    /// What was written last, as far as this copy knows.
    pub value: Value,
    /// When, in the order of versions.
    pub version: Version,
}

/// Which operation of which client; the same when the client asks again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ask {
    /// Who asks.
    pub client: Id,
    /// The client's number for it.
    pub serial: u64,
}

/// A request that its replica has not answered.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Waiting {
    /// What is asked.
    pub ask: Ask,
    /// Whom to answer.
    pub ticket: Ticket,
    /// The datum.
    pub key: Str,
    /// Whether it writes.
    pub writes: bool,
    /// The number of its timer.
    pub timer: u32,
}

/// An operation for which the leader counts answers.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Counting {
    /// What is asked.
    pub ask: Ask,
    /// The replica that was asked.
    pub asked: Id,
    /// The datum.
    pub key: Str,
    /// The version that a write has given it; `None` for a read.
    pub wrote: Option<Version>,
    /// Who has answered, the leader included.
    pub answers: IdSet,
    /// The number of its timer, for what another replica passed on.
    pub timer: u32,
}

/// What a replica waits for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// The replica that was asked has heard nothing for so long.
    Request(u32),
    /// The leader lacks answers for so long, for an operation that another replica passed on.
    Quorum(u32),
    /// Copies are compared.
    AntiEntropy,
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["request", "quorum", "anti-entropy"];

    fn key(self) -> TimerKey {
        match self {
            Timer::Request(number) => TimerKey { name: 0, number },
            Timer::Quorum(number) => TimerKey { name: 1, number },
            Timer::AntiEntropy => TimerKey { name: 2, number: 0 },
        }
    }

    fn of(key: TimerKey) -> Timer {
        match key.name {
            0 => Timer::Request(key.number),
            1 => Timer::Quorum(key.number),
            _ => Timer::AntiEntropy,
        }
    }
}

impl Protocol for Cap {
    const ID: &'static str = "cap";
    const RULES: &'static [&'static Rule] = rules::RULES;
    const OPS: &'static [OpSpec] = &[kv::PUT, kv::GET];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Fifo;
    const PROBE: Option<Probe> = Some(Probe::pair("put", "get"));
    const ROLES: &'static [&'static str] = &["leader", "replica"];

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = ();

    fn reads_clocks(knobs: &Knobs) -> bool {
        knobs.count(knobs::ORDER) == knobs::WALL
    }

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let peer = |letter: char| Role {
            name: format!("{letter}").into(),
            part: Part::Peer,
            spare: false,
        };
        ('a'..='i').map(peer).take(knobs.count(knobs::NODES) as usize).collect()
    }

    fn boot(cx: &mut Cx, _: &Disk) -> Memory {
        copies::arm(cx);
        let group = shards::of_replica(cx.knobs, cx.me);
        let first = group.as_slice().first() == Some(&cx.me);
        let (waiting, counting) = (Vec::new(), Vec::new());
        Memory { policy: Policy::of(cx.knobs), group, first, waiting, counting, timers: 0 }
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<Cap>) {
        match event {
            Event::Request(request) => requests::on_request(cx, node, &request),
            Event::Timeout(Timer::Request(timer)) => requests::on_timeout(cx, node, timer),
            Event::Timeout(Timer::Quorum(timer)) => leader::give_up(cx, node, timer),
            Event::Timeout(Timer::AntiEntropy) => copies::compare(cx, node),
            Event::Deliver { from, msg } => match &*msg {
                Msg::Read { ask, key } => leader::read(cx, node, (from, *ask), key),
                Msg::Write { ask, key, value } => {
                    leader::write(cx, node, (from, *ask), key, value.clone());
                }
                Msg::Reply { ask, copy } => requests::on_reply(cx, node, from, *ask, copy),
                Msg::Query { ask, key } => copies::on_query(cx, node, from, *ask, key),
                Msg::Copy { ask, key, copy } => {
                    leader::on_copy(cx, node, from, *ask, (key, copy));
                }
                Msg::Replicate { key, copy } => copies::on_replicate(cx, node, from, (key, copy)),
                Msg::ReplicateAck { key, version } => {
                    leader::on_ack(cx, node, from, (key, *version));
                }
                Msg::AntiEntropy(digest) => copies::on_digest(cx, node, from, digest),
            },
            Event::Configured(key) => configured(cx, node, key),
            // Silence tells enough, and nobody calls.
            Event::Reset(_) | Event::Told(_) => {}
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        out.role(if node.memory.leads() { "leader" } else { "replica" }, 0);
        for (key, copy) in node.disk.copies.iter() {
            let (key, value) = (key.clone(), copy.value.clone());
            out.push(Fact::Copy { key, value, version: copy.version.packed() });
        }
    }

    fn describe(_: &Setup, node: &Node, _: Id, pen: &mut Pen) {
        describe::node(node, pen);
    }

    fn describe_disk(_: &Setup, disk: &Disk, _: Id, pen: &mut Pen) {
        describe::disk(disk, pen);
    }

    fn properties() -> &'static [Property<Cap>] {
        properties::PROPERTIES
    }
}

/// A setting has changed.
fn configured(cx: &mut Cx, node: &mut Node, key: Key) {
    match key {
        knobs::POLICY => requests::switch(cx, node),
        knobs::ANTI_ENTROPY => copies::arm(cx),
        _ => {}
    }
}

impl Memory {
    /// The number of a timer that is not armed.
    fn next_timer(&mut self) -> u32 {
        self.timers = self.timers.wrapping_add(1);
        self.timers
    }

    /// Whether this replica puts operations in order at present.
    pub fn leads(&self) -> bool {
        self.first && self.policy != Policy::Local
    }
}

impl Disk {
    /// The copy of `key`; without a value and of version 0 where there is none.
    pub fn copy(&self, key: &Str) -> Copy {
        self.copies.get(key).cloned().unwrap_or_default()
    }
}
