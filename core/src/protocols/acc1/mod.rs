//! One acceptor, and several that accept the first proposal: why choosing a value takes more.
//!
//! Paper: Lamport, *Paxos Made Simple* (2001), §2.2, "Choosing a Value", which begins with these
//! two schemes and says why neither is enough.
//!
//! Terms: *proposers* propose values, *acceptors* accept them, *learners* hear which one is chosen.
//! With one acceptor, the value that it accepts is chosen. With several, the one that a majority
//! accepts. *P1*: an acceptor must accept the first proposal that it receives. Here it accepts
//! nothing else, ever.
//!
//! Deviations, and why:
//! - A proposer counts what acceptors answer, as the learner does, so that it can answer its
//!   client.
//! - A proposer that sees that no value can reach a majority any more says so. The paper leaves it
//!   at that no value is chosen.
//! - Proposers send again only when told to (`resend`): lost messages are another subject.

pub mod acceptor;
pub mod message;
pub mod proposer;
pub mod rules;
pub mod tally;

mod describe;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{Id, Value, hash_of};
use crate::describe::{Pen, Tone};
use crate::facts::{Fact, Facts, LogExtent};
use crate::knob::{Knob, Knobs};
use crate::op::{OpSpec, Reply};
use crate::protocol::{self, Event, Links, Part, Property, Protocol, Role, Setup, TimerKey, When};
use crate::rule::Rule;

use super::propose::PROPOSE;
use message::Msg;
use proposer::Proposer;
use tally::{Outcome, Tally};

/// Acceptors that accept the first proposal.
pub struct Acc1;

type Cx<'a> = protocol::Cx<'a, Acc1>;
type Node = protocol::Node<Acc1>;

/// Who sends clients on that came to the wrong place.
const FIRST_PROPOSER: Id = Id(0);

/// What survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    /// At an acceptor: the first value that it was sent.
    pub accepted: Option<Value>,
}

/// What does not survive a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Memory {
    /// Proposes what clients ask it to.
    Proposer(Proposer),
    /// Keeps everything on its disk.
    Acceptor,
    /// Counts.
    Learner(Tally),
}

/// What a proposer waits for: the moment to ask the silent acceptors again.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Resend;

impl protocol::Timer for Resend {
    const NAMES: &'static [&'static str] = &["resend"];

    fn key(self) -> TimerKey {
        TimerKey { name: 0, number: 0 }
    }

    fn of(_: TimerKey) -> Resend {
        Resend
    }
}

crate::knobs! {
    /// How many proposers there are.
    PROPOSERS "proposers" Count(1, 9) = 2, fixed;
    /// How many acceptors.
    ACCEPTORS "acceptors" Count(1, 9) = 3, fixed;
    /// How often a proposer asks silent acceptors again; 0 for never.
    RESEND "resend" Ms(0, 60_000) = 0, live per_node;
}

