//! The milestones of the recording, found once.

use std::cell::RefCell;

use netsplit_core::base::Time;
use netsplit_core::rule::Weight;
use netsplit_core::run::Run;

use super::model::Loaded;

/// More milestones than that are a solid line on any rail.
const KEPT: usize = 400;

/// The milestones of one edition of the script, as far as it is recorded.
#[derive(Default)]
pub struct Notable(RefCell<Kept>);

#[derive(Default)]
struct Kept {
    edition: u32,
    /// How many firings were looked at.
    seen: usize,
    times: Vec<Time>,
}

impl Loaded {
    /// Looks at the instants of milestones, in order.
    pub fn with_milestones<R>(&self, look: impl FnOnce(&[Time]) -> R) -> R {
        let mut kept = self.notable.0.borrow_mut();
        if kept.edition != self.edition {
            *kept = Kept { edition: self.edition, ..Kept::default() };
        }
        kept.extend(&self.run);
        look(&kept.times)
    }
}

impl Kept {
    fn extend(&mut self, run: &Run) {
        let trace = run.trace();
        for (place, fired) in trace.fired.iter_from(self.seen).enumerate() {
            if fired.rule.weight != Weight::Milestone || self.times.len() >= KEPT {
                continue;
            }
            let firing = (self.seen + place) as u32;
            let event = trace.events.partition_point(|event| event.fired <= firing);
            let at = trace.events.get(event.saturating_sub(1)).map_or(Time::ZERO, |event| event.at);
            if self.times.last() != Some(&at) {
                self.times.push(at);
            }
        }
        self.seen = trace.fired.len();
    }
}
