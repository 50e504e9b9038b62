//! What is found of data whose operations are so entangled that the search in breadth gave up: by
//! search in depth, all of them in turn with growing budgets. One of them may take for ever while
//! another shows at once that the history is broken.

use alloc::vec::Vec;

use super::culprit;
use super::depth::Depth;
use super::search::Found;
use super::{Fault, Finding, State, View};
use crate::base::Str;
use crate::op::OpId;

/// How many steps a datum is given in the first round; twice as many in each that follows.
const FIRST: u32 = 2_000;

/// How many steps a search in depth may take for one datum while a page waits.
pub(super) const QUICK: u32 = 30_000;
/// How many operations are tried in a search in depth for one datum before it is not decided.
pub const THOROUGH: u32 = 1_000_000;
/// Up to so many calls and ends, entangled data are looked into at each further one.
const OFTEN: usize = 2_000;

/// What was found of entangled data.
#[derive(Clone, Debug)]
pub(super) struct Looked {
    /// How many of them there were, and how many calls and ends of all data.
    n_keys: usize,
    n_marks: usize,
    /// What was found, and from which event on; `None` when all is well.
    pub change: Option<(u32, Finding)>,
}

/// Looks into the entangled data of `state`, unless what was found `before` still says it.
pub(super) fn looked(
    view: &View,
    state: &State,
    before: Option<Looked>,
    complete: bool,
) -> Option<Looked> {
    let (n_keys, n_marks) = (state.tangled.len(), view.marks.len());
    let known = |looked: &Looked| match &looked.change {
        // What is broken stays broken.
        Some((_, Finding::Broken(_))) => true,
        _ if looked.n_keys != n_keys => false,
        _ if looked.n_marks == n_marks => true,
        // Long histories, and hopeless ones, are looked into again when they have grown somewhat.
        None if n_marks <= OFTEN => false,
        _ => n_marks - looked.n_marks < n_marks / 16 && !complete,
    };
    if let Some(before) = before.filter(known) {
        let unseen = view.marks.get(before.n_marks).filter(|_| before.change.is_none());
        let key = state.tangled.last().map(|(_, key)| key.clone());
        return match (unseen, key) {
            (Some(mark), Some(key)) => {
                Some(Looked { change: Some((mark.event, Finding::NotDecided { key })), ..before })
            }
            _ => Some(before),
        };
    }
    (n_keys > 0).then(|| Looked { n_keys, n_marks, change: untangled(view, state, QUICK) })
}

/// What is found of the entangled data of `state`, and from which event on; `None` when all is
/// well.
#[inline(never)]
pub(super) fn untangled(view: &View, state: &State, limit: u32) -> Option<(u32, Finding)> {
    // What another datum has broken before is not asked.
    let broken = state.changes.last().filter(|_| state.is_broken()).map(|change| change.0);
    let view = View { events: broken.unwrap_or(view.events).min(view.events), ..*view };
    let keys: Vec<Str> = state.tangled.iter().map(|(_, key)| key.clone()).collect();
    match untangle(&view, &keys, limit) {
        Untangled::Linearizable => None,
        Untangled::Broken(event, fault) => Some((event, Finding::Broken(fault))),
        Untangled::NotDecided(key) => {
            let tangled = state.tangled.iter().find(|(_, other)| *other == key);
            tangled.map(|(event, _)| (*event, Finding::NotDecided { key }))
        }
    }
}

/// Adds a change to others: what broke earlier stands, and nothing stands after what is broken.
pub(super) fn insert(changes: &mut Vec<(u32, Finding)>, change: (u32, Finding)) {
    let place = changes.partition_point(|(event, _)| *event <= change.0);
    let is_broken = |(_, finding): &(u32, Finding)| matches!(finding, Finding::Broken(_));
    if changes[..place].iter().any(is_broken) {
        return;
    }
    if is_broken(&change) {
        changes.truncate(place);
    }
    changes.insert(place, change);
}

/// What is found of several data.
enum Untangled {
    /// Each of them is linearizable.
    Linearizable,
    /// This one is not; where it shows.
    Broken(u32, Fault),
    /// The budget ended before this one was decided.
    NotDecided(Str),
}

/// Decides whether what happened to `keys` is linearizable, with at most `limit` steps for each.
fn untangle(view: &View, keys: &[Str], limit: u32) -> Untangled {
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
