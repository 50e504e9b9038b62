//! What a node holds: entries, of which some say that something is deleted.

use alloc::vec::Vec;

use crate::base::{Map, Span, Str, Time, Value};
use crate::protocols::version::Version;

/// What a node holds; all of it survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Store {
    /// By key, the newest that this node has heard.
    pub entries: Map<Str, Entry>,
    /// The highest timestamp that it has heard: a Lamport clock.
    pub clock: u64,
    /// By key, the death certificate that it discarded last. It acts on none of this: it is the
    /// book in which one can look up that something came back.
    pub discarded: Map<Str, Version>,
    /// How many values came back.
    pub resurrected: u64,
}

/// A value of a key, or the certificate of its death.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Entry {
    /// The value; nil on a death certificate.
    pub value: Value,
    /// What orders it among the entries of its key.
    pub version: Version,
    /// On a death certificate: when it was made, by the wall clock of the node that made it.
    pub died: Option<Time>,
}

/// Entries on their way.
pub type Updates = Vec<(Str, Entry)>;

impl Store {
    /// What this node holds of `key`; nothing older than everything else.
    pub fn version(&self, key: &Str) -> Version {
        self.entries.get(key).map(|entry| entry.version).unwrap_or_default()
    }

    /// The value of `key`.
    pub fn value(&self, key: &Str) -> Value {
        self.entries.get(key).map(|entry| entry.value.clone()).unwrap_or_default()
    }

    /// Every key and its version.
    pub fn digest(&self) -> Vec<(Str, Version)> {
        self.entries.iter().map(|(key, entry)| (key.clone(), entry.version)).collect()
    }

    /// What is newer here than in a digest.
    pub fn newer_than(&self, digest: &[(Str, Version)]) -> Updates {
        let there =
            |key: &Str| digest.iter().find(|(of, _)| of == key).map(|(_, version)| *version);
        let newer = self
            .entries
            .iter()
            .filter(|(key, entry)| entry.version > there(key).unwrap_or_default());
        newer.cloned().collect()
    }

    /// The keys that are newer in a digest than here.
    pub fn behind(&self, digest: &[(Str, Version)]) -> Vec<Str> {
        let behind = digest.iter().filter(|(key, version)| *version > self.version(key));
        behind.map(|(key, _)| key.clone()).collect()
    }

    /// The entries of these keys.
    pub fn of<'a>(&self, keys: impl Iterator<Item = &'a Str>) -> Updates {
        let entry = |key: &Str| Some((key.clone(), self.entries.get(key)?.clone()));
        keys.filter_map(entry).collect()
    }
}

impl Entry {
    /// Whether it is a death certificate that is to be discarded, `gc` after it was made.
    pub fn is_over(&self, gc: Span, wall: Time) -> bool {
        self.died.is_some_and(|died| wall >= died + gc)
    }
}
