//! Why something happened, or did not. The words of two-phase commit stand apart from those of one
//! database and of the outbox.

crate::rules! {
    /// A transaction waits for the lock of its database.
    LOCK_WAIT "lock.wait" "Bernstein et al. 1987, §3.2: two phase locking" Refusal
        (tx: Int, holder: Int);
    /// A local transaction reads the stock.
    ORDER_READ "order.read" "Haerder and Reuter 1983, §1.1: isolation" Step
        (tx: Int, stock: Int, amount: Int);
    /// A local transaction writes both accounts at once.
    ORDER_COMMIT "order.commit" "Haerder and Reuter 1983, §1.1: atomicity" Milestone
        (tx: Int, amount: Int, stock: Int);
    /// The stock would fall below zero: the transaction is undone.
    ORDER_DENY "order.deny.stock" "Haerder and Reuter 1983, §1.1: consistency" Refusal
        (tx: Int, stock: Int, amount: Int);
    /// A local transaction writes what it computed from a value that is no longer there.
    LOST_UPDATE "order.lost-update" "Berenson et al. 1995, §4.1: P4, lost update" Refusal
        (tx: Int, now: Int, seen: Int);
    /// Both accounts are read in one transaction.
    READ "read" "Haerder and Reuter 1983, §1.1: isolation" Routine (tx: Int);
    /// A transaction that only reads is over at a database.
    READ_DONE "read.done" "Bernstein et al. 1987, §3.5: strict two phase locking" Routine
        (tx: Int);
    /// A replica answers from its own copy.
    READ_COPY "read.copy" "Gray et al. 1996, §1: lazy master" Step (version: Int);
    /// Who takes no orders, or no questions, names the one who does.
    ELSEWHERE "ask.deny" "Gray et al. 1996, §1: who owns the data" Refusal (node: Node);
    /// The database sends a replica what is new.
    SHIP "ship" "Gray et al. 1996, §1: lazy master" Routine (replica: Node, version: Int);
    /// A replica takes over what is new, whole transactions at a time.
    SHIP_APPLY "ship.apply" "Gray et al. 1996, §1: lazy master" Step (version: Int);

    /// The transaction manager begins a transaction over both databases.
    BEGIN "tx.begin" "Bernstein et al. 1987, §7.4: two phase commit" Step (tx: Int, amount: Int);
    /// The transaction manager begins a transaction that reads both databases.
    BEGIN_READ "tx.read" "Bernstein et al. 1987, §7.4: two phase commit" Routine (tx: Int);
    /// A database has done the work, logged it, and votes yes.
    PREPARE "prepare" "Bernstein et al. 1987, §7.4: two phase commit" Step (tx: Int);
    /// A database cannot do the work, and votes no.
    PREPARE_DENY "prepare.deny" "Bernstein et al. 1987, §7.4: two phase commit" Refusal
        (tx: Int, stock: Int, amount: Int);
    /// A question arrives twice, or after a later one.
    PREPARE_KNOWN "prepare.known" "Bernstein et al. 1987, §7.4: two phase commit" Refusal
        (tx: Int);
    /// A vote is counted.
    VOTE "vote" "Bernstein et al. 1987, §7.4: two phase commit" Routine
        (tx: Int, from: Node, votes: Int, needed: Int);
    /// A vote arrives when the transaction is decided.
    VOTE_LATE "vote.late" "Bernstein et al. 1987, §7.4: two phase commit" Routine
        (tx: Int, from: Node);
    /// All have voted yes; the decision is logged.
    COMMIT "decide.commit" "Bernstein et al. 1987, §7.4: two phase commit" Milestone (tx: Int);
    /// One has voted no.
    ABORT_NO "decide.abort.no" "Bernstein et al. 1987, §7.3: AC3" Refusal (tx: Int, from: Node);
    /// Not all votes came in time.
    ABORT_SILENT "decide.abort.silent" "Bernstein et al. 1987, §7.4: timeout actions" Refusal
        (tx: Int, votes: Int, needed: Int);
    /// A database carries out a commit.
    CARRY_OUT "carry-out.commit" "Bernstein et al. 1987, §7.4: two phase commit" Step (tx: Int);
    /// A database drops what it had prepared, and whatever waits.
    DROP "carry-out.abort" "Bernstein et al. 1987, §7.4: two phase commit" Step (tx: Int);
    /// A database is told once more of a transaction that is over for it.
    OVER "carry-out.known" "Bernstein et al. 1987, §7.4: acknowledgements" Routine (tx: Int);
    /// An acknowledgement arrives.
    ACK "ack" "Bernstein et al. 1987, §7.4: acknowledgements" Routine (tx: Int, left: Int);
    /// The transaction manager repeats decisions that were not acknowledged.
    AGAIN "decide.again" "Mohan et al. 1986: presumed abort" Routine (left: Int);
    /// A database in doubt asks.
    INQUIRE "inquire" "Bernstein et al. 1987, §7.4: the uncertainty period" Refusal (tx: Int);
    /// The transaction manager tells one in doubt of a commit.
    INQUIRY_COMMIT "inquiry.commit" "Mohan et al. 1986: presumed abort" Step
        (tx: Int, from: Node);
    /// The transaction manager knows nothing of it any more, so it was not committed.
    INQUIRY_ABORT "inquiry.abort" "Mohan et al. 1986: presumed abort" Step
        (tx: Int, from: Node);
    /// The transaction manager still collects votes.
    INQUIRY_WAIT "inquiry.wait" "Bernstein et al. 1987, §7.4: two phase commit" Refusal
        (tx: Int, votes: Int, needed: Int);
    /// The transaction manager starts and finds a transaction that it had not decided.
    PRESUME "recover.presume" "Mohan et al. 1986: presumed abort" Step (tx: Int);
    /// A database starts with a prepared transaction on its disk, and locks for it again.
    RECOVER "recover" "Bernstein et al. 1987, §7.4: recovery actions" Step (tx: Int);

    /// An order and its row in the outbox are written in one local transaction.
    OUTBOX_WRITE "outbox.write" "Pritchett 2008, Consistency Patterns" Milestone
        (row: Int, amount: Int);
    /// The relay hears of rows.
    OUTBOX_ROWS "outbox.rows" "Pritchett 2008, Consistency Patterns" Step (rows: Int);
    /// The stock is deducted and the row's number noted, in one local transaction.
    OUTBOX_APPLY "outbox.apply" "Pritchett 2008, Consistency Patterns: updates applied" Step
        (row: Int, amount: Int, stock: Int);
    /// The row's number is noted already.
    OUTBOX_KNOWN "outbox.known" "Pritchett 2008, Consistency Patterns: updates applied" Refusal
        (row: Int);
    /// There is too little in stock for an order that was taken.
    OUTBOX_DENY "outbox.deny" "Garcia-Molina and Salem 1987, §1: compensation" Refusal
        (row: Int, stock: Int, amount: Int);
    /// A row is taken out: the stock has followed.
    OUTBOX_SETTLE "outbox.settle" "Pritchett 2008, Consistency Patterns" Routine
        (row: Int, left: Int);
    /// A row is told of that was taken out before.
    OUTBOX_GONE "outbox.gone" "Pritchett 2008, Consistency Patterns" Routine (row: Int);
    /// An order is cancelled that had been answered.
    OUTBOX_CANCEL "outbox.cancel" "Garcia-Molina and Salem 1987, §1: compensation" Milestone
        (row: Int, amount: Int);
    /// A client reads in two databases, one after the other, and no transaction spans that.
    READ_APART "read.apart" "Pritchett 2008, Consistency Patterns" Step (ordered: Int);

    /// The auditor has read both accounts, and the sum is right.
    AUDIT "audit" "Haerder and Reuter 1983, §1.1: consistency" Routine (sum: Int);
    /// The sum is wrong.
    AUDIT_OFF "audit.off" "Haerder and Reuter 1983, §1.1: consistency" Refusal
        (sum: Int, total: Int);
    /// The accounts could not be read.
    AUDIT_NONE "audit.none" "Gilbert and Lynch 2002, §2: availability" Refusal ();
    /// The auditor has waited long enough, and asks anew.
    AUDIT_AGAIN "audit.again" "Gilbert and Lynch 2002, §2: availability" Refusal (waited: Time);
}
