//! A saga: a long transaction as a sequence of short ones, each of which commits on its own and
//! has a compensating transaction. Either all are carried out, or those that were are made up for
//! in the reverse order: T1 T2 ... Tj Cj ... C1.
//!
//! After Garcia-Molina and Salem, *Sagas* (SIGMOD 1987). The saga here is T1 order, T2 pay, T3
//! ship, with C2 refund and C1 cancel; the last transaction needs no compensation.
//!
//! Terms: the *saga execution component* (SEC) runs the transactions and keeps the log; *backward
//! recovery* compensates, *forward recovery* goes on.
//!
//! Deviations, and why:
//! - The transactions run at services of their own, as with today's orchestrators, not in one
//!   database. So what the SEC asks for it asks for again until it is answered, and the services
//!   must know what comes twice (`idempotence`).
//! - A SEC that starts again cannot abort the transaction under way from afar. It asks for it once
//!   more, and the answer says from where to go back, or on.
//! - Services do nothing without being told; the paper's save-points and parallel sagas are absent.

pub mod knobs;
pub mod message;
pub mod rules;

mod describe;
mod sec;
mod service;

use alloc::vec::Vec;

use self::message::Msg;
use self::sec::Journal;
use self::service::Service;
use crate::base::{Id, Map};
use crate::describe::Pen;
use crate::facts::Facts;
use crate::knob::{Knob, Knobs};
use crate::op::{Access, ArgKind, ArgSpec, OpSpec, Ticket};
use crate::protocol::{self, Event, Links, Part, Property, Protocol, Role, Setup, TimerKey, When};
use crate::rule::Rule;

/// A saga of three services.
#[derive(Debug)]
pub struct Saga;

type Cx<'a> = protocol::Cx<'a, Saga>;
type Node = protocol::Node<Saga>;

/// The saga execution component.
const SEC: Id = Id(0);

/// The transactions of the saga, in order. Each runs at the service of its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Step {
    /// T1: an order is written down. C1 cancels it.
    Order,
    /// T2: the customer pays. C2 refunds.
    Pay,
    /// T3: the goods are shipped.
    Ship,
}

/// All of them.
const STEPS: [Step; 3] = [Step::Order, Step::Pay, Step::Ship];

impl Step {
    /// Where it runs.
    pub fn service(self) -> Id {
        Id(self as u16 + 1)
    }

    /// What runs at a service.
    fn of(service: Id) -> Option<Step> {
        STEPS.into_iter().find(|step| step.service() == service)
    }

    fn next(self) -> Option<Step> {
        match self {
            Step::Order => Some(Step::Pay),
            Step::Pay => Some(Step::Ship),
            Step::Ship => None,
        }
    }

    fn previous(self) -> Option<Step> {
        match self {
            Step::Order => None,
            Step::Pay => Some(Step::Order),
            Step::Ship => Some(Step::Pay),
        }
    }
}

/// What survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Disk {
    /// The log of the SEC.
    Sec(Journal),
    /// A service.
    Service(Service),
}

impl Default for Disk {
    fn default() -> Disk {
        Disk::Sec(Journal::default())
    }
}

/// What does not.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Memory {
    /// At the SEC: whom to answer when a saga ends.
    pub waiting: Map<u64, Ticket>,
    /// What the customer owned at the beginning.
    pub total: u64,
}

/// What the SEC waits for; the number is that of the saga.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// The moment for the next transaction.
    Next(u64),
    /// The moment to ask again.
    Retry(u64),
    /// It has started, and looks into its log.
    Recover,
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["next", "retry", "recover"];

    fn key(self) -> TimerKey {
        let (name, saga) = match self {
            Timer::Next(saga) => (0, saga),
            Timer::Retry(saga) => (1, saga),
            Timer::Recover => (2, 0),
        };
        TimerKey { name, number: saga as u32 }
    }

    fn of(key: TimerKey) -> Timer {
        match key.name {
            0 => Timer::Next(key.number.into()),
            1 => Timer::Retry(key.number.into()),
            _ => Timer::Recover,
        }
    }
}

const PRICE: ArgSpec = ArgSpec { name: "price", kind: ArgKind::Value };
// What is taken back later has no place in a sequence of operations, so nothing models these two.
const BUY: OpSpec = OpSpec { verb: "order", args: &[PRICE], access: Access::Write, model: None };
const LOOK: OpSpec = OpSpec { verb: "look", args: &[], access: Access::Read, model: None };

impl Protocol for Saga {
    const ID: &'static str = "saga";
    const RULES: &'static [&'static Rule] = rules::RULES;
    const OPS: &'static [OpSpec] = &[BUY, LOOK];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Fifo;

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = ();

    fn topology(_: &Knobs) -> Vec<Role> {
        let role = |name: &str, part| Role { name: name.into(), part, spare: false };
        [("sec", Part::Service), ("order", Part::Peer), ("pay", Part::Peer), ("ship", Part::Peer)]
            .map(|(name, part)| role(name, part))
            .into()
    }

    fn format(setup: &Setup, me: Id) -> Disk {
        match Step::of(me) {
            None => Disk::default(),
            Some(step) => Disk::Service(Service::new(step, setup.knobs.count(knobs::PURSE))),
        }
    }

    fn boot(cx: &mut Cx, disk: &Disk) -> Memory {
        if let Disk::Sec(journal) = disk {
            sec::boot(cx, journal);
        }
        Memory { waiting: Map::default(), total: cx.setup.knobs.count(knobs::PURSE) }
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<Saga>) {
        match &mut node.disk {
            Disk::Sec(journal) => sec::step(cx, journal, &mut node.memory.waiting, event),
            Disk::Service(service) => service::step(cx, service, event),
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        describe::facts(node, out);
    }

    fn describe(_: &Setup, node: &Node, _: Id, pen: &mut Pen) {
        describe::disk(&node.disk, pen);
        describe::memory(node, pen);
    }

    fn describe_disk(_: &Setup, disk: &Disk, _: Id, pen: &mut Pen) {
        describe::disk(disk, pen);
        pen.role("down", crate::describe::Tone::Plain, None);
    }

    fn properties() -> &'static [Property<Saga>] {
        PROPERTIES
    }
}

/// Nobody gains by a saga; and in the end it is as if it had run whole or not at all.
static PROPERTIES: &[Property<Saga>] = &[
    Property {
        id: "no-gain",
        cite: "Garcia-Molina & Salem 1987, Backward Recovery",
        when: When::Always,
        holds: |(), nodes| owned(nodes).is_none_or(|(owned, total)| owned <= total),
    },
    Property {
        id: "whole-or-made-up-for",
        cite: "Garcia-Molina & Salem 1987, Introduction",
        when: When::Eventually,
        holds: |(), nodes| owned(nodes).is_some_and(|(owned, total)| owned == total),
    },
];

/// What the customer owns, in money and goods, and what it was at the beginning; `None` while a
/// service is down.
fn owned(nodes: &[Option<&Node>]) -> Option<(u64, u64)> {
    let service = |step: Step| match nodes.get(step.service().index()).copied().flatten() {
        Some(Node { disk: Disk::Service(service), memory }) => Some((service.amount, memory.total)),
        _ => None,
    };
    let (purse, total) = service(Step::Pay)?;
    let (goods, _) = service(Step::Ship)?;
    Some((purse.saturating_add(goods), total))
}
