//! Version vectors: which writes of each replica are meant.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{Id, Map, Value};
use crate::describe::Pen;

/// Of each replica, the first so many of the writes that it took. Invariant: none is 0.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Vector(Map<Id, u64>);

impl Vector {
    /// How many writes of this replica.
    pub fn of(&self, replica: Id) -> u64 {
        self.0.get(&replica).copied().unwrap_or(0)
    }

    /// Takes in the writes of `replica` up to this one.
    pub fn note(&mut self, replica: Id, number: u64) {
        if number > self.of(replica) {
            self.0.insert(replica, number);
        }
    }

    /// Takes in all that is in `other`.
    pub fn absorb(&mut self, other: &Vector) {
        for (replica, number) in other.0.iter() {
            self.note(*replica, *number);
        }
    }

    /// How many writes of `other` are missing here; 0 where this dominates `other`.
    pub fn lacks(&self, other: &Vector) -> u64 {
        other.0.iter().map(|(replica, number)| number.saturating_sub(self.of(*replica))).sum()
    }

    /// How many writes are meant.
    pub fn total(&self) -> u64 {
        self.0.iter().map(|(_, number)| number).sum()
    }

    /// As a value that can be handed along: replica and number, in turn.
    pub fn to_value(&self) -> Value {
        let pairs = self.0.iter().flat_map(|(id, number)| [i64::from(id.0), *number as i64]);
        Value::List(pairs.map(Value::Int).collect())
    }

    /// The vector that a value was made of; empty for any other value.
    pub fn of_value(value: &Value) -> Vector {
        let mut vector = Vector::default();
        let Value::List(all) = value else { return vector };
        for pair in all.chunks_exact(2) {
            if let [Value::Int(id), Value::Int(number)] = pair
                && let (Ok(id), Ok(number)) = (u16::try_from(*id), u64::try_from(*number))
            {
                vector.note(Id(id), number);
            }
        }
        vector
    }

    /// As the page prints it: `n1:2 n3:1`, a dash for none.
    pub fn told(&self, pen: &Pen) -> String {
        let told: Vec<String> =
            self.0.iter().map(|(id, number)| format!("{}:{number}", pen.name(*id))).collect();
        if told.is_empty() { "–".into() } else { told.join(" ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(of: &[(u16, u64)]) -> Vector {
        let mut vector = Vector::default();
        of.iter().for_each(|&(id, number)| vector.note(Id(id), number));
        vector
    }

    #[test]
    fn what_lacks_nothing_dominates() {
        let (a, b) = (vector(&[(0, 2), (1, 1)]), vector(&[(0, 1), (2, 3)]));
        assert_eq!((a.lacks(&b), b.lacks(&a), a.lacks(&Vector::default())), (3, 2, 0));
        let mut both = a.clone();
        both.absorb(&b);
        assert_eq!((both.lacks(&a), both.lacks(&b)), (0, 0));
        assert_eq!(both, vector(&[(0, 2), (1, 1), (2, 3)]));
    }

    #[test]
    fn a_vector_comes_back_from_its_value_and_nothing_from_others() {
        let vector = vector(&[(0, 2), (70, 9)]);
        assert_eq!(Vector::of_value(&vector.to_value()), vector);
        let odd = Value::List([Value::Int(-1), Value::Int(3), Value::Int(4)].into());
        for other in [Value::Nil, Value::Int(3), Value::text("n1:2"), odd] {
            assert_eq!(Vector::of_value(&other), Vector::default());
        }
    }
}