impl Protocol for Acc1 {
    const ID: &'static str = "acc1";
    const RULES: &'static [&'static Rule] = rules::RULES;
    const OPS: &'static [OpSpec] = &[PROPOSE];
    const KNOBS: &'static [Knob] = KNOBS;
    const LINKS: Links = Links::Free;
    const ROLES: &'static [&'static str] = &["proposer", "acceptor", "learner"];

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Resend;
    type Ghost = ();

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let role = |name: String, part| Role { name: name.into(), part, spare: false };
        let proposers = (1..=knobs.count(PROPOSERS)).map(|n| role(format!("p{n}"), Part::Peer));
        let acceptors = (1..=knobs.count(ACCEPTORS)).map(|n| role(format!("a{n}"), Part::Service));
        proposers.chain(acceptors).chain([role("l1".into(), Part::Resource)]).collect()
    }

    fn boot(cx: &mut Cx, _: &Disk) -> Memory {
        match part(cx.setup, cx.me) {
            Part::Peer => Memory::Proposer(Proposer::default()),
            Part::Service => Memory::Acceptor,
            Part::Resource | Part::Client => Memory::Learner(Tally::default()),
        }
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<Acc1>) {
        let Node { disk, memory } = node;
        match (memory, event) {
            (Memory::Proposer(own), Event::Request(request)) => proposer::begin(cx, own, &request),
            (Memory::Proposer(own), Event::Deliver { from, msg }) => match &*msg {
                Msg::Accepted(value) | Msg::Refused(value) => {
                    proposer::hear(cx, own, from, value);
                }
                Msg::Propose(_) => {}
            },
            (Memory::Proposer(own), Event::Timeout(Resend)) => proposer::resend(cx, own),
            (Memory::Proposer(own), Event::Configured(RESEND)) => proposer::remind(cx, own),
            (Memory::Learner(tally), Event::Deliver { from, msg }) => {
                if let Msg::Accepted(value) = &*msg {
                    tally::hear(cx, tally, from, value);
                }
            }
            (Memory::Acceptor, Event::Deliver { from, msg }) => {
                if let Msg::Propose(value) = &*msg {
                    acceptor::on_propose(cx, disk, from, value);
                }
            }
            (_, Event::Request(request)) => {
                cx.rule(&rules::PROPOSE_DENY, [&FIRST_PROPOSER]);
                cx.reply(request.ticket, Reply::Redirect(Some(FIRST_PROPOSER)));
            }
            _ => {}
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        out.role(
            match &node.memory {
                Memory::Proposer(_) => "proposer",
                Memory::Acceptor => "acceptor",
                Memory::Learner(_) => "learner",
            },
            0,
        );
        if let Some((value, is_chosen)) = known(node) {
            let committed = u64::from(is_chosen);
            out.log(LogExtent { log: LOG, first: 1, last: 1, committed, hash: hash_of(0, &value) });
        }
    }

    fn entry(node: &Node, log: &'static str, index: u64) -> Option<Fact> {
        let (value, committed) = known(node).filter(|_| index == 1)?;
        Some(Fact::Entry { log, index, epoch: 0, value, committed })
    }

    fn describe(setup: &Setup, node: &Node, me: Id, pen: &mut Pen) {
        describe::disk(setup, &node.disk, me, pen);
        describe::memory(setup, node, pen);
    }

    fn describe_disk(setup: &Setup, disk: &Disk, me: Id, pen: &mut Pen) {
        pen.role("down", Tone::Plain, None);
        describe::disk(setup, disk, me, pen);
    }

    fn properties() -> &'static [Property<Acc1>] {
        const {
            &[Property {
                id: "one-value",
                cite: "Lamport 2001, §2.1: only a single value is chosen",
                when: When::Always,
                holds: one_value,
            }]
        }
    }
}

/// Nobody takes a value for chosen that differs from what another takes for chosen.
fn one_value(_: &(), nodes: &[Option<&Node>]) -> bool {
    let mut chosen =
        nodes.iter().flatten().filter_map(|node| known(node)).filter(|(_, is_chosen)| *is_chosen);
    let first = chosen.next();
    chosen.all(|other| Some(other) == first)
}

/// The log of one place whose entry is the value: at acceptors the accepted one, at those that
/// count the chosen one.
const LOG: &str = "value";

/// The value that a node has, and whether it knows that this one is chosen.
fn known(node: &Node) -> Option<(Value, bool)> {
    let tally = match &node.memory {
        Memory::Acceptor => return node.disk.accepted.clone().map(|value| (value, false)),
        Memory::Proposer(own) => &own.tally,
        Memory::Learner(tally) => tally,
    };
    match &tally.outcome {
        Outcome::Chosen(value) => Some((value.clone(), true)),
        Outcome::Open | Outcome::Split => None,
    }
}

fn part(setup: &Setup, id: Id) -> Part {
    setup.roles.get(id.index()).map_or(Part::Client, |role| role.part)
}

/// The participants that are there for this, in order.
fn all(setup: &Setup, part: Part) -> impl Iterator<Item = Id> + '_ {
    let places = setup.roles.iter().enumerate();
    places.filter(move |(_, role)| role.part == part).map(|(place, _)| Id::at(place))
}
