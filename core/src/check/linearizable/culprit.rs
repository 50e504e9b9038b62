//! Which earlier operation a contradicting answer contradicts.

use alloc::vec::Vec;

use super::search::Found;
use super::untangle::decide;
use super::{Fault, View};
use crate::base::Str;
use crate::check::sequence::Mark;
use crate::op::{Access, OpId, Outcome};

/// How many steps a search may take here.
const STEPS: u32 = 20_000;

/// The fault that shows at `last`, the end at which no linearization of `key` was left, and the
/// last that `view` reaches.
///
/// Of the operations that ended before the faulty one was called, the latest are disbelieved, one
/// more each time, until a linearization exists; the last one disbelieved is the one meant. More
/// disbelief never takes a linearization away, so that doubling and halving find it. Where a
/// search takes too long, the latest write is meant: the answer shows neither it nor anything
/// after it.
pub(super) fn find(view: &View, last: &Mark, key: Str) -> Fault {
    let op = last.op;
    let called = view.get(op).map_or(0, |(record, ..)| record.call);
    let of_key = |mark: &&Mark| view.get(mark.op).is_some_and(|(record, ..)| record.op.key == key);
    let before = view.marks.iter().rev().filter(|mark| mark.end && mark.event < called);
    let latest: Vec<Mark> = before.filter(of_key).copied().collect();
    let disbelieving = |n: usize| {
        let since = n.checked_sub(1).map_or(called, |place| latest[place].event);
        let ended = |op: OpId| view.get(op).and_then(|(record, ..)| record.end.as_ref());
        let relaxed = |op| ended(op).is_some_and(|end| (since..called).contains(&end.event));
        decide(view, &key, STEPS, &relaxed)
    };
    let (mut low, mut high) = (0, 1.min(latest.len()));
    let against = loop {
        match disbelieving(high) {
            Found::None if high == latest.len() => break None,
            Found::None => (low, high) = (high, (2 * high).min(latest.len())),
            Found::Some => {
                while low + 1 < high {
                    let middle = low.midpoint(high);
                    let found = disbelieving(middle);
                    if found == Found::Some { high = middle } else { low = middle }
                }
                break high.checked_sub(1).map(|place| latest[place].op);
            }
            Found::NotDecided => {
                break latest.iter().map(|mark| mark.op).find(|&op| writes(view, op));
            }
        }
    };
    Fault { key, op, against }
}

/// Whether an operation ended well and may have changed the datum.
fn writes(view: &View, op: OpId) -> bool {
    view.get(op).is_some_and(|(record, _, access)| {
        access != Access::Read && matches!(view.outcome(record), Some(Outcome::Ok(_)))
    })
}
