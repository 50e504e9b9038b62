//! What a randomised run is drawn for: who takes part, when faults may happen, and when they end.

use alloc::vec::Vec;

use super::bounds::Bounds;
use super::property::Wanted;
use crate::base::{Id, Span, Time};
use crate::kernel::Cast;
use crate::kernel::action::Action;
use crate::machine::Entry;
use crate::op::OpSpec;
use crate::protocol::Part;
use crate::scenario::Scenario;

/// What is the same for all runs that are tried.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The scenario that faults and operations are added to.
    pub base: Scenario,
    /// Its system.
    pub entry: &'static Entry,
    /// The budget.
    pub bounds: Bounds,
    /// Those that serve.
    pub servers: Vec<Id>,
    /// Who may fail: those that serve, and clients that are roles of the system.
    pub mortal: Vec<Id>,
    /// Those that may serve once they are started.
    pub spares: Vec<Id>,
    /// Whether clocks are read, so that timers must run out when they do.
    pub reads_clocks: bool,
    /// Whether operations are drawn; otherwise the scenario has its own.
    pub asks: bool,
    /// When the faults end.
    pub calm: Time,
    /// Whether somebody may stay down, or cut off, when the faults have ended.
    pub failures_last: bool,
    /// Whether faults may come when a rule fires, whenever that is.
    pub surprises: bool,
    cast: Cast,
}

impl Plan {
    /// For runs of `base` within `bounds`.
    pub fn new(base: Scenario, bounds: Bounds, wanted: &Wanted) -> Plan {
        let cast = Cast::of(&base);
        let roles = || cast.setup.roles.iter().enumerate();
        let with = |wanted: fn(Part) -> bool| -> Vec<Id> {
            let roles = roles().filter(|(_, role)| wanted(role.part) && !role.spare);
            roles.map(|(place, _)| Id::at(place)).collect()
        };
        Plan {
            entry: base.system.entry,
            servers: with(|part| matches!(part, Part::Peer | Part::Service)),
            mortal: with(|part| part != Part::Resource),
            spares: roles()
                .filter(|(_, role)| role.spare)
                .map(|(place, _)| Id::at(place))
                .collect(),
            reads_clocks: (base.system.entry.reads_clocks)(&cast.setup.knobs),
            asks: !base.lines.iter().any(|line| matches!(line.action, Action::Ask(_))),
            calm: Time(base.system.end.0 * 6 / 10),
            failures_last: wanted.leaves_failures(),
            surprises: !wanted.needs_calm(base.system.entry),
            base,
            bounds,
            cast,
        }
    }

    /// Who asks.
    pub fn clients(&self) -> Vec<Id> {
        let asks = |id: &Id| match self.cast.setup.roles.get(id.index()) {
            Some(role) => role.part == Part::Client,
            None => true,
        };
        self.cast.ids().filter(asks).collect()
    }

    /// What clients may be told to ask: what the system names for that, or else everything.
    pub fn operations(&self) -> impl Iterator<Item = &'static OpSpec> + '_ {
        let asked =
            |spec: &&OpSpec| self.entry.asked.is_empty() || self.entry.asked.contains(&spec.verb);
        self.entry.ops.iter().filter(asked)
    }

    /// Everybody.
    pub fn everybody(&self) -> Vec<Id> {
        self.cast.ids().collect()
    }

    /// Whether it is a role of the system.
    pub fn is_role(&self, id: Id) -> bool {
        self.cast.is_role(id)
    }

    /// Whether a client asks whom a script names.
    pub fn is_directed(&self, id: Id) -> bool {
        self.cast.is_directed(id)
    }

    /// Whether all that serve are equals, of whom a majority is enough.
    pub fn has_majorities(&self) -> bool {
        let part = |id: &Id| self.cast.setup.roles[id.index()].part;
        self.servers.len() > 2 && self.servers.iter().all(|id| part(id) == Part::Peer)
    }

    /// When something is asked that the calm must answer.
    pub fn asked_again(&self) -> Time {
        self.calm + Span((self.base.system.end.0 - self.calm.0) / 3)
    }
}
