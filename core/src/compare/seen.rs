//! What can be seen of a run from outside, in words that other panes share.

use alloc::string::String;
use alloc::vec::Vec;

use super::names::{counterparts, people};
use crate::base::{Id, Map, Time, Value};
use crate::check::evidence::Evidence;
use crate::check::sequence::Sequence;
use crate::facts::{Fact, FactChange};
use crate::kernel::action::Action;
use crate::kernel::{Cast, Phase};
use crate::op::{OpId, Outcome};
use crate::rule::{Field, Fired};
use crate::run::trace::What;
use crate::scenario::told_action;

/// Something that happened in a pane. Participants are those of the first pane.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Seen {
    /// The script did something.
    Act(String),
    /// A node died, or came back, or froze.
    Phase(Id, Phase),
    /// A client asked for something.
    Called(Id, String),
    /// A client knows how it ended.
    Ended(Id, String),
    /// A node did something. Panes of two systems do not look at rules.
    Rule(Id, &'static str, [u64; 4]),
    /// A node became something, in words that every system shares.
    Is(Id, Fact),
}

/// One pane, as its events are read.
pub(super) struct Watched<'a> {
    evidence: &'a Evidence<'a>,
    /// For each participant the one of the first pane that it stands for.
    first: Vec<Option<Id>>,
    /// What participants are called in the first pane.
    names: Vec<Option<&'a str>>,
    /// What begins and ends, by event.
    ops: Map<u32, Vec<(OpId, bool)>>,
    /// Whether all panes run one system.
    alike: bool,
}

