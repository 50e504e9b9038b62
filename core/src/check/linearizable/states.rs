//! The states of one datum, numbered as they are met, and how deeds lead from one to another.

use alloc::vec;
use alloc::vec::Vec;

use super::deeds::Deed;
use super::table::Table;
use crate::base::{Value, hash_of};

/// The state at the beginning: nothing there.
pub(super) const NIL: u32 = 0;

/// The states that were met.
#[derive(Clone, Debug)]
pub(super) struct States {
    values: Vec<Value>,
    by_hash: Table,
    /// By state and class of deed: the state after, and whether the answer is the deed's.
    steps: Table,
}

impl Default for States {
    fn default() -> States {
        let mut states = States { values: vec![], by_hash: <_>::default(), steps: <_>::default() };
        states.number(&Value::Nil);
        states
    }
}

impl States {
    /// The number of a state.
    pub fn number(&mut self, value: &Value) -> u32 {
        if let Some(number) = self.find(value) {
            return number;
        }
        let number = self.values.len() as u32;
        self.by_hash.insert(hash_of(0, value), number.into());
        self.values.push(value.clone());
        number
    }

    /// The number of a state, if it has one.
    pub fn find(&self, value: &Value) -> Option<u32> {
        let is_it = |number: u64| self.values[number as usize] == *value;
        self.by_hash.find(hash_of(0, value), is_it).map(|number| number as u32)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The state of this number.
    pub fn value(&self, number: u32) -> &Value {
        &self.values[number as usize]
    }

    /// Where `deed` leads from `state`; `None` when it would answer something else than it did.
    pub fn step(&mut self, state: u32, deed: &Deed) -> Option<u32> {
        let key = u64::from(state) << 32 | u64::from(deed.class);
        let step = match self.steps.find(key, |_| true) {
            Some(step) => step,
            None => {
                let (value, answer) = (deed.model)(&self.values[state as usize], &deed.op);
                let right = deed.answer.as_ref().is_none_or(|expected| *expected == answer);
                let step = u64::from(self.number(&value)) << 1 | u64::from(right);
                self.steps.insert(key, step);
                step
            }
        };
        (step & 1 == 1).then_some((step >> 1) as u32)
    }
}
