//! Why something happened, or did not.

crate::rules! {
    /// A client asks a read quorum for the highest timestamp before it writes.
    QUERY "write.query" "Lynch and Shvartsman 1997: query phase of a write" Step (needed: Int);
    /// A client gives its write a timestamp and sends it to all replicas.
    WRITE "write" "Gifford 1979: write quorum" Step (needed: Int, ts: Int);
    /// A client sends its write to all replicas, without anything that says when it was made.
    WRITE_BARE "write.unordered" "Gifford 1979: without version numbers" Step (needed: Int);
    /// A write quorum has acknowledged.
    WRITE_DONE "write.done" "Gifford 1979: write quorum" Milestone (acks: Int);
    /// A replica stores a newer value.
    STORE "store" "Attiya et al. 1995: unbounded emulator" Step
        (client: Node, ts: Int, writer: Node);
    /// A replica keeps what it has, which is newer, and acknowledges.
    STORE_KEEP "store.deny.older" "Attiya et al. 1995: unbounded emulator" Refusal
        (client: Node, ts: Int, held: Int);
    /// A replica stores what arrived last.
    STORE_LAST "store.last" "Gifford 1979: without version numbers" Step (client: Node);
    /// A client asks all replicas for their copies.
    READ "read" "Gifford 1979: read quorum" Step (needed: Int);
    /// R and W are so small that a read quorum can miss a write quorum.
    NO_OVERLAP "read.no-overlap" "Gifford 1979: r + w > N" Refusal (r: Int, w: Int, n: Int);
    /// A replica answers with its copy.
    ANSWER "read.answer" "Gifford 1979: read quorum" Routine (client: Node, ts: Int);
    /// The answer with the highest timestamp is taken.
    NEWEST "read.newest" "Attiya et al. 1995: unbounded emulator" Step (ts: Int, writer: Node);
    /// The answers differ, nothing says which is newer, and the first is taken.
    FIRST "read.unordered" "Gifford 1979: without version numbers" Refusal (replica: Node);
    /// The value that was read is sent to all replicas before the read answers.
    WRITE_BACK "read.write-back" "Attiya et al. 1995: unbounded emulator" Step
        (needed: Int, ts: Int);
    /// The read answers, and those that are behind are told.
    REPAIR "read.repair" "DeCandia et al. 2007, §5: read repair" Step (behind: Int, ts: Int);
    /// The read answers its caller.
    READ_DONE "read.done" "Gifford 1979: read quorum" Milestone (answers: Int);
    /// Those that have not answered are asked again.
    RESEND "resend" "Attiya et al. 1995: unbounded emulator" Routine (missing: Int);
    /// More answered than are needed, or too late.
    EXTRA "answer.extra" "Attiya et al. 1995: unbounded emulator" Routine (replica: Node);
    /// The time is over and too few have answered: nothing was written.
    NO_QUORUM "no-quorum" "Gifford 1979: availability of a quorum" Refusal
        (answers: Int, needed: Int);
    /// The time is over and too few have acknowledged: some may hold the write.
    PARTIAL "no-quorum.partial" "Gifford 1979: availability of a quorum" Refusal
        (acks: Int, needed: Int);
}
