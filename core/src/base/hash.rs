//! One fast hash, the same on every machine: the digest, the prefix hashes of logs and the
//! weather are built on it. And the hash by which a search knows states again, under other names.

use core::hash::{Hash, Hasher};

use super::id::Id;

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
    /// Where a set of participants begins and ends, which only [`Renamer`] wants to know.
    fn write_i128(&mut self, _: i128) {}
}

/// Hashes a value as if participants had other names: [`Hasher64`], told of [`Id`]s by `write_i16`
/// and of the ends of their sets by `write_i128`.
#[derive(Clone, Copy, Debug)]
pub struct Renamer<'a> {
    hasher: Hasher64,
    /// The new name of each participant; those beyond the end keep theirs.
    names: &'a [Id],
    /// Within a set: what its members, in whatever order, have come to.
    set: Option<u64>,
}

impl<'a> Renamer<'a> {
    /// A hasher that calls the participant `id` by `names[id]`; without names, as it is called.
    pub fn new(names: &'a [Id]) -> Renamer<'a> {
        Renamer { hasher: Hasher64::new(0), names, set: None }
    }

    /// The hash of one value.
    pub fn hash_of<T: Hash + ?Sized>(names: &'a [Id], value: &T) -> u64 {
        let mut renamer = Renamer::new(names);
        value.hash(&mut renamer);
        renamer.finish()
    }
}

impl Hasher for Renamer<'_> {
    fn finish(&self) -> u64 {
        self.hasher.finish()
    }
    fn write(&mut self, bytes: &[u8]) {
        self.hasher.write(bytes);
    }
    fn write_u8(&mut self, x: u8) {
        self.hasher.int(x.into());
    }
    fn write_u16(&mut self, x: u16) {
        self.hasher.int(x.into());
    }
    fn write_u32(&mut self, x: u32) {
        self.hasher.int(x.into());
    }
    fn write_u64(&mut self, x: u64) {
        self.hasher.int(x);
    }
    fn write_usize(&mut self, x: usize) {
        self.hasher.int(x as u64);
    }
    fn write_isize(&mut self, x: isize) {
        self.hasher.int(x as i64 as u64);
    }
    fn write_i16(&mut self, x: i16) {
        let name = self.names.get(x as u16 as usize).map_or(x as u16, |name| name.0);
        match &mut self.set {
            Some(set) => *set = set.wrapping_add(mix(u64::from(name) + 1)),
            None => self.hasher.int(name.into()),
        }
    }
    fn write_i128(&mut self, _: i128) {
        match self.set.take() {
            Some(set) => self.hasher.int(set),
            None => self.set = Some(0),
        }
    }
}

/// The hash of one value, begun at `seed`.
pub fn hash_of<T: Hash + ?Sized>(seed: u64, value: &T) -> u64 {
    let mut hasher = Hasher64::new(seed);
    value.hash(&mut hasher);
    hasher.finish()
}
