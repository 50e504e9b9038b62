//! A hash table of numbers, for what a search remembers by the hundred thousand.

use alloc::vec;
use alloc::vec::Vec;

use crate::base::mix;

/// No value.
const EMPTY: u64 = u64::MAX;

/// Values by key; a key may have several.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// As many as a power of two, at most half of them used.
    slots: Vec<(u64, u64)>,
    len: usize,
}

impl Default for Table {
    fn default() -> Table {
        Table { slots: vec![(0, EMPTY); 64], len: 0 }
    }
}

impl Table {
    /// The first value of `key` that is the one sought.
    pub fn find(&self, key: u64, is_it: impl Fn(u64) -> bool) -> Option<u64> {
        let mut place = self.home(key);
        loop {
            let (other, value) = self.slots[place];
            if value == EMPTY {
                return None;
            }
            if other == key && is_it(value) {
                return Some(value);
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
    }

    /// Adds a value, which must not be `u64::MAX`.
    pub fn insert(&mut self, key: u64, value: u64) {
        debug_assert_ne!(value, EMPTY);
        self.len += 1;
        if 2 * self.len > self.slots.len() {
            let doubled = vec![(0, EMPTY); 2 * self.slots.len()];
            let old = core::mem::replace(&mut self.slots, doubled);
            old.into_iter().filter(|slot| slot.1 != EMPTY).for_each(|slot| self.put(slot));
        }
        self.put((key, value));
    }

    fn put(&mut self, slot: (u64, u64)) {
        let mut place = self.home(slot.0);
        while self.slots[place].1 != EMPTY {
            place = (place + 1) & (self.slots.len() - 1);
        }
        self.slots[place] = slot;
    }

    fn home(&self, key: u64) -> usize {
        mix(key) as usize & (self.slots.len() - 1)
    }
}
