//! The settings: who must answer, how long a replica waits for them, how often copies are compared.

use crate::knob::Knobs;
use crate::quorum::majority;

crate::knobs! {
    /// How many replicas there are.
    NODES "nodes" Count(1, 9) = 3, fixed;
    /// Over how many groups of replicas the keys are spread.
    SHARDS "shards" Count(1, 4) = 1, fixed;
    /// Who must answer before a client is answered.
    POLICY "policy" Choice(&["majority", "all", "local", "single"]) = 0, live;
    /// What numbers versions.
    ORDER "order" Choice(&["lamport", "wall"]) = 0, live;
    /// How long a replica waits for the others before it decides what the silence means.
    TIMEOUT "timeout" Ms(1, 600_000) = 1000, live;
    /// How often replicas compare their copies; 0 for never.
    ANTI_ENTROPY "anti_entropy" Ms(0, 600_000) = 500, live;
}

/// The position of a word of [`ORDER`]: the writer's wall clock, in milliseconds.
pub const WALL: u64 = 1;

/// Who must answer before a client is answered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Policy {
    /// The leader and enough others to be a majority.
    #[default]
    Majority,
    /// The leader and all others.
    All,
    /// The replica that was asked.
    Local,
    /// The leader.
    Single,
}

impl Policy {
    /// The policy in force.
    pub fn of(knobs: &Knobs) -> Policy {
        match knobs.count(POLICY) {
            0 => Policy::Majority,
            1 => Policy::All,
            2 => Policy::Local,
            _ => Policy::Single,
        }
    }

    /// How many of `n` replicas must answer, the one that counts them included.
    pub fn needed(self, n: usize) -> usize {
        match self {
            Policy::Majority => majority(n),
            Policy::All => n,
            Policy::Local | Policy::Single => 1,
        }
    }
}
