//! The dictionary, and what each command does to it.

use alloc::vec::Vec;

use crate::base::{Id, Map, Span, Str, Time, Value};

/// Keys and values.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Store {
    /// What each key holds.
    pub keys: Map<Str, Stored>,
    /// How many locks were deleted by somebody else than who set them.
    pub foreign: u64,
}

/// What a key holds.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Stored {
    /// The value.
    pub value: Value,
    /// Who set it, if it is a lock; nobody for a counter.
    pub holder: Option<Id>,
    /// The fencing token that was made in the same step; 0 when none was.
    pub token: u64,
    /// When it expires by the server's wall clock; never when `None`.
    pub expires: Option<Time>,
}

impl Store {
    /// What `key` holds.
    pub fn get(&self, key: &Str) -> Value {
        self.keys.get(key).map(|stored| stored.value.clone()).unwrap_or_default()
    }

    /// Sets `key` if it does not exist; says whether it did.
    pub fn set_if_absent(
        &mut self,
        key: &Str,
        value: &Value,
        holder: Id,
        expires: Option<Time>,
    ) -> bool {
        if self.keys.contains_key(key) {
            return false;
        }
        let stored = Stored { value: value.clone(), holder: Some(holder), token: 0, expires };
        self.keys.insert(key.clone(), stored);
        true
    }

    /// Adds one to the number at `key`, which begins at 0; `None` when it holds no number.
    pub fn increment(&mut self, key: &Str) -> Option<u64> {
        let zero = Stored { value: Value::Int(0), holder: None, token: 0, expires: None };
        let stored = self.keys.get_or_insert_with(key.clone(), || zero);
        let Value::Int(n) = &mut stored.value else { return None };
        *n = n.saturating_add(1);
        Some(n.unsigned_abs())
    }

    /// Lets `key` expire at `at`; says whether it exists.
    pub fn expire_at(&mut self, key: &Str, at: Time) -> bool {
        let Some(stored) = self.keys.get_mut(key) else { return false };
        stored.expires = Some(at);
        true
    }

    /// Deletes `key`; answers what it held.
    pub fn delete(&mut self, key: &Str, by: Id) -> Option<Stored> {
        let stored = self.keys.remove(key)?;
        if stored.holder.is_some_and(|holder| holder != by) {
            self.foreign += 1;
        }
        Some(stored)
    }

    /// Deletes what has expired by `wall`; answers who had set it.
    pub fn purge(&mut self, wall: Time) -> Vec<Stored> {
        let expired = |stored: &Stored| stored.expires.is_some_and(|at| at <= wall);
        let keys: Vec<Str> = self
            .keys
            .iter()
            .filter(|(_, stored)| expired(stored))
            .map(|(key, _)| key.clone())
            .collect();
        keys.iter().filter_map(|key| self.keys.remove(key)).collect()
    }

    /// How long until the first key expires.
    pub fn next_expiry(&self, wall: Time) -> Option<Span> {
        self.keys.values().filter_map(|stored| stored.expires).min().map(|at| at.since(wall))
    }
}
