//! How many are enough, counted in one place.
//!
//! A majority of a set overlaps every other majority of it; a joint majority overlaps the
//! majorities of both of its sets. All safety arguments of consensus rest on these two sentences.

use alloc::vec::Vec;

use crate::base::{Id, IdSet};

/// How many of `n` are a majority.
pub const fn majority(n: usize) -> usize {
    n / 2 + 1
}

/// Whether a majority of `of` says yes. Nobody is no majority of nobody.
pub fn majority_holds(of: &IdSet, mut yes: impl FnMut(Id) -> bool) -> bool {
    of.iter().filter(|&id| yes(id)).count() >= majority(of.len())
}

/// The largest number that a majority of `of` has reached; 0 for nobody.
pub fn majority_reached(of: &IdSet, at: impl FnMut(Id) -> u64) -> u64 {
    let reached: Vec<u64> = of.iter().map(at).collect();
    let by_majority = |n: &u64| reached.iter().filter(|at| *at >= n).count() >= majority(of.len());
    reached.iter().copied().filter(by_majority).max().unwrap_or(0)
}

/// Whether majorities of both sets say yes (Raft §6: joint consensus).
pub fn joint_holds(old: &IdSet, new: &IdSet, mut yes: impl FnMut(Id) -> bool) -> bool {
    majority_holds(old, &mut yes) && majority_holds(new, &mut yes)
}

/// The largest number that majorities of both sets have reached.
pub fn joint_reached(old: &IdSet, new: &IdSet, mut at: impl FnMut(Id) -> u64) -> u64 {
    majority_reached(old, &mut at).min(majority_reached(new, &mut at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(bits: u32) -> IdSet {
        (0..6).filter(|n| bits >> n & 1 == 1).map(Id).collect()
    }

    /// The dumb twin: tries every number that somebody has reached.
    fn reached_by_trying(of: &IdSet, at: &[u64; 6]) -> u64 {
        let enough = |&n: &u64| 2 * of.iter().filter(|id| at[id.index()] >= n).count() > of.len();
        (0..=9).rev().find(enough).unwrap_or(0)
    }

    #[test]
    fn two_majorities_of_a_set_overlap() {
        for of in 0..64 {
            let set = ids(of);
            for a in (0..64).filter(|a| majority_holds(&set, |id| a >> id.0 & 1 == 1)) {
                for b in (0..64).filter(|b| majority_holds(&set, |id| b >> id.0 & 1 == 1)) {
                    assert_ne!(a & b & of, 0, "{of:b}: {a:b} and {b:b}");
                }
            }
        }
    }

    #[test]
    fn what_is_reached_agrees_with_trying() {
        let mut draw = 1;
        for _ in 0..500 {
            draw = crate::base::mix(draw);
            let at: [u64; 6] = core::array::from_fn(|n| draw >> (4 * n) & 7);
            for old in 0..64 {
                let old = ids(old);
                let dumb = reached_by_trying(&old, &at);
                assert_eq!(majority_reached(&old, |id| at[id.index()]), dumb);
                let new = ids((draw >> 40 & 63) as u32);
                let both = dumb.min(reached_by_trying(&new, &at));
                assert_eq!(joint_reached(&old, &new, |id| at[id.index()]), both);
                let holds = joint_holds(&old, &new, |id| at[id.index()] >= 4);
                let no_one_missing = !old.is_empty() && !new.is_empty();
                assert_eq!(holds, no_one_missing && both >= 4);
            }
        }
    }

    #[test]
    fn three_of_five_and_three_of_four() {
        assert_eq!([1, 2, 3, 4, 5, 9].map(majority), [1, 2, 2, 3, 3, 5]);
    }
}
