//! Chance of a search: a row of numbers that is the same for the same seed. The runs that are tried
//! have weather of their own.

use crate::base::mix;

/// A row of numbers (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The row of `seed`.
    pub fn new(seed: u64) -> Dice {
        Dice(mix(seed ^ 0x6578_706c_6f72_6572))
    }

    /// A number below `n`; 0 when `n` is.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        ((u128::from(mix(self.0)) * u128::from(n)) >> 64) as u64
    }

    /// A number from `low` to `high`, both included; `low` when there is nothing between.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// Whether something happens that happens `n` times of ten.
    pub fn of_ten(&mut self, n: u64) -> bool {
        self.below(10) < n
    }

    /// One of `items`, which must not be empty.
    pub fn one<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u64) as usize]
    }
}
