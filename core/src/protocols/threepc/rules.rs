//! Every transition and every refusal, with the place that it comes from.
//!
//! "Skeen" is *Nonblocking Commit Protocols* (SIGMOD 1981); "Bernstein et al." is *Concurrency
//! Control and Recovery in Database Systems* (1987), where §7.5 is three-phase commit; "Keidar &
//! Dolev" is *Increasing the Resilience of Distributed and Replicated Database Systems* (JCSS 57,
//! 1998). "popular" marks what most notes tell and none of these says.
#![expect(missing_docs, reason = "a rule's sentence is in the texts, under its id")]

use crate::protocols::commit;
use crate::rule::Rule;

/// The shared rules and those of this system.
pub static ALL: &[&Rule] =
    &commit::rules::with::<{ commit::rules::RULES.len() + RULES.len() }>(RULES);

crate::rules! {
    // The coordinator.
    BEGIN "begin" "Bernstein et al. 1987 §7.5" Step (tx: Int, client: Node, rms: Int);
    VOTE_COUNT "vote.count" "Bernstein et al. 1987 §7.5" Step (rm: Node, votes: Int, needed: Int);
    VOTE_TIMEOUT "vote.timeout" "Bernstein et al. 1987 §7.5" Milestone (votes: Int, needed: Int);
    PRECOMMIT_SEND "precommit.send" "Skeen 1981, central site nonblocking protocol" Milestone
        (tx: Int);
    ACK_COUNT "ack.count" "Bernstein et al. 1987 §7.5" Step (rm: Node, acks: Int, needed: Int);
    ACK_TIMEOUT_ABORT "ack.timeout.abort" "popular: coordinator's timeout in phase 2" Milestone
        (acks: Int, needed: Int);
    ACK_TIMEOUT_COMMIT "ack.timeout.commit" "Bernstein et al. 1987 §7.5" Milestone
        (acks: Int, needed: Int);
    ACK_NO_QUORUM "ack.no-quorum" "Keidar & Dolev 1998, E3PC" Refusal (acks: Int, needed: Int);
    DECIDE_COMMIT "decide.commit" "Bernstein et al. 1987 §7.5" Milestone (tx: Int, acks: Int);
    DECIDE_NO "decide.no" "Bernstein et al. 1987 §7.5" Milestone (rm: Node);
    DECIDE_BROKEN "decide.broken-yes" "popular: phase 2" Milestone (rm: Node);
    DONE_COUNT "done.count" "Bernstein et al. 1987 §7.4" Routine (rm: Node, acks: Int, needed: Int);
    DECISION_AGAIN "decision.again" "Bernstein et al. 1987 §7.4" Routine (missing: Int);
    DONE "done" "Bernstein et al. 1987 §7.4" Step (tx: Int, commit: Flag);
    RECOVER_ABORT "recover.abort" "Bernstein et al. 1987 §7.5, recovery" Milestone (tx: Int);

    REQUEST_REDIRECT "request.redirect" "Bernstein et al. 1987 §7.4" Refusal
        (client: Node, tm: Node);
    REQUEST_REFUSE "request.refuse" "Bernstein et al. 1987 §7.4" Refusal (client: Node);

    // A participant.
    YES_BOUND "vote.yes" "Bernstein et al. 1987 §7.5" Step (tx: Int);
    YES_UNBOUND "vote.yes.unlocked" "popular: phase 1" Step (tx: Int);
    VOTE_NO "vote.no" "Bernstein et al. 1987 §7.5" Milestone (tx: Int);
    VOTE_NO_LOCK "vote.no.locked" "Bernstein et al. 1987 §7.4" Milestone (tx: Int);
    PRECOMMIT "precommit" "Skeen 1981, central site nonblocking protocol" Step (from: Node);
    PRECOMMIT_REFUSE "precommit.refuse" "popular: phase 2" Refusal (tx: Int);
    DECISION "decision" "Bernstein et al. 1987 §7.5" Milestone (from: Node, commit: Flag);
    DECISION_KNOWN "decision.known" "Bernstein et al. 1987 §7.4" Routine (from: Node);
    ALREADY "already" "Bernstein et al. 1987 §7.4" Refusal (tx: Int);
    CONTRARY "contrary" "Bernstein et al. 1987 §7.3, AC1" Refusal (from: Node, commit: Flag);
    ABORT_ALONE "timeout.abort" "popular: participant's timeout before PreCommit" Milestone
        (waited: Time);
    COMMIT_ALONE "timeout.commit" "popular: participant's timeout after PreCommit" Milestone
        (waited: Time);

    // Termination.
    ELECT "elect" "Skeen 1981, termination protocol" Step (tx: Int, elected: Int);
    STATE_TELL "state.tell" "Bernstein et al. 1987 §7.5, termination protocol" Step
        (from: Node, elected: Int);
    STATE_COUNT "state.count" "Bernstein et al. 1987 §7.5, termination protocol" Step
        (from: Node, states: Int, all: Int);
    DENY_ELECTED "state.deny.elected" "Bernstein et al. 1987 §7.5, election protocol" Refusal
        (from: Node, elected: Int, current: Int);
    DENY_RECOVERING "state.deny.recovering" "Bernstein et al. 1987 §7.5, recovery" Refusal
        (from: Node);
    TERMINATE_ABORT "terminate.abort" "Bernstein et al. 1987 §7.5, TR3" Milestone (states: Int);
    TERMINATE_COMMIT "terminate.commit" "Bernstein et al. 1987 §7.5, TR4" Milestone (states: Int);
    PREPARED_COUNT "prepared.count" "Bernstein et al. 1987 §7.5, TR4" Step
        (from: Node, acks: Int, needed: Int);
    CONCLUDE "conclude" "Bernstein et al. 1987 §7.5, termination protocol" Milestone
        (tx: Int, commit: Flag);

    // With quorums.
    CHOOSE_COMMIT "choose.commit" "Keidar & Dolev 1998, decision rule" Milestone
        (states: Int, attempt: Int);
    CHOOSE_ABORT "choose.abort" "Keidar & Dolev 1998, decision rule" Milestone
        (states: Int, attempt: Int);
    PREABORT "preabort" "Keidar & Dolev 1998, recovery procedure" Step (from: Node);
    DENY_NUMBER "prepare.deny.number" "Keidar & Dolev 1998, Last_Elected" Refusal
        (from: Node, elected: Int, current: Int);
    OUTBID "outbid" "Keidar & Dolev 1998, Max_Elected" Refusal (from: Node, elected: Int);
    BLOCK "block" "Keidar & Dolev 1998, decision rule" Refusal (states: Int, needed: Int);

    // Asking.
    ASK "ask" "Bernstein et al. 1987 §7.5, recovery" Step (tx: Int);
    STATE_KNOWN "state.known" "Bernstein et al. 1987 §7.5, TR1 and TR2" Step
        (from: Node, commit: Flag);
    DENY_UNDECIDED "state.deny.undecided" "Bernstein et al. 1987 §7.5, recovery" Refusal
        (from: Node);
    ADOPT "adopt" "Bernstein et al. 1987 §7.5, TR1 and TR2" Milestone (from: Node, commit: Flag);
    ABORT_UNVOTED "abort.unvoted" "Bernstein et al. 1987 §7.4" Milestone (tx: Int);
    LATE "late" "Bernstein et al. 1987 §7.5" Routine (from: Node);
}
