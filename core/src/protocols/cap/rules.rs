//! Every transition and every refusal, with the place that it comes from.
//!
//! "Gilbert & Lynch" is *Brewer's Conjecture and the Feasibility of Consistent, Available,
//! Partition-Tolerant Web Services* (SIGACT News 2002); "Brewer" is *CAP Twelve Years Later*
//! (Computer 2012); "Demers et al." is *Epidemic Algorithms for Replicated Database Maintenance*
//! (PODC 1987); "Thomas" is *A Majority Consensus Approach to Concurrency Control* (TODS 1979);
//! "Johnson & Thomas" is *The Maintenance of Duplicate Databases* (RFC 677, 1975); "Birrell &
//! Nelson" is *Implementing Remote Procedure Calls* (TOCS 1984).
#![expect(missing_docs, reason = "a rule's sentence is in the texts, under its id")]

crate::rules! {
    // Requests, at the replica that was asked.
    PASS_ON "request.pass-on" "Gilbert & Lynch 2002 §3.2.1" Step (client: Node, leader: Node);
    WRITE_LOCAL "write.local" "Gilbert & Lynch 2002 §3.2.3" Step (client: Node, version: Int);
    READ_LOCAL "read.local" "Gilbert & Lynch 2002 §3.2.3" Step (client: Node, version: Int);
    DONE "request.done" "Gilbert & Lynch 2002 §3.2.1" Step (client: Node, leader: Node);
    CANCEL_READ "timeout.cancel-read" "Brewer 2012, Cap-latency connection" Refusal
        (client: Node, waited: Time);
    CANCEL_WRITE "timeout.cancel-write" "Brewer 2012, Cap-latency connection" Refusal
        (client: Node, waited: Time);
    LATE "answer.late" "Gilbert & Lynch 2002 §2.3" Routine (from: Node);

    // The leader.
    AGAIN_OPEN "again.under-way" "Birrell & Nelson 1984 §3" Refusal (client: Node, serial: Int);
    AGAIN_TAKEN "again.taken" "Birrell & Nelson 1984 §3" Step (client: Node, version: Int);
    AGAIN_OLD "again.too-old" "Birrell & Nelson 1984 §3" Refusal (client: Node, serial: Int);
    WRITE_BEGIN "write.begin" "Thomas 1979 §4" Step (version: Int, needed: Int, of: Int);
    WRITE_COUNT "write.count" "Thomas 1979 §4" Step (from: Node, answers: Int, needed: Int);
    WRITE_DONE "write.done" "Thomas 1979 §4" Milestone (version: Int, answers: Int, of: Int);
    READ_BEGIN "read.begin" "Thomas 1979 §4" Step (needed: Int, of: Int);
    READ_COUNT "read.count" "Thomas 1979 §4" Step (from: Node, answers: Int, needed: Int);
    READ_DONE "read.done" "Thomas 1979 §4" Step (version: Int, answers: Int, of: Int);
    GIVE_UP "leader.give-up" "Brewer 2012, Cap-latency connection" Refusal
        (replica: Node, answers: Int, needed: Int);

    // Copies.
    TELL "copy.tell" "Thomas 1979 §4" Routine (leader: Node, version: Int);
    STORE "copy.store" "Johnson & Thomas 1975" Step (from: Node, version: Int, writer: Node);
    KEEP "copy.keep" "Johnson & Thomas 1975" Refusal (from: Node, version: Int, writer: Node);
    LOST "copy.lost" "Kingsbury 2013, The trouble with timestamps" Refusal
        (version: Int, held: Int, writer: Node);
    COMPARE "anti-entropy.compare" "Demers et al. 1987 §1.3" Routine ();
    PUSH "anti-entropy.push" "Demers et al. 1987 §1.3" Step (replica: Node, count: Int);
    SAME "anti-entropy.same" "Demers et al. 1987 §1.3" Routine (replica: Node);

    // A switch of the policy.
    SWITCH "policy.switch" "Brewer 2012, Managing partitions" Milestone (needed: Int, of: Int);
    PROCEED "policy.proceed" "Brewer 2012, Cap-latency connection" Step (client: Node);
    WAIT_ON "policy.wait-on" "Brewer 2012, Managing partitions" Refusal (client: Node);
}
