//! Counting what acceptors have accepted, as the learner and every proposer do.

use crate::base::{Id, Map, Value};
use crate::protocol::{Part, Setup};
use crate::quorum::majority;

use super::{Cx, all, rules};

/// What is known of the acceptors.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Tally {
    /// By acceptor, what it has accepted. Acceptors never change their minds.
    heard: Map<Id, Value>,
    /// What follows from it.
    pub outcome: Outcome,
}

/// Whether a value is chosen.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Outcome {
    /// That is not known yet.
    #[default]
    Open,
    /// A majority has accepted this value.
    Chosen(Value),
    /// Whatever the silent acceptors have accepted, no value has a majority.
    Split,
}

impl Tally {
    /// Which acceptors have said that they accepted `value`.
    pub fn votes<'a>(&'a self, value: &'a Value) -> impl Iterator<Item = Id> + 'a {
        self.heard.iter().filter(move |(_, accepted)| accepted == value).map(|(id, _)| *id)
    }

    /// The value that most have accepted, as far as is known.
    pub fn leading(&self) -> Option<&Value> {
        self.heard.values().max_by_key(|value| self.votes(value).count())
    }

    /// The acceptors that have not been heard.
    pub fn silent<'a>(&'a self, setup: &'a Setup) -> impl Iterator<Item = Id> + 'a {
        all(setup, Part::Service).filter(|id| !self.heard.contains_key(id))
    }
}

/// How many acceptors must accept a value.
pub fn needed(setup: &Setup) -> u64 {
    majority(all(setup, Part::Service).count()) as u64
}

/// An acceptor says what it has accepted. Whether this settles it.
pub fn hear(cx: &mut Cx, tally: &mut Tally, from: Id, value: &Value) -> bool {
    tally.heard.insert(from, value.clone());
    let needed = needed(cx.setup);
    let votes = tally.votes(value).count() as u64;
    cx.rule(&rules::HEARD, [&from, &votes, &needed]);
    if tally.outcome != Outcome::Open {
        return false;
    }
    let silent = tally.silent(cx.setup).count() as u64;
    let most = tally.leading().map_or(0, |value| tally.votes(value).count() as u64);
    if votes >= needed {
        cx.rule(&rules::CHOSEN, [&votes, &all(cx.setup, Part::Service).count()]);
        tally.outcome = Outcome::Chosen(value.clone());
    } else if most + silent < needed {
        cx.rule(&rules::SPLIT, [&most, &silent, &needed]);
        tally.outcome = Outcome::Split;
    }
    tally.outcome != Outcome::Open
}
