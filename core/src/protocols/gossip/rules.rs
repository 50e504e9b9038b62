//! Why something happened, or did not.

crate::rules! {
    /// A node takes a write and answers at once.
    WRITE "write" "Demers et al. 1987, §1.1" Step (ts: Int);
    /// A node replaces a value by a death certificate.
    DELETE "delete" "Demers et al. 1987, §2" Step (ts: Int);
    /// A node deletes a value and keeps nothing in its place.
    DELETE_BARE "delete.no-certificate" "Demers et al. 1987, §2" Step ();
    /// A node answers with what it has.
    READ "read" "Demers et al. 1987, §1.1" Routine (ts: Int);
    /// A node tells a peer everything that it has.
    PUSH "push" "Demers et al. 1987, §1.3: push" Routine (peer: Node, updates: Int);
    /// A node tells a peer what it holds at which version, and so asks for what is newer there.
    DIGEST "digest" "Demers et al. 1987, §1.3: pull" Routine (peer: Node);
    /// A node answers with what the other lacks.
    DELTA "digest.behind" "Demers et al. 1987, §1.3: pull" Routine (peer: Node, updates: Int);
    /// A node lacks what the other has, and asks for it.
    PULL "digest.ahead" "Demers et al. 1987, §1.3: push-pull" Routine (peer: Node, updates: Int);
    /// Both have the same.
    SAME "digest.same" "Demers et al. 1987, §1.3" Routine (peer: Node);
    /// A node tells a rumour.
    TELL "rumour.tell" "Demers et al. 1987, §1.4" Routine (peer: Node, rumours: Int);
    /// A node hears that a peer knew its rumour, and goes on.
    KNOWN "rumour.known" "Demers et al. 1987, §1.4: feedback" Routine (peer: Node);
    /// A node hears that a peer knew its rumour, and loses interest.
    LOSE "rumour.lose" "Demers et al. 1987, §1.4: loss of interest" Step (peer: Node);
    /// A node compares everything with a peer, in case a rumour missed it.
    BACKUP "rumour.backup" "Demers et al. 1987, §1.5" Routine (peer: Node);
    /// A node takes a newer value.
    NEWER "merge.newer" "Demers et al. 1987, §1.1" Step (from: Node, ts: Int, writer: Node);
    /// A node takes a death certificate, and the value is gone here, too.
    BURY "merge.certificate" "Demers et al. 1987, §2" Step (from: Node, ts: Int);
    /// A node has what it is told.
    HAS "merge.known" "Demers et al. 1987, §1.4: feedback" Routine (from: Node, ts: Int);
    /// A node has something newer than what it is told.
    OLDER "merge.deny.older" "Demers et al. 1987, §1.1" Refusal (from: Node, ts: Int, held: Int);
    /// A death certificate arrives that is old enough to be discarded.
    STALE "merge.deny.expired" "Demers et al. 1987, §2" Refusal (from: Node);
    /// A node discards a death certificate.
    EXPIRE "certificate.expire" "Demers et al. 1987, §2" Step (ts: Int);
    /// A value comes back whose death certificate this node has discarded.
    RESURRECT "resurrect" "Demers et al. 1987, §2" Milestone (from: Node, ts: Int);
}
