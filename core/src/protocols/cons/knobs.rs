//! The settings: how many copies, how late they are, and who may answer reads.

crate::knobs! {
    /// How many replicas there are beside the primary.
    REPLICAS "replicas" Count(1, 8) = 2, fixed;
    /// How long after a write the primary tells the replicas.
    LAG "lag" MsRange(0, 600_000) = (500, 500), live;
    /// How often the primary tells again what was not acknowledged.
    RESEND "resend" Ms(10, 600_000) = 1000, live;
    /// Who answers reads.
    READS "reads" Choice(&["any", "primary"]) = 0, live;
    /// How old a replica's copies may be when it answers; 0 when there is no bound.
    BOUND "bound" Ms(0, 600_000) = 0, live;
    /// Whether a replica takes what the primary tells.
    REPLICATE "replicate" Switch = 1, live per_node;
}

/// The position of `primary` among the words of [`READS`].
pub const PRIMARY: u64 = 1;
