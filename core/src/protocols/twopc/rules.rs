//! Why something happened, or did not.

crate::rules! {
    /// The transaction manager begins a transaction and asks for votes.
    BEGIN "begin" "Bernstein et al. 1987 §7.4, 2PC step 1; XA 1991, xa_start to xa_prepare" Step
        (tx: Int, client: Node, members: Int);
    /// A resource manager votes no because it is set to.
    VOTE_NO "vote.no" "Bernstein et al. 1987 §7.4, 2PC step 2; XA 1991, XA_RBROLLBACK" Refusal
        (tx: Int);
    /// It votes no because the work would break a rule of its own.
    VOTE_NO_WORK "vote.no.work" "Bernstein et al. 1987 §7.4, 2PC step 2; XA 1991, XA_RBINTEGRITY"
        Refusal (tx: Int);
    /// It votes no because the lock did not become free.
    VOTE_NO_LOCK "vote.no.lock" "Bernstein et al. 1987 §7.4, 2PC step 2; XA 1991, XA_RBTIMEOUT"
        Refusal (tx: Int);
    /// It votes no because it has aborted already.
    VOTE_NO_ABORTED "vote.no.aborted" "Bernstein et al. 1987 §7.4, 2PC step 2" Refusal
        (tx: Int);
    /// It forces the prepared record to disk and votes yes: from here on it is in doubt.
    VOTE_YES "vote.yes" "Bernstein et al. 1987 §7.4, 2PC step 2; XA 1991, xa_prepare" Milestone
        (tx: Int);
    /// It has voted yes before, and says so again.
    VOTE_AGAIN "vote.again" "Gray 1978, Two Phase Commit" Routine
        (tx: Int);
    /// A vote yes is in.
    VOTE_COUNT "vote.count" "Bernstein et al. 1987 §7.4, 2PC step 3" Step
        (rm: Node, tx: Int, missing: Int);
    /// A vote no is in.
    VOTE_VETO "vote.veto" "Bernstein et al. 1987 §7.4, 2PC step 3" Step
        (rm: Node, tx: Int);
    /// A vote comes when nobody waits for it any more.
    VOTE_LATE "vote.late" "Bernstein et al. 1987 §7.4, 2PC step 3" Refusal
        (rm: Node, tx: Int);
    /// Votes are missing, and the transaction manager waits no longer.
    VOTE_TIMEOUT "vote.timeout" "Bernstein et al. 1987 §7.4, Timeout Actions" Refusal
        (tx: Int, missing: Int, waited: Time);
    /// All have voted yes: the forced write of this record is the commit point.
    DECIDE_COMMIT "decide.commit"
        "Bernstein et al. 1987 §7.4, 2PC step 3; Gray 1978, Two Phase Commit" Milestone
        (tx: Int);
    /// The transaction is aborted, and nothing is logged.
    DECIDE_ABORT "decide.abort" "Mohan, Lindsay, Obermarck 1986 §3, presumed abort" Milestone
        (tx: Int);
    /// The decision goes to the backup first.
    LOG_COPY "log.copy" "Reddy and Kitsuregawa 2000, backup phase" Step
        (tx: Int);
    /// The backup has the decision.
    LOG_COPIED "log.copied" "Reddy and Kitsuregawa 2000, backup phase" Milestone
        (tx: Int);
    /// The backup stores a decision.
    LOG_STORE "log.store" "Reddy and Kitsuregawa 2000, backup phase" Step
        (tx: Int, commit: Flag);
    /// One resource manager is told the decision.
    DECISION_SEND "decision.send"
        "Bernstein et al. 1987 §7.4, 2PC step 3; XA 1991, xa_commit and xa_rollback" Step
        (rm: Node, tx: Int, commit: Flag);
    /// Those that have not acknowledged are told again.
    DECISION_RESEND "decision.resend" "Mohan, Lindsay, Obermarck 1986 §2" Step
        (tx: Int, missing: Int);
    /// A resource manager has acknowledged.
    ACK "ack" "Mohan, Lindsay, Obermarck 1986 §2" Routine
        (rm: Node, tx: Int);
    /// All have: nobody can ask for this transaction any more.
    END "end" "Mohan, Lindsay, Obermarck 1986 §2" Step
        (tx: Int);
    /// A resource manager commits: the row is written, its lock is free.
    COMMIT "commit" "Bernstein et al. 1987 §7.4, 2PC step 4; XA 1991, xa_commit" Milestone
        (tx: Int);
    /// A resource manager aborts: the row stays, its lock is free.
    ABORT "abort" "Bernstein et al. 1987 §7.4, 2PC step 4; XA 1991, xa_rollback" Milestone
        (tx: Int);
    /// The decision is known here already.
    DECISION_AGAIN "decision.again" "Mohan, Lindsay, Obermarck 1986 §2" Routine
        (from: Node, tx: Int);
    /// The decision is to commit, and there is no prepared record: what was voted for is lost.
    DECISION_LOST "decision.lost"
        "Gray 1978, Two Phase Commit; Bernstein et al. 1987 §7.4, DT log" Milestone
        (tx: Int);
    /// A resource manager has been in doubt for long, and asks its coordinator.
    INQUIRE "inquire" "Mohan, Lindsay, Obermarck 1986 §2; Gray 1978, Two Phase Commit" Step
        (tx: Int);
    /// It asks the other resource managers as well.
    TERMINATION_ASK "termination.ask" "Bernstein et al. 1987 §7.4, Cooperative Termination" Step
        (tx: Int, others: Int);
    /// Who is asked has decided.
    OUTCOME_TELL "outcome.tell" "Bernstein et al. 1987 §7.4, Cooperative Termination, case 1" Step
        (asker: Node, tx: Int, commit: Flag);
    /// Who is asked has not voted, and aborts: now no commit is possible.
    OUTCOME_INIT "outcome.init" "Bernstein et al. 1987 §7.4, Cooperative Termination, case 2"
        Milestone (asker: Node, tx: Int);
    /// Who is asked is in doubt itself.
    OUTCOME_UNCERTAIN "outcome.uncertain"
        "Bernstein et al. 1987 §7.4, Cooperative Termination, case 3" Refusal
        (asker: Node, tx: Int);
    /// The transaction manager has no record, and so the answer is abort.
    OUTCOME_PRESUMED "outcome.presumed" "Mohan, Lindsay, Obermarck 1986 §3, presumed abort" Step
        (asker: Node, tx: Int);
    /// The transaction manager has not decided, or may not tell yet.
    OUTCOME_OPEN "outcome.open" "Bernstein et al. 1987 §7.4, 2PC step 3" Refusal
        (asker: Node, tx: Int);
    /// The answer was that somebody else does not know either.
    BLOCKED "blocked" "Bernstein et al. 1987 §7.3, Blocking; Skeen 1981" Refusal
        (from: Node, tx: Int);
    /// An answer that is not needed any more.
    OUTCOME_KNOWN "outcome.known" "Bernstein et al. 1987 §7.4, Cooperative Termination" Routine
        (from: Node, tx: Int);
    /// A resource manager restarts with a prepared record: it is in doubt, and the row is locked.
    RESTART_READY "restart.ready"
        "Bernstein et al. 1987 §7.4, Recovery; Gray 1978, Two Phase Commit" Milestone
        (tx: Int);
    /// A resource manager restarts, and had not voted: it has aborted.
    RESTART_ABORT "restart.abort" "Bernstein et al. 1987 §7.4, Recovery" Step
        (tx: Int);
    /// The transaction manager restarts with a decision that not all have acknowledged.
    RESTART_DECIDED "restart.decided" "Bernstein et al. 1987 §7.4, Recovery" Milestone
        (tx: Int);
    /// The transaction manager asks what is in doubt.
    RECOVER_ASK "recover.ask" "XA 1991 §2.3.4, failures and recovery" Step
        (asked: Int);
    /// A resource manager lists what it has in doubt.
    RECOVER_LIST "recover.list" "XA 1991 §2.3.4, failures and recovery" Step
        (asker: Node, branches: Int);
    /// Nothing is in doubt there any more.
    RECOVER_CLEAN "recover.clean" "XA 1991 §2.3.4, failures and recovery" Routine
        (rm: Node);
    /// The backup is told who takes part in a transaction.
    BACKUP_TOLD "backup.told" "Bernstein et al. 1987 §7.4, Cooperative Termination" Routine
        (tx: Int);
    /// The backup takes over.
    TAKEOVER "takeover" "Gray and Lamport 2006 §3.3; Bernstein et al. 1987 §7.5" Milestone
        (open: Int, decided: Int);
    /// The backup learns what was decided.
    TAKEOVER_LEARN "takeover.learn" "Bernstein et al. 1987 §7.4, Cooperative Termination" Milestone
        (rm: Node, tx: Int, commit: Flag);
    /// A resource manager in doubt decides alone.
    HEURISTIC "heuristic" "XA 1991 §2.3.3, heuristic branch completion"
        Milestone (tx: Int, commit: Flag, waited: Time);
    /// The decision comes, and something else was decided here alone.
    HEURISTIC_LATE "heuristic.late" "XA 1991, XA_HEURRB and XA_HEURCOM" Refusal
        (tx: Int, decided: Flag, alone: Flag);
    /// The transaction manager hears of it: the transaction is mixed.
    HEURISTIC_MIXED "heuristic.mixed" "XA 1991, XA_HEURMIX" Milestone
        (rm: Node, tx: Int);
    /// Transactions begin at the transaction manager.
    REQUEST_REDIRECT "request.redirect" "XA 1991 §2.1, DTP model" Refusal
        (client: Node, tm: Node);
    /// This process has nothing to do with what is asked.
    REQUEST_REFUSE "request.refuse" "XA 1991 §2.1, DTP model" Refusal
        (client: Node);
}
