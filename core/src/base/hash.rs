//! One fast hash, the same on every machine: the digest, the prefix hashes of logs and the
//! weather are built on it.

use core::hash::{Hash, Hasher};

const K: u64 = 0x9e37_79b9_7f4a_7c15;

/// A permutation of 64 bits that spreads every input bit over the output (SplitMix64's finaliser,
/// Steele, Lea and Flood 2014).
pub fn mix(mut x: u64) -> u64 {
    x ^= x >> 30;
    x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^= x >> 27;
    x = x.wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A hasher whose result depends neither on the machine's word size nor on its byte order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Hasher64(u64);

impl Hasher64 {
    /// A hasher that continues from `state`.
    pub const fn new(state: u64) -> Hasher64 {
        Hasher64(state)
    }

    /// Takes in one number.
    #[inline(always)]
    pub fn int(&mut self, x: u64) {
        self.0 = (self.0.rotate_left(5) ^ x).wrapping_mul(K);
    }

    /// Takes in a text: its length, then its bytes.
    pub fn text(&mut self, text: &str) {
        self.int(text.len() as u64);
        self.write(text.as_bytes());
    }
}

impl Hasher for Hasher64 {
    fn finish(&self) -> u64 {
        mix(self.0)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        words.iter().for_each(|word| self.int(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            self.int(rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, x: u8) {
        self.int(x.into());
    }
    fn write_u16(&mut self, x: u16) {
        self.int(x.into());
    }
    fn write_u32(&mut self, x: u32) {
        self.int(x.into());
    }
    fn write_u64(&mut self, x: u64) {
        self.int(x);
    }
    fn write_usize(&mut self, x: usize) {
        self.int(x as u64);
    }
    fn write_isize(&mut self, x: isize) {
        self.int(x as i64 as u64);
    }
}

/// The hash of one value, begun at `seed`.
pub fn hash_of<T: Hash + ?Sized>(seed: u64, value: &T) -> u64 {
    let mut hasher = Hasher64::new(seed);
    value.hash(&mut hasher);
    hasher.finish()
}
