//! Every transition and every refusal, with the place that it comes from.
//!
//! "Alsberg & Day" is *A Principle for Resilient Sharing of Distributed Resources* (ICSE 1976);
//! "MySQL" is the reference manual, *Replication*; "Kingsbury" is *Call Me Maybe: Redis* (2013),
//! for what two masters do to each other.
#![expect(missing_docs, reason = "a rule's sentence is in the texts, under its id")]

crate::rules! {
    // The master.
    WRITE_LOG "write.log" "Alsberg & Day 1976 §3" Step (client: Node, index: Int, needed: Int);
    WRITE_DONE "write.done" "Alsberg & Day 1976 §3" Milestone (index: Int, acks: Int);
    ACK_COUNT "ack.count" "Alsberg & Day 1976 §3" Step (slave: Node, index: Int);
    ACK_GAP "ack.gap" "MySQL, Replication Implementation" Step (slave: Node, index: Int);
    ACK_LATE "ack.late" "MySQL, Replication Implementation" Routine (slave: Node);
    HEARTBEAT "heartbeat" "MySQL, Replication Implementation" Routine (behind: Int);
    READ_MASTER "read.master" "Alsberg & Day 1976 §3" Step (client: Node, index: Int);
    FALL_BACK "semi.fall-back" "MySQL, Semisynchronous Replication" Milestone (waited: Time);
    SEMI_AGAIN "semi.again" "MySQL, Semisynchronous Replication" Step (slave: Node);
    MODE_SWITCH "mode.switch" "MySQL, Semisynchronous Replication" Step (needed: Int);
    REMOVE "remove" "MySQL, Replication Administration" Milestone (slave: Node, left: Int);
    REMOVE_REFUSE "remove.refuse" "MySQL, Replication Administration" Refusal (server: Node);

    // Slaves.
    STORE "repl.store" "Alsberg & Day 1976 §3" Step (master: Node, index: Int, count: Int);
    NOTHING_NEW "repl.nothing-new" "MySQL, Replication Implementation" Routine (master: Node);
    GAP "repl.gap" "MySQL, Replication Implementation" Refusal (master: Node, prev: Int, last: Int);
    TRUNCATE "repl.truncate" "Kingsbury 2013, Redis" Milestone
        (master: Node, index: Int, last: Int);
    READ_SLAVE "read.slave" "MySQL, Using Replication for Scale-Out" Step
        (client: Node, index: Int);
    REDIRECT "request.redirect" "Alsberg & Day 1976 §3" Refusal (master: Node);

    // Another master.
    PROMOTE "promote" "MySQL, Switching Sources During Failover" Milestone
        (epoch: Int, index: Int);
    PROMOTE_REFUSE "promote.refuse" "MySQL, Switching Sources During Failover" Refusal (epoch: Int);
    SILENCE "failover.silence" "mistake: Kingsbury 2013, Redis" Step (waited: Time);
    FOLLOW "follow" "MySQL, Switching Sources During Failover" Step (master: Node, epoch: Int);
    OLD_MASTER "repl.old-master" "Alsberg & Day 1976 §4" Refusal
        (from: Node, epoch: Int, current: Int);
    TWO_MASTERS "two-masters" "Kingsbury 2013, Redis" Milestone (other: Node, epoch: Int);
    STEP_DOWN "step-down" "Alsberg & Day 1976 §4" Step (epoch: Int, current: Int);
    GIVEN_UP "write.given-up" "Alsberg & Day 1976 §4" Refusal (client: Node, index: Int);
}
