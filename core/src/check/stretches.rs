//! How long something was so.

use alloc::vec::Vec;

use crate::base::{Map, Span, Time};
use crate::facts::FactChange;

/// The stretches in which facts held, one row of them for each key. Several facts of one key that
/// overlap make one stretch, and so does a fact that ends in the step in which the next begins.
#[derive(Clone, Debug)]
pub struct Stretches<K> {
    stretches: Vec<Stretch<K>>,
    /// How many facts hold of each key, and its newest stretch.
    newest: Map<K, (u64, usize)>,
}

/// A stretch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch<K> {
    /// Of what.
    pub key: K,
    /// The event in which it began.
    pub begin: u32,
    /// Since when.
    pub since: Time,
    /// The event in which it ended, and when; `None` while it lasts.
    pub end: Option<(u32, Time)>,
}

impl<K> Default for Stretches<K> {
    fn default() -> Self {
        Stretches { stretches: Vec::new(), newest: Map::default() }
    }
}

impl<K: Ord + Clone> Stretches<K> {
    /// Takes in that a fact of `key` began or ceased to hold.
    pub fn take(&mut self, key: K, change: &FactChange) {
        let fresh = self.stretches.len();
        let (n_held, place) = self.newest.get_or_insert_with(key.clone(), || (0, fresh));
        if !change.holds {
            *n_held = n_held.saturating_sub(1);
            if let Some(stretch) = self.stretches.get_mut(*place).filter(|_| *n_held == 0) {
                stretch.end = stretch.end.or(Some((change.event, change.at)));
            }
            return;
        }
        *n_held += 1;
        if *n_held > 1 {
            return;
        }
        match self.stretches.get_mut(*place) {
            // What ends and begins in one step has lasted.
            Some(last) if last.end.is_some_and(|(event, _)| event == change.event) => {
                last.end = None;
            }
            _ => {
                *place = fresh;
                let (begin, since) = (change.event, change.at);
                self.stretches.push(Stretch { key, begin, since, end: None });
            }
        }
    }

    /// All of them, in the order of their beginnings.
    pub fn iter(&self) -> impl Iterator<Item = &Stretch<K>> {
        self.stretches.iter()
    }

    /// The longest as it was after `events` events, at the instant `at`.
    pub fn longest(&self, events: u32, at: Time) -> Span {
        let begun = self.stretches.partition_point(|stretch| stretch.begin < events);
        let so_far = |stretch: &Stretch<K>| {
            let ended = stretch.end.filter(|(event, _)| *event < events);
            ended.map_or(at, |(_, at)| at).since(stretch.since)
        };
        self.stretches[..begun].iter().map(so_far).max().unwrap_or_default()
    }
}
