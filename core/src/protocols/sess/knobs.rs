//! The settings: the replicas, what each client library guarantees, and what happens when the
//! replica that is asked lacks something.

crate::knobs! {
    /// How many replicas there are.
    NODES "nodes" Count(1, 9) = 3, fixed;
    /// How many clients.
    CLIENTS "clients" Count(1, 20) = 3, fixed;
    /// How long after it took a write a replica tells the others.
    LAG "lag" MsRange(0, 600_000) = (500, 500), live;
    /// How often a replica tells again what was not acknowledged.
    RESEND "resend" Ms(10, 600_000) = 1000, live;
    /// Which of two values a replica keeps.
    ORDER "order" Choice(&["arrival", "lamport"]) = 1, live;
    /// Causal consistency: what a client does comes after all that it did, saw and was told of.
    CAUSAL "causal" Switch = 0, live per_node;
    /// Read your writes.
    RYW "ryw" Switch = 0, live per_node;
    /// Session consistency: reads see what the session wrote and read.
    SESSION "session" Switch = 0, live per_node;
    /// Monotonic reads.
    MR "mr" Switch = 0, live per_node;
    /// Monotonic writes.
    MW "mw" Switch = 0, live per_node;
    /// Writes follow reads.
    WFR "wfr" Switch = 0, live per_node;
    /// What happens when a replica lacks what the client must see.
    MISS "miss" Choice(&["wait", "redirect", "fail"]) = 0, live per_node;
    /// How long a client waits for an answer.
    TIMEOUT "timeout" Ms(1, 600_000) = 1000, live per_node;
}

/// The position of `arrival` among the words of [`ORDER`].
pub const ARRIVAL: u64 = 0;

/// The positions of the words of [`MISS`].
pub mod miss {
    /// The replica answers as soon as it has what it lacks.
    pub const WAIT: u64 = 0;
    /// The client asks another replica.
    pub const REDIRECT: u64 = 1;
}
