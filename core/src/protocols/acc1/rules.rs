//! Why something happened, or did not.

crate::rules! {
    /// A proposer sends a client's value to the acceptors.
    PROPOSE "propose" "Lamport 2001, §2.2: choosing a value" Step (of: Int, needed: Int);
    /// A proposer is asked when it knows already which value is chosen.
    PROPOSE_KNOWN "propose.known" "Lamport 2001, §2.1: only a single value is chosen" Step ();
    /// Who is no proposer takes no values from clients.
    PROPOSE_DENY "propose.deny" "Lamport 2001, §2.1: three classes of agents" Refusal
        (proposer: Node);
    /// An acceptor accepts the first value that it is sent.
    ACCEPT "accept" "Lamport 2001, §2.2: P1" Step (proposer: Node);
    /// An acceptor is sent the value once more that it has accepted.
    ACCEPT_AGAIN "accept.again" "Lamport 2001, §2.2: P1" Routine (proposer: Node);
    /// An acceptor has accepted another value before.
    ACCEPT_DENY "accept.deny" "Lamport 2001, §2.2: one acceptor, first value" Refusal
        (proposer: Node);
    /// Somebody hears which value an acceptor has accepted.
    HEARD "heard" "Lamport 2001, §2.3: learning a chosen value" Routine
        (acceptor: Node, votes: Int, needed: Int);
    /// A majority has accepted one value.
    CHOSEN "chosen" "Lamport 2001, §2.2: a majority of the acceptors" Milestone
        (votes: Int, of: Int);
    /// So many acceptors differ that no value can reach a majority any more.
    SPLIT "split" "Lamport 2001, §2.2: no single value by a majority" Refusal
        (most: Int, silent: Int, needed: Int);
    /// A proposer asks those again that have not answered.
    RESEND "resend" "Lamport 2001, §2.1: messages can be lost" Routine
        (silent: Int, votes: Int, needed: Int);
}
