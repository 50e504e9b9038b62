//! The order of functions in which they compress well: each behind those that have most of it
//! already.

use super::names::hash;

/// A function is known by the runs of so many bytes that it holds,
const RUN: usize = 4;
/// of which each sets one of so many bits.
const N_BITS: usize = 1 << 15;
/// How many of the last functions the next one is compared with.
const N_LAST: usize = 3;

/// The places of the bodies in their new order. The first stays the first.
pub fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let known: Vec<Runs> = bodies.iter().map(|body| Runs::of(body)).collect();
    let mut left: Vec<usize> = (0..bodies.len()).collect();
    let mut order: Vec<usize> = Vec::new();
    while !left.is_empty() {
        let mut last = Runs::of(&[]);
        order.iter().rev().take(N_LAST).for_each(|place| last.add(&known[*place]));
        // Of those that are equally near, the one that stood first.
        let share = |at: &usize| known[left[*at]].share_in(&last);
        let next = (0..left.len()).rev().max_by_key(share).unwrap_or(0);
        order.push(left.remove(next));
    }
    order
}

struct Runs {
    bits: Vec<u64>,
    n_set: u64,
}

impl Runs {
    fn of(body: &[u8]) -> Runs {
        let mut bits = vec![0; N_BITS / 64];
        for run in body.windows(RUN) {
            let hash = hash(run);
            let bit = (hash ^ (hash >> 15)) as usize % N_BITS;
            bits[bit / 64] |= 1 << (bit % 64);
        }
        let n_set = bits.iter().map(|word: &u64| u64::from(word.count_ones())).sum();
        Runs { bits, n_set }
    }

    fn add(&mut self, other: &Runs) {
        for (word, more) in self.bits.iter_mut().zip(&other.bits) {
            *word |= more;
        }
    }

    /// How much of this is in the other, in millionths.
    fn share_in(&self, other: &Runs) -> u64 {
        let words = self.bits.iter().zip(&other.bits);
        let n_both: u64 = words.map(|(a, b)| u64::from((a & b).count_ones())).sum();
        n_both * 1_000_000 / (self.n_set + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_comes_together_and_nothing_is_lost() {
        let bodies: [&[u8]; 5] = [
            b"a function of the first kind, with 1",
            b"others look quite unlike that 1",
            b"a function of the first kind, with 2",
            b"others look quite unlike that 2",
            b"a function of the first kind",
        ];
        assert_eq!(order(&bodies), [0, 4, 2, 1, 3]);
        assert_eq!(order(&[]), [0; 0]);
    }
}
