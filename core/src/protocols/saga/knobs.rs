//! The settings: what there is to spend, who refuses, and what becomes of a saga after a crash.

crate::knobs! {
    /// What the customer has at the beginning.
    PURSE "purse" Count(1, 1_000_000) = 100, fixed;
    /// Whether a service refuses what it is asked to do.
    REFUSES "refuses" Switch = 0, live per_node;
    /// The time between a transaction of the saga and the next one.
    PACE "pace" Ms(0, 600_000) = 0, live;
    /// How long the SEC waits for an answer before it asks again.
    RETRY "retry" Ms(1, 600_000) = 500, live;
    /// Where a SEC that starts again goes with a saga that was under way.
    RECOVERY "recovery" Choice(&["backward", "forward"]) = 0, live;
    /// Whether services know what comes twice.
    IDEMPOTENCE "idempotence" Switch = 1, live;
}

/// `recovery` forward.
pub const FORWARD: u64 = 1;
