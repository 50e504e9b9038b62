//! The search for one order of all operations that keeps each client's own.

use alloc::collections::BTreeSet;
use alloc::rc::Rc;
use alloc::vec;
use alloc::vec::Vec;

use crate::base::Value;
use crate::check::levels::bits::Bits;
use crate::op::{Model, Op};

/// So many states are looked at before the search gives up.
pub const STATES: u32 = 3_000;

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
    /// For a read, the items that may lead to its answer.
    pub shown_by: Bits,
}

/// How far an order has come.
#[derive(Clone)]
struct State {
    done: Bits,
    /// The value of each datum.
    data: Vec<Value>,
}

/// Looks for an order of `items` that begins with nil everywhere. Of two that may stand next, the
/// first is tried first.
pub fn search(items: &[Item], n_keys: usize) -> Found {
    let data = vec![Value::Nil; n_keys];
    let mut done = Bits::below(items.len());
    (0..items.len()).for_each(|place| done.remove(place));
    let mut stack = vec![State { done, data }];
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
        if is_dead(items, &state) {
            continue;
        }
        n_states += 1;
        if n_states > STATES {
            return Found::NotDecided;
        }
        if !seen.insert((state.done.clone(), state.data.clone())) {
            continue;
        }
        for (place, item) in items.iter().enumerate().rev() {
            if !item.is_read && is_next(item, place, &state) {
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
            if is_next(item, place, state) && fits(item, state) {
                state.done.insert(place);
                grown = true;
            }
        }
    }
}

/// Whether some read will never fit: its datum is something else, and whatever might change that
/// has its place already.
fn is_dead(items: &[Item], state: &State) -> bool {
    items.iter().enumerate().any(|(place, item)| {
        item.is_read
            && !state.done.contains(place)
            && item.shown_by.within(&state.done)
            && !fits(item, state)
    })
}

/// Whether a read would answer as it did.
fn fits(item: &Item, state: &State) -> bool {
    Some((item.model)(&state.data[item.key], &item.op).1) == item.answer
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
    Some(next)
}
