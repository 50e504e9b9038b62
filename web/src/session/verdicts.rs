//! The lamps over the run that is loaded: folds that follow the recording.

use std::cell::RefCell;

use netsplit_core::check::lamps::Lamps;

use super::model::Loaded;

/// The lamps of one edition of the script.
#[derive(Default)]
pub struct Verdicts(RefCell<Option<(u32, Lamps)>>);

impl Loaded {
    /// Looks at the lamps, which have taken in everything that is recorded.
    pub fn with_lamps<R>(&self, look: impl FnOnce(&Lamps) -> R) -> R {
        let mut kept = self.verdicts.0.borrow_mut();
        let (_, mut lamps) = kept
            .take()
            .filter(|(edition, _)| *edition == self.edition)
            .unwrap_or_else(|| (self.edition, Lamps::new(self.run.world().cast().clone())));
        let trace = self.run.trace();
        lamps.extend(trace, trace.events.len() as u32, self.run.is_complete());
        let seen = look(&lamps);
        *kept = Some((self.edition, lamps));
        seen
    }
}
