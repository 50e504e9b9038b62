//! Paxos for one decision: proposers propose, acceptors accept, learners learn what is chosen.
//!
//! Papers: Lamport, *Paxos Made Simple* (SIGACT News 2001), whose phases 1(a) to 2(b) this module
//! spells out, and *The Part-Time Parliament* (TOCS 1998), whose Synod protocol (§2) it is. What no
//! protocol can promise: Fischer, Lynch and Paterson, *Impossibility of Distributed Consensus with
//! One Faulty Process* (JACM 1985), FLP for short.
//!
//! Terms: a *proposal* is a number and a value. A proposal is *chosen* when a majority of acceptors
//! has accepted it, and then its value is. A *promise* is an acceptor's word to accept nothing of a
//! lower number.
//!
//! Deviations, and why:
//! - An acceptor says no (*Nack*, as §2.5 of the first paper allows) instead of nothing; a setting
//!   makes it silent. A proposer gives its number up once no majority can say yes any more.
//! - Acceptors tell every learner, and the proposer whose number it is: it answers the client.
//! - A learner remembers only the latest report of each acceptor. It may then learn later than it
//!   could, never anything else; and what it remembers stays small.
//! - Two settings of `rules` follow what notes about Paxos tell instead of Lamport; `lie` makes an
//!   acceptor say what is not so, and `durable` lets it forget. With these the protocol is wrong.

pub mod acceptor;
pub mod knobs;
pub mod learner;
pub mod message;
pub mod proposer;
pub mod rules;

mod describe;
mod facts;
mod given;
mod properties;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::base::{Id, Value};
use crate::describe::Pen;
use crate::facts::{Fact, Facts};
use crate::knob::{Knob, Knobs};
use crate::op::OpSpec;
use crate::protocol::{self, Event, Given, Links, Part, Property, Protocol, Role, Setup, TimerKey};
use crate::quorum::majority;
use crate::rule::Rule;

use super::propose::PROPOSE;
use acceptor::Acceptor;
use learner::Learner;
use message::Msg;
use proposer::{Proposer, Stage};

/// Paxos for one decision.
pub struct Paxos;

type Cx<'a> = protocol::Cx<'a, Paxos>;
type Node = protocol::Node<Paxos>;

/// A number and a value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Proposal {
    /// Which proposal: no two have the same.
    pub number: u64,
    /// What is proposed.
    pub value: Value,
}

/// What survives a crash (§2.5: stable storage).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    /// A proposer's: the highest number that it has used; 0 before the first.
    pub number: u64,
    /// An acceptor's.
    pub acceptor: Acceptor,
}

/// What does not survive a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Memory {
    /// What a proposer is about.
    Proposer(Proposer),
    /// What an acceptor keeps off its disk: nothing, unless the mistake is made.
    Acceptor(Option<Acceptor>),
    /// What a learner has heard.
    Learner(Learner),
}

/// What a proposer waits for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Timer {
    /// It stops waiting for a majority.
    Phase,
    /// It has waited long enough to try again.
    Retry,
    /// It has thought about the promises.
    Think,
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] = &["phase", "retry", "think"];

    fn key(self) -> TimerKey {
        TimerKey { name: self as u8, number: 0 }
    }

    fn of(key: TimerKey) -> Timer {
        match key.name {
            0 => Timer::Phase,
            1 => Timer::Retry,
            _ => Timer::Think,
        }
    }
}

