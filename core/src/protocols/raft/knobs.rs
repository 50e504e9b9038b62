//! The settings: what the paper leaves open, what the dissertation adds, and mistakes to try.

crate::knobs! {
    /// How many servers the cluster begins with.
    NODES "nodes" Count(1, 9) = 5, fixed;
    /// How many more servers there are that start only when told.
    SPARES "spares" Count(0, 4) = 0, fixed;
    /// The range of election timeouts (§9.3: 150 to 300 ms).
    ELECTION "election" MsRange(1, 60_000) = (150, 300), live per_node;
    /// How often a leader sends heartbeats.
    HEARTBEAT "heartbeat" Ms(1, 10_000) = 50, live;
    /// How many entries one AppendEntries carries at most.
    BATCH "batch" Count(1, 1000) = 100, live;
    /// How a leader finds the place where a follower's log agrees (§5.3).
    BACKUP "backup" Choice(&["hint", "decrement"]) = 0, live;
    /// Whether a new leader appends an entry without a command (§8).
    NOOP "noop" Switch = 1, live;
    /// Whether the state machine remembers each client's last serial and answer (§8).
    SESSIONS "sessions" Switch = 1, live;
    /// How reads are answered (dissertation §6.4).
    READS "reads" Choice(&["readindex", "log", "lease", "local", "any"]) = 0, live;
    /// How long a leader trusts a round of heartbeats, by its own clock (dissertation §6.4.1).
    LEASE "lease" Ms(0, 60_000) = 150, live per_node;
    /// Whether a server asks before it starts an election (dissertation §9.6).
    PREVOTE "prevote" Switch = 0, live;
    /// Whether a leader that hears no majority steps down (dissertation §6.2).
    CHECK_QUORUM "checkquorum" Switch = 0, live;
    /// Whether servers that hear a leader ignore vote requests (dissertation §4.2.3).
    STICKY "sticky" Switch = 0, live;
    /// Whether a new server first catches up without a vote (dissertation §4.2.1).
    LEARNER "learner" Switch = 1, live;
    /// After how many applied entries a server takes a snapshot; 0 for never (§7).
    SNAPSHOT_EVERY "snapshot_every" Count(0, 100_000) = 0, live;
    /// Mistake: an entry of an older term counts as committed once a majority stores it.
    COMMIT_OLD_TERMS "commit_old_terms" Switch = 0, live;
    /// Mistake: votes are granted without comparing logs.
    VOTE_ANY_LOG "vote_any_log" Switch = 0, live;
    /// Mistake: every vote request resets the election timer.
    RESET_ON_REQUEST "reset_on_request" Switch = 0, live;
    /// Mistake: votedFor is kept in memory only.
    FORGET_VOTE "forget_vote" Switch = 0, live;
    /// Mistake: a majority of the followers is asked for, and the leader's copy does not count.
    COUNT_FOLLOWERS "count_followers" Switch = 0, live;
    /// Mistake: a leader changes the membership before it has committed an entry of its term.
    EARLY_CHANGE "early_change" Switch = 0, live;
    /// Mistake: `members` switches from the old configuration to the new one at once.
    DIRECT_SWITCH "direct_switch" Switch = 0, live;
}

/// The positions of the words of [`BACKUP`].
pub mod backup {
    /// By the conflicting term's first index.
    pub const HINT: u64 = 0;
}

/// The positions of the words of [`READS`].
pub mod reads {
    /// Through the log, like a write.
    pub const LOG: u64 = 1;
    /// While a majority has answered recently.
    pub const LEASE: u64 = 2;
    /// At once, by whoever takes itself for the leader.
    pub const LOCAL: u64 = 3;
    /// At once, by any server, from its own copy.
    pub const ANY: u64 = 4;
}
