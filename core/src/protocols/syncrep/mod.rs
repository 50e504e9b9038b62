//! Master and slaves: the master logs a write, ships its log to the slaves, and answers when all of
//! them have it, when one has, or at once.
//!
//! After Alsberg and Day, *A Principle for Resilient Sharing of Distributed Resources* (ICSE 1976),
//! and the MySQL reference manual for `semi`: there the master waits for one slave, and after
//! `rpl_semi_sync_master_timeout` (10 s) goes on without.
//!
//! Terms: the *log* is what was written, in order; an entry is *applied* at the master when it may
//! be answered, at a slave as soon as it is there. An *epoch* numbers masters.
//!
//! Deviations, and why:
//! - Masters are numbered, which MySQL leaves to the operator. Else nothing could be said of two.
//! - The master sends again what was not acknowledged, as a connection would, with its heartbeats;
//!   that ends no wait.
//! - A client that asks again writes again: requests have no identity here (Raft's sessions have).
//! - A master that lost its disk begins anew, and its slaves drop what it does not have.
//! - There is no election. An operator promotes a slave (`promote`), or by mistake the first slave
//!   promotes itself (`failover`).

pub mod knobs;
pub mod message;
pub mod rules;

mod describe;
mod facts;
mod master;
mod requests;
mod slave;
mod takeover;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use self::message::Msg;
use crate::base::{Id, IdSet, Log, Map, Str, Value};
use crate::describe::Pen;
use crate::facts::{Fact, Facts};
use crate::knob::{Key, Knob, Knobs};
use crate::op::{Access, ArgKind, ArgSpec, OpSpec, Ticket};
use crate::protocol::{self, Event, Links, Part, Probe, Protocol, Role, Setup, TimerKey};
use crate::rule::Rule;

use super::kv;

/// Master and slaves.
#[derive(Debug)]
pub struct SyncRep;

type Cx<'a> = protocol::Cx<'a, SyncRep>;
type Node = protocol::Node<SyncRep>;

/// What survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    /// What was written, in order.
    pub log: Log<Entry>,
    /// Up to where clients may see it. Invariant: `applied <= log.last_index()`.
    pub applied: u64,
    /// The latest master that this server knows; `None` on a disk that was wiped.
    pub master: Option<Id>,
    /// Its number.
    pub epoch: u64,
    /// At a master: the slaves that it counts.
    pub slaves: IdSet,
}

/// What does not.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Memory {
    /// The data, as of `applied`.
    pub copies: Map<Str, Copy>,
    /// At a slave: up to where the master has acknowledged.
    pub acknowledged: u64,
    /// How often this server, as a master, has heard another.
    pub two_masters: u64,
    /// What a master knows of the others; empty at a slave.
    pub peers: Vec<Peer>,
    /// At a master: whom to answer when an entry is applied, in the order of the log.
    pub waiting: Vec<(u64, Ticket)>,
    /// At a master: how many slaves must have an entry before it is answered.
    pub needed: u64,
    /// At a master: whether `semi` has stopped waiting.
    pub fallen_back: bool,
}

/// What was written.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Entry {
    /// The master that took it.
    pub epoch: u64,
    /// The datum.
    pub key: Str,
    /// Its new value.
    pub value: Value,
}

/// A datum.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Copy {
    /// Its value.
    pub value: Value,
    /// The epoch and the index of the entry that wrote it.
    pub version: (u64, u64),
}

/// What a master knows of another server.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Peer {
    /// Which one.
    pub id: Id,
    /// The next entry to send to it.
    pub next: u64,
    /// Up to where it has acknowledged; `None` before it has answered this master at all.
    pub acked: Option<u64>,
}

/// What a server waits for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// The master tells where its log ends, and sends again what was not acknowledged.
    Heartbeat,
    /// `semi` stops waiting.
    Fallback,
    /// The first slave has heard nothing for so long.
    Silence,
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["heartbeat", "fallback", "silence"];

    fn key(self) -> TimerKey {
        TimerKey { name: self as u8, number: 0 }
    }

    fn of(key: TimerKey) -> Timer {
        match key.name {
            0 => Timer::Heartbeat,
            1 => Timer::Fallback,
            _ => Timer::Silence,
        }
    }
}

const SERVER: ArgSpec = ArgSpec { name: "server", kind: ArgKind::Node };
const PROMOTE: OpSpec = OpSpec { verb: "promote", args: &[], access: Access::Admin, model: None };
const REMOVE: OpSpec =
    OpSpec { verb: "remove", args: &[SERVER], access: Access::Admin, model: None };

