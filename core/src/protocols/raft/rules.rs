//! Every transition and every refusal, with the sentence of the paper that it comes from.
//!
//! "Raft" is Ongaro and Ousterhout, In Search of an Understandable Consensus Algorithm (USENIX ATC
//! 2014, extended version); "diss." is Ongaro, Consensus: Bridging Theory and Practice (2014).
#![expect(missing_docs, reason = "a rule's sentence is in the texts, under its id")]

crate::rules! {
    // Terms (§5.1).
    STEP_DOWN_TERM "step-down.higher-term" "Raft §5.1" Step (from: Node, term: Int, old: Int);
    TERM_ADOPT "term.adopt" "Raft §5.1" Step (from: Node, term: Int, old: Int);
    RESPONSE_STALE "response.stale" "Raft §5.1" Routine (from: Node, term: Int);
    STEP_DOWN_LEADER "step-down.leader-exists" "Raft §5.2" Step (leader: Node, term: Int);

    // Elections (§5.2, §5.4.1).
    ELECTION_START "election.start" "Raft §5.2" Step (term: Int, needed: Int, of: Int);
    ELECTION_NOT_MEMBER "election.not-a-member" "Raft diss. §4.2.2" Refusal ();
    VOTE_GRANT "vote.grant" "Raft §5.2" Step (candidate: Node, term: Int);
    VOTE_DENY_STALE "vote.deny.stale-term" "Raft §5.1" Refusal
        (candidate: Node, term: Int, current: Int);
    VOTE_DENY_VOTED "vote.deny.already-voted" "Raft §5.2" Refusal
        (candidate: Node, term: Int, voted_for: Node);
    VOTE_DENY_LOG "vote.deny.log-behind" "Raft §5.4.1" Refusal
        (candidate: Node, last_term: Int, last_index: Int, my_last_term: Int);
    VOTE_COUNTED "vote.counted" "Raft §5.2" Step (from: Node, votes: Int, needed: Int);
    VOTE_REFUSED "vote.refused" "Raft §5.2" Step (from: Node, votes: Int, needed: Int);
    LEADER_ELECTED "leader.elected" "Raft §5.2" Milestone (term: Int, votes: Int, of: Int);
    TIMER_RESET_ANY "timer.reset.any-request" "mistake: Raft §5.2" Step
        (candidate: Node, term: Int);

    // PreVote, CheckQuorum, leader stickiness (dissertation §9.6, §6.2, §4.2.3).
    PREVOTE_START "prevote.start" "Raft diss. §9.6" Step (term: Int, needed: Int, of: Int);
    PREVOTE_GRANT "prevote.grant" "Raft diss. §9.6" Step (candidate: Node, term: Int);
    PREVOTE_DENY_STALE "prevote.deny.stale-term" "Raft diss. §9.6" Refusal
        (candidate: Node, term: Int, current: Int);
    PREVOTE_DENY_LEADER "prevote.deny.leader-alive" "Raft diss. §9.6" Refusal
        (candidate: Node, leader: Node);
    PREVOTE_DENY_LOG "prevote.deny.log-behind" "Raft diss. §9.6" Refusal
        (candidate: Node, last_term: Int, last_index: Int, my_last_term: Int);
    PREVOTE_COUNTED "prevote.counted" "Raft diss. §9.6" Step
        (from: Node, votes: Int, needed: Int);
    PREVOTE_REFUSED "prevote.refused" "Raft diss. §9.6" Step
        (from: Node, votes: Int, needed: Int);
    VOTE_IGNORE_LEADER "vote.ignore.leader-alive" "Raft diss. §4.2.3" Refusal
        (candidate: Node, term: Int, leader: Node);
    STEP_DOWN_QUORUM "step-down.no-quorum" "Raft diss. §6.2" Step (term: Int, heard: Int, of: Int);

    // Replication (§5.3).
    HEARTBEAT "heartbeat.send" "Raft §5.2" Routine (term: Int);
    APPEND_OWN "append.leader" "Raft §5.3" Step (index: Int, term: Int);
    NOOP_APPEND "append.no-op" "Raft §8" Step (index: Int, term: Int);
    APPEND_REFUSE_STALE "append.refuse.stale-term" "Raft §5.1" Refusal
        (leader: Node, term: Int, current: Int);
    APPEND_REFUSE_LOG "append.refuse.log-mismatch" "Raft §5.3" Refusal
        (leader: Node, prev_index: Int, prev_term: Int, last_index: Int);
    APPEND_TRUNCATE "append.truncate-conflict" "Raft §5.3" Step
        (leader: Node, from_index: Int, last_index: Int);
    APPEND_STORE "append.store" "Raft §5.3" Step (leader: Node, index: Int, count: Int);
    APPEND_HEARTBEAT "append.nothing-new" "Raft §5.3" Routine (leader: Node, index: Int);
    NEXT_BACK_UP "next.back-up" "Raft §5.3" Step (from: Node, next: Int, was: Int);
    MATCH_ADVANCE "match.advance" "Raft §5.3" Step (from: Node, index: Int);

    // Commitment and execution (§5.3, §5.4.2).
    COMMIT_ADVANCE "commit.advance" "Raft §5.4.2" Milestone (index: Int, term: Int);
    COMMIT_WAIT_OLD "commit.wait.old-term" "Raft §5.4.2" Refusal
        (index: Int, entry_term: Int, term: Int);
    COMMIT_OLD "commit.count-old-term" "mistake: Raft §5.4.2" Milestone
        (index: Int, entry_term: Int, term: Int);
    COMMIT_LEARN "commit.learn" "Raft §5.3" Step (leader: Node, index: Int);
    APPLY "apply" "Raft §5.3" Routine (index: Int);

    // Clients (§8, dissertation ch. 6).
    REQUEST_REDIRECT "request.redirect" "Raft §8" Refusal (leader: Node);
    REQUEST_NO_LEADER "request.no-leader" "Raft §8" Refusal ();
    REQUEST_ACCEPT "request.accept" "Raft §5.3" Step (client: Node, index: Int);
    REQUEST_DONE "request.done" "Raft §5.3" Step (client: Node, index: Int);
    SESSION_DUPLICATE "session.duplicate" "Raft diss. §6.3" Step
        (client: Node, serial: Int, index: Int);
    SESSION_ANSWERED "session.answered" "Raft §8" Step (client: Node, serial: Int);
    SESSION_STALE "session.stale-serial" "Raft diss. §6.3" Refusal
        (client: Node, serial: Int, index: Int);

    // Reads (dissertation §6.4).
    READ_INDEX "read.index" "Raft diss. §6.4" Step (client: Node, index: Int);
    READ_WAIT_TERM "read.wait.no-commit" "Raft §8" Refusal (client: Node, term: Int);
    READ_CONFIRMED "read.confirmed" "Raft diss. §6.4" Step (client: Node, index: Int);
    READ_LEASE "read.lease" "Raft diss. §6.4.1" Step (client: Node, left: Time);
    READ_LEASE_OVER "read.lease-over" "Raft diss. §6.4.1" Refusal (client: Node);
    READ_LOCAL "read.local" "mistake: Raft §8" Step (client: Node, index: Int);
    READ_GIVEN_UP "read.given-up" "Raft diss. §6.4" Refusal (client: Node);

    // Membership (§6, dissertation ch. 4).
    CONFIG_APPEND "config.append" "Raft diss. §4.1" Milestone (index: Int, voters: Int);
    CONFIG_JOINT "config.joint" "Raft §6" Milestone (index: Int, old: Int, new: Int);
    CONFIG_COMMIT "config.commit" "Raft §6" Milestone (index: Int, voters: Int);
    CONFIG_DIRECT "config.direct-switch" "mistake: Raft §6" Step (index: Int, voters: Int);
    CONFIG_REFUSE_BUSY "config.refuse.in-progress" "Raft diss. §4.1" Refusal ();
    CONFIG_REFUSE_TERM "config.refuse.no-commit-in-term" "Ongaro, raft-dev, 10 July 2015" Refusal
        (term: Int);
    CONFIG_REFUSE_SAME "config.refuse.nothing-to-change" "Raft diss. §4.1" Refusal ();
    LEARNER_START "learner.start" "Raft diss. §4.2.1" Step (server: Node, goal: Int);
    LEARNER_ROUND "learner.round" "Raft diss. §4.2.1" Step
        (server: Node, round: Int, took: Time, goal: Int);
    LEARNER_READY "learner.ready" "Raft diss. §4.2.1" Step (server: Node, round: Int, took: Time);
    LEARNER_GIVE_UP "learner.give-up" "Raft diss. §4.2.1" Refusal (server: Node);
    STEP_DOWN_REMOVED "step-down.removed" "Raft §6" Step (index: Int);

    // Leadership transfer (dissertation §3.10).
    TRANSFER_START "transfer.start" "Raft diss. §3.10" Step (target: Node);
    TRANSFER_HOLD "transfer.hold-requests" "Raft diss. §3.10" Refusal (target: Node);
    TRANSFER_SEND "transfer.timeout-now" "Raft diss. §3.10" Step (target: Node, index: Int);
    TRANSFER_STAND "transfer.stand" "Raft diss. §3.10" Step (leader: Node);
    TRANSFER_GIVE_UP "transfer.give-up" "Raft diss. §3.10" Refusal (target: Node);

    // Snapshots (§7).
    SNAPSHOT_TAKE "snapshot.take" "Raft §7" Step (index: Int, entries: Int);
    SNAPSHOT_INSTALL "snapshot.install" "Raft §7" Milestone (leader: Node, index: Int);
    SNAPSHOT_KNOWN "snapshot.nothing-new" "Raft §7" Routine (leader: Node, index: Int);
    SNAPSHOT_REFUSE_STALE "snapshot.refuse.stale-term" "Raft §5.1" Refusal
        (leader: Node, term: Int, current: Int);
}
