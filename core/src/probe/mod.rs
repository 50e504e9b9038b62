//! Probes: what would this node answer now? Nobody is asked: the world is forked, today's faults
//! stay, and a client that stands beside the node asks over the node's own links, and may follow
//! redirects over them. What a node would answer is therefore measured and not guessed, and the
//! run itself is never touched.
//!
//! A system says in [`Protocol::PROBE`](crate::protocol::Protocol::PROBE) which write and which
//! read are asked. Each node has two ports:
//!
//! - The *read* asks for the key that a client of the run wrote last. Its answer is fresh when the
//!   run's history with this read at its end is linearizable, and stale when it is not.
//! - The *write* goes to a key that no client of the run uses. If it is acknowledged, everything in
//!   the fork is healed, the system's time to settle passes, and the same client reads: what was
//!   acknowledged is kept, or it is lost.

mod freshness;
mod question;

use alloc::boxed::Box;
use alloc::vec::Vec;

use self::freshness::{Freshness, Judging};
use self::question::{Found, Kind, Question};
use crate::base::{Id, Span, Str, Time, Value};
use crate::check::linearizable::System;
use crate::history::History;
use crate::kernel::World;
use crate::op::OpId;
use crate::protocol::{Part, Probe};

/// How many events a fork of the world counts for.
const FORK: u32 = 50;

/// What a read at a node would come to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reading {
    /// It would be answered, and nothing that clients have seen contradicts the answer.
    Fresh {
        /// The answer.
        value: Value,
        /// Who answers.
        by: Id,
    },
    /// It would be answered with what is no longer so.
    Stale {
        /// The answer.
        value: Value,
        /// Who answers.
        by: Id,
        /// What contradicts the answer.
        against: Option<Overwrite>,
    },
    /// It would be answered, and there is nothing to be stale about: no client has written yet.
    NeverWritten {
        /// The answer.
        value: Value,
        /// Who answers.
        by: Id,
    },
    /// It would be answered; whether the answer is fresh takes too long to find out.
    NotDecided {
        /// The answer.
        value: Value,
        /// Who answers.
        by: Id,
    },
    /// It would be refused, for this reason (a key of the system's texts): no answer either.
    Refused(&'static str),
    /// It would get no answer in the time that the system's probe gives it.
    Unanswered,
    /// The node is down: there is nobody to ask.
    Down,
}

/// What made an answer stale.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Overwrite {
    /// The operation of the run that the answer contradicts: the write that replaced the value, or
    /// a read that has seen a later one.
    pub op: OpId,
    /// How long before the probe it ended.
    pub ago: Span,
}

/// What a write at a node would come to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Writing {
    /// It would be acknowledged.
    Acknowledged {
        /// Who acknowledges it.
        by: Id,
        /// What would become of it.
        fate: Fate,
    },
    /// It would be refused, for this reason (a key of the system's texts).
    Refused(&'static str),
    /// It would get no answer in the time that the system's probe gives it.
    Unanswered,
    /// The node is down: there is nobody to ask.
    Down,
}

/// What becomes of a write that was acknowledged, once everything is healed and has settled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// A read shows it.
    Kept,
    /// A read shows this instead.
    Lost(Value),
    /// No read is answered, although everything is healed.
    Unknown,
}

/// The two ports of a node; `None` while a port is not probed yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ports {
    /// Whose.
    pub node: Id,
    /// What a read would come to.
    pub read: Option<Reading>,
    /// What a write would come to.
    pub write: Option<Writing>,
}

/// Probes under way, done in slices: no call takes longer than its budget. To cancel them, drop
/// them; when the world or the instant that is looked at has changed, begin anew.
pub struct Probing {
    world: World,
    at: Time,
    probe: Probe,
    /// The key that is read; `None` while nothing was ever written.
    written: Option<Str>,
    ports: Vec<Ports>,
    /// How many ports are probed; two a node.
    n_done: usize,
    task: Task,
    /// What answers were found to be.
    judged: Vec<(Value, Freshness)>,
}

/// What is under way for the next port.
enum Task {
    None,
    Asking(Box<Question>),
    /// This node's answer is judged.
    Judging(Box<Judging>, Id),
}