impl Protocol for Paxos {
    const ID: &'static str = "paxos";
    const RULES: &'static [&'static Rule] = rules::RULES;
    const OPS: &'static [OpSpec] = &[PROPOSE];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Free;
    const ROLES: &'static [&'static str] =
        &["idle", "preparing", "accepting", "waiting", "leader", "acceptor", "learner"];

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = properties::Ghost;

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let role = |name: String, part| Role { name: name.into(), part, spare: false };
        let all = |letter: char, key, part| {
            (1..=knobs.count(key)).map(move |n| role(format!("{letter}{n}"), part))
        };
        let proposers = all('p', knobs::PROPOSERS, Part::Peer);
        let acceptors = all('a', knobs::ACCEPTORS, Part::Service);
        let learners = all('l', knobs::LEARNERS, Part::Resource);
        proposers.chain(acceptors).chain(learners).collect()
    }

    fn given(disk: &mut Disk, field: &str, value: &Given) -> Result<(), &'static str> {
        given::given(disk, field, value)
    }

    /// Numbers and promises only grow: what belongs to a number that was left is late, and so is
    /// what an acceptor that says nothing refuses.
    fn is_late(knobs: &Knobs, node: &Node, msg: &Msg) -> bool {
        let stage = match &node.memory {
            Memory::Proposer(proposer) => &proposer.stage,
            Memory::Acceptor(_) => return acceptor::is_late(knobs, node, msg),
            Memory::Learner(_) => return false,
        };
        match msg {
            Msg::Promise { number, .. } => {
                *number < node.disk.number || !matches!(stage, Stage::Preparing { .. })
            }
            Msg::Accepted(Proposal { number, .. }) | Msg::Nack { number, .. } => {
                *number < node.disk.number || matches!(stage, Stage::Chosen(_))
            }
            _ => false,
        }
    }

    fn alike(setup: &Setup) -> Vec<Vec<Id>> {
        Vec::from([acceptors(setup).collect()])
    }

    fn boot(cx: &mut Cx, _: &Disk) -> Memory {
        if proposers(cx.setup).contains(&cx.me.0) {
            Memory::Proposer(Proposer::default())
        } else if acceptors(cx.setup).any(|id| id == cx.me) {
            Memory::Acceptor((!cx.knobs.on(knobs::DURABLE)).then(Acceptor::default))
        } else {
            Memory::Learner(Learner::default())
        }
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<Paxos>) {
        match event {
            Event::Request(request) => proposer::on_request(cx, node, &request),
            Event::Timeout(Timer::Phase) => proposer::timeout(cx, node),
            Event::Timeout(Timer::Retry) => proposer::retry(cx, node),
            Event::Timeout(Timer::Think) => proposer::thought(cx, node),
            Event::Deliver { from, msg } => match &*msg {
                Msg::Prepare { number, value } => {
                    acceptor::on_prepare(cx, node, from, (*number, value));
                }
                Msg::Promise { number, accepted } => {
                    proposer::on_promise(cx, node, from, (*number, accepted));
                }
                Msg::Accept(proposal) => acceptor::on_accept(cx, node, from, proposal),
                Msg::Accepted(proposal) => match &mut node.memory {
                    Memory::Learner(learner) => learner::hear(cx, learner, from, proposal),
                    _ => proposer::on_accepted(cx, node, from, proposal.number),
                },
                Msg::Nack { number, promised } => {
                    proposer::on_nack(cx, node, from, (*number, *promised));
                }
            },
            // Silence tells enough, and settings count from the next step on.
            Event::Reset(_) | Event::Told(_) | Event::Configured(_) => {}
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        facts::facts(node, out);
    }

    fn entry(node: &Node, log: &'static str, _: u64) -> Option<Fact> {
        facts::entry(node, log)
    }

    fn common_prefix(before: &Node, after: &Node, log: &'static str) -> u64 {
        (facts::entry(before, log) == facts::entry(after, log)).into()
    }

    fn describe(setup: &Setup, node: &Node, me: Id, pen: &mut Pen) {
        describe::node(setup, node, me, pen);
    }

    fn describe_disk(setup: &Setup, disk: &Disk, me: Id, pen: &mut Pen) {
        describe::disk(setup, disk, me, pen);
    }

    fn observe(ghost: &mut properties::Ghost, me: Id, before: Option<&Node>, after: &Node) {
        ghost.observe(me, before, after);
    }

    fn properties() -> &'static [Property<Paxos>] {
        properties::PROPERTIES
    }
}

impl Node {
    /// What an acceptor has promised and accepted, wherever it keeps that.
    fn acceptor(&self) -> &Acceptor {
        match &self.memory {
            Memory::Acceptor(Some(fleeting)) => fleeting,
            _ => &self.disk.acceptor,
        }
    }

    /// The same, to change it.
    fn acceptor_mut(&mut self) -> &mut Acceptor {
        match &mut self.memory {
            Memory::Acceptor(Some(fleeting)) => fleeting,
            _ => &mut self.disk.acceptor,
        }
    }

    /// What a proposer or a learner knows to be chosen.
    fn chosen(&self) -> Option<&Value> {
        match &self.memory {
            Memory::Proposer(proposer) => proposer.chosen(),
            Memory::Acceptor(_) => None,
            Memory::Learner(learner) => learner.chosen.as_ref(),
        }
    }
}

/// The places of the proposers.
fn proposers(setup: &Setup) -> Range<u16> {
    0..setup.knobs.count(knobs::PROPOSERS) as u16
}

/// The acceptors, in order.
fn acceptors(setup: &Setup) -> impl Iterator<Item = Id> {
    let first = setup.knobs.count(knobs::PROPOSERS) as u16;
    (first..first + n_acceptors(setup) as u16).map(Id)
}

/// The learners, in order.
fn learners(setup: &Setup) -> impl Iterator<Item = Id> {
    let first = usize::from(proposers(setup).end) + n_acceptors(setup);
    (first..setup.roles.len()).map(Id::at)
}

fn n_acceptors(setup: &Setup) -> usize {
    setup.knobs.count(knobs::ACCEPTORS) as usize
}

/// How many acceptors are a majority.
fn needed(setup: &Setup) -> usize {
    majority(n_acceptors(setup))
}
