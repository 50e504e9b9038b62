//! What Paxos promises at all times (§2.1 of *Paxos Made Simple*), checked from outside.

use alloc::vec::Vec;

use crate::base::{Id, Map, Value};
use crate::protocol::{Property, When};

use super::{Memory, Node, Paxos};

/// What is remembered of the past. It grows with the values, not with time.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Ghost {
    /// What proposers were asked to propose, in ascending order.
    proposed: Vec<Value>,
    /// What was ever known to be chosen, in ascending order.
    chosen: Vec<Value>,
    /// By acceptor, the highest number that it has promised.
    promised: Map<Id, u64>,
    broken_promise: bool,
}

/// The three requirements of safety that can be seen from outside, and progress.
pub static PROPERTIES: &[Property<Paxos>] = &[
    always("agreement", "Lamport 2001, §2.1: only a single value is chosen", |ghost, _| {
        ghost.chosen.len() <= 1
    }),
    always("validity", "Lamport 2001, §2.1: only what was proposed may be chosen", |ghost, _| {
        ghost.chosen.iter().all(|value| ghost.proposed.contains(value))
    }),
    always("promises", "Lamport 2001, §2.2, P1a, and §2.5", |ghost, _| !ghost.broken_promise),
    Property {
        id: "progress",
        cite: "Lamport 2001, §2.4",
        when: When::Eventually,
        holds: |ghost, _| ghost.proposed.is_empty() || !ghost.chosen.is_empty(),
    },
];

const fn always(
    id: &'static str,
    cite: &'static str,
    holds: fn(&Ghost, &[Option<&Node>]) -> bool,
) -> Property<Paxos> {
    Property { id, cite, when: When::Always, holds }
}

impl Ghost {
    /// Remembers a step.
    pub fn observe(&mut self, me: Id, before: Option<&Node>, after: &Node) {
        match &after.memory {
            Memory::Proposer(proposer) if proposer.own != Value::Nil => {
                add(&mut self.proposed, &proposer.own);
            }
            Memory::Acceptor(_) => self.observe_promise(me, before, after),
            Memory::Proposer(_) | Memory::Learner(_) => {}
        }
        if let Some(value) = after.chosen() {
            add(&mut self.chosen, value);
        }
    }

    /// A promise binds, also after a crash: nothing lower is accepted, and no lower promise given.
    fn observe_promise(&mut self, me: Id, before: Option<&Node>, after: &Node) {
        let now = after.acceptor();
        let known = self.promised.get(&me).copied().unwrap_or(0);
        let took = before.is_some_and(|before| before.acceptor().accepted != now.accepted);
        self.broken_promise |= took && now.accepted_number() < known;
        self.broken_promise |= now.promised < known;
        if now.promised > known {
            self.promised.insert(me, now.promised);
        }
    }
}

fn add(values: &mut Vec<Value>, value: &Value) {
    if let Err(place) = values.binary_search(value) {
        values.insert(place, value.clone());
    }
}
