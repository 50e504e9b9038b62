//! What runs side by side have cost and kept, and where they begin to differ: folds that follow the
//! recordings.

use std::cell::RefCell;

use netsplit_core::check::evidence::Evidence;
use netsplit_core::compare::{Divergence, Fork, Tallies, Tally};

use super::model::{Loaded, Model};

/// The counts of one edition of the script.
#[derive(Default)]
pub struct Counts(RefCell<Option<(u32, Tallies)>>);

/// The first difference of one edition of each pane's script.
#[derive(Default)]
pub struct Difference(RefCell<(Vec<u32>, Fork)>);

impl Loaded {
    /// What the run has cost and kept where one looks.
    pub fn tally(&self) -> Tally {
        let mut kept = self.counts.0.borrow_mut();
        let (_, mut tallies) = kept
            .take()
            .filter(|(edition, _)| *edition == self.edition)
            .unwrap_or_else(|| (self.edition, Tallies::new(self.run.world().cast().clone())));
        tallies.extend(&self.run);
        let tally = tallies.at(&self.run);
        *kept = Some((self.edition, tallies));
        tally
    }
}

impl Model {
    /// Where the panes first differ, as far as all of them are recorded.
    pub fn divergence(&self) -> Option<Divergence> {
        if self.compares() { self.seek_divergence() } else { None }
    }

    #[inline(never)]
    fn seek_divergence(&self) -> Option<Divergence> {
        let panes: Vec<&Loaded> = self.panes().collect();
        let editions: Vec<u32> = panes.iter().map(|pane| pane.edition).collect();
        let evidence: Vec<Evidence> = panes.iter().map(|pane| Evidence::of(&pane.run)).collect();
        let all: Option<Vec<_>> = panes.iter().map(|pane| pane.run.recorded()).collect();
        let until = all?.into_iter().min()?;
        let mut kept = self.difference.0.borrow_mut();
        if kept.0 != editions {
            *kept = (editions, Fork::default());
        }
        kept.1.extend(&evidence, until);
        kept.1.found().cloned()
    }
}
