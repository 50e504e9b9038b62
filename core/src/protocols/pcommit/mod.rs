//! Paxos Commit: each resource manager's vote is a value that an instance of Paxos chooses, so the
//! outcome of a transaction survives whoever coordinates it.
//!
//! After Gray and Lamport, *Consensus on Transaction Commit* (ACM TODS 31(1), 2006), in its names
//! and with its specification in Appendix A. A *resource manager* `rm1`, `rm2`, ... is the one that
//! proposes in ballot 0 of its own instance, and says `Prepared` or `Aborted` there. 2F + 1
//! *acceptors* keep what was proposed; what F + 1 of them accepted in one ballot is chosen. The
//! *leader* `tm` learns what was chosen and tells it. The transaction commits if every instance
//! chooses `Prepared`. A leader that misses something, or `tm2` that takes over, runs a further
//! ballot of all instances, and proposes `Aborted` where nothing was accepted.
//!
//! With F = 0 the one acceptor sits at the leader's own process, and what is left is Two-Phase
//! Commit (§5): `faults=0`.
//!
//! Deviations, and why:
//! - Nobody elects a leader. A resource manager that is in doubt for too long asks `tm2` and `tm`
//!   in turn, and who is asked leads. Several leaders at a time are safe (§4.1), and one may see
//!   it.
//! - A client may ask the leader, too, which then asks every resource manager to prepare; asked for
//!   at a resource manager, it is the paper's BeginCommit. Prepare carries the write along.
//! - Who takes part is fixed, so nothing is registered (§6).
//! - A leader writes down what it leads, and ends it after a restart. The paper's may forget.
//! - Messages of a ballot above 0 are about all instances at once, as §4.2 allows. A transaction
//!   that is decided is not forgotten.

pub mod acceptor;
pub mod knobs;
pub mod leader;
pub mod message;
pub mod rm;
pub mod rules;

mod describe;
mod facts;
mod tally;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::commit::{self, Commits, Locks, Rows, State, Store, ops};
use crate::base::{Id, Map, Str, Value};
use crate::describe::Pen;
use crate::facts::Facts;
use crate::knob::{Knob, Knobs};
use crate::op::{OpSpec, Reply, Request, Ticket};
use crate::protocol::{
    self, Event, Given, Links, Part, Property, Protocol, Role, Setup, TimerKey, When,
};
use crate::rule::Rule;

use acceptor::Ledger;
use leader::Lead;
use message::{Msg, What};
use rm::Record;
pub use tally::{Proposal, Tally};

/// Paxos Commit.
#[derive(Debug)]
pub struct PCommit;

type Cx<'a> = protocol::Cx<'a, PCommit>;
type Node = protocol::Node<PCommit>;

/// What survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    /// At a resource manager: what is committed.
    pub rows: Rows,
    /// At a resource manager: by transaction, what it voted and what it knows.
    pub records: Map<u64, Record>,
    /// At an acceptor: by transaction, what it has promised and accepted.
    pub ledgers: Map<u64, Ledger>,
    /// At a leader: by transaction that it led, the last ballot that it began; 0 while the resource
    /// managers' own may do.
    pub ballots: Map<u64, u64>,
    /// At a leader: by transaction, what it has learned. Either `Commit` or `Abort`.
    pub outcomes: Map<u64, State>,
    /// How many transactions have begun here.
    pub begun: u64,
}

/// What does not.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Memory {
    /// At a resource manager: who holds which row.
    pub locks: Locks,
    /// At a resource manager: by transaction that was asked for here, whom to answer.
    pub tickets: Map<u64, Ticket>,
    /// At a resource manager: by transaction, how often it has asked for the outcome.
    pub asked: Map<u64, u64>,
    /// At a resource manager that acceptors tell: by transaction, what they said.
    pub heard: Map<u64, Tally>,
    /// At a leader: by transaction, how far it is. Invariant: undecided, or still being told.
    pub leads: Map<u64, Lead>,
}

