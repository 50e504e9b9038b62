//! Every transition and every refusal, with its place in Gray and Lamport, *Consensus on
//! Transaction Commit* (TODS 2006): §4.1 tells Paxos, §4.2 Paxos Commit, §4.3 what it costs.

crate::rules! {
    /// The leader asks all resource managers to prepare.
    BEGIN "begin" "Gray & Lamport 2006 §4.2" Step (tx: Int);
    /// The first resource manager is prepared; the leader asks the others.
    BEGIN_COMMIT "begin-commit" "Gray & Lamport 2006 §4.2" Step (rm: Node, tx: Int);
    /// A leader finds what it began and did not see end.
    LEADER_RESTART "leader.restart" "Gray & Lamport 2006 §4.2" Step (tx: Int);
    /// Somebody else has to be asked for this.
    REDIRECT "request.redirect" "Gray & Lamport 2006 §2" Refusal (client: Node, to: Node);

    /// A resource manager is the first to prepare, and tells the leader.
    FIRST "prepare.first" "Gray & Lamport 2006 §4.2" Step (tx: Int);
    /// A resource manager is prepared, and proposes so in ballot 0 of its instance.
    PREPARE "prepare" "Gray & Lamport 2006 §4.2" Step (tx: Int, acceptors: Int);
    /// A resource manager aborts, and proposes so in ballot 0 of its instance.
    PREPARE_DENY "prepare.deny" "Gray & Lamport 2006 §4.2" Refusal (tx: Int);
    /// It is too late to prepare.
    PREPARE_LATE "prepare.deny.decided" "Gray & Lamport 2006 App. A, RMPrepare" Refusal (tx: Int);
    /// A resource manager finds that it was prepared before it crashed.
    RESTART "restart" "Gray & Lamport 2006 §3.1" Step (tx: Int);
    /// A resource manager finds what it had not voted on before it crashed.
    RESTART_UNVOTED "restart.unvoted" "Gray & Lamport 2006 App. A, RMChooseToAbort" Step (tx: Int);
    /// A resource manager has been in doubt for long enough, and asks somebody to lead.
    ASK "ask" "Gray & Lamport 2006 §4.2" Step (leader: Node, tx: Int);
    /// A resource manager commits.
    COMMIT "commit" "Gray & Lamport 2006 App. A, RMRcvCommitMsg" Step (tx: Int);
    /// A resource manager aborts.
    ABORT "abort" "Gray & Lamport 2006 App. A, RMRcvAbortMsg" Step (tx: Int);
    /// A resource manager hears what it knows.
    KNOWN "known" "Gray & Lamport 2006 App. A, RMRcvCommitMsg" Routine (tx: Int);
    /// A resource manager has itself heard from enough acceptors.
    DIRECT "learn.direct" "Gray & Lamport 2006 §4.3" Milestone (tx: Int);

    /// An acceptor accepts that a resource manager is prepared.
    ACCEPT "accept" "Gray & Lamport 2006 §4.1, phase 2b" Step (rm: Node, ballot: Int);
    /// An acceptor accepts that a resource manager aborts.
    ACCEPT_ABORT "accept.aborted" "Gray & Lamport 2006 §4.1, phase 2b" Step
        (rm: Node, ballot: Int);
    /// An acceptor has promised a higher ballot.
    ACCEPT_DENY "accept.deny.promised" "Gray & Lamport 2006 §4.1, phase 2b" Refusal
        (rm: Node, ballot: Int, promised: Int);
    /// An acceptor has not heard from all resource managers yet; it will tell of all at once.
    BUNDLE_WAIT "bundle.wait" "Gray & Lamport 2006 §4.2" Routine (heard: Int, needed: Int);
    /// An acceptor tells what it has accepted, of all instances in one message.
    BUNDLE "bundle" "Gray & Lamport 2006 §4.2" Step (instances: Int, tx: Int);
    /// An acceptor promises to accept nothing of a lower ballot, and says what it has accepted.
    PROMISE "promise" "Gray & Lamport 2006 §4.1, phase 1b" Step
        (leader: Node, ballot: Int, accepted: Int);
    /// An acceptor has promised a higher ballot.
    PROMISE_DENY "promise.deny.promised" "Gray & Lamport 2006 §4.1, phase 1b" Refusal
        (leader: Node, ballot: Int, promised: Int);

    /// A leader hears what an acceptor has accepted.
    LEARN "learn" "Gray & Lamport 2006 §4.1, phase 3" Routine
        (acceptor: Node, chosen: Int, of: Int);
    /// It comes from an earlier ballot, or the outcome is known.
    LATE "late" "Gray & Lamport 2006 §4.1" Routine (from: Node);
    /// Every instance has chosen `Prepared`.
    DECIDE_COMMIT "decide.commit" "Gray & Lamport 2006 App. A, Decide" Milestone (tx: Int);
    /// An instance has chosen `Aborted`.
    DECIDE_ABORT "decide.abort" "Gray & Lamport 2006 App. A, Decide" Milestone
        (rm: Node, tx: Int);
    /// The time for votes is over, and some instance has not chosen.
    VOTES_OVER "votes.over" "Gray & Lamport 2006 §4.2" Refusal (chosen: Int, of: Int);
    /// A leader begins a ballot of all instances.
    BALLOT "ballot" "Gray & Lamport 2006 §4.1, phase 1a" Milestone (ballot: Int, tx: Int);
    /// A ballot has come to nothing in time.
    BALLOT_OVER "ballot.over" "Gray & Lamport 2006 §4.1" Refusal (ballot: Int);
    /// A majority has promised, and one of it has accepted something: that must be proposed.
    ADOPT "ballot.adopt" "Gray & Lamport 2006 §4.1, phase 2a" Step
        (rm: Node, ballot: Int, accepted: Int);
    /// A majority has promised, and none of it has accepted anything: `Aborted` is proposed.
    FREE "ballot.free" "Gray & Lamport 2006 §4.2" Step (rm: Node, ballot: Int);
    /// A leader that knows the outcome is asked for it.
    TELL "ask.known" "Gray & Lamport 2006 §4.2" Step (rm: Node, tx: Int);
    /// A leader that is asked is at work on it already.
    TELL_WAIT "ask.deny.under-way" "Gray & Lamport 2006 §4.2" Refusal (rm: Node, ballot: Int);
}
