//! Why something happened, or did not. "Lamport 2001" is *Paxos Made Simple*, "Lamport 1998" *The
//! Part-Time Parliament*.

crate::rules! {
    /// Only proposers take proposals.
    ASK_DENY "propose.deny.role" "Lamport 2001, §2.1" Refusal (proposer: Node);
    /// Nothing is no value: it could not be told from nothing chosen.
    ASK_NIL "propose.deny.nil" "Lamport 2001, §2.1" Refusal (client: Node);
    /// Another client asks a proposer that is at work already.
    JOIN "propose.join" "Lamport 2001, §2.1" Step (client: Node);
    /// A proposer that knows what is chosen answers at once.
    KNOWN "propose.known" "Lamport 2001, §2.3" Step (client: Node);
    /// A proposer takes a new number and asks for promises.
    PREPARE "prepare" "Lamport 2001, §2.2, phase 1(a), and §2.5: numbers" Step
        (number: Int, needed: Int, of: Int);
    /// Its Prepare carries a value, which it should not.
    PREPARE_VALUE "prepare.with-value" "against Lamport 2001, §2.2, phase 1(a)" Step (number: Int);
    /// A proposer has used up its numbers.
    ROUNDS_OVER "prepare.deny.rounds" "Lamport 1998, §2.4" Refusal (rounds: Int);
    /// An acceptor that has accepted nothing promises.
    PROMISE "promise" "Lamport 2001, §2.2, phase 1(b)" Step (proposer: Node, number: Int);
    /// An acceptor promises and reports what it has accepted.
    PROMISE_REPORT "promise.report" "Lamport 2001, §2.2, phase 1(b)" Step
        (proposer: Node, number: Int, accepted: Int);
    /// An acceptor takes a value that was only prepared for its latest proposal.
    PROMISE_OVERWRITE "promise.overwrite" "against Lamport 2001, §2.2, phase 1(b)" Step
        (proposer: Node, number: Int);
    /// An acceptor promises and does not report what it has accepted.
    PROMISE_SILENT "promise.silent" "against Lamport 2001, §2.2, phase 1(b)" Step
        (proposer: Node, number: Int);
    /// An acceptor lies that it has accepted nothing.
    PROMISE_LIE "promise.lie" "Lamport, Shostak and Pease 1982, §1" Step
        (proposer: Node, number: Int);
    /// An acceptor has promised a higher number.
    PROMISE_DENY "promise.deny" "Lamport 2001, §2.2, phase 1(b)" Refusal
        (proposer: Node, number: Int, promised: Int);
    /// A promise is counted.
    PROMISE_COUNT "promise.count" "Lamport 2001, §2.2, phase 1" Routine
        (acceptor: Node, promises: Int, needed: Int);
    /// No promise reports a proposal: the proposer may propose what it likes.
    OWN "propose.own" "Lamport 2001, §2.2, phase 2(a)" Milestone (number: Int);
    /// The proposer must propose the value of the highest number that was reported.
    ADOPT "propose.adopt" "Lamport 2001, §2.2, P2c and phase 2(a)" Milestone
        (number: Int, highest: Int);
    /// The proposer proposes its own value without asking what was accepted.
    OWN_ALWAYS "propose.own-always" "against Lamport 2001, §2.2, P2c" Milestone (number: Int);
    /// An acceptor accepts its first proposal.
    ACCEPT "accept" "Lamport 2001, §2.2, phase 2(b)" Step (proposer: Node, number: Int);
    /// An acceptor accepts another proposal after an earlier one.
    ACCEPT_AGAIN "accept.again" "Lamport 2001, §2.2, phase 2(b)" Step
        (proposer: Node, number: Int, earlier: Int);
    /// An acceptor accepts what it has promised not to.
    ACCEPT_LIE "accept.lie" "Lamport, Shostak and Pease 1982, §1" Step
        (proposer: Node, number: Int, promised: Int);
    /// An acceptor has promised a higher number.
    ACCEPT_DENY "accept.deny" "Lamport 2001, §2.2, P1a and phase 2(b)" Refusal
        (proposer: Node, number: Int, promised: Int);
    /// An acceptance is counted by the proposer.
    ACCEPT_COUNT "accept.count" "Lamport 2001, §2.2, phase 2" Routine
        (acceptor: Node, acceptances: Int, needed: Int);
    /// The proposer knows that its proposal is chosen.
    CHOSEN "chosen" "Lamport 2001, §2.2" Milestone (number: Int, acceptances: Int);
    /// A learner hears of an acceptance.
    REPORT "learn.count" "Lamport 2001, §2.3" Routine
        (acceptor: Node, number: Int, reports: Int, needed: Int);
    /// A learner knows what is chosen.
    LEARN "learn" "Lamport 2001, §2.3" Milestone (number: Int);
    /// A learner that knows hears more.
    LEARN_KNOWN "learn.known" "Lamport 2001, §2.3" Routine (acceptor: Node);
    /// A proposer hears that an acceptor refused.
    NACK "nack.count" "Lamport 2001, §2.2: inform the proposer" Routine
        (acceptor: Node, promised: Int);
    /// No majority can say yes any more: the proposer gives its number up.
    OUTBID "outbid" "Lamport 2001, §2.2: abandon a proposal" Refusal (number: Int, promised: Int);
    /// The proposer lets others go first.
    BACK_OFF "outbid.back-off" "Lamport 2001, §2.4; Lamport 1998, §2.4" Step (number: Int);
    /// Too few have answered in time: the proposer tries again.
    TIMEOUT "timeout" "Lamport 1998, §2.4" Refusal (number: Int, heard: Int, needed: Int);
    /// An answer comes that nobody needs any more.
    STALE "answer.stale" "Lamport 2001, §2.2" Routine (acceptor: Node, number: Int);
}