/// What a process waits for. Numbers are those of transactions, but for the locks'.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// The leader has not learned enough in time.
    Votes(u32),
    /// A leader's ballot has come to nothing.
    Ballot(u32),
    /// The leader tells the next resource manager.
    Tell(u32),
    /// A resource manager has been in doubt for long enough.
    Ask(u32),
    /// A claim has waited long enough for its lock.
    LockWait(u32),
    /// A local transaction is done.
    Hold(u32),
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["votes", "ballot", "tell", "ask", "lock-wait", "hold"];

    fn key(self) -> TimerKey {
        let (name, number) = match self {
            Timer::Votes(number) => (0, number),
            Timer::Ballot(number) => (1, number),
            Timer::Tell(number) => (2, number),
            Timer::Ask(number) => (3, number),
            Timer::LockWait(number) => (4, number),
            Timer::Hold(number) => (5, number),
        };
        TimerKey { name, number }
    }

    fn of(TimerKey { name, number }: TimerKey) -> Timer {
        match name {
            0 => Timer::Votes(number),
            1 => Timer::Ballot(number),
            2 => Timer::Tell(number),
            3 => Timer::Ask(number),
            4 => Timer::LockWait(number),
            _ => Timer::Hold(number),
        }
    }
}

impl Commits for PCommit {
    fn lock_wait(claim: u32) -> Timer {
        Timer::LockWait(claim)
    }

    fn hold(claim: u32) -> Timer {
        Timer::Hold(claim)
    }
}

static RULES: [&Rule; commit::rules::RULES.len() + rules::RULES.len()] =
    commit::rules::with(rules::RULES);

/// What [`Fact::Role`] calls who leads.
const LEADER: &str = "leader";

impl Protocol for PCommit {
    const ID: &'static str = "pcommit";
    const RULES: &'static [&'static Rule] = &RULES;
    const OPS: &'static [OpSpec] = &[ops::BEGIN, ops::UPDATE, ops::READ, ops::READ_FOR_UPDATE];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Fifo;
    const ROLES: &'static [&'static str] = &[LEADER];

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = ();

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let role = |name: String, part| Role { name: name.into(), part, spare: false };
        let rms = (1..=knobs.count(commit::knobs::RMS)).map(|n| role(format!("rm{n}"), Part::Peer));
        let faults = knobs.count(knobs::FAULTS);
        let acceptors = (1..=2 * faults + 1).map(|n| role(format!("a{n}"), Part::Resource));
        let leaders = ["tm", "tm2"].map(|name| role(name.into(), Part::Service));
        let [tm, tm2] = leaders;
        let own = acceptors.filter(|_| faults > 0);
        [tm].into_iter().chain(rms).chain([tm2]).chain(own).collect()
    }

    fn given(disk: &mut Disk, field: &str, value: &Given) -> Result<(), &'static str> {
        disk.rows.give(field, value)
    }

    fn boot(cx: &mut Cx, disk: &Disk) -> Memory {
        let mut memory = Memory { leads: leader::boot(cx, disk), ..Memory::default() };
        rm::boot(cx, disk, &mut memory);
        memory
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<PCommit>) {
        match event {
            Event::Request(request) => ask(cx, node, &request),
            Event::Deliver { from, msg } => deliver(cx, node, from, &msg),
            Event::Timeout(Timer::Votes(tx)) => leader::votes_over(cx, node, tx.into()),
            Event::Timeout(Timer::Ballot(tx)) => leader::ballot_over(cx, node, tx.into()),
            Event::Timeout(Timer::Tell(tx)) => leader::tell_next(cx, node, tx.into()),
            Event::Timeout(Timer::Ask(tx)) => rm::inquire(cx, node, tx.into()),
            Event::Timeout(Timer::LockWait(claim)) => rm::lock_timeout(cx, node, claim),
            Event::Timeout(Timer::Hold(claim)) => rm::hold_over(cx, node, claim),
            Event::Reset(_) | Event::Told(_) | Event::Configured(_) => {}
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        facts::facts(node, out);
    }

    fn describe(setup: &Setup, node: &Node, me: Id, pen: &mut Pen) {
        describe::node(setup, node, me, pen);
    }

    fn describe_disk(setup: &Setup, disk: &Disk, me: Id, pen: &mut Pen) {
        describe::disk(setup, disk, me, pen);
    }

    fn properties() -> &'static [Property<PCommit>] {
        const {
            &[Property {
                id: "one-value",
                cite: "Gray & Lamport 2006 §4.1",
                when: When::Always,
                holds: facts::one_value,
            }]
        }
    }
}

