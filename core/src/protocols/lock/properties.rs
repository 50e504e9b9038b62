//! What the pages promise of a lock.

use alloc::vec::Vec;

use crate::base::{Id, Str, sort};
use crate::facts::{Fact, Facts};
use crate::protocol::{Node, Property, Protocol, When};

use super::{Lock, Locking};

type Nodes<'a, L> = &'a [Option<&'a Node<Locking<L>>>];

pub(super) fn of<L: Lock>() -> &'static [Property<Locking<L>>] {
    const {
        &[
            Property {
                id: "mutual-exclusion",
                cite: "Redis, Distributed Locks: Safety and Liveness Guarantees, safety property",
                when: When::Always,
                holds: mutual_exclusion::<L>,
            },
            Property {
                id: "own-release",
                cite: "Redis, Distributed Locks: Correct Implementation with a Single Instance",
                when: When::Always,
                holds: own_release::<L>,
            },
            Property {
                id: "deadlock-free",
                cite: "Redis, Distributed Locks: Safety and Liveness Guarantees, property A",
                when: When::Eventually,
                holds: deadlock_free::<L>,
            },
        ]
    }
}

/// At any given moment, only one client holds a lock: no two believe so.
fn mutual_exclusion<L: Lock>(_: &(), nodes: Nodes<L>) -> bool {
    let mut believed = Vec::new();
    for node in nodes.iter().flatten() {
        let facts = facts(node);
        let mut own: Vec<_> = facts.facts().iter().filter_map(believes).collect();
        sort(&mut own);
        own.dedup();
        believed.extend(own);
    }
    sort(&mut believed);
    believed.windows(2).all(|pair| pair[0] != pair[1])
}

/// A client never deletes a lock that another created.
fn own_release<L: Lock>(_: &(), nodes: Nodes<L>) -> bool {
    let foreign = |fact: &Fact| matches!(fact, Fact::Mark { name: "foreign-release", count: 1.. });
    !nodes.iter().flatten().any(|node| facts(node).facts().iter().any(foreign))
}

/// A lock can always be acquired at last, even if the client that holds it has crashed: no grant
/// without an end belongs to somebody who does not know of it.
fn deadlock_free<L: Lock>(_: &(), nodes: Nodes<L>) -> bool {
    let knows = |holder: Id, of: &Str| {
        let Some(Some(holder)) = nodes.get(holder.index()) else { return false };
        facts(holder).facts().iter().filter_map(believes).any(|resource| resource == *of)
    };
    nodes.iter().flatten().all(|node| {
        facts(node).facts().iter().all(|fact| match fact {
            Fact::Holds { resource, holder, until: None, .. } => knows(*holder, resource),
            _ => true,
        })
    })
}

fn believes(fact: &Fact) -> Option<Str> {
    match fact {
        Fact::Believes { resource, .. } => Some(resource.clone()),
        _ => None,
    }
}

fn facts<L: Lock>(node: &Node<Locking<L>>) -> Facts {
    let mut facts = Facts::default();
    Locking::<L>::facts(node, &mut facts);
    facts
}
