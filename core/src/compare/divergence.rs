//! Where panes begin to differ.

use alloc::vec::Vec;

use super::seen::{Seen, Watched, watch};
use crate::base::{Id, Time, sort};
use crate::check::evidence::Evidence;

/// The first instant at which not the same was seen in all panes: what nodes did, by rule, and what
/// clients heard. When a message leaves or how large it is does not count. Panes of two systems,
/// which have no rules in common, are compared by facts instead of rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Divergence {
    /// When.
    pub at: Time,
    /// What happened in each pane.
    pub panes: Vec<Difference>,
}

/// What happened in one pane and not in every other.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Difference {
    /// The first such event of its trace; `None` when there is none at that instant.
    pub event: Option<u32>,
    /// Where.
    pub node: Option<Id>,
    /// The rules that fired in it.
    pub rules: Vec<&'static str>,
}

/// Looks for the first difference while the panes are recorded.
#[derive(Clone, Debug, Default)]
pub struct Fork {
    /// Everything up to this instant is the same.
    same_until: Option<Time>,
    found: Option<Divergence>,
}

/// The first difference between recordings, each complete.
pub fn first_divergence(panes: &[Evidence]) -> Option<Divergence> {
    let mut fork = Fork::default();
    fork.extend(panes, Time::NEVER);
    fork.found
}

impl Fork {
    /// Takes in what happened up to the instant `until`, which all panes have recorded.
    pub fn extend(&mut self, panes: &[Evidence], until: Time) {
        if self.found.is_some() || self.same_until.is_some_and(|same| same >= until) {
            return;
        }
        let mut places: Vec<usize> = panes.iter().map(|pane| self.place(pane)).collect();
        let watched = watch(panes);
        while let Some(at) = next(panes, &places).filter(|at| *at <= until) {
            let mut ends = places.clone();
            for (pane, end) in panes.iter().zip(&mut ends) {
                let events = &pane.trace.events;
                while events.get(*end).is_some_and(|event| event.at == at) {
                    *end += 1;
                }
            }
            let instants: Vec<Instant> = watched
                .iter()
                .zip(places.iter().zip(&ends))
                .map(|(pane, (from, to))| Instant::of(pane, *from as u32, *to as u32))
                .collect();
            if instants.iter().any(|instant| instant.all != instants[0].all) {
                let differ = |place: usize| difference(&panes[place], &instants, place);
                let panes = (0..panes.len()).map(differ).collect();
                self.found = Some(Divergence { at, panes });
                return;
            }
            places = ends;
        }
        self.same_until = Some(until);
    }

    /// What was found so far.
    pub fn found(&self) -> Option<&Divergence> {
        self.found.as_ref()
    }

    /// Forgets what happened from `from` on, before something else is recorded there.
    pub fn rewind(&mut self, from: Time) {
        let before = from.0.checked_sub(1).map(Time);
        self.found.take_if(|found| found.at >= from);
        self.same_until = self.same_until.min(before);
    }

    /// The first event that was not compared yet.
    fn place(&self, pane: &Evidence) -> usize {
        self.same_until.map_or(0, |same| pane.trace.events_until(same))
    }
}

fn next(panes: &[Evidence], places: &[usize]) -> Option<Time> {
    let next = |(pane, place): (&Evidence, &usize)| Some(pane.trace.events.get(*place)?.at);
    panes.iter().zip(places).filter_map(next).min()
}

/// What is seen of one pane at one instant.
struct Instant {
    /// By event.
    events: Vec<(u32, Vec<Seen>)>,
    /// All of it, sorted: what happens at one instant happens in no order that can be seen.
    all: Vec<Seen>,
}

impl Instant {
    fn of(pane: &Watched, from: u32, to: u32) -> Instant {
        let events: Vec<_> = (from..to).map(|event| (event, pane.seen(event))).collect();
        let mut all: Vec<Seen> = events.iter().flat_map(|(_, seen)| seen.iter().cloned()).collect();
        sort(&mut all);
        Instant { events, all }
    }

    fn count(&self, seen: &Seen) -> usize {
        self.all.iter().filter(|other| *other == seen).count()
    }
}

fn difference(pane: &Evidence, instants: &[Instant], place: usize) -> Difference {
    let own = &instants[place];
    let everywhere =
        |seen: &Seen| instants.iter().all(|other| other.count(seen) >= own.count(seen));
    let event = own.events.iter().find(|(_, seen)| !seen.iter().all(everywhere));
    let Some((event, _)) = event else { return Difference::default() };
    Difference {
        event: Some(*event),
        node: pane.trace.events.get(*event as usize).map(|record| record.node),
        rules: pane.trace.fired_in(*event).map(|fired| fired.rule.id).collect(),
    }
}