/// The panes as they are compared. Who is not in all of them is passed over.
pub(super) fn watch<'a>(panes: &'a [Evidence<'a>]) -> Vec<Watched<'a>> {
    let Some(cast) = panes.first().map(|first| &first.cast) else { return Vec::new() };
    let alike = panes.iter().all(|pane| pane.cast.entry.id == cast.entry.id);
    let pairs: Vec<_> = panes.iter().map(|pane| pairs(cast, &pane.cast)).collect();
    let everywhere = |first: Id| pairs.iter().all(|of| of[first.index()].is_some());
    let shared: Vec<Id> = cast.ids().filter(|id| everywhere(*id)).collect();
    panes
        .iter()
        .zip(&pairs)
        .map(|(pane, pairs)| Watched::of(pane, pairs, &shared, cast, alike))
        .collect()
}

fn pairs(first: &Cast, other: &Cast) -> Vec<Option<Id>> {
    counterparts(&people(first), &people(other), first.entry.id != other.entry.id)
}

impl<'a> Watched<'a> {
    fn of(
        evidence: &'a Evidence<'a>,
        pairs: &[Option<Id>],
        shared: &[Id],
        cast: &'a Cast,
        alike: bool,
    ) -> Watched<'a> {
        let stands_for =
            |id: Id| shared.iter().copied().find(|first| pairs[first.index()] == Some(id));
        let first: Vec<Option<Id>> = evidence.cast.ids().map(stands_for).collect();
        let names = first.iter().map(|id| id.map(|id| cast.name(id))).collect();
        let mut sequence = Sequence::default();
        sequence.extend(&evidence.trace.history, evidence.trace.events.len() as u32);
        let mut ops: Map<u32, Vec<(OpId, bool)>> = Map::default();
        for mark in sequence.marks() {
            ops.get_or_insert_with(mark.event, Vec::new).push((mark.op, mark.end));
        }
        Watched { evidence, first, names, ops, alike }
    }

    fn id(&self, id: Id) -> Option<Id> {
        self.first.get(id.index()).copied().flatten()
    }

    /// What can be seen of an event.
    pub fn seen(&self, event: u32) -> Vec<Seen> {
        let trace = self.evidence.trace;
        let Some(record) = trace.events.get(event as usize) else { return Vec::new() };
        let mut seen: Vec<Seen> = self.act(&record.what).into_iter().collect();
        let ops = self.ops.get(&event).into_iter().flatten();
        seen.extend(ops.filter_map(|&(op, end)| self.op(op, end)));
        if self.alike {
            let me = self.id(record.node).into_iter();
            seen.extend(me.flat_map(|me| trace.fired_in(event).map(move |one| self.rule(me, one))));
            seen.extend(self.phases(event));
        } else if record.what != What::Boot || record.at > Time::ZERO {
            // What another system is from its start is no event of the story.
            seen.extend(self.phases(event));
            seen.extend(self.facts(event));
        }
        seen
    }

    /// Who died in an event, or came back, or froze.
    fn phases(&self, event: u32) -> impl Iterator<Item = Seen> + '_ {
        let phases = &self.evidence.trace.phases;
        let from = phases.partition_point(|phase| phase.event < event);
        let here = phases[from..].iter().take_while(move |phase| phase.event == event);
        here.filter_map(|record| Some(Seen::Phase(self.id(record.node)?, record.phase)))
    }

    fn act(&self, what: &What) -> Option<Seen> {
        let What::Act { line, idle: None } = what else { return None };
        let action = &self.evidence.lines.get(*line as usize)?.action;
        // What a client asks is seen at the client. Where a timer is pinned is known beforehand.
        if matches!(action, Action::Ask(_) | Action::Pin(..)) {
            return None;
        }
        let name = |id: Id| self.names.get(id.index()).copied().flatten();
        Some(Seen::Act(told_action(&self.evidence.cast, action, &name)))
    }

    fn rule(&self, me: Id, fired: &Fired) -> Seen {
        let mut args = fired.args;
        for (arg, (_, field)) in args.iter_mut().zip(fired.rule.fields) {
            if let (Field::Node, Ok(id)) = (field, u16::try_from(*arg)) {
                *arg = self.id(Id(id)).map_or(u64::MAX, |id| id.0.into());
            }
        }
        Seen::Rule(me, fired.rule.id, args)
    }

    fn op(&self, op: OpId, end: bool) -> Option<Seen> {
        let record = self.evidence.trace.history.get(op)?;
        let client = self.id(record.client)?;
        let label = record.label.as_deref().unwrap_or("");
        if !end {
            return Some(Seen::Called(client, alloc::format!("{label}: {}", record.op.verb)));
        }
        let said = match &record.end.as_ref()?.outcome {
            Outcome::Ok(Value::Nil) => "ok".into(),
            Outcome::Ok(value) => alloc::format!("{value}"),
            Outcome::Fail(why) => (*why).into(),
            Outcome::Unknown => "?".into(),
        };
        Some(Seen::Ended(client, alloc::format!("{label}: {} {said}", record.op.verb)))
    }

    /// What nodes became in an event and were not before it.
    fn facts(&self, event: u32) -> Vec<Seen> {
        let facts = &self.evidence.trace.facts;
        let from = facts.partition_point(|change| change.event < event);
        let changes: Vec<&FactChange> =
            facts.iter_from(from).take_while(|change| change.event == event).collect();
        let known = |holds: bool| {
            let changes = changes.iter().filter(move |change| change.holds == holds);
            changes.filter_map(|change| {
                Some(Seen::Is(self.id(change.node)?, self.fact(&change.fact)?))
            })
        };
        let were: Vec<Seen> = known(false).collect();
        known(true).filter(|is| !were.contains(is)).collect()
    }

    /// A fact without the numbers that each system counts its own way; `None` for what only its
    /// system has a word for.
    fn fact(&self, fact: &Fact) -> Option<Fact> {
        match fact {
            Fact::Entry { value, committed: true, .. } => Some(Fact::Entry {
                log: "",
                index: 0,
                epoch: 0,
                value: value.clone(),
                committed: true,
            }),
            Fact::Copy { key, value, .. } => {
                Some(Fact::Copy { key: key.clone(), value: value.clone(), version: 0 })
            }
            Fact::Holds { resource, holder, .. } => {
                let (resource, holder) = (resource.clone(), self.id(*holder)?);
                Some(Fact::Holds { resource, holder, token: 0, until: None })
            }
            Fact::Believes { resource, .. } => {
                Some(Fact::Believes { resource: resource.clone(), token: 0 })
            }
            Fact::Decision { .. } => Some(fact.clone()),
            Fact::Role { .. } | Fact::Entry { .. } | Fact::Member { .. } | Fact::Mark { .. } => {
                None
            }
        }
    }
}
