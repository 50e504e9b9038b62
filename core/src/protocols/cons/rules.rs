//! Why something happened, or did not.

crate::rules! {
    /// The primary takes a write and answers.
    WRITE "write" "Gray et al. 1996, §1: lazy master" Milestone (version: Int);
    /// A replica takes no writes.
    WRITE_DENY "write.deny.replica" "Gray et al. 1996, §1: lazy master" Refusal (primary: Node);
    /// The primary tells the replicas.
    SHIP "repl" "Gray et al. 1996, §4: replica update transactions" Step
        (version: Int, replicas: Int);
    /// The primary tells again what was not acknowledged.
    AGAIN "repl.again" "Gray et al. 1996, §4: replica update transactions" Routine
        (replicas: Int);
    /// A replica applies what the primary has written.
    APPLY "repl.apply" "Gray et al. 1996, §4: replica update transactions" Step
        (version: Int, writes: Int);
    /// A replica hears that it has everything.
    FRESH "repl.fresh" "Terry 2013: bounded staleness" Routine (version: Int);
    /// A replica has been told before.
    KNOWN "repl.deny.known" "Gray et al. 1996, §4: replica update transactions" Routine
        (version: Int);
    /// A replica lacks what comes before.
    GAP "repl.deny.gap" "Gray et al. 1996, §4: replica update transactions" Refusal
        (first: Int, held: Int);
    /// Replication is off at this replica.
    OFF "repl.deny.off" "Vogels 2009: weak consistency" Refusal ();
    /// The primary hears how far a replica is.
    ACK "repl.ack" "Gray et al. 1996, §4: replica update transactions" Routine
        (replica: Node, version: Int);
    /// A server answers a read from its own copy.
    READ "read" "Terry 2013: eventual consistency" Step (version: Int);
    /// A replica sends the reader to the primary.
    READ_PRIMARY "read.deny.replica" "Terry 2013: strong consistency" Refusal (primary: Node);
    /// A replica's copies may be older than the bound allows.
    READ_OLD "read.deny.too-old" "Terry 2013: bounded staleness" Refusal (age: Time);
}
