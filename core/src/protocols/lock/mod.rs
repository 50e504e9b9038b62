//! Locks that a service grants to clients: what all of them share.
//!
//! A lock needs three parts, and this folder has two of them. The *clients* ask for the lock, work
//! under it, write to the resource and release it. The *resource* takes writes and, with fencing
//! on, refuses those that come too late. The third part, the *service* that grants, is what
//! tells one lock from another: a further lock is a type that implements [`Lock`], its commands,
//! its rules, its texts and its lessons. `setnx` is the shortest example. Texts of what is
//! shared stand in every lock's folder, in the same words; a test compares them.
//!
//! Terms are those of *Distributed Locks with Redis* (redis.io) and of Kleppmann, *How to do
//! distributed locking* (2016): lease, fencing token, resource.
//!
//! Deviations: the work of a client is the read, modify, write of Kleppmann's example. A
//! connection is not modelled; commands carry a number, and an answer that comes too late is
//! ignored, as if its connection had been closed.

pub mod client;
pub mod knobs;
pub mod message;
pub mod ops;
pub mod redis;
pub mod resource;
pub mod rules;
pub mod service;
pub mod state;

mod describe;
mod properties;

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::marker::PhantomData;

use crate::base::{Id, Span, Str, Value};
use crate::describe::Pen;
use crate::facts::{Fact, Facts};
use crate::knob::{Knob, Knobs};
use crate::op::OpSpec;
use crate::protocol::{
    Cx, Data, Event, Links, Node, Part, Property, Protocol, Role, Setup, TimerKey,
};
use crate::rule::Rule;

use client::Client;
use message::Msg;
use service::{Server, Service};
use state::{Disk, Memory};

/// What tells one lock from another: its service, and the commands by which clients ask it.
pub trait Lock: Data + Copy {
    /// See [`Protocol::ID`].
    const ID: &'static str;
    /// The shared rules, those of the service and its own.
    const RULES: &'static [&'static Rule];
    /// The shared operations and the commands of the service.
    const OPS: &'static [OpSpec];
    /// The shared knobs, in the order of [`knobs`], and then its own.
    const KNOBS: &'static [Knob];
    /// Who grants it.
    type Service: Service;

    /// The commands that acquire `resource`, in order. The answer to the first decides; `mine` is
    /// what tells this acquisition from others, where the service keeps it.
    fn acquire(knobs: &Knobs, resource: &Str, mine: &Value) -> Vec<CommandOf<Self>>;
    /// The command that releases it.
    fn release(knobs: &Knobs, resource: &Str, mine: &Value) -> CommandOf<Self>;
    /// The command that makes the lease of it longer; `None` where it has none.
    fn extend(knobs: &Knobs, resource: &Str, mine: &Value) -> Option<CommandOf<Self>>;
    /// Whether a holder may acquire again.
    fn reentrant(_knobs: &Knobs) -> bool {
        false
    }
    /// See [`Protocol::reads_clocks`]: with leases it does.
    fn reads_clocks(_knobs: &Knobs) -> bool {
        true
    }
}

/// A command of a lock's service.
pub type CommandOf<L> = <<L as Lock>::Service as Service>::Command;

/// What a participant can wait for. Numbers are those of the client's tasks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// A client that was refused asks again.
    Poll(u32),
    /// The client's work under the lock is done.
    Hold(u32),
    /// The client's lease is over, by its own clock.
    Lease(u32),
    /// The client makes its lease longer.
    Renew(u32),
    /// The client stops waiting for an answer.
    Answer(u32),
    /// At a server: the grant that ends first ends.
    Expire,
    /// At a server: what changed is sent to the standby.
    Replicate,
}

impl crate::protocol::Timer for Timer {
    const NAMES: &'static [&'static str] =
        &["poll", "hold", "lease", "renew", "answer", "expire", "replicate"];

    fn key(self) -> TimerKey {
        let (name, number) = match self {
            Timer::Poll(task) => (0, task),
            Timer::Hold(task) => (1, task),
            Timer::Lease(task) => (2, task),
            Timer::Renew(task) => (3, task),
            Timer::Answer(task) => (4, task),
            Timer::Expire => (5, 0),
            Timer::Replicate => (6, 0),
        };
        TimerKey { name, number }
    }

    fn of(key: TimerKey) -> Timer {
        match key.name {
            0 => Timer::Poll(key.number),
            1 => Timer::Hold(key.number),
            2 => Timer::Lease(key.number),
            3 => Timer::Renew(key.number),
            4 => Timer::Answer(key.number),
            5 => Timer::Expire,
            _ => Timer::Replicate,
        }
    }
}