impl Probing {
    /// Begins to probe `nodes`, in this order, in the world as it is at `at`, which must lie before
    /// its next event. `history` is that of its run, which may be recorded further already. `None`
    /// for a system without a probe pair.
    pub fn new(world: &World, history: &History, at: Time, nodes: &[Id]) -> Option<Probing> {
        let cast = world.cast();
        let ports = |&node: &Id| Ports { node, read: None, write: None };
        Some(Probing {
            probe: cast.entry.probe?,
            written: freshness::written_last(&System::of(cast), history, world.n_events()),
            ports: nodes.iter().map(ports).collect(),
            n_done: 0,
            task: Task::None,
            judged: Vec::new(),
            world: world.clone(),
            at: at.max(world.now()),
        })
    }

    /// Goes on for about `budget` events; says whether everything is probed. `history` is the same
    /// as in the beginning, and may have grown.
    pub fn advance(&mut self, history: &History, budget: u32) -> bool {
        let mut left = budget;
        while let Some(ports) = self.ports.get(self.n_done / 2) {
            let (node, reads) = (ports.node, self.n_done.is_multiple_of(2));
            if left == 0 {
                return false;
            }
            let found = match &mut self.task {
                _ if !self.world.person(node).phase.is_alive() => Some(Found::down(reads)),
                Task::None => {
                    let kind = if reads { Kind::Read(self.written.clone()) } else { Kind::Write };
                    let ask = Question::new(&self.world, self.at, self.probe, node, kind);
                    self.task = Task::Asking(Box::new(ask));
                    left = left.saturating_sub(FORK);
                    None
                }
                Task::Asking(question) => question.advance(&mut left),
                Task::Judging(judging, by) => {
                    judging.advance(history, &mut left).map(|freshness| {
                        let value = judging.value().clone();
                        self.judged.push((value.clone(), freshness));
                        Found::Reading(freshness.reading(value, *by))
                    })
                }
            };
            found.into_iter().for_each(|found| self.found(found, history));
        }
        true
    }

    /// Whether everything is probed.
    pub fn is_done(&self) -> bool {
        self.n_done == 2 * self.ports.len()
    }

    /// What is known so far, in the order of the nodes.
    pub fn ports(&self) -> &[Ports] {
        &self.ports
    }

    /// The instant that is probed.
    pub fn at(&self) -> Time {
        self.at
    }

    /// The key that the reads ask for; `None` when nothing was ever written.
    pub fn key(&self) -> Option<&str> {
        self.written.as_deref()
    }

    fn found(&mut self, found: Found, history: &History) {
        self.task = Task::None;
        match found {
            Found::Answer { value, by } => match self.freshness(&value) {
                Some(freshness) => self.show(|ports| {
                    ports.read = Some(freshness.reading(value, by));
                }),
                None => {
                    let judging = Judging::new(self.question(value), history);
                    self.task = Task::Judging(Box::new(judging), by);
                }
            },
            Found::Reading(reading) => self.show(|ports| ports.read = Some(reading)),
            Found::Writing(writing) => self.show(|ports| ports.write = Some(writing)),
        }
    }

    fn show(&mut self, change: impl FnOnce(&mut Ports)) {
        change(&mut self.ports[self.n_done / 2]);
        self.n_done += 1;
    }

    /// What `value` is, as the answer to a read at this instant, where that is known.
    fn freshness(&self, value: &Value) -> Option<Freshness> {
        if self.written.is_none() {
            return Some(Freshness::NeverWritten);
        }
        self.judged.iter().find(|(judged, _)| judged == value).map(|judged| judged.1)
    }

    fn question(&self, value: Value) -> freshness::Question {
        freshness::Question {
            system: System::of(self.world.cast()),
            events: self.world.n_events(),
            at: self.at,
            verb: self.probe.read,
            key: self.written.clone().unwrap_or_default(),
            value,
        }
    }
}

/// The nodes that have ports: those that serve clients.
pub fn servers(world: &World) -> Vec<Id> {
    let serves = |part| matches!(part, Part::Peer | Part::Service);
    let roles = world.cast().setup.roles.iter().enumerate();
    roles.filter(|(_, role)| serves(role.part)).map(|(index, _)| Id::at(index)).collect()
}
