//! Try-Confirm-Cancel: a transaction manager asks every participant to reserve (*Try*), and then
//! either all reservations are used (*Confirm*) or all are given back (*Cancel*), by messages that
//! are sent again until they are acknowledged. No row stays locked in between.
//!
//! After Helland, *Life beyond Distributed Transactions* (CIDR 2007), on tentative operations, and
//! Pardon and Pautasso, *Atomic Distributed Transactions: a RESTful Design* (WS-REST 2014); the
//! guards of the participants are those of Apache Seata's TCC mode (`tcc_fence_log`, 1.5.1).
//!
//! Terms: a *branch* is what a transaction does at one participant. The *fence* is a table of
//! branches at each participant: *tried*, *committed*, *rolled back*, or *suspended* when a Cancel
//! came without a Try. The fence and the business data change in one local transaction.
//!
//! Deviations, and why:
//! - An order is answered when its outcome is decided and logged, not when all have confirmed: from
//!   then on it is a promise, and lessons show what keeps it.
//! - What is sent again is sent at equal intervals, without back-off, so that it can be followed.
//! - The business data change as simple services write it: Confirm and Cancel trust the fence and
//!   look at nothing else. With a guard off one sees what then happens.
//! - The manager numbers its transactions; one that loses its disk begins at 1 again.
//! - `expiry` takes reservations back behind the fence's back, and `recovery` lets a participant
//!   ask what became of a branch (tcc-transaction, FAQ): neither is part of Seata's TCC mode.

pub mod knobs;
pub mod message;
pub mod rules;

mod branch;
mod describe;
mod facts;
mod manager;
mod orders;
mod properties;
mod shelf;

use alloc::vec::Vec;

use self::branch::Branch;
use self::manager::Ledger;
use self::message::Msg;
use self::orders::Orders;
use self::shelf::Shelf;
use crate::base::{Id, IdSet, Map, Value};
use crate::describe::Pen;
use crate::facts::Facts;
use crate::knob::{Knob, Knobs};
use crate::op::{Access, ArgKind, ArgSpec, Op, OpSpec, Reply, Request, Ticket};
use crate::protocol::{self, Event, Links, Part, Property, Protocol, Role, Setup, TimerKey};
use crate::rule::Rule;

/// Try-Confirm-Cancel.
#[derive(Debug)]
pub struct Tcc;

type Cx<'a> = protocol::Cx<'a, Tcc>;
type Node = protocol::Node<Tcc>;

/// The transaction manager.
const TM: Id = Id(0);
/// The order service.
const ORDER: Id = Id(1);
/// The inventory.
const STOCK: Id = Id(2);

/// What survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Disk {
    /// The manager's log of transactions.
    Manager(Ledger),
    /// The order service.
    Order(Branch<Orders>),
    /// The inventory.
    Stock(Branch<Shelf>),
}

impl Default for Disk {
    fn default() -> Disk {
        Disk::Manager(Ledger::default())
    }
}

/// What does not.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Memory {
    /// At the manager: who has reserved, of transactions that are not decided.
    pub tried: Map<u64, IdSet>,
    /// At the manager: whom to answer when a transaction is decided.
    pub waiting: Map<u64, Ticket>,
    /// At the inventory: how many pieces there were at the beginning.
    pub total: u64,
}

/// What a node waits for; the number is that of the transaction.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// The manager has waited long enough for the answers to Try.
    Try(u64),
    /// The manager sends Confirm or Cancel again.
    Retry(u64),
    /// The manager has started, and looks into its log.
    Recover,
    /// A reservation lapses.
    Expiry(u64),
    /// A participant asks what became of a branch.
    Ask(u64),
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["try", "retry", "recover", "expiry", "ask"];

    fn key(self) -> TimerKey {
        let (name, xid) = match self {
            Timer::Try(xid) => (0, xid),
            Timer::Retry(xid) => (1, xid),
            Timer::Recover => (2, 0),
            Timer::Expiry(xid) => (3, xid),
            Timer::Ask(xid) => (4, xid),
        };
        TimerKey { name, number: xid as u32 }
    }

    fn of(key: TimerKey) -> Timer {
        let xid = u64::from(key.number);
        match key.name {
            0 => Timer::Try(xid),
            1 => Timer::Retry(xid),
            2 => Timer::Recover,
            3 => Timer::Expiry(xid),
            _ => Timer::Ask(xid),
        }
    }
}

const PIECES: ArgSpec = ArgSpec { name: "pieces", kind: ArgKind::Value };
const BUY: OpSpec =
    OpSpec { verb: "order", args: &[PIECES], access: Access::Write, model: Some(sale) };
const LOOK: OpSpec = OpSpec { verb: "look", args: &[], access: Access::Read, model: None };

impl Protocol for Tcc {
    const ID: &'static str = "tcc";
    const RULES: &'static [&'static Rule] = rules::RULES;
    const OPS: &'static [OpSpec] = &[BUY, LOOK];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Free;

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = ();

    /// A reservation that survives a crash lapses when it would have.
    fn reads_clocks(knobs: &Knobs) -> bool {
        knobs::limit(knobs, knobs::EXPIRY).is_some()
    }

    fn topology(_: &Knobs) -> Vec<Role> {
        let role = |name: &str, part| Role { name: name.into(), part, spare: false };
        [("tm", Part::Service), ("order", Part::Peer), ("stock", Part::Peer)]
            .map(|(name, part)| role(name, part))
            .into()
    }

    fn format(setup: &Setup, me: Id) -> Disk {
        match me {
            TM => Disk::default(),
            ORDER => Disk::Order(Branch::default()),
            _ => Disk::Stock(Branch::of(Shelf::full(setup.knobs.count(knobs::AVAILABLE)))),
        }
    }

    fn boot(cx: &mut Cx, disk: &Disk) -> Memory {
        match disk {
            Disk::Manager(ledger) => manager::boot(cx, ledger),
            Disk::Order(branch) => branch.boot(cx),
            Disk::Stock(branch) => {
                branch.boot(cx);
                branch.books.boot(cx);
            }
        }
        let total = cx.setup.knobs.count(knobs::AVAILABLE);
        Memory { tried: Map::default(), waiting: Map::default(), total }
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<Tcc>) {
        let Node { disk, memory } = node;
        match disk {
            Disk::Manager(ledger) => manager::step(cx, ledger, memory, event),
            Disk::Order(branch) => branch::step(cx, branch, event),
            Disk::Stock(branch) => branch::step(cx, branch, event),
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        facts::facts(node, out);
    }

    fn describe(_: &Setup, node: &Node, _: Id, pen: &mut Pen) {
        describe::node(node, pen);
    }

    fn describe_disk(setup: &Setup, disk: &Disk, _: Id, pen: &mut Pen) {
        describe::disk(disk, setup.knobs.count(knobs::AVAILABLE), pen);
        pen.role("down", crate::describe::Tone::Plain, None);
    }

    fn properties() -> &'static [Property<Tcc>] {
        properties::PROPERTIES
    }
}

/// Points whoever asks the wrong node to the right one.
fn redirect(cx: &mut Cx, request: &Request) {
    let to = if request.op.verb == BUY.verb { TM } else { STOCK };
    cx.rule(&rules::REDIRECT, [&to]);
    cx.reply(request.ticket, Reply::Redirect(Some(to)));
}

/// What one shop would do: the list of its sales grows by one.
fn sale(sales: &Value, op: &Op) -> (Value, Value) {
    let mut all = match sales {
        Value::List(all) => all.to_vec(),
        _ => Vec::new(),
    };
    all.push(op.arg(0));
    (Value::List(all.into()), Value::Nil)
}
