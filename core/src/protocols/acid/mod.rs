//! ACID and BASE on one example: what is ordered and what is in stock make up 100 pieces, and an
//! order moves pieces from one account to the other.
//!
//! Papers: Haerder and Reuter, *Principles of Transaction-Oriented Database Recovery* (Computing
//! Surveys 1983), who coined ACID; Bernstein, Hadzilacos and Goodman, *Concurrency Control and
//! Recovery in Database Systems* (1987), chapters 3 and 7; Pritchett, *BASE: An ACID Alternative*
//! (ACM Queue 2008), whose queue within the database the outbox is; Berenson et al., *A Critique of
//! ANSI SQL Isolation Levels* (SIGMOD 1995) for the lost update.
//!
//! Three modes:
//! - `single`: both accounts are in one database `db`, whose transactions run one after another.
//!   It may have replicas that follow later and only answer reads.
//! - `shards`: `orders` and `stock` are two databases, and a transaction manager `tm` spans them by
//!   two-phase commit with presumed abort.
//! - `outbox`: `orders` writes the order and a row for the other database in one local transaction.
//!   A relay fetches such rows and hands them to `stock`, which deducts each once.
//!
//! In all three an *auditor* reads both accounts again and again, as any client may, and sums them.
//! What it sees is what `conserve` measures: under `single` and `shards` by serializable
//! transactions, under `outbox` database by database.
//!
//! The C of ACID is that the sum and the sign of the accounts are right after every transaction.
//! The C of CAP is that reads show what was written before. They are different things.
//!
//! Deviations, and why:
//! - A database has one lock, not one for each row: it holds one or two rows.
//! - A transaction that only reads goes through both phases too, without a log. Released after its
//!   vote, its locks would not last until it has read everywhere.
//! - The transaction manager answers its client at the commit point, before the databases have
//!   carried the commit out. Their locks keep others from seeing the difference.
//! - Clients are not told apart by serials: who asks for an order twice orders twice.

pub mod auditor;
pub mod database;
pub mod knobs;
pub mod manager;
pub mod message;
pub mod ops;
pub mod outbox;
pub mod replica;
pub mod rules;

mod describe;
mod facts;
mod properties;

use alloc::format;
use alloc::vec::Vec;

use crate::base::{Id, Span, Str};
use crate::describe::{Pen, Tone};
use crate::facts::Facts;
use crate::knob::{Knob, Knobs};
use crate::op::{OpSpec, Reply, Request, Ticket};
use crate::protocol::{self, Event, Links, Part, Property, Protocol, Role, Setup, TimerKey};
use crate::rule::Rule;

use auditor::Auditor;
use database::{Db, Desk};
use knobs::Mode;
use manager::{Log, Manager};
use message::Msg;

/// ACID and BASE.
pub struct Acid;

type Cx<'a> = protocol::Cx<'a, Acid>;
type Node = protocol::Node<Acid>;

/// What survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Disk {
    /// Of the relay and the auditor: nothing.
    #[default]
    Empty,
    /// Of a database, and of a replica.
    Database(Db),
    /// Of the transaction manager.
    Manager(Log),
}

/// What does not.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Memory {
    /// Of a database: its transactions.
    Database(Desk),
    /// Of a replica: nothing.
    Replica,
    /// Of the transaction manager: the transactions whose votes it counts.
    Manager(Manager),
    /// Of the relay: nothing. Whatever it was about is still in the outbox.
    Relay,
    /// Of the auditor: what it saw.
    Auditor(Auditor),
}

/// Who wants to know what the accounts hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Reader {
    /// A client.
    Client(Ticket),
    /// A participant, and the number of its question.
    Node(Id, u64),
}

/// What somebody waits for. Numbers are those of transactions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// A local transaction has done its work.
    Work(u32),
    /// The transaction manager has waited long enough for votes.
    Votes(u32),
    /// A database in doubt asks for the decision.
    Inquire(u32),
    /// The transaction manager repeats its decisions.
    Again,
    /// The relay looks into the outbox.
    Poll,
    /// The auditor reads.
    Audit,
    /// A replica asks for what is new.
    Pull,
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] =
        &["work", "votes", "inquire", "again", "poll", "audit", "pull"];

    fn key(self) -> TimerKey {
        let (name, number) = match self {
            Timer::Work(number) => (0, number),
            Timer::Votes(number) => (1, number),
            Timer::Inquire(number) => (2, number),
            Timer::Again => (3, 0),
            Timer::Poll => (4, 0),
            Timer::Audit => (5, 0),
            Timer::Pull => (6, 0),
        };
        TimerKey { name, number }
    }

    fn of(key: TimerKey) -> Timer {
        match key.name {
            0 => Timer::Work(key.number),
            1 => Timer::Votes(key.number),
            2 => Timer::Inquire(key.number),
            3 => Timer::Again,
            4 => Timer::Poll,
            5 => Timer::Audit,
            _ => Timer::Pull,
        }
    }
}

