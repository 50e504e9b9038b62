//! Sessions on replicas that lag: what one client may rely on, whichever replica it asks.
//!
//! Papers: Terry, Demers, Petersen, Spreitzer, Theimer and Welch, *Session Guarantees for Weakly
//! Consistent Replicated Data* (PDIS 1994), whose four guarantees and whose vectors these are;
//! Vogels, *Eventually Consistent* (CACM 2009), whose five variations are five of the settings;
//! Ladin, Liskov, Shrira and Ghemawat, *Providing High Availability Using Lazy Replication* (TOCS
//! 1992), whose replicas hold a write until they have what it depends on.
//!
//! Terms: a replica numbers the writes that it takes. A *version vector* names the first so many
//! writes of each replica. A client notes in a *read-vector* what its reads depended on, in a
//! *write-vector* what it wrote; a replica may serve it that *dominates* what it must have seen.
//!
//! Deviations, and why:
//! - The vectors of a *process* last as long as it runs, those of a *session* until it ends:
//!   Vogels' read-your-writes is of a process, his session consistency of a session. A session
//!   does not expire by itself; the script ends it.
//! - After a read, the read-vector takes in all that the replica had, as Terry et al. have it.
//! - Writes travel from the replica that took them, and are not passed on: so that every link has
//!   its own delay. What was taken by a replica whose disk was wiped does not come back to it.
//! - Values of a key are ordered by a Lamport clock, or not at all: then the last to arrive stays.
//! - A replica that is asked without a session, as a probe does, answers from what it has.

pub mod client;
pub mod knobs;
pub mod message;
pub mod replica;
pub mod rules;
pub mod vector;

mod describe;

use alloc::format;
use alloc::vec::Vec;

use crate::base::{Id, Log, Map, Str, Value};
use crate::describe::Pen;
use crate::facts::{Fact, Facts};
use crate::knob::{Knob, Knobs};
use crate::op::OpSpec;
use crate::protocol::{self, Event, Links, Part, Probe, Protocol, Role, Setup, TimerKey};
use crate::rule::Rule;

use super::kv;
use super::version::Version;
use client::Client;
use message::Msg;
use replica::Replica;
use vector::Vector;

/// Sessions on replicas.
pub struct Sess;

type Cx<'a> = protocol::Cx<'a, Sess>;
type Node = protocol::Node<Sess>;

/// What survives a crash; nothing at a client.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    /// The writes that this replica took, by their numbers.
    pub log: Log<Write>,
    /// By key, its copy.
    pub copies: Map<Str, Datum>,
    /// Which writes it has stored. Invariant: of its own, all of the log.
    pub seen: Vector,
    /// The highest timestamp that it has given or heard of.
    pub clock: u64,
}

/// A write as a replica took it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Write {
    /// The datum.
    pub key: Str,
    /// Its new value.
    pub value: Value,
    /// What orders it among the values of its key.
    pub version: Version,
    /// What any replica must have stored before it.
    pub needs: Vector,
}

/// A value, and when it was written.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Datum {
    /// The value.
    pub value: Value,
    /// What orders it among the values of its key.
    pub version: Version,
}

impl Disk {
    fn value(&self, key: &Str) -> Value {
        self.copies.get(key).map_or(Value::Nil, |copy| copy.value.clone())
    }
}

/// What does not survive a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Memory {
    /// Of a replica.
    Replica(Replica),
    /// Of a client.
    Client(Client),
}

/// What a participant waits for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// A replica: the moment to tell the others of its write with this number.
    Ship(u32),
    /// A replica: the moment to tell again what was not acknowledged.
    Again,
    /// A client: the end of its patience with its task of this number.
    Timeout(u32),
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["ship", "resend", "timeout"];

    fn key(self) -> TimerKey {
        match self {
            Timer::Ship(number) => TimerKey { name: 0, number },
            Timer::Again => TimerKey { name: 1, number: 0 },
            Timer::Timeout(number) => TimerKey { name: 2, number },
        }
    }

    fn of(key: TimerKey) -> Timer {
        match key.name {
            0 => Timer::Ship(key.number),
            1 => Timer::Again,
            _ => Timer::Timeout(key.number),
        }
    }
}

