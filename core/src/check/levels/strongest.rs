//! The strongest levels that a history still has, at every event of it.

use alloc::vec::Vec;

use super::ledger::contradiction;
use super::{Doubt, Fault, Finding, Guarantee, Why, causal, regular, sequential, session};
use crate::base::sort;
use crate::check::linearizable::{self, System};
use crate::history::History;

/// A level of consistency. [`Level::implies`] says which implies which.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// One order for all clients that keeps real time.
    Linearizable,
    /// One order for all clients that keeps each client's own.
    Sequential,
    /// Each read returns the last write, or one that overlaps it.
    Regular,
    /// One order per client that keeps the causal order.
    Causal,
    /// Sessions see what they wrote.
    ReadYourWrites,
    /// Sessions do not go back.
    MonotonicReads,
    /// Writes of a session are seen in its order.
    MonotonicWrites,
    /// What a write followed is seen before it.
    WritesFollowReads,
}

impl Level {
    /// All of them, none before one that implies it.
    pub const ALL: [Level; 8] = [
        Level::Linearizable,
        Level::Sequential,
        Level::Regular,
        Level::Causal,
        Level::ReadYourWrites,
        Level::MonotonicReads,
        Level::MonotonicWrites,
        Level::WritesFollowReads,
    ];

    /// Whether a history of this level has the other one too, given that nobody says anything
    /// outside the system: what is said binds causal consistency, and not sequential.
    pub fn implies(self, other: Level) -> bool {
        match self {
            Level::Linearizable => true,
            Level::Sequential => other >= Level::Causal || other == self,
            Level::Causal => other >= Level::Causal,
            _ => other == self,
        }
    }

    /// Whether the first `events` events have this level.
    pub fn check(self, system: &System, history: &History, events: u32) -> Finding {
        let of = |guarantee| session(system, history, events, guarantee, None);
        match self {
            Level::Linearizable => linearizable(system, history, events),
            Level::Sequential => sequential(system, history, events, None),
            Level::Regular => regular(system, history, events, None),
            Level::Causal => causal(system, history, events),
            Level::ReadYourWrites => of(Guarantee::ReadYourWrites),
            Level::MonotonicReads => of(Guarantee::MonotonicReads),
            Level::MonotonicWrites => of(Guarantee::MonotonicWrites),
            Level::WritesFollowReads => of(Guarantee::WritesFollowReads),
        }
    }
}

/// What is known of every level of a history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Whether somebody says something outside the system.
    told: bool,
    findings: Vec<(Level, Finding)>,
}

/// What a history has at some moment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Strongest {
    /// The levels that hold, without those that another of them implies. None: not even one
    /// session guarantee is left.
    pub holds: Vec<Level>,
    /// The levels of which it cannot be said.
    pub undecided: Vec<Level>,
}

/// What is known of every level of the first `events` events. A level is only looked at when no
/// level that implies it holds. Each search has a budget: 300 operations take a few milliseconds.
pub fn strongest(system: &System, history: &History, events: u32) -> Standing {
    let mut standing = Standing::new(history, events);
    while !standing.advance(system, history, events) {}
    standing
}

impl Standing {
    /// Of the first `events` events nothing is known yet.
    pub fn new(history: &History, events: u32) -> Standing {
        let told = history.told.iter().any(|told| told.heard < events);
        Standing { told, findings: Vec::new() }
    }

    /// Looks at the next level, at the same events as in the beginning; says whether it was the
    /// last.
    pub fn advance(&mut self, system: &System, history: &History, events: u32) -> bool {
        let Some(&level) = Level::ALL.get(self.findings.len()) else { return true };
        let mut known = self.findings.iter();
        let implied =
            known.any(|(known, finding)| *finding == Finding::Holds && self.implies(*known, level));
        let finding = if implied { Finding::Holds } else { level.check(system, history, events) };
        self.findings.push((level, finding));
        self.findings.len() == Level::ALL.len()
    }

    fn implies(&self, level: Level, other: Level) -> bool {
        let outside = self.told && level == Level::Sequential && other == Level::Causal;
        level.implies(other) && !outside
    }

    /// What is known of a level.
    pub fn of(&self, level: Level) -> &Finding {
        let known = self.findings.iter().find(|(known, _)| *known == level);
        known.map_or(&Finding::Holds, |(_, finding)| finding)
    }

    /// The strongest levels that the first `events` events have, of those that were looked at.
    pub fn at(&self, events: u32) -> Strongest {
        let mut all = Strongest::default();
        for (level, finding) in &self.findings {
            if all.holds.iter().any(|known| self.implies(*known, *level)) {
                continue;
            }
            match finding {
                Finding::Holds => all.holds.push(*level),
                Finding::Broken(fault) if fault.event >= events => all.holds.push(*level),
                Finding::Broken(_) => {}
                Finding::NotDecided(_) | Finding::Invalid(_) => all.undecided.push(*level),
            }
        }
        all
    }

    /// Where a level broke, and which, in the order of time.
    pub fn breaks(&self) -> Vec<(u32, Level)> {
        let broke = self.findings.iter().filter_map(|(level, finding)| match finding {
            Finding::Broken(fault) => Some((fault.event, *level)),
            _ => None,
        });
        let mut all: Vec<(u32, Level)> = broke.collect();
        sort(&mut all);
        all
    }
}

fn linearizable(system: &System, history: &History, events: u32) -> Finding {
    if let Some(contradiction) = contradiction(system, history, events, false) {
        return Finding::Invalid(contradiction);
    }
    match linearizable::check(system, history, events, None) {
        linearizable::Finding::Linearizable => Finding::Holds,
        linearizable::Finding::NotDecided { .. } => {
            Finding::NotDecided(Doubt::Entangled { steps: linearizable::STEPS })
        }
        linearizable::Finding::Broken(fault) => {
            let end = history.get(fault.op).and_then(|record| record.end.as_ref());
            let (event, why) =
                (end.map_or(0, |end| end.event), Why::NoOrder { after: fault.against });
            Finding::Broken(Fault { op: fault.op, event, why, right: Vec::new() })
        }
    }
}
