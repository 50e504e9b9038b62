//! The settings: who takes part, by whose rules, and how patient a proposer is.

crate::knobs! {
    /// How many proposers there are.
    PROPOSERS "proposers" Count(1, 9) = 2, fixed;
    /// How many acceptors.
    ACCEPTORS "acceptors" Count(1, 9) = 3, fixed;
    /// How many learners, the proposers not counted.
    LEARNERS "learners" Count(0, 9) = 1, fixed;
    /// Whose rules are followed.
    RULES "rules" Choice(&["lamport", "doc001", "doc000"]) = 0, live;
    /// How long a proposer that was outbid waits before it tries again; 0 when it does not.
    BACKOFF "backoff" MsRange(0, 60_000) = (100, 300), live per_node;
    /// How long a proposer waits for a majority before it tries again; 0 when for ever.
    TIMEOUT "timeout" Ms(0, 600_000) = 200, live per_node;
    /// How long a proposer thinks between the promises and its Accept.
    THINK "think" Ms(0, 60_000) = 0, live per_node;
    /// How many numbers of its own a proposer may use; 0 when there is no end.
    ROUNDS "rounds" Count(0, 1_000_000) = 0, live per_node;
    /// Whether an acceptor that refuses says so.
    NACK "nack" Switch = 1, live per_node;
    /// Whether acceptors write what they promise and accept to their disks before they answer.
    DURABLE "durable" Switch = 1, fixed;
    /// Whether an acceptor reports that it accepted nothing, and accepts everything.
    LIE "lie" Switch = 0, live per_node;
}

/// The positions of the words of [`RULES`].
pub mod rules {
    /// *Paxos Made Simple*.
    pub const LAMPORT: u64 = 0;
    /// Prepare carries a value, and an acceptor that promises takes it for the latest it has.
    pub const DOC001: u64 = 1;
    /// A promise reports nothing, and a proposer always keeps its own value.
    pub const DOC000: u64 = 2;
}