impl Protocol for Acid {
    const ID: &'static str = "acid";
    const RULES: &'static [&'static Rule] = rules::RULES;
    const OPS: &'static [OpSpec] = &[ops::ORDER, ops::READ];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Fifo;

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = ();

    /// The auditor alone looks at a clock, for how long it has waited, and it only looks on.
    fn reads_clocks(_: &Knobs) -> bool {
        false
    }

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let role = |name: &str, part| Role { name: name.into(), part, spare: false };
        let mut roles = match Mode::of(knobs) {
            Mode::Single => {
                let replicas = 1..=knobs.count(knobs::REPLICAS);
                let replicas = replicas.map(|n| role(&format!("r{n}"), Part::Peer));
                [role("db", Part::Peer)].into_iter().chain(replicas).collect()
            }
            Mode::Shards => Vec::from([
                role("tm", Part::Peer),
                role("orders", Part::Peer),
                role("stock", Part::Service),
            ]),
            Mode::Outbox => Vec::from([
                role("orders", Part::Peer),
                role("stock", Part::Service),
                role("relay", Part::Service),
            ]),
        };
        roles.push(role("audit", Part::Resource));
        roles
    }

    fn format(setup: &Setup, me: Id) -> Disk {
        match &*setup.roles[me.index()].name {
            "tm" => Disk::Manager(Log::default()),
            "relay" | "audit" => Disk::Empty,
            "orders" => Disk::Database(Db::new(&[(ORDERS, 0)])),
            "stock" => Disk::Database(Db::new(&[(STOCK, ops::TOTAL)])),
            _ => Disk::Database(Db::new(&[(ORDERS, 0), (STOCK, ops::TOTAL)])),
        }
    }

    fn boot(cx: &mut Cx, disk: &Disk) -> Memory {
        match disk {
            Disk::Manager(log) => Memory::Manager(manager::boot(cx, log)),
            Disk::Database(_) if is_replica(cx) => {
                replica::pull_later(cx);
                Memory::Replica
            }
            Disk::Database(db) => Memory::Database(database::boot(cx, db)),
            Disk::Empty if Some(cx.me) == find(cx.setup, "relay") => {
                outbox::poll_later(cx);
                Memory::Relay
            }
            Disk::Empty => {
                auditor::ask_later(cx);
                Memory::Auditor(Auditor::default())
            }
        }
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<Acid>) {
        match (&mut node.disk, &mut node.memory, event) {
            (Disk::Manager(log), Memory::Manager(manager), event) => {
                manager::step(cx, log, manager, event);
            }
            (Disk::Database(db), Memory::Database(desk), event) => {
                database::step(cx, db, desk, event);
            }
            (Disk::Database(db), Memory::Replica, event) => replica::step(cx, db, event),
            (_, Memory::Relay, event) => outbox::relay(cx, event),
            (_, Memory::Auditor(auditor), event) => auditor::step(cx, auditor, event),
            _ => {}
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        facts::facts(node, out);
    }

    fn describe(setup: &Setup, node: &Node, _: Id, pen: &mut Pen) {
        describe::disk(&node.disk, pen);
        describe::memory(setup, node, pen);
    }

    fn describe_disk(_: &Setup, disk: &Disk, _: Id, pen: &mut Pen) {
        pen.role("down", Tone::Plain, None);
        describe::disk(disk, pen);
    }

    fn properties() -> &'static [Property<Acid>] {
        properties::PROPERTIES
    }
}

/// The account of what is ordered.
pub const ORDERS: &str = "orders";
/// The account of what is in stock.
pub const STOCK: &str = "stock";

/// The participant of this name.
fn find(setup: &Setup, name: &str) -> Option<Id> {
    setup.roles.iter().position(|role: &Role| *role.name == *name).map(Id::at)
}

fn mode(cx: &Cx) -> Mode {
    Mode::of(&cx.setup.knobs)
}

/// Whether this is one of the copies of the single database.
fn is_replica(cx: &Cx) -> bool {
    let name: &Str = &cx.setup.roles[cx.me.index()].name;
    mode(cx) == Mode::Single && **name != *"db" && **name != *"audit"
}

/// Sends a client to the participant that takes what it asks: the first one.
fn elsewhere(cx: &mut Cx, request: &Request) {
    let first = Id(0);
    cx.rule(&rules::ELSEWHERE, [&first]);
    cx.reply(request.ticket, Reply::Redirect(Some(first)));
}

/// The same length of time, at the least and at the most.
fn exactly(span: Span) -> (Span, Span) {
    (span, span)
}
