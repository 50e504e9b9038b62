//! What must hold under every policy.

use super::{Cap, Node};
use crate::protocol::{Property, When};

/// The promises.
pub static PROPERTIES: &[Property<Cap>] = &[Property {
    id: "one-value-per-version",
    cite: "Johnson & Thomas 1975",
    when: When::Always,
    holds: one_value_per_version,
}];

/// Two copies of one version have one value: else "the last writer wins" would not decide.
fn one_value_per_version(_: &(), nodes: &[Option<&Node>]) -> bool {
    let copies = || nodes.iter().flatten().flat_map(|node| node.disk.copies.iter());
    copies().all(|(key, copy)| {
        copies().all(|(other_key, other)| {
            (key, copy.version) != (other_key, other.version) || copy.value == other.value
        })
    })
}
