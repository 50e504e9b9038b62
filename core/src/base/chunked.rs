//! A list that only grows, in pieces of equal size: no piece ever moves, and no memory is held
//! twice while it grows.

use alloc::vec::Vec;
use core::ops::{Index, IndexMut};

const PIECE: usize = 1024;

/// An append-only list for long recordings.
#[derive(Clone, Debug)]
pub struct Chunked<T> {
    pieces: Vec<Vec<T>>,
    len: usize,
}

impl<T> Default for Chunked<T> {
    fn default() -> Self {
        Chunked { pieces: Vec::new(), len: 0 }
    }
}

impl<T> Chunked<T> {
    /// Appends `item`.
    pub fn push(&mut self, item: T) {
        if self.len == self.pieces.len() * PIECE {
            // The first piece grows as needed: most runs are short.
            let room = if self.pieces.is_empty() { 0 } else { PIECE };
            self.pieces.push(Vec::with_capacity(room));
        }
        self.pieces[self.len / PIECE].push(item);
        self.len += 1;
    }

    /// How many items.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The item at `index`, if there is one.
    pub fn get(&self, index: usize) -> Option<&T> {
        if index < self.len { Some(&self.pieces[index / PIECE][index % PIECE]) } else { None }
    }

    /// The last item.
    pub fn last(&self) -> Option<&T> {
        self.get(self.len.checked_sub(1)?)
    }

    /// The items from `start` on, in order; from both ends.
    pub fn iter_from(&self, start: usize) -> impl DoubleEndedIterator<Item = &T> + '_ {
        (start..self.len).map(|index| &self[index])
    }

    /// All items in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + '_ {
        self.iter_from(0)
    }

    /// Forgets everything from `len` on.
    pub fn truncate(&mut self, len: usize) {
        if len >= self.len {
            return;
        }
        self.pieces.truncate(len.div_ceil(PIECE));
        if let Some(last) = self.pieces.last_mut() {
            last.truncate(len - (len - 1) / PIECE * PIECE);
        }
        self.len = len;
    }

    /// The first index for which `before` is false, where it is true for a prefix only.
    pub fn partition_point(&self, mut before: impl FnMut(&T) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = low.midpoint(high);
            if before(&self[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

impl<T> Index<usize> for Chunked<T> {
    type Output = T;
    fn index(&self, index: usize) -> &T {
        &self.pieces[index / PIECE][index % PIECE]
    }
}

impl<T> IndexMut<usize> for Chunked<T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.pieces[index / PIECE][index % PIECE]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behaves_like_a_vec() {
        let mut list = Chunked::default();
        for n in 0..3000_u32 {
            list.push(n);
        }
        assert_eq!(list.iter().copied().collect::<Vec<_>>(), (0..3000).collect::<Vec<_>>());
        assert_eq!(list.partition_point(|&n| n < 2047), 2047);
        for len in [2500, 2048, 2047, 1025, 1024, 1, 0] {
            list.truncate(len);
            assert_eq!(list.len(), len);
            assert_eq!(list.last().copied(), (len as u32).checked_sub(1));
        }
    }
}
