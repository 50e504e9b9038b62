//! Why the database did something, or did not.

crate::rules! {
    /// The row was not there and is inserted.
    INSERT_DONE "insert.done"
        "MySQL Manual, INSERT Statement; CREATE INDEX Statement, Unique Indexes" Milestone
        (client: Node, id: Int);
    /// A row with this key is there.
    INSERT_DENY_DUPLICATE "insert.deny.duplicate" "MySQL Error Reference, 1062 ER_DUP_ENTRY" Refusal
        (client: Node, holder: Node);
    /// A row with this key is there, and it is the asker's own.
    INSERT_AGAIN "insert.again" "MySQL Manual, INSERT ... ON DUPLICATE KEY UPDATE Statement" Step
        (client: Node, count: Int);
    /// The row is deleted.
    DELETE_DONE "delete.done" "MySQL Manual, DELETE Statement" Milestone
        (client: Node);
    /// The row is deleted, and it was another's.
    DELETE_FOREIGN "delete.foreign" "MySQL Manual, DELETE Statement" Milestone
        (client: Node, holder: Node);
    /// The row stays, with a count that is one less.
    DELETE_ONCE "delete.once" "MySQL Manual, DELETE Statement" Step
        (client: Node, count: Int);
    /// No row has this key.
    DELETE_DENY_ABSENT "delete.deny.absent" "MySQL Manual, DELETE Statement" Refusal
        (client: Node);
    /// The row belongs to another.
    DELETE_DENY_OWNER "delete.deny.owner" "MySQL Manual, DELETE Statement" Refusal
        (client: Node, holder: Node);
    /// The row is younger again.
    UPDATE_DONE "update.done" "MySQL Manual, UPDATE Statement" Step
        (client: Node);
    /// The sweeper deletes a row that is too old.
    SWEEP_DELETE "sweep.delete" "MySQL Manual, Using the Event Scheduler" Milestone
        (holder: Node, age: Time);
    /// The primary sends the standby what changed.
    BINLOG_SEND "binlog.send" "MySQL Manual, Replication: asynchronous by default" Routine
        (rows: Int);
    /// The standby has it.
    BINLOG_APPLY "binlog.apply" "MySQL Manual, Replication: asynchronous by default" Routine
        (rows: Int);
    /// This server takes writes from now on, with the rows that it has.
    PROMOTE "promote" "MySQL Manual, Switching Sources During Failover" Milestone
        (rows: Int);
    /// This server takes no writes.
    READ_ONLY "read-only" "MySQL Error Reference, 1290 ER_OPTION_PREVENTS_STATEMENT" Refusal
        (client: Node);
}