fn ask(cx: &mut Cx, node: &mut Node, request: &Request) {
    let begins = request.op.verb == ops::BEGIN.verb;
    match (is_rm(cx.setup, cx.me), begins) {
        (true, true) => rm::begin(cx, node, request),
        (true, false) => rm::local(cx, node, request),
        (false, true) if cx.me == TM => leader::begin(cx, node, request),
        (false, _) => {
            let to = if begins { TM } else { Id(TM.0 + 1) };
            cx.rule(&rules::REDIRECT, [&request.ticket.client, &to]);
            cx.reply(request.ticket, Reply::Redirect(Some(to)));
        }
    }
}

fn deliver(cx: &mut Cx, node: &mut Node, from: Id, msg: &Msg) {
    let tx = msg.tx;
    match &msg.what {
        What::BeginCommit(write) => leader::begin_commit(cx, node, tx, (from, write)),
        What::Prepare(write) => rm::prepare(cx, node, tx, write),
        What::Phase1a(ballot) => acceptor::phase1a(cx, node, tx, (from, *ballot)),
        What::Phase1b(ballot, votes) => leader::phase1b(cx, node, tx, (from, *ballot, votes)),
        What::Phase2a(ballot, values) => acceptor::phase2a(cx, node, tx, (from, *ballot, values)),
        What::Phase2b(votes) if is_rm(cx.setup, cx.me) => rm::phase2b(cx, node, tx, (from, votes)),
        What::Phase2b(votes) => leader::phase2b(cx, node, tx, (from, votes)),
        What::Commit => rm::learn(cx, node, tx, State::Commit),
        What::Abort => rm::learn(cx, node, tx, State::Abort),
        What::Inquire => leader::inquired(cx, node, tx, from),
    }
}

/// What a transaction writes at every resource manager.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Write {
    /// Which row.
    pub row: Str,
    /// Its new value.
    pub value: Value,
}

/// The first leader.
const TM: Id = Id(0);

fn is_rm(setup: &Setup, id: Id) -> bool {
    setup.roles[id.index()].part == Part::Peer
}

fn of_part(setup: &Setup, part: Part) -> impl Iterator<Item = Id> + '_ {
    let places = setup.roles.iter().enumerate();
    places.filter(move |(_, role)| role.part == part).map(|(place, _)| Id::at(place))
}

/// The resource managers, in order; also the instances of Paxos.
fn rms(setup: &Setup) -> impl Iterator<Item = Id> + '_ {
    of_part(setup, Part::Peer)
}

/// The leaders, in order.
fn leaders(setup: &Setup) -> impl Iterator<Item = Id> + '_ {
    of_part(setup, Part::Service)
}

/// The acceptors, in order: with F = 0 the leader itself.
fn acceptors(setup: &Setup) -> Vec<Id> {
    let own: Vec<Id> = of_part(setup, Part::Resource).collect();
    if own.is_empty() { Vec::from([TM]) } else { own }
}

/// F + 1, a majority of the acceptors.
fn majority(setup: &Setup) -> usize {
    crate::quorum::majority(acceptors(setup).len())
}

fn store(node: &mut Node) -> Store<'_> {
    Store { rows: &mut node.disk.rows, locks: &mut node.memory.locks }
}

/// A timer that runs exactly so long as this setting says.
fn exactly(cx: &Cx, knob: crate::knob::Key) -> (crate::base::Span, crate::base::Span) {
    (cx.knobs.span(knob), cx.knobs.span(knob))
}
