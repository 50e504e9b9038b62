//! What is the same in every state of a search: who takes part, what clients will ask, the budget.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::symmetry::Symmetry;
use super::watch::Watch;
use crate::base::Id;
use crate::explore::bounds::{Bound, Bounds};
use crate::explore::property::Wanted;
use crate::explore::random::instant;
use crate::explore::refusal::Refusal;
use crate::kernel::Cast;
use crate::kernel::action::{Action, DiskMode, Target};
use crate::knob::Knobs;
use crate::op::Op;
use crate::protocol::{Links, TimerKey};
use crate::scenario::Scenario;

/// What is the same in every state of a search.
pub struct Scope {
    /// The scenario that it is about.
    pub base: Scenario,
    /// Who takes part.
    pub cast: Rc<Cast>,
    /// The settings of each role.
    pub knobs: Vec<Knobs>,
    /// What clients ask, each in its order.
    pub asks: Vec<Asked>,
    /// How far to go.
    pub bounds: Bounds,
    /// What is watched.
    pub watch: Watch,
    /// Whether messages of one link arrive in the order of sending.
    pub fifo: bool,
    /// Who is interchangeable.
    pub symmetry: Symmetry,
    /// Whether states are left out that show nothing new.
    pub reduces: bool,
}

/// An operation that a client will ask. Its place in the list is its number.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Who asks.
    pub client: Id,
    /// Whom, if the script names somebody.
    pub via: Option<Id>,
    /// What.
    pub op: Rc<Op>,
    /// How many of the client's come before it.
    pub nth: u8,
}

/// What can happen next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    /// The client of this operation asks it.
    Ask(u8),
    /// The message at this place arrives.
    Deliver(u16),
    /// It arrives, and stays in flight too.
    Duplicate(u16),
    /// It is lost.
    Lose(u16),
    /// A timer runs out.
    Timeout(Id, TimerKey),
    /// A process crashes.
    Crash(Id),
    /// It restarts from its disk.
    Restart(Id),
}

impl Scope {
    /// The scope of `base` within `bounds`.
    ///
    /// # Errors
    ///
    /// Where time cannot be left out of it, or where it says more than operations.
    pub fn new(base: Scenario, wanted: &Wanted, bounds: Bounds) -> Result<Scope, Refusal> {
        let system = &base.system;
        let cast = Rc::new(Cast::of(&base));
        let knobs = knobs(&base, &cast);
        if knobs.iter().any(|knobs| (system.entry.reads_clocks)(knobs)) {
            return Err(Refusal::ReadsClocks(system.entry.id));
        }
        if system.disk != DiskMode::Sync(crate::base::Span::ZERO) {
            return Err(Refusal::HasFaults);
        }
        let asks = asks(&base)?;
        let watch = Watch::of(wanted, &cast)?;
        let symmetry = Symmetry::new(&cast, &asks, &base);
        let fifo = system.entry.links == Links::Fifo;
        let reduces = true;
        Ok(Scope { base, cast, knobs, asks, bounds, watch, fifo, symmetry, reduces })
    }

    /// The same without reductions: every state is counted.
    pub fn whole(mut self) -> Scope {
        self.reduces = false;
        self.symmetry = Symmetry::default();
        self
    }

    /// How much of a budget there is.
    pub fn most(&self, bound: Bound) -> u32 {
        self.bounds.get(bound)
    }

    /// Whether a participant that serves may crash.
    pub fn is_mortal(&self, id: Id) -> bool {
        use crate::protocol::Part;
        let part = self.cast.setup.roles.get(id.index()).map(|role| role.part);
        matches!(part, Some(Part::Peer | Part::Service))
    }
}

fn knobs(base: &Scenario, cast: &Cast) -> Vec<Knobs> {
    let mut all: Vec<Knobs> = (0..cast.n_roles()).map(|_| cast.setup.knobs.clone()).collect();
    for &(node, key, setting) in &base.system.settings {
        if let Some(knobs) = node.and_then(|node| all.get_mut(node.index())) {
            knobs.set(key, setting);
        }
    }
    all
}

/// What the lines of a scenario ask, in the order of time. Spares are started from the beginning.
fn asks(base: &Scenario) -> Result<Vec<Asked>, Refusal> {
    let mut lines: Vec<_> = base.lines.iter().collect();
    crate::base::sort_by_key(&mut lines, |line| instant(line));
    let mut asks: Vec<Asked> = Vec::new();
    for line in lines {
        let ask = match &line.action {
            Action::Ask(ask) => ask,
            Action::Restart(_) => continue,
            _ => return Err(Refusal::HasFaults),
        };
        let Target::Node(client) = ask.client else { return Err(Refusal::HasFaults) };
        let via = match ask.via.first() {
            None => None,
            Some(Target::Node(id)) => Some(*id),
            Some(Target::Role(_)) => return Err(Refusal::HasFaults),
        };
        let nth = asks.iter().filter(|other| other.client == client).count() as u8;
        asks.push(Asked { client, via, op: Rc::new(ask.op.clone()), nth });
    }
    // The past of an operation is a set of operations in one word.
    if asks.len() > 60 { Err(Refusal::HasFaults) } else { Ok(asks) }
}
