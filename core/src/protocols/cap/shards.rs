//! Which replicas hold which keys.

use super::knobs;
use crate::base::{Id, IdSet};
use crate::knob::Knobs;

/// The replicas that hold `key`; the first leads. The letters of a key decide.
pub fn of_key(knobs: &Knobs, key: &str) -> IdSet {
    let sum: u64 = key.bytes().map(u64::from).sum();
    members(knobs, sum % shards(knobs))
}

/// The replicas that hold the same keys as `replica`, itself included.
pub fn of_replica(knobs: &Knobs, replica: Id) -> IdSet {
    members(knobs, shard_of(knobs, replica))
}

/// No shard is without a replica.
fn shards(knobs: &Knobs) -> u64 {
    knobs.count(knobs::SHARDS).min(knobs.count(knobs::NODES))
}

fn members(knobs: &Knobs, shard: u64) -> IdSet {
    let nodes = knobs.count(knobs::NODES) as u16;
    (0..nodes).map(Id).filter(|&replica| shard_of(knobs, replica) == shard).collect()
}

fn shard_of(knobs: &Knobs, replica: Id) -> u64 {
    u64::from(replica.0) * shards(knobs) / knobs.count(knobs::NODES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knob::Setting;

    fn knobs(nodes: u64, shards: u64) -> Knobs {
        let mut knobs = Knobs::defaults(knobs::KNOBS);
        knobs.set(knobs::NODES, Setting(nodes, nodes));
        knobs.set(knobs::SHARDS, Setting(shards, shards));
        knobs
    }

    #[test]
    fn every_key_has_one_group_and_every_replica_one() {
        for nodes in 1..=9 {
            for shards in 1..=4 {
                let knobs = knobs(nodes, shards);
                for key in ["", "x", "y", "z", "cart"] {
                    let group = of_key(&knobs, key);
                    assert!(!group.is_empty());
                    assert!(group.iter().all(|replica| of_replica(&knobs, replica) == group));
                }
            }
        }
    }

    #[test]
    fn two_shards_of_four_replicas_keep_x_and_y_apart() {
        let knobs = knobs(4, 2);
        assert_eq!(of_key(&knobs, "x").as_slice(), [Id(0), Id(1)]);
        assert_eq!(of_key(&knobs, "y").as_slice(), [Id(2), Id(3)]);
    }
}
