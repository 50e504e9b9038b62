//! The search for one order of all operations that keeps each client's own.

use alloc::collections::BTreeSet;
use alloc::rc::Rc;
use alloc::vec;
use alloc::vec::Vec;

use crate::base::Value;
use crate::check::levels::bits::Bits;
use crate::op::{Model, Op};

/// So many states are looked at before the search gives up.
pub const STATES: u32 = 5_000;

/// What the search came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// An order.
    Some,
    /// There is none.
    None,
    /// The budget ended.
    NotDecided,
}

/// An operation to be put into the order.
#[derive(Clone, Debug)]
pub struct Item {
    /// What is asked, and what one copy would do.
    pub op: Rc<Op>,
    /// Its sequential model.
    pub model: Model,
    /// Whether it changes nothing.
    pub is_read: bool,
    /// What it has to answer; none when it may be left out.
    pub answer: Option<Value>,
    /// The number of the datum.
    pub key: usize,
    /// The items that come before it.
    pub before: Bits,
    /// Where each write has a value of its own, the reads that show this one.
    pub readers: Bits,
}

/// How far an order has come.
#[derive(Clone)]
struct State {
    done: Bits,
    /// The value of each datum.
    data: Vec<Value>,
    /// The items that have to stand before each datum changes.
    readers: Vec<Bits>,
}

/// Looks for an order of `items` that begins with nil everywhere; `readers` are the reads that show
/// this nil, per datum, where that is known. Of two that may stand next, the first is tried first.
pub fn search(items: &[Item], readers: Vec<Bits>) -> Found {
    let data = vec![Value::Nil; readers.len()];
    let mut done = Bits::below(items.len());
    (0..items.len()).for_each(|place| done.remove(place));
    let mut stack = vec![State { done, data, readers }];
    let mut seen = BTreeSet::new();
    let mut n_states = 0;
    while let Some(mut state) = stack.pop() {
        // A read that fits now does so as well as later, and is in nobody's way.
        read_all(items, &mut state);
        let missing =
            |(place, item): (usize, &Item)| item.answer.is_some() && !state.done.contains(place);
        if !items.iter().enumerate().any(missing) {
            return Found::Some;
        }
        n_states += 1;
        if n_states > STATES {
            return Found::NotDecided;
        }
        if !seen.insert((state.done.clone(), state.data.clone())) {
            continue;
        }
        for (place, item) in items.iter().enumerate().rev() {
            if !item.is_read
                && is_next(item, place, &state)
                && state.readers[item.key].within(&state.done)
            {
                stack.extend(after(item, place, &state));
            }
        }
    }
    Found::None
}

fn is_next(item: &Item, place: usize, state: &State) -> bool {
    !state.done.contains(place) && item.before.within(&state.done)
}

fn read_all(items: &[Item], state: &mut State) {
    let mut grown = true;
    while grown {
        grown = false;
        for (place, item) in items.iter().enumerate().filter(|(_, item)| item.is_read) {
            if is_next(item, place, state)
                && Some((item.model)(&state.data[item.key], &item.op).1) == item.answer
            {
                state.done.insert(place);
                grown = true;
            }
        }
    }
}

/// The state after an item, if it can answer as it did.
fn after(item: &Item, place: usize, state: &State) -> Option<State> {
    let (value, answer) = (item.model)(&state.data[item.key], &item.op);
    if item.answer.as_ref().is_some_and(|expected| *expected != answer) {
        return None;
    }
    let mut next = state.clone();
    next.done.insert(place);
    next.data[item.key] = value;
    next.readers[item.key] = item.readers.clone();
    Some(next)
}
