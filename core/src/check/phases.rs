//! Who was up when.

use alloc::vec::Vec;

use crate::base::Id;
use crate::kernel::{Cast, Phase};
use crate::run::trace::PhaseRecord;

/// Whether each participant runs, as the trace says, from event to event.
#[derive(Clone, Debug)]
pub struct Phases {
    now: Vec<Phase>,
    /// How many records were taken in.
    taken: usize,
}

impl Phases {
    /// Before the first event: kernel clients are up, roles have not started.
    pub fn new(cast: &Cast) -> Phases {
        let first = |id| if cast.is_role(id) { Phase::New } else { Phase::Up };
        Phases { now: cast.ids().map(first).collect(), taken: 0 }
    }

    /// The next change, if it happened in the first `events` events.
    pub fn peek<'a>(&self, records: &'a [PhaseRecord], events: u32) -> Option<&'a PhaseRecord> {
        records.get(self.taken).filter(|record| record.event < events)
    }

    /// Takes in the next change if it happened in the first `events` events.
    pub fn advance<'a>(
        &mut self,
        records: &'a [PhaseRecord],
        events: u32,
    ) -> Option<&'a PhaseRecord> {
        let record = self.peek(records, events)?;
        self.taken += 1;
        self.now[record.node.index()] = record.phase;
        Some(record)
    }

    /// Whether `id` runs.
    pub fn of(&self, id: Id) -> Phase {
        self.now[id.index()]
    }
}
