//! Who takes part in a run.

use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

/// A participant of a run: the protocol's roles first, in the order of its topology, then the
/// kernel's clients. At most [`crate::kernel::limits::PARTICIPANTS`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Id(pub u16);

/// By a kind of number that nothing else is: so [`super::Renamer`] knows participants.
impl Hash for Id {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_i16(self.0 as i16);
    }
}

impl Id {
    /// The position in the run's list of participants.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The participant at `index`.
    pub fn at(index: usize) -> Id {
        Id(index as u16)
    }
}

/// A small set of participants, sorted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct IdSet(Vec<Id>);

/// Its beginning and its end are told: under other names, the members would come in another order.
impl Hash for IdSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.0.len());
        state.write_i128(0);
        self.0.iter().for_each(|id| id.hash(state));
        state.write_i128(0);
    }
}

impl IdSet {
    /// Nobody.
    pub const fn new() -> IdSet {
        IdSet(Vec::new())
    }

    /// Adds `id`; says whether it is new.
    pub fn insert(&mut self, id: Id) -> bool {
        match self.0.binary_search(&id) {
            Ok(_) => false,
            Err(place) => {
                self.0.insert(place, id);
                true
            }
        }
    }

    /// Takes `id` out; says whether it was there.
    pub fn remove(&mut self, id: Id) -> bool {
        match self.0.binary_search(&id) {
            Ok(place) => {
                self.0.remove(place);
                true
            }
            Err(_) => false,
        }
    }

    /// Whether `id` is in the set.
    pub fn contains(&self, id: Id) -> bool {
        self.0.binary_search(&id).is_ok()
    }

    /// The members in ascending order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Id> + '_ {
        self.0.iter().copied()
    }

    /// The members in ascending order.
    pub fn as_slice(&self) -> &[Id] {
        &self.0
    }

    /// How many members.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nobody is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes everybody out.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl FromIterator<Id> for IdSet {
    fn from_iter<I: IntoIterator<Item = Id>>(ids: I) -> IdSet {
        let mut set = IdSet::new();
        for id in ids {
            set.insert(id);
        }
        set
    }
}
