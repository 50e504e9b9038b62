//! Every transition and every refusal, with the place that it comes from.
//!
//! "Helland" is *Life beyond Distributed Transactions: an Apostate's Opinion* (CIDR 2007); "Pardon
//! & Pautasso" *Atomic Distributed Transactions: a RESTful Design* (WS-REST 2014); "Seata" the
//! documentation of Apache Seata's TCC mode, with the statuses 1 tried, 2 committed, 3 rolled
//! back, 4 suspended of its fence; "tcc-transaction" the FAQ of that framework, question 2.
#![expect(missing_docs, reason = "a rule's sentence is in the texts, under its id")]

crate::rules! {
    // The transaction manager.
    BEGIN "begin" "Pardon & Pautasso 2014" Step (tx: Int, client: Node, pieces: Int);
    ORDER_AGAIN "order.again" "Helland 2007, messages may be retried" Refusal
        (tx: Int, client: Node);
    ORDER_DENY "order.deny" "Pardon & Pautasso 2014" Refusal (client: Node);
    TRY_COUNT "try.count" "Pardon & Pautasso 2014" Step (tx: Int, from: Node, count: Int);
    CONFIRM_ALL "decide.confirm" "Pardon & Pautasso 2014" Milestone (tx: Int);
    CANCEL_ALL "decide.cancel" "Pardon & Pautasso 2014" Milestone (tx: Int);
    TRY_REFUSED "try.refused" "Pardon & Pautasso 2014" Step (tx: Int, from: Node);
    TRY_TIMEOUT "try.timeout" "Pardon & Pautasso 2014" Step (tx: Int, waited: Time, count: Int);
    ANSWER_LATE "answer.late" "Helland 2007, messages may be retried" Routine
        (tx: Int, from: Node);
    ACK_COUNT "ack.count" "Pardon & Pautasso 2014" Step (tx: Int, from: Node);
    DONE "done" "Pardon & Pautasso 2014" Milestone (tx: Int);
    RESEND "resend" "Helland 2007, messages may be retried" Step (tx: Int, left: Int);
    RECOVER_UNDECIDED "recover.undecided" "Pardon & Pautasso 2014, recovery" Milestone (tx: Int);
    RECOVER_DECIDED "recover.decided" "Pardon & Pautasso 2014, recovery" Step (tx: Int);
    TELL_UNKNOWN "tell.unknown" "tcc-transaction, FAQ 2" Step (tx: Int, from: Node);
    TELL_AGAIN "tell.again" "tcc-transaction, FAQ 2" Step (tx: Int, from: Node);
    TELL_LATER "tell.later" "tcc-transaction, FAQ 2" Refusal (tx: Int, from: Node);

    // Try.
    TRY_ORDER "try.order" "Helland 2007, tentative operations" Step (tx: Int, pieces: Int);
    TRY_FREEZE "try.freeze" "Helland 2007, tentative operations" Step
        (tx: Int, pieces: Int, available: Int);
    TRY_DENY_WILL "try.deny.will" "Helland 2007, tentative operations" Refusal (tx: Int);
    TRY_DENY_SHORT "try.deny.short" "Helland 2007, tentative operations" Refusal
        (tx: Int, pieces: Int, available: Int);
    TRY_DENY_SUSPENDED "try.deny.suspended" "Seata, TCC: suspension" Refusal (tx: Int);
    TRY_REPEAT "try.repeat" "Seata, TCC: idempotence" Refusal (tx: Int);
    TRY_TWICE "try.twice" "mistake: Seata, TCC: idempotence" Milestone (tx: Int);
    TRY_LATE "try.late" "mistake: Seata, TCC: suspension" Milestone (tx: Int);

    // Confirm.
    CONFIRM_ORDER "confirm.order" "Helland 2007, tentative operations" Milestone
        (tx: Int, pieces: Int);
    CONFIRM_SELL "confirm.sell" "Helland 2007, tentative operations" Milestone
        (tx: Int, pieces: Int, sold: Int);
    CONFIRM_UNRESERVED "confirm.unreserved" "mistake: Helland 2007, tentative operations" Milestone
        (tx: Int, pieces: Int, sold: Int);
    CONFIRM_REPEAT "confirm.repeat" "Seata, TCC: idempotence" Refusal (tx: Int);
    CONFIRM_TWICE "confirm.twice" "mistake: Seata, TCC: idempotence" Milestone (tx: Int);
    CONFIRM_DENY "confirm.deny" "Seata, TCC: fence" Refusal (tx: Int);

    // Cancel.
    CANCEL_ORDER "cancel.order" "Helland 2007, tentative operations" Milestone (tx: Int);
    CANCEL_RELEASE "cancel.release" "Helland 2007, tentative operations" Milestone
        (tx: Int, pieces: Int, available: Int);
    CANCEL_REPEAT "cancel.repeat" "Seata, TCC: idempotence" Refusal (tx: Int);
    CANCEL_TWICE "cancel.twice" "mistake: Seata, TCC: idempotence" Milestone (tx: Int);
    CANCEL_EMPTY "cancel.empty" "Seata, TCC: empty rollback" Refusal (tx: Int);
    CANCEL_BLIND "cancel.blind" "mistake: Seata, TCC: empty rollback" Milestone (tx: Int);
    CANCEL_DENY "cancel.deny" "Seata, TCC: fence" Refusal (tx: Int);

    // What else befalls a participant.
    EXPIRE "expire" "mistake: Helland 2007, tentative operations" Milestone
        (tx: Int, pieces: Int, available: Int);
    ASK "ask" "tcc-transaction, FAQ 2" Step (tx: Int, waited: Time);
    LOOK "look" "Helland 2007, uncertainty" Step (client: Node, available: Int, frozen: Int);
    REDIRECT "redirect" "Pardon & Pautasso 2014" Refusal (to: Node);
}
