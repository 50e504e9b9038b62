//! The settings: Gifford's N, R and W, how writes are ordered, and what a read does for the next.

use crate::knob::{Key, Knobs};
use crate::quorum::majority;

crate::knobs! {
    /// How many replicas there are: N.
    NODES "nodes" Count(1, 9) = 3, fixed;
    /// How many clients.
    CLIENTS "clients" Count(1, 20) = 3, fixed;
    /// How many answers a read waits for; 0 for a majority.
    R "r" Count(0, 9) = 0, live;
    /// How many acknowledgements a write waits for; 0 for a majority.
    W "w" Count(0, 9) = 0, live;
    /// What orders two writes of one key.
    ORDER "order" Choice(&["arrival", "wall", "lamport", "query"]) = 3, live;
    /// What a read does about replicas that are behind.
    REPAIR "repair" Choice(&["off", "async", "write-back"]) = 2, live;
    /// How long a client tries.
    TIMEOUT "timeout" Ms(1, 600_000) = 1000, live per_node;
    /// How often a client sends again to those that have not answered; 0 for never.
    RESEND "resend" Ms(0, 600_000) = 200, live per_node;
}

/// The positions of the words of [`ORDER`].
pub mod order {
    /// Nothing: a replica keeps what arrives last.
    pub const ARRIVAL: u64 = 0;
    /// The writer's wall clock.
    pub const WALL: u64 = 1;
    /// The writer's Lamport clock.
    pub const LAMPORT: u64 = 2;
    /// One more than the highest timestamp of a read quorum, asked for before the write.
    pub const QUERY: u64 = 3;
}

/// The positions of the words of [`REPAIR`].
pub mod repair {
    /// The read answers first; those that are behind are told later.
    pub const ASYNC: u64 = 1;
    /// A write quorum is told before the read answers.
    pub const WRITE_BACK: u64 = 2;
}

/// How many answers a read, or acknowledgements a write, waits for, by `R` or `W`.
pub fn needed(knobs: &Knobs, quorum: Key) -> u64 {
    let nodes = knobs.count(NODES);
    match knobs.count(quorum) {
        0 => majority(nodes as usize) as u64,
        n => n.min(nodes),
    }
}