impl Protocol for Sess {
    const ID: &'static str = "sess";
    const RULES: &'static [&'static Rule] = rules::RULES;
    const OPS: &'static [OpSpec] = &[kv::PUT, kv::GET];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Free;
    const PROBE: Option<Probe> = Some(Probe::pair("put", "get"));
    const DIRECTED: bool = true;

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = ();

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let role =
            |name: alloc::string::String, part| Role { name: name.into(), part, spare: false };
        let peers = (1..=knobs.count(knobs::NODES)).map(|n| role(format!("n{n}"), Part::Peer));
        let clients =
            (1..=knobs.count(knobs::CLIENTS)).map(|n| role(format!("c{n}"), Part::Client));
        peers.chain(clients).collect()
    }

    fn boot(cx: &mut Cx, disk: &Disk) -> Memory {
        if cx.setup.roles[cx.me.index()].part == Part::Client {
            Memory::Client(Client::boot(cx))
        } else {
            Memory::Replica(replica::boot(cx, disk))
        }
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<Sess>) {
        let disk = &mut node.disk;
        match &mut node.memory {
            Memory::Client(client) => match event {
                Event::Request(request) => client::begin(cx, client, &request),
                Event::Deliver { from, msg } => match &*msg {
                    Msg::Reply { number, .. } | Msg::Behind { number } => {
                        client::hear(cx, client, from, *number, &msg);
                    }
                    Msg::Ask(_) | Msg::Repl { .. } | Msg::ReplAck { .. } => {}
                },
                Event::Timeout(Timer::Timeout(task)) => client::give_up(cx, client, task),
                Event::Told(news) => client::told(cx, client, &news),
                Event::Timeout(_) | Event::Reset(_) | Event::Configured(_) => {}
            },
            Memory::Replica(replica) => match event {
                Event::Request(request) => replica::on_request(cx, disk, &request),
                Event::Deliver { from, msg } => match &*msg {
                    Msg::Ask(question) => replica::on_question(cx, disk, replica, from, question),
                    Msg::Repl { first, writes } => {
                        replica::on_repl(cx, disk, replica, from, (*first, writes));
                    }
                    Msg::ReplAck { number } => {
                        replica::on_ack(cx, &mut replica.feed, from, *number);
                    }
                    Msg::Reply { .. } | Msg::Behind { .. } => {}
                },
                Event::Timeout(Timer::Ship(number)) => {
                    replica::ship(cx, disk, &mut replica.feed, number.into());
                }
                Event::Timeout(_) => replica::again(cx, disk, &mut replica.feed),
                Event::Configured(knobs::RESEND) => replica::remind(cx, &replica.feed),
                Event::Reset(_) | Event::Told(_) | Event::Configured(_) => {}
            },
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        for (key, Datum { value, version }) in node.disk.copies.iter() {
            let (key, value, version) = (key.clone(), value.clone(), version.packed());
            out.push(Fact::Copy { key, value, version });
        }
    }

    fn context(node: &Node) -> Value {
        match &node.memory {
            Memory::Client(client) => client.context(),
            Memory::Replica(_) => Value::Nil,
        }
    }

    fn describe(setup: &Setup, node: &Node, me: Id, pen: &mut Pen) {
        describe::disk(setup, &node.disk, me, pen);
        match &node.memory {
            Memory::Client(client) => describe::client(client, pen),
            Memory::Replica(replica) => describe::replica(replica, pen),
        }
    }

    fn describe_disk(setup: &Setup, disk: &Disk, me: Id, pen: &mut Pen) {
        describe::disk(setup, disk, me, pen);
    }
}

/// The replicas of a system, in order.
fn replicas(setup: &Setup) -> impl Iterator<Item = Id> + '_ {
    let places = setup.roles.iter().enumerate();
    places.filter(|(_, role)| role.part == Part::Peer).map(|(place, _)| Id::at(place))
}
