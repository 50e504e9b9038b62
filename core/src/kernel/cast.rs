//! Who takes part in a run.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::limits;
use crate::base::{Id, Str, Value};
use crate::knob::Knobs;
use crate::machine::Entry;
use crate::protocol::{Given, Part, Role, Setup};
use crate::scenario::ast::Scenario;

/// Who takes part, and what they are called. Never changes during a run.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The registry's line of the system.
    pub entry: &'static Entry,
    /// The system's roles and its settings at the beginning.
    pub setup: Setup,
    /// What scripts call the participants: roles first, then kernel clients.
    pub names: Vec<Str>,
    /// Where each stands in the weather.
    places: Vec<u16>,
    /// What logs held before the first boot: key and value, each once. No client of the history
    /// wrote it.
    pub given: Vec<(Str, Value)>,
}

impl Cast {
    /// Who takes part in `scenario`.
    pub fn of(scenario: &Scenario) -> Cast {
        let system = &scenario.system;
        let mut knobs = Knobs::defaults(system.entry.knobs);
        for &(node, key, setting) in &system.settings {
            if node.is_none() {
                knobs.set(key, setting);
            }
        }
        let roles = (system.entry.topology)(&knobs);
        let mut names: Vec<Str> = roles.iter().map(|role| role.name.clone()).collect();
        names.extend((1..=system.clients).map(|n| Str::from(alloc::format!("c{n}"))));
        names.truncate(limits::PARTICIPANTS);
        let places = places(&roles, names.len());
        let setup = Setup { roles: Rc::new(roles), knobs };
        Cast { entry: system.entry, setup, names, places, given: given_data(scenario) }
    }

    /// How many roles the system has; the kernel's clients come after them.
    pub fn n_roles(&self) -> usize {
        self.setup.roles.len()
    }

    /// Whether `id` is a role of the system.
    pub fn is_role(&self, id: Id) -> bool {
        id.index() < self.n_roles()
    }

    /// Whether a client asks whom a script names, and has sessions that a script ends: the kernel's
    /// own do.
    pub fn is_directed(&self, client: Id) -> bool {
        !self.is_role(client) || self.entry.directed
    }

    /// The participant of this name.
    pub fn find(&self, name: &str) -> Option<Id> {
        self.names.iter().position(|known| &**known == name).map(Id::at)
    }

    /// What `id` is called.
    pub fn name(&self, id: Id) -> &str {
        self.names.get(id.index()).map_or("?", |name| name)
    }

    /// Where `id` stands in the weather: a node by its place among all, a client by its place among
    /// the clients. So panes of two systems have one weather, however many nodes each has, and
    /// whether the clients are roles or the kernel's.
    pub fn place(&self, id: Id) -> u16 {
        self.places.get(id.index()).copied().unwrap_or(id.0)
    }

    /// Every participant in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id> + use<> {
        (0..self.names.len()).map(Id::at)
    }
}

/// Behind every node.
const CLIENTS: u16 = 1 << 10;

fn places(roles: &[Role], n: usize) -> Vec<u16> {
    let mut next_client = CLIENTS;
    let mut place = |(at, is_client): (usize, bool)| {
        if !is_client {
            return Id::at(at).0;
        }
        next_client += 1;
        next_client - 1
    };
    let clients = roles.iter().map(|role| role.part == Part::Client);
    let clients = clients.chain(core::iter::repeat(true)).take(n);
    clients.enumerate().map(&mut place).collect()
}

/// The data in the logs that a scenario puts onto disks.
fn given_data(scenario: &Scenario) -> Vec<(Str, Value)> {
    let mut data = Vec::new();
    for (_, _, given) in &scenario.given {
        let Given::Entries(entries) = given else { continue };
        for (_, key, value) in entries.iter().filter(|(_, key, _)| !key.is_empty()) {
            let datum = (key.clone(), value.clone());
            if !data.contains(&datum) {
                data.push(datum);
            }
        }
    }
    data
}
