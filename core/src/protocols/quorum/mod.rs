//! Majority reads and writes: N replicas, and clients that ask them directly. A write is done when
//! W replicas have acknowledged it, a read when R have answered. If R + W > N, every read meets
//! every write that ended before it; what the read then makes of that is the subject.
//!
//! Papers: Thomas, *A Majority Consensus Approach to Concurrency Control* (TODS 1979); Gifford,
//! *Weighted Voting for Replicated Data* (SOSP 1979), whose N, R and W these are; Attiya, Bar-Noy
//! and Dolev, *Sharing Memory Robustly in Message-Passing Systems* (JACM 1995), ABD for short;
//! Lynch and Shvartsman, *Robust Emulation of Shared Memory Using Dynamic Quorum-Acknowledged
//! Broadcasts* (FTCS 1997), which is ABD with several writers.
//!
//! Three systems in one, by two settings. `order=arrival repair=off` has no order on writes: a
//! replica keeps what arrives last. `order=wall` and `order=lamport` let the highest (timestamp,
//! client) win. `order=query repair=write-back` is ABD: a write first asks for the highest
//! timestamp, a read writes back what it found before it answers.
//!
//! Deviations, and why:
//! - A client keeps the highest timestamp that it used on its disk. The papers' clients never come
//!   back after a crash; one that did, having forgotten, could give two values one timestamp.
//! - A replica that is asked coordinates as a client does, as any node of Dynamo may: so that one
//!   can ask what would be answered from where it stands.
//! - Every vote weighs the same (Gifford's need not), and a client asks all replicas and takes the
//!   first to answer, as ABD does, instead of choosing a quorum beforehand.

pub mod client;
pub mod knobs;
pub mod message;
pub mod replica;
pub mod rules;

mod describe;

use alloc::vec::Vec;

use crate::base::{Id, Map, Str, Value};
use crate::describe::Pen;
use crate::facts::{Fact, Facts};
use crate::knob::{Knob, Knobs};
use crate::op::OpSpec;
use crate::protocol::{
    self, Event, Links, Part, Probe, Property, Protocol, Role, Setup, TimerKey, When,
};
use crate::rule::Rule;

use super::kv;
use super::version::Version;
use client::Client;
use message::{Msg, What};

/// Majority reads and writes.
pub struct Quorum;

type Cx<'a> = protocol::Cx<'a, Quorum>;
type Node = protocol::Node<Quorum>;

/// What survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    /// By key, this replica's copy; nothing at a client.
    pub copies: Map<Str, Datum>,
    /// The highest timestamp that the node has used for a write of its own, or heard of.
    pub clock: u64,
}

/// A value, and when it was written.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Datum {
    /// The value.
    pub value: Value,
    /// What orders it among the values of its key.
    pub version: Version,
}

/// What a client waits for. Numbers are those of its operations.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// It gives up.
    Timeout(u32),
    /// It asks again.
    Resend(u32),
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["timeout", "resend"];

    fn key(self) -> TimerKey {
        match self {
            Timer::Timeout(number) => TimerKey { name: 0, number },
            Timer::Resend(number) => TimerKey { name: 1, number },
        }
    }

    fn of(key: TimerKey) -> Timer {
        match key.name {
            0 => Timer::Timeout(key.number),
            _ => Timer::Resend(key.number),
        }
    }
}

impl Protocol for Quorum {
    const ID: &'static str = "quorum";
    const RULES: &'static [&'static Rule] = rules::RULES;
    const OPS: &'static [OpSpec] = &[kv::PUT, kv::GET];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Free;
    const PROBE: Option<Probe> = Some(Probe::pair("put", "get"));

    type Disk = Disk;
    type Memory = Client;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = ();

    fn reads_clocks(knobs: &Knobs) -> bool {
        knobs.count(knobs::ORDER) == knobs::order::WALL
    }

    /// An answer to a question that nobody asks any more; numbers are not used twice.
    fn is_late(knobs: &Knobs, node: &Node, msg: &Msg) -> bool {
        let answers = matches!(msg.what, What::RResp(_) | What::WAck);
        let teaches = knobs.count(knobs::ORDER) == knobs::order::LAMPORT;
        answers && !teaches && node.memory.is_over(msg.number)
    }

    fn alike(setup: &Setup) -> Vec<Vec<Id>> {
        Vec::from([replicas(setup).collect()])
    }

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let role =
            |name: alloc::string::String, part| Role { name: name.into(), part, spare: false };
        let peers =
            (1..=knobs.count(knobs::NODES)).map(|n| role(alloc::format!("n{n}"), Part::Peer));
        let clients =
            (1..=knobs.count(knobs::CLIENTS)).map(|n| role(alloc::format!("c{n}"), Part::Client));
        peers.chain(clients).collect()
    }

    fn boot(cx: &mut Cx, _: &Disk) -> Client {
        Client::boot(cx)
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<Quorum>) {
        match event {
            Event::Request(request) => client::begin(cx, node, &request),
            Event::Deliver { from, msg } => match &msg.what {
                What::Read(_) | What::Write(..) | What::WriteBack(..) => {
                    replica::on_message(cx, &mut node.disk, from, &msg);
                }
                What::RResp(_) | What::WAck => client::hear(cx, node, from, &msg),
            },
            Event::Timeout(Timer::Timeout(task)) => client::give_up(cx, node, task),
            Event::Timeout(Timer::Resend(task)) => client::resend(cx, node, task),
            Event::Reset(_) | Event::Told(_) | Event::Configured(_) => {}
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        for (key, Datum { value, version }) in node.disk.copies.iter() {
            let (key, value, version) = (key.clone(), value.clone(), version.packed());
            out.push(Fact::Copy { key, value, version });
        }
    }

    fn describe(setup: &Setup, node: &Node, me: Id, pen: &mut Pen) {
        describe::disk(setup, &node.disk, me, pen);
        describe::memory(setup, &node.memory, me, pen);
    }

    fn describe_disk(setup: &Setup, disk: &Disk, me: Id, pen: &mut Pen) {
        describe::disk(setup, disk, me, pen);
    }

    fn properties() -> &'static [Property<Quorum>] {
        const {
            &[Property {
                id: "one-value",
                cite: "Lynch and Shvartsman 1997: tags are unique",
                when: When::Always,
                holds: one_value,
            }]
        }
    }
}

/// Nobody ever gives two values of a key one timestamp.
fn one_value(_: &(), nodes: &[Option<&Node>]) -> bool {
    let disks = nodes.iter().flatten().map(|node| &node.disk);
    let mut all: Vec<(Str, Datum)> = disks.flat_map(|disk| disk.copies.to_vec()).collect();
    all.retain(|(_, datum)| datum.version.ts > 0);
    all.iter().all(|(key, one)| {
        let same = |(of, other): &&(Str, Datum)| of == key && other.version == one.version;
        all.iter().filter(same).all(|(_, other)| other.value == one.value)
    })
}

/// The replicas of a system, in order.
fn replicas(setup: &Setup) -> impl Iterator<Item = Id> + '_ {
    let places = setup.roles.iter().enumerate();
    places.filter(|(_, role)| role.part == Part::Peer).map(|(place, _)| Id::at(place))
}
