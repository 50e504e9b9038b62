//! Which states are known. Threads share nothing else.

use alloc::vec;
use alloc::vec::Vec;

/// Where fingerprints are kept.
pub trait Seen {
    /// Takes in a fingerprint; says whether it is new.
    fn insert(&mut self, fingerprint: u64) -> bool;
    /// About how many bytes they take.
    fn bytes(&self) -> usize;
}

/// Fingerprints of one search, in an open table of powers of two.
pub struct Table {
    /// 0 stands for an empty place.
    places: Vec<u64>,
    len: usize,
}

impl Default for Table {
    fn default() -> Table {
        Table { places: vec![0; 1 << 12], len: 0 }
    }
}

impl Table {
    /// Where a fingerprint is, or would be.
    fn place(places: &[u64], fingerprint: u64) -> usize {
        let mask = places.len() - 1;
        let mut place = (fingerprint >> 20) as usize & mask;
        while places[place] != 0 && places[place] != fingerprint {
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        let mut places = vec![0; self.places.len() * 2];
        for fingerprint in self.places.iter().copied().filter(|known| *known != 0) {
            let place = Table::place(&places, fingerprint);
            places[place] = fingerprint;
        }
        self.places = places;
    }
}

impl Seen for Table {
    fn insert(&mut self, fingerprint: u64) -> bool {
        let fingerprint = fingerprint.max(1);
        if self.len * 10 >= self.places.len() * 7 {
            self.grow();
        }
        let place = Table::place(&self.places, fingerprint);
        let new = self.places[place] == 0;
        if new {
            self.places[place] = fingerprint;
            self.len += 1;
        }
        new
    }

    fn bytes(&self) -> usize {
        self.places.len() * size_of::<u64>()
    }
}
