//! What is found of data whose operations are so entangled that the search in breadth gave up: by
//! search in depth, all of them in turn with growing budgets. One of them may take for ever while
//! another shows at once that the history is broken.

use alloc::vec::Vec;

use super::culprit;
use super::depth::Depth;
use super::search::Found;
use super::{Fault, View};
use crate::base::Str;
use crate::op::OpId;

/// How many steps a datum is given in the first round; twice as many in each that follows.
const FIRST: u32 = 2_000;

/// What is found of several data.
pub(super) enum Untangled {
    /// Each of them is linearizable.
    Linearizable,
    /// This one is not; where it shows.
    Broken(u32, Fault),
    /// The budget ended before this one was decided.
    NotDecided(Str),
}

/// Decides whether what happened to `keys` is linearizable, with at most `limit` steps for each.
pub(super) fn untangle(view: &View, keys: &[Str], limit: u32) -> Untangled {
    let depth = |key: &Str| (key.clone(), Depth::new(view, key, &|_| false));
    let mut left: Vec<(Str, Depth)> = keys.iter().map(depth).collect();
    let (mut budget, mut spent) = (FIRST.min(limit), 0);
    while !left.is_empty() && spent < limit {
        let mut broken = None;
        left.retain_mut(|(key, depth)| match depth.advance(budget) {
            _ if broken.is_some() => true,
            Found::Some => false,
            Found::NotDecided => true,
            Found::None => {
                broken = Some(key.clone());
                true
            }
        });
        if let Some(key) = broken {
            return earliest(view, key, limit);
        }
        spent += budget;
        budget = spent.min(limit - spent);
    }
    match left.into_iter().next() {
        Some((key, _)) => Untangled::NotDecided(key),
        None => Untangled::Linearizable,
    }
}

/// Whether what happened to `key` is linearizable, with `relaxed` answers not believed.
pub(super) fn decide(view: &View, key: &str, limit: u32, relaxed: &dyn Fn(OpId) -> bool) -> Found {
    Depth::new(view, key, relaxed).advance(limit)
}

/// The fault that shows first, of a datum that is not linearizable: the earliest end after which
/// nothing is, found by halving. Where a search takes too long, a later one.
fn earliest(view: &View, key: Str, limit: u32) -> Untangled {
    let of_key = |op| view.get(op).is_some_and(|(record, ..)| record.op.key == key);
    let within = view.marks.iter().filter(|mark| mark.end && mark.event < view.events);
    let ends: Vec<_> = within.filter(|mark| of_key(mark.op)).collect();
    let (mut low, mut high) = (0, ends.len().saturating_sub(1));
    while low < high {
        let middle = low.midpoint(high);
        let part = View { events: ends[middle].event + 1, ..*view };
        match decide(&part, &key, limit, &|_| false) {
            Found::None => high = middle,
            Found::Some | Found::NotDecided => low = middle + 1,
        }
    }
    let last = ends[high];
    let part = View { events: last.event + 1, ..*view };
    Untangled::Broken(last.event, culprit::find(&part, last, key))
}
