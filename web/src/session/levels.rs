//! What is left of consistency where linearizability broke: found once a recording, a level a
//! slice.

use netsplit_core::check::levels::Standing;
use netsplit_core::check::linearizable::System;

use super::model::{Loaded, Model};
use super::watch::Topic;

/// The levels of one edition of the script.
#[derive(Default)]
pub struct Levels(Option<Climb>);

struct Climb {
    edition: u32,
    /// How many events the recording had.
    events: u32,
    standing: Standing,
    done: bool,
}

impl Loaded {
    /// What is known of every level of the whole recording; `None` while that is sought, and where
    /// nothing broke.
    pub fn levels(&self) -> Option<&Standing> {
        self.climb().filter(|climb| climb.done).map(|climb| &climb.standing)
    }

    fn climb(&self) -> Option<&Climb> {
        self.levels.0.as_ref().filter(|climb| climb.edition == self.edition)
    }
}

impl Model {
    /// Whether levels are to be looked at: linearizability broke in what is recorded.
    pub(super) fn has_levels(&self) -> bool {
        let Some(loaded) = &self.loaded else { return false };
        match loaded.climb() {
            Some(climb) => !climb.done,
            None => !self.records_ahead() && loaded.with_lamps(|lamps| lamps.fault().is_some()),
        }
    }

    /// Looks at the next level.
    #[inline(never)]
    pub(super) fn climb(&mut self) -> Vec<Topic> {
        let Some(loaded) = &mut self.loaded else { return Vec::new() };
        let (run, edition) = (&loaded.run, loaded.edition);
        let (system, history) = (System::of(run.world().cast()), &run.trace().history);
        let kept = loaded.levels.0.take().filter(|climb| climb.edition == edition);
        let mut climb = kept.unwrap_or_else(|| {
            let events = run.trace().events.len() as u32;
            Climb { edition, events, standing: Standing::new(history, events), done: false }
        });
        climb.done = climb.standing.advance(&system, history, climb.events);
        let done = climb.done;
        loaded.levels.0 = Some(climb);
        if done { vec![Topic::Probed] } else { Vec::new() }
    }
}
