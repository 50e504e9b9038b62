//! Which functions are called by their slot in the table, and by whom.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Where the linker put slots.
pub struct Pointers {
    /// Slots that code names.
    pub in_code: BTreeSet<u32>,
    /// Slots that data holds, by their address.
    pub in_data: BTreeMap<u32, u32>,
}

impl Pointers {
    /// The slots that nothing of the first module names before the rest is here: they stand in
    /// constants that wait, or in code whose `numbers` are not these. What the linker has not put
    /// somewhere is not among them.
    pub fn silent(&self, waiting: &[Range<u32>], numbers: &BTreeSet<u32>) -> BTreeSet<u32> {
        let waits = |address: u32| waiting.iter().any(|range| range.contains(&address));
        let (away, here): (Vec<_>, Vec<_>) =
            self.in_data.iter().partition(|(address, _)| waits(**address));
        let here: BTreeSet<u32> = here.into_iter().map(|(_, slot)| *slot).collect();
        let named = away.into_iter().map(|(_, slot)| slot).chain(&self.in_code);
        named.filter(|slot| !here.contains(slot) && !numbers.contains(slot)).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_silent_when_only_the_rest_names_it() {
        let pointers = Pointers {
            in_code: [1, 2].into(),
            in_data: [(100, 3), (104, 4), (200, 4), (108, 1), (112, 5)].into(),
        };
        let numbers = BTreeSet::from([2, 5, 77]);
        let waiting = Range { start: 100, end: 120 };
        assert_eq!(pointers.silent(&[waiting], &numbers), BTreeSet::from([1, 3]));
    }
}
