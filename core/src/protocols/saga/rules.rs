//! Every transition and every refusal, with the section of *Sagas* (Garcia-Molina and Salem, SIGMOD
//! 1987) that it comes from; "Helland" is *Life beyond Distributed Transactions* (CIDR 2007), for
//! messages that come twice.
#![expect(missing_docs, reason = "a rule's sentence is in the texts, under its id")]

crate::rules! {
    // The saga execution component.
    BEGIN "saga.begin" "Garcia-Molina & Salem 1987, User Facilities" Step
        (saga: Int, client: Node, price: Int);
    AGAIN "saga.again" "Helland 2007, messages may be retried" Refusal (saga: Int, client: Node);
    DENY "saga.deny" "Garcia-Molina & Salem 1987, User Facilities" Refusal (client: Node);
    RUN "step.run" "Garcia-Molina & Salem 1987, User Facilities" Step (saga: Int, to: Node);
    RUN_DONE "step.done" "Garcia-Molina & Salem 1987, User Facilities" Step
        (saga: Int, from: Node);
    END "saga.end" "Garcia-Molina & Salem 1987, User Facilities" Milestone (saga: Int);
    TURN "step.refused" "Garcia-Molina & Salem 1987, Backward Recovery" Milestone
        (saga: Int, from: Node);
    UNDO "compensate" "Garcia-Molina & Salem 1987, Backward Recovery" Step (saga: Int, to: Node);
    UNDO_DONE "compensate.done" "Garcia-Molina & Salem 1987, Backward Recovery" Step
        (saga: Int, from: Node);
    COMPENSATED "saga.compensated" "Garcia-Molina & Salem 1987, Backward Recovery" Milestone
        (saga: Int);
    RESEND "resend" "Helland 2007, messages may be retried" Step (saga: Int, to: Node);
    LATE "answer.late" "Helland 2007, messages may be retried" Routine (saga: Int, from: Node);
    RECOVER_BACKWARD "recover.backward" "Garcia-Molina & Salem 1987, Backward Recovery" Milestone
        (saga: Int, to: Node);
    RECOVER_FORWARD "recover.forward" "Garcia-Molina & Salem 1987, Forward Recovery" Milestone
        (saga: Int, to: Node);
    RECOVER_ON "recover.on" "Garcia-Molina & Salem 1987, Backward Recovery" Step
        (saga: Int, to: Node);

    // The services.
    ORDER "order" "Garcia-Molina & Salem 1987, Introduction" Milestone (saga: Int, price: Int);
    PAY "pay" "Garcia-Molina & Salem 1987, Introduction" Milestone
        (saga: Int, price: Int, purse: Int);
    SHIP "ship" "Garcia-Molina & Salem 1987, Introduction" Milestone (saga: Int, price: Int);
    CANCEL "cancel" "Garcia-Molina & Salem 1987, Introduction" Milestone (saga: Int);
    REFUND "refund" "Garcia-Molina & Salem 1987, Introduction" Milestone
        (saga: Int, price: Int, purse: Int);
    DENY_WILL "deny.will" "Garcia-Molina & Salem 1987, User Facilities" Refusal (saga: Int);
    DENY_SHORT "deny.short" "Garcia-Molina & Salem 1987, User Facilities" Refusal
        (saga: Int, price: Int, purse: Int);
    REFUSE_REPEAT "deny.repeat" "Helland 2007, messages may be retried" Refusal (saga: Int);
    RUN_REPEAT "step.repeat" "Helland 2007, messages may be retried" Refusal (saga: Int);
    RUN_TWICE "step.twice" "mistake: Helland 2007, messages may be retried" Milestone (saga: Int);
    UNDO_REPEAT "compensate.repeat" "Helland 2007, messages may be retried" Refusal (saga: Int);
    UNDO_TWICE "compensate.twice" "mistake: Helland 2007, messages may be retried" Milestone
        (saga: Int);
    UNDO_NOTHING "compensate.nothing" "Helland 2007, messages may be retried" Refusal (saga: Int);
    LOOK "look" "Garcia-Molina & Salem 1987, Introduction" Step (client: Node, amount: Int);
    REDIRECT "redirect" "Garcia-Molina & Salem 1987, User Facilities" Refusal (to: Node);
}
