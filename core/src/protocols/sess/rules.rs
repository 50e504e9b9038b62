//! Why something happened, or did not.

crate::rules! {
    /// A client asks a replica for a datum.
    READ "read" "Terry et al. 1994: data storage model" Step (replica: Node);
    /// A client asks a replica to take a write.
    WRITE "write" "Terry et al. 1994: data storage model" Step (replica: Node);
    /// A read must show the client's own writes.
    RYW "ryw" "Terry et al. 1994: read your writes" Step (writes: Int);
    /// A read must show what the client has read.
    MR "mr" "Terry et al. 1994: monotonic reads" Step (writes: Int);
    /// A write must come after what the client has read.
    WFR "wfr" "Terry et al. 1994: writes follow reads" Step (writes: Int);
    /// A write must come after the client's own writes.
    MW "mw" "Terry et al. 1994: monotonic writes" Step (writes: Int);
    /// A read must show what the session has written and read.
    SESSION "session" "Vogels 2009: session consistency" Step (writes: Int);
    /// An operation must come after all that the client did, saw and was told of.
    CAUSAL "causal" "Vogels 2009: causal consistency" Step (writes: Int);
    /// A client takes over what another had seen as it spoke.
    TOLD "causal.told" "Vogels 2009: causal consistency" Step (teller: Node, writes: Int);
    /// A client hears something and does not note what the other had seen.
    TOLD_BARE "causal.deny.told" "Vogels 2009: causal consistency" Refusal (teller: Node);
    /// A client begins a new session.
    SESSION_NEW "session.new" "Vogels 2009: session consistency" Step (session: Int);
    /// A client has its answer.
    DONE "done" "Terry et al. 1994: version vectors" Milestone (replica: Node, writes: Int);
    /// The replica that was asked lacks something, and the client asks another.
    ELSEWHERE "behind.redirect" "Terry et al. 1994: providing the guarantees" Refusal
        (lacking: Node, replica: Node);
    /// The replica that was asked lacks something, and the client gives up.
    BEHIND "behind.fail" "Terry et al. 1994: providing the guarantees" Refusal (lacking: Node);
    /// No answer to a read in time.
    NO_ANSWER "no-answer" "Terry et al. 1994: providing the guarantees" Refusal (replica: Node);
    /// No answer to a write in time: it may have been taken, now or later.
    NO_ANSWER_WRITE "no-answer.unknown" "Terry et al. 1994: providing the guarantees" Refusal
        (replica: Node);
    /// An answer comes when nobody waits for it any more.
    LATE "answer.late" "Terry et al. 1994: providing the guarantees" Routine (replica: Node);
    /// A replica answers a read.
    ANSWER "read.answer" "Terry et al. 1994: version vectors" Step (client: Node);
    /// A replica takes a write.
    TAKE "write.take" "Terry et al. 1994: version vectors" Step (client: Node, number: Int);
    /// A replica lacks what the client must see, and lets it wait.
    WAIT "wait" "Terry et al. 1994: version vectors" Refusal (client: Node, lacks: Int);
    /// A replica lacks what the client must see, and says so.
    LACK "lack" "Terry et al. 1994: version vectors" Refusal (client: Node, lacks: Int);
    /// A replica tells the others of the writes that it took.
    SHIP "repl" "Terry et al. 1994: anti-entropy" Step (number: Int, replicas: Int);
    /// A replica tells again what was not acknowledged.
    AGAIN "repl.again" "Terry et al. 1994: anti-entropy" Routine (replicas: Int);
    /// A replica stores a write that another took.
    APPLY "repl.apply" "Terry et al. 1994: version vectors" Step (origin: Node, number: Int);
    /// A replica takes note of a write and keeps its value, which is newer.
    OLDER "repl.apply.older" "Lamport 1978: total order of events" Refusal
        (origin: Node, number: Int);
    /// A replica sets a write aside until it has what comes before.
    HOLD "repl.hold" "Ladin et al. 1992: update dependencies" Refusal
        (origin: Node, number: Int);
    /// A replica has this write.
    KNOWN "repl.deny.known" "Terry et al. 1994: version vectors" Routine
        (origin: Node, number: Int);
    /// A replica hears how far another is.
    ACK "repl.ack" "Terry et al. 1994: anti-entropy" Routine (replica: Node, number: Int);
}