/// The protocol that a [`Lock`] makes together with clients and resource.
pub struct Locking<L>(PhantomData<L>);

impl<L: Lock> Protocol for Locking<L> {
    const ID: &'static str = L::ID;
    const RULES: &'static [&'static Rule] = L::RULES;
    const OPS: &'static [OpSpec] = L::OPS;
    const KNOBS: &'static [Knob] = L::KNOBS;
    const LINKS: Links = Links::Fifo;

    const ASKED: &'static [&'static str] = &["lock", "unlock", "work"];
    type Disk = Disk<L::Service>;
    type Memory = Memory<L>;
    type Msg = Msg<L>;
    type Timer = Timer;
    type Ghost = ();

    fn reads_clocks(knobs: &Knobs) -> bool {
        L::reads_clocks(knobs)
    }

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let role = |name: &str, part| Role { name: name.into(), part, spare: false };
        let servers = L::Service::names(knobs).iter().map(|name| role(name, Part::Service));
        let resource = role("s", Part::Resource);
        let clients =
            (1..=knobs.count(knobs::CLIENTS)).map(|n| role(&alloc::format!("c{n}"), Part::Client));
        servers.chain([resource]).chain(clients).collect()
    }

    fn format(setup: &Setup, me: Id) -> Disk<L::Service> {
        match setup.roles[me.index()].part {
            Part::Resource => Disk::Resource(resource::Resource::default()),
            Part::Client => Disk::Client,
            _ => Disk::Server(Default::default()),
        }
    }

    fn boot(cx: &mut Cx<Self>, disk: &Disk<L::Service>) -> Memory<L> {
        match disk {
            Disk::Server(disk) => Memory::Server(L::Service::boot(cx, disk)),
            Disk::Resource(_) => Memory::Resource,
            Disk::Client => Memory::Client(Client::boot(cx)),
        }
    }

    fn step(cx: &mut Cx<Self>, node: &mut Node<Self>, event: Event<Self>) {
        match (&mut node.disk, &mut node.memory) {
            (Disk::Server(disk), Memory::Server(memory)) => {
                service::step(cx, Server { disk, memory }, event);
            }
            (Disk::Resource(disk), _) => resource::step(cx, disk, event),
            (_, Memory::Client(client)) => client::step(cx, client, event),
            _ => unreachable!("disk and memory of a node are of the same part"),
        }
    }

    fn facts(node: &Node<Self>, out: &mut Facts) {
        match (&node.disk, &node.memory) {
            (Disk::Server(disk), Memory::Server(memory)) => L::Service::facts(disk, memory, out),
            (Disk::Resource(disk), _) => resource::facts(disk, out),
            (_, Memory::Client(client)) => client.facts(out),
            _ => {}
        }
    }

    fn describe(_setup: &Setup, node: &Node<Self>, _me: Id, pen: &mut Pen) {
        describe::node(node, pen);
    }

    fn describe_disk(_setup: &Setup, disk: &Disk<L::Service>, _me: Id, pen: &mut Pen) {
        describe::disk(disk, pen);
    }

    fn properties() -> &'static [Property<Self>] {
        properties::of::<L>()
    }
}

/// The resource of a system.
fn resource(setup: &Setup) -> Id {
    let place = setup.roles.iter().position(|role| role.part == Part::Resource);
    Id::at(place.unwrap_or_default())
}

/// A grant, as a fact.
pub fn holds(resource: &Str, holder: Id, token: u64, until: Option<crate::base::Time>) -> Fact {
    Fact::Holds { resource: resource.clone(), holder, token, until }
}

/// The same length of time, at the least and at the most.
pub fn exactly(span: Span) -> (Span, Span) {
    (span, span)
}

/// The text of `text`, for a value that a service stores.
pub fn word(text: &str) -> Value {
    Value::Text(Rc::from(text))
}
