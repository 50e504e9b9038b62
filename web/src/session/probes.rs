//! What each node would answer now, asked of forks of the world in slices (`netsplit_core::probe`).
//! Until the reader has done something, nobody is asked.

use std::cell::Cell;

use netsplit_core::base::{Id, Time};
use netsplit_core::facts::Fact;
use netsplit_core::probe::{Ports, Probing, servers};
use netsplit_core::run::Run;
use netsplit_core::run::trace::{Trace, What};

use super::model::{Loaded, Model, Thing};
use super::watch::Topic;

/// Of more nodes than that only the selected one is asked, and only while no time passes.
const FEW: usize = 9;
/// How many events of forks one slice counts for: a fraction of a millisecond.
const SLICE: u32 = 150;

/// The probes of one run.
#[derive(Default)]
pub struct Probes {
    asked: Option<Moment>,
    under_way: Option<Probing>,
    found: Option<Found>,
    /// From the asked moment up to this event, nothing calls for new probes.
    calm: Cell<u32>,
}

/// What is asked about.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Moment {
    edition: u32,
    events: u32,
    at: Time,
    nodes: Vec<Id>,
}

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// When it is so.
    pub at: Time,
    /// The nodes that were asked.
    pub ports: Vec<Ports>,
}

impl Loaded {
    /// What a node would answer, as far as that was found, and when.
    pub fn ports(&self, node: Id) -> Option<(&Ports, Time)> {
        let found = self.probes.found.as_ref()?;
        let ports = found.ports.iter().find(|ports| ports.node == node)?;
        Some((ports, found.at))
    }
}

impl Model {
    /// Whether something is to be asked.
    #[inline(never)]
    pub(super) fn has_probes(&self) -> bool {
        let wants =
            |pane: &Loaded| pane.probes.under_way.is_some() || self.moment_to_ask(pane).is_some();
        self.panes().any(wants)
    }

    /// Asks a little; says what is known then. What was under way for another moment is given up.
    #[inline(never)]
    pub(super) fn probe(&mut self) -> Vec<Topic> {
        let moments = self.panes().map(|pane| (pane.place, self.moment_to_ask(pane)));
        let moments: Vec<_> = moments.collect();
        for (place, moment) in moments {
            let Some(loaded) = self.panes_mut().find(|pane| pane.place == place) else { continue };
            let (run, probes) = (&loaded.run, &mut loaded.probes);
            let history = &run.trace().history;
            if let Some(moment) = moment {
                probes.under_way = Probing::new(run.world(), history, moment.at, &moment.nodes);
                probes.calm.set(moment.events);
                probes.asked = Some(moment);
            }
            let Some(probing) = &mut probes.under_way else { continue };
            if !probing.advance(history, SLICE) {
                return Vec::new();
            }
            let found = Found { at: probing.at(), ports: probing.ports().to_vec() };
            probes.under_way = None;
            probes.found = Some(found);
            return vec![Topic::Probed];
        }
        Vec::new()
    }

    /// The moment of a run that should be asked about and is not.
    fn moment_to_ask(&self, loaded: &Loaded) -> Option<Moment> {
        if !self.touched {
            return None;
        }
        let (run, probes) = (&loaded.run, &loaded.probes);
        run.world().cast().entry.probe?;
        let edition = loaded.edition;
        let nodes = self.asked_nodes(run);
        // Nobody is asked, and nothing is shown that was found before.
        if nodes.is_empty() && probes.found.as_ref().is_none_or(|found| found.ports.is_empty()) {
            return None;
        }
        let here = Moment { edition, events: run.cursor(), at: run.at(), nodes };
        let stands = |asked: &Moment| match self.playback.playing {
            true => probes.outlasts(asked, &here, run.trace()),
            false => *asked == here,
        };
        (!probes.asked.as_ref().is_some_and(stands)).then_some(here)
    }

    /// Those who are asked.
    fn asked_nodes(&self, run: &Run) -> Vec<Id> {
        let mut nodes = servers(run.world());
        if nodes.len() > FEW {
            let moves = self.playback.playing;
            nodes.retain(|id| !moves && self.selection.contains(&Thing::Node(*id)));
            nodes.truncate(1);
        }
        nodes
    }
}

impl Probes {
    /// Whether what was asked while time passes need not be asked anew yet: nothing was done to the
    /// world since, and roles are as they were.
    fn outlasts(&self, asked: &Moment, here: &Moment, trace: &Trace) -> bool {
        let same = asked.edition == here.edition && asked.nodes == here.nodes;
        if !same || here.events < asked.events {
            return false;
        }
        let calm = self.calm.get().max(asked.events);
        let stirred = (calm..here.events).any(|event| stirs(trace, event));
        if !stirred {
            self.calm.set(calm.max(here.events));
        }
        !stirred
    }
}

/// Whether an event is a fault, the end of one, or a change of role.
fn stirs(trace: &Trace, event: u32) -> bool {
    let record = trace.events.get(event as usize);
    let acts = record
        .is_some_and(|record| matches!(record.what, What::Act { .. } | What::Boot | What::Resume));
    let from = trace.facts.partition_point(|change| change.event < event);
    let mut changes = trace.facts.iter_from(from).take_while(|change| change.event == event);
    acts || changes.any(|change| matches!(change.fact, Fact::Role { .. }))
}
