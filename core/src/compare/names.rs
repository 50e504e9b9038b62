//! Who stands for whom in another pane.

use alloc::vec::Vec;

use crate::base::{Id, Str};
use crate::kernel::Cast;
use crate::protocol::Part;

/// For each participant of one run the one that stands for it in another, if anybody does.
pub type Counterparts = Vec<Option<Id>>;

/// Who stands for whom: whoever has the same name, and between `strangers`, two systems that call
/// things differently, who is in the same place among those of one part that nobody has the name
/// of.
pub fn counterparts(from: &[(Str, Part)], to: &[(Str, Part)], strangers: bool) -> Counterparts {
    let named = |name: &Str| to.iter().position(|(known, _)| known == name);
    let has_name = |name: &Str| from.iter().any(|(known, _)| known == name);
    let mut free: Vec<usize> = (0..to.len()).filter(|&at| !has_name(&to[at].0)).collect();
    let mut take_free = |part: Part| {
        let place = free.iter().position(|&at| to[at].1 == part)?;
        Some(free.remove(place))
    };
    let one = |(name, part): &(Str, Part)| {
        let other = named(name).or_else(|| strangers.then(|| take_free(*part)).flatten());
        other.map(Id::at)
    };
    from.iter().map(one).collect()
}

/// Who takes part, with their names; the kernel's clients are clients.
pub(super) fn people(cast: &Cast) -> Vec<(Str, Part)> {
    let part = |id: Id| cast.setup.roles.get(id.index()).map_or(Part::Client, |role| role.part);
    cast.ids().map(|id| (Str::from(cast.name(id)), part(id))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str]) -> Vec<(Str, Part)> {
        let part = |name: &str| if name.starts_with('c') { Part::Client } else { Part::Peer };
        names.iter().map(|&name| (name.into(), part(name))).collect()
    }

    fn places(from: &[&str], to: &[&str], strangers: bool) -> Vec<Option<usize>> {
        let pairs = counterparts(&people(from), &people(to), strangers);
        pairs.into_iter().map(|id| id.map(|id| id.index())).collect()
    }

    #[test]
    fn a_name_comes_before_a_place() {
        let from = ["n1", "n2", "c1"];
        assert_eq!(places(&from, &["n2", "n1", "n3", "c1"], true), [Some(1), Some(0), Some(3)]);
        assert_eq!(places(&from, &["db", "n2", "c1"], true), [Some(0), Some(1), Some(2)]);
        assert_eq!(places(&from, &["db", "n2", "c1"], false), [None, Some(1), Some(2)]);
        assert_eq!(places(&["n1", "n2", "n3"], &["db"], true), [Some(0), None, None]);
        assert_eq!(places(&["n1"], &["c1"], true), [None], "a client is no node");
    }
}