impl Protocol for SyncRep {
    const ID: &'static str = "syncrep";
    const RULES: &'static [&'static Rule] = rules::RULES;
    const OPS: &'static [OpSpec] = &[kv::PUT, kv::GET, PROMOTE, REMOVE];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Fifo;
    const PROBE: Option<Probe> = Some(Probe::pair("put", "get"));
    const ROLES: &'static [&'static str] = &["leader", "slave"];

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = ();

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let peer = |name: String| Role { name: name.into(), part: Part::Peer, spare: false };
        let slaves = (1..=knobs.count(knobs::SLAVES)).map(|n| peer(format!("s{n}")));
        [peer("m".into())].into_iter().chain(slaves).collect()
    }

    fn format(setup: &Setup, _: Id) -> Disk {
        let slaves = (1..setup.roles.len()).map(Id::at).collect();
        Disk { master: Some(Id(0)), epoch: 1, slaves, ..Disk::default() }
    }

    fn boot(cx: &mut Cx, disk: &Disk) -> Memory {
        let mut memory = Memory {
            copies: Map::default(),
            acknowledged: 0,
            two_masters: 0,
            peers: Vec::new(),
            waiting: Vec::new(),
            needed: 0,
            fallen_back: false,
        };
        (1..=disk.applied).for_each(|index| memory.apply(disk, index));
        if disk.master == Some(cx.me) {
            memory.peers = master::peers(cx);
            master::arm_heartbeat(cx);
        } else {
            takeover::arm_silence(cx);
        }
        memory
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<SyncRep>) {
        match event {
            Event::Request(request) => requests::on_request(cx, node, &request),
            Event::Timeout(Timer::Heartbeat) => master::heartbeat(cx, node),
            Event::Timeout(Timer::Fallback) => master::fall_back(cx, node),
            Event::Timeout(Timer::Silence) => takeover::silence(cx, node),
            Event::Deliver { from, msg } => match &*msg {
                Msg::Repl(repl) => slave::on_repl(cx, node, from, repl),
                Msg::ReplAck(ack) => master::on_ack(cx, node, from, ack),
            },
            Event::Configured(key) => configured(cx, node, key),
            // Silence tells enough, and operators use the operations.
            Event::Reset(_) | Event::Told(_) => {}
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        facts::facts(node, out);
    }

    fn entry(node: &Node, log: &'static str, index: u64) -> Option<Fact> {
        facts::entry(node, log, index)
    }

    fn common_prefix(before: &Node, after: &Node, _: &'static str) -> u64 {
        before.disk.log.common_prefix(&after.disk.log)
    }

    fn describe(_: &Setup, node: &Node, _: Id, pen: &mut Pen) {
        describe::node(node, pen);
    }

    fn describe_disk(_: &Setup, disk: &Disk, _: Id, pen: &mut Pen) {
        describe::disk(disk, disk.applied, pen);
    }
}

/// A setting has changed.
fn configured(cx: &mut Cx, node: &mut Node, key: Key) {
    match (key, node.leads()) {
        (knobs::MODE, true) => master::mode_switched(cx, node),
        (knobs::HEARTBEAT | knobs::FAILOVER, true) => master::arm_heartbeat(cx),
        (knobs::FAILOVER, false) => takeover::arm_silence(cx),
        _ => {}
    }
}

/// What a server is, and how it shows its log.
trait Serve {
    /// Whether this server takes itself for the master.
    fn leads(&self) -> bool;
    /// Applies what is not applied yet, up to `index`.
    fn show_up_to(&mut self, index: u64);
}

impl Serve for Node {
    fn leads(&self) -> bool {
        // A master sends to somebody; a slave to nobody.
        !self.memory.peers.is_empty()
    }

    fn show_up_to(&mut self, index: u64) {
        while self.disk.applied < index {
            self.disk.applied += 1;
            self.memory.apply(&self.disk, self.disk.applied);
        }
    }
}

impl Memory {
    /// Shows the entry at `index` to clients.
    fn apply(&mut self, disk: &Disk, index: u64) {
        if let Some(Entry { epoch, key, value }) = disk.log.get(index) {
            let copy = Copy { value: value.clone(), version: (*epoch, index) };
            self.copies.insert(key.clone(), copy);
        }
    }
}

impl Disk {
    /// The epoch of the entry at `index`; 0 before the first.
    pub fn epoch_at(&self, index: u64) -> Option<u64> {
        if index == 0 { Some(0) } else { self.log.get(index).map(|entry| entry.epoch) }
    }
}

impl Entry {
    /// The entry, printed short.
    pub fn print(&self) -> String {
        format!("{}={}", self.key, self.value)
    }
}
