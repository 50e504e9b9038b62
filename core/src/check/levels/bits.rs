//! Sets of small numbers.

use alloc::vec;
use alloc::vec::Vec;

/// A set of numbers below a limit that it grows to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// The numbers below `n`.
    pub fn below(n: usize) -> Bits {
        let mut words = vec![u64::MAX; n / 64];
        words.push((1 << (n % 64)) - 1);
        Bits(words)
    }

    /// Puts `n` in.
    pub fn insert(&mut self, n: usize) {
        if self.0.len() <= n / 64 {
            self.0.resize(n / 64 + 1, 0);
        }
        self.0[n / 64] |= 1 << (n % 64);
    }

    /// Takes `n` out.
    pub fn remove(&mut self, n: usize) {
        if let Some(word) = self.0.get_mut(n / 64) {
            *word &= !(1 << (n % 64));
        }
    }

    /// Whether `n` is in.
    pub fn contains(&self, n: usize) -> bool {
        self.word(n / 64) >> (n % 64) & 1 == 1
    }

    /// Puts in what is in `other`; says whether anything was new.
    pub fn absorb(&mut self, other: &Bits) -> bool {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut grown = false;
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            grown |= *more & !*word != 0;
            *word |= more;
        }
        grown
    }

    /// What is in both.
    pub fn common(&self, other: &Bits) -> Bits {
        Bits(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    /// Whether all of it is in `other`.
    pub fn within(&self, other: &Bits) -> bool {
        self.0.iter().enumerate().all(|(place, word)| word & !other.word(place) == 0)
    }

    /// The numbers in it, from the highest.
    pub fn descending(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().rev().flat_map(|(place, &word)| {
            let mut rest = word;
            core::iter::from_fn(move || {
                let highest = rest.checked_ilog2()?;
                rest &= !(1 << highest);
                Some(64 * place + highest as usize)
            })
        })
    }

    fn word(&self, place: usize) -> u64 {
        self.0.get(place).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_numbers_keeps_them_in_order() {
        let mut odd = Bits::default();
        for n in [129, 1, 63, 65] {
            odd.insert(n);
        }
        assert_eq!(odd.descending().collect::<Vec<_>>(), [129, 65, 63, 1]);
        odd.remove(65);
        assert!(odd.contains(63) && !odd.contains(65) && !odd.contains(1000));
        assert_eq!(odd.common(&Bits::below(64)).descending().collect::<Vec<_>>(), [63, 1]);
        assert!(!odd.within(&Bits::below(129)) && odd.within(&Bits::below(130)));
        let mut all = Bits::below(64);
        assert!(all.absorb(&odd));
        assert!(!all.absorb(&odd));
        assert_eq!(all.descending().count(), 65);
    }
}
