//! The settings: how nodes gossip, how often, and how long they remember that something is deleted.

crate::knobs! {
    /// How many nodes there are.
    NODES "nodes" Count(2, 64) = 16, fixed;
    /// What a round does.
    MODE "mode" Choice(&["push", "pull", "push-pull", "rumour"]) = 2, live;
    /// How many peers a node contacts in a round.
    FANOUT "fanout" Count(1, 3) = 1, live per_node;
    /// How often a node gossips.
    ROUND "round" Ms(10, 60_000) = 200, live per_node;
    /// How soon a node tires of a rumour that others know already.
    K "k" Count(1, 20) = 2, live;
    /// How a node tires: by the toss of a coin that falls so once in k times, or at the kth time.
    STOP "stop" Choice(&["coin", "counter"]) = 0, live;
    /// How often a node that spreads rumours also compares everything with a peer; 0 for never.
    BACKUP "backup" Ms(0, 600_000) = 0, live;
    /// How long a death certificate is kept; 0 when a deletion leaves none.
    GC "gc" Ms(0, 600_000) = 10_000, live;
}

/// The positions of the words of [`MODE`].
pub mod mode {
    /// A node tells what it has.
    pub const PUSH: u64 = 0;
    /// A node asks for what it lacks.
    pub const PULL: u64 = 1;
    /// Both.
    pub const PUSH_PULL: u64 = 2;
    /// A node tells only what is news, until too many know.
    pub const RUMOUR: u64 = 3;
}

/// The position of `counter` among the words of [`STOP`].
pub const COUNTER: u64 = 1;
