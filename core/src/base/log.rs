//! A replicated log as a value: cheap to copy, cheap to compare.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::hash_of;

const PIECE: u64 = 32;

/// A log with indexes from 1, as the papers count. A prefix may have been compacted away; what
/// remains is held in shared pieces, so that a copy costs O(1). Each entry carries the hash of the
/// log up to it, so that two logs are compared, and the place where they part is found, without
/// looking at every entry.
#[derive(Clone)]
pub struct Log<T> {
    /// Every entry up to here was compacted away.
    base: u64,
    base_hash: u64,
    /// Entries `base + 1 ..`; every piece but the last is full.
    pieces: Rc<Vec<Rc<Piece<T>>>>,
    len: u64,
}

type Piece<T> = Vec<(T, u64)>;

impl<T> Default for Log<T> {
    fn default() -> Self {
        Log { base: 0, base_hash: 0, pieces: Rc::default(), len: 0 }
    }
}

impl<T: Clone + Hash> Log<T> {
    /// The index of the last entry; 0 when there never was one.
    pub fn last_index(&self) -> u64 {
        self.base + self.len
    }

    /// The index of the first entry that is still held; one more than `last_index` when none is.
    pub fn first_index(&self) -> u64 {
        self.base + 1
    }

    /// Whether no entry is held.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The entry at `index`, unless compacted away or not there yet.
    pub fn get(&self, index: u64) -> Option<&T> {
        self.cell(index).map(|cell| &cell.0)
    }

    /// The last entry, unless compacted away.
    pub fn last(&self) -> Option<&T> {
        self.get(self.last_index())
    }

    /// Appends `entry`.
    pub fn push(&mut self, entry: T) {
        let hash = hash_of(self.prefix_hash(self.last_index()), &entry);
        let pieces = Rc::make_mut(&mut self.pieces);
        if self.len.is_multiple_of(PIECE) {
            pieces.push(Rc::new(Vec::with_capacity(PIECE as usize)));
        }
        if let Some(piece) = pieces.last_mut() {
            Rc::make_mut(piece).push((entry, hash));
        }
        self.len += 1;
    }

    /// Removes `index` and all that follow it. What was compacted away stays so.
    pub fn truncate_from(&mut self, index: u64) {
        let keep = index.saturating_sub(self.base + 1);
        if keep >= self.len {
            return;
        }
        let pieces = Rc::make_mut(&mut self.pieces);
        pieces.truncate(keep.div_ceil(PIECE) as usize);
        if let (Some(piece), 1..) = (pieces.last_mut(), keep % PIECE) {
            Rc::make_mut(piece).truncate((keep % PIECE) as usize);
        }
        self.len = keep;
    }

    /// Forgets every entry up to and including `index`, keeping the hash of the prefix.
    pub fn compact_to(&mut self, index: u64) {
        if index <= self.base || index > self.last_index() {
            return;
        }
        let mut rest = Log { base: index, base_hash: self.prefix_hash(index), ..Log::default() };
        for entry in self.range(index + 1, self.last_index()) {
            rest.push(entry.clone());
        }
        *self = rest;
    }

    /// An empty log that begins after `index`, as a follower has it that was sent a snapshot.
    pub fn after_snapshot(index: u64, prefix_hash: u64) -> Log<T> {
        Log { base: index, base_hash: prefix_hash, ..Log::default() }
    }

    /// The entries `from ..= to` that are held.
    pub fn range(&self, from: u64, to: u64) -> impl DoubleEndedIterator<Item = &T> + '_ {
        let from = from.max(self.first_index());
        let to = to.min(self.last_index());
        (from..=to).filter_map(|index| self.get(index))
    }

    /// The hash of the entries up to and including `index`, which must not lie before the base.
    pub fn prefix_hash(&self, index: u64) -> u64 {
        self.cell(index).map_or(self.base_hash, |cell| cell.1)
    }

    /// The last index up to which both logs hold the same entries; the later base where one
    /// has compacted further than that.
    pub fn common_prefix(&self, other: &Log<T>) -> u64 {
        let mut low = self.base.max(other.base);
        let mut high = self.last_index().min(other.last_index()).max(low);
        // The usual case: one log extends the other.
        if self.prefix_hash(high) == other.prefix_hash(high) {
            return high;
        }
        while low < high {
            let middle = low.midpoint(high + 1).max(low + 1);
            if self.prefix_hash(middle) == other.prefix_hash(middle) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        low
    }

    fn cell(&self, index: u64) -> Option<&(T, u64)> {
        let place = index.checked_sub(self.base + 1)?;
        if place >= self.len {
            return None;
        }
        self.pieces.get((place / PIECE) as usize)?.get((place % PIECE) as usize)
    }
}

/// Two logs are equal when they end at the same index with the same prefix hash: comparing is
/// O(1), and two different logs are taken for equal once in 2^64.
impl<T: Clone + Hash> PartialEq for Log<T> {
    fn eq(&self, other: &Self) -> bool {
        self.base == other.base
            && self.len == other.len
            && self.prefix_hash(self.last_index()) == other.prefix_hash(other.last_index())
    }
}

impl<T: Clone + Hash> Eq for Log<T> {}

impl<T: Clone + Hash> Hash for Log<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.base.hash(state);
        self.len.hash(state);
        self.prefix_hash(self.last_index()).hash(state);
    }
}

impl<T: Clone + Hash + fmt::Debug> fmt::Debug for Log<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_list().entries(self.range(self.first_index(), self.last_index())).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(range: core::ops::RangeInclusive<u32>) -> Log<u32> {
        let mut log = Log::default();
        range.for_each(|n| log.push(n));
        log
    }

    #[test]
    fn a_copy_is_independent() {
        let mut log = numbers(1..=70);
        let copy = log.clone();
        log.truncate_from(40);
        log.push(1000);
        assert_eq!((log.last_index(), copy.last_index()), (40, 70));
        assert_eq!(log.common_prefix(&copy), 39);
        assert_eq!(copy.get(40), Some(&40));
    }

    #[test]
    fn equal_content_is_equal_whatever_its_past() {
        let mut log = numbers(1..=33);
        log.truncate_from(32);
        log.push(32);
        assert_eq!(log, numbers(1..=32));
    }

    #[test]
    fn compaction_keeps_indexes_and_hashes() {
        let mut log = numbers(1..=50);
        let whole = log.clone();
        log.compact_to(45);
        assert_eq!((log.first_index(), log.last_index()), (46, 50));
        assert_eq!(log.get(45), None);
        assert_eq!(log.get(46), Some(&46));
        assert_eq!(log.common_prefix(&whole), 50);
        log.truncate_from(46);
        assert_eq!((log.last_index(), log.is_empty()), (45, true));
    }
}
