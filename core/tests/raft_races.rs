//! Late, repeated and overtaken messages: each test is a race that one line of the protocol exists
//! for.

mod raft_lab;

use netsplit_core::base::Value;
use netsplit_core::op::Reply;
use netsplit_core::protocol::Given;
use netsplit_core::protocols::raft::message::{AppendEntriesResponse, Msg, VoteResponse};
use netsplit_core::protocols::raft::{Timer, knobs};
use raft_lab::Lab;
use raft_lab::shapes::{get, heartbeat, log, members, n, put, remove, snapshot, transfer};

/// "commitIndex = min(leaderCommit, index of last new entry)": what comes after that entry in the
/// follower's log may not be what the leader committed. Reference: Raft Fig. 2
#[test]
fn a_follower_commits_no_further_than_the_logs_agree() {
    let mut lab = Lab::with_disks(3, &[], &[(n(1), "log", log(&[1, 2, 2]))]);
    lab.hand(n(2), n(1), heartbeat(2, 3, (1, 1), 3));
    assert_eq!(lab.committed(n(1)), 1);
}

/// A vote of an earlier election does not count in this one.
#[test]
fn a_late_vote_does_not_count() {
    let mut lab = Lab::new(3, &[]);
    lab.force(n(1), Timer::Election);
    lab.settle_own();
    lab.force(n(1), Timer::Election);
    lab.settle_own();
    let late = Msg::RequestVoteResponse(VoteResponse { term: 1, vote_granted: true });
    lab.hand(n(2), n(1), late);
    assert_eq!(lab.role(n(1)), ("candidate", 2));
    assert_eq!(lab.fired(n(1), "response.stale"), 1);
}

/// An answer to an earlier PreVote does not start an election.
#[test]
fn a_late_pre_vote_does_not_count() {
    let given = [(n(1), "term", Given::Int(5))];
    let mut lab = Lab::with_disks(3, &[(knobs::PREVOTE, 1)], &given);
    lab.force(n(1), Timer::Election);
    lab.settle_own();
    let answer = |term| Msg::PreVoteResponse(VoteResponse { term, vote_granted: true });
    lab.hand(n(2), n(1), answer(4));
    assert_eq!(lab.role(n(1)), ("precandidate", 5));
    lab.hand(n(2), n(1), answer(6));
    assert_eq!(lab.role(n(1)), ("candidate", 6));
}

/// A refusal that arrives twice makes the leader back up once.
#[test]
fn a_repeated_refusal_is_heard_once() {
    let mut lab = Lab::with_disks(3, &[], &[(n(1), "log", log(&[1, 1, 1]))]);
    lab.force(n(1), Timer::Election);
    lab.settle_own();
    while lab.role(n(1)).0 != "leader" {
        assert!(lab.deliver_one(|_, _, _| true));
    }
    let refusal = AppendEntriesResponse {
        term: lab.role(n(1)).1,
        success: false,
        match_index: 3,
        conflict_index: 1,
        round: Default::default(),
    };
    let sent =
        |lab: &mut Lab| lab.hand(n(2), n(1), Msg::AppendEntriesResponse(refusal.clone())).len();
    assert_eq!((sent(&mut lab), sent(&mut lab)), (1, 0));
}

/// A call from before the follower's snapshot finds what the snapshot holds: that is committed.
#[test]
fn what_a_snapshot_covers_agrees_with_every_leader() {
    let mut lab = Lab::led(3, &[]);
    let early = lab.ask(n(1), put("x", "1"));
    let late = lab.tray.iter().find(|(_, to, _)| *to == n(2)).unwrap().2.clone();
    lab.settle();
    for value in ["2", "3"] {
        lab.ask_settled(n(1), put("x", value));
    }
    lab.ask(n(2), snapshot());
    let sent = lab.hand(n(1), n(2), Msg::clone(&late));
    assert!(matches!(&*sent[0].1, Msg::AppendEntriesResponse(result) if result.success));
    assert_eq!((lab.committed(n(2)), lab.reply(early).is_some()), (4, true));
    assert_eq!(lab.copy(n(2), "x"), Value::text("3"));
}

/// Two reads of one instant are two rounds: the answers to the first do not confirm the second,
/// and both are answered.
#[test]
fn reads_of_one_instant_are_answered_each() {
    let mut lab = Lab::led(3, &[]);
    let first = lab.ask(n(1), get("x"));
    lab.deliver_one(|_, to, _| to == n(2));
    let second = lab.ask(n(1), get("x"));
    lab.deliver_one(|from, _, _| from == n(2));
    assert_eq!((lab.reply(first).is_some(), lab.reply(second).is_some()), (true, false));
    lab.settle();
    assert!(lab.reply(second).is_some());
}

/// A membership that is overwritten was never decided: the one before it is in force again, even
/// if a snapshot was taken meanwhile.
#[test]
fn an_overwritten_membership_is_forgotten() {
    let mut lab = Lab::led(3, &[]);
    lab.partition(&[n(1)], &[n(2), n(3)]);
    lab.ask(n(1), remove(3));
    assert_eq!(lab.voters(n(1)), 2);
    lab.ask_settled(n(1), snapshot());
    lab.elect(n(2));
    lab.heal();
    lab.heartbeat(n(2));
    assert_eq!(lab.entries(n(1)), lab.entries(n(2))[1..]);
    assert_eq!(lab.voters(n(1)), 3);
}

/// One change at a time: two at once could have majorities that do not overlap (diss. §4.1).
#[test]
fn a_second_change_waits_for_the_first() {
    let mut lab = Lab::led(5, &[]);
    let first = lab.ask(n(1), remove(5));
    let second = lab.ask(n(1), remove(4));
    assert_eq!(lab.reply(second), Some(&Reply::Fail("change-in-progress")));
    lab.settle();
    assert_eq!(lab.reply(first), Some(&Reply::Ok(Value::Nil)));
    let third = lab.ask_settled(n(1), remove(4));
    assert_eq!((lab.reply(third).is_some(), lab.voters(n(2))), (true, 3));
}

/// A leader that knew C_old,new committed before it was elected carries the change to its end, with
/// no entry of its own to wait for.
#[test]
fn a_committed_joint_configuration_is_left_at_once() {
    let mut lab = Lab::new(3, &[(knobs::SPARES, 1), (knobs::NOOP, 0)]);
    lab.boot(n(4));
    lab.elect(n(1));
    lab.ask_settled(n(1), put("x", "1"));
    lab.ask(n(1), members(&[1, 2, 3, 4]));
    // n2 hears that C_old,new is committed; C_new reaches nobody.
    while lab.fired(n(1), "config.commit") == 0 {
        assert!(lab.deliver_one(|_, _, _| true));
    }
    lab.crash(n(1));
    lab.tray.clear();
    lab.hand(n(1), n(2), heartbeat(1, 1, (1, 2), 2));
    lab.elect(n(2));
    assert_eq!(lab.entries(n(2)).last().unwrap().1, "C_new");
}

/// TimeoutNow leaves only when the target could win. Reference: diss. §3.10
#[test]
fn a_transfer_waits_until_the_target_has_caught_up() {
    let mut lab = Lab::led(3, &[]);
    lab.partition(&[n(3)], &[n(1), n(2)]);
    lab.ask_settled(n(1), put("x", "1"));
    lab.heal();
    lab.ask(n(1), transfer(3));
    assert_eq!(lab.fired(n(1), "transfer.timeout-now"), 0);
    lab.settle();
    assert_eq!(lab.role(n(3)), ("leader", 2));
}

/// "If it receives a command whose serial number has already been executed, it responds immediately
/// without re-executing the request." Of an older serial the answer is gone. Reference: Raft §8
#[test]
fn an_older_serial_is_not_executed() {
    let mut lab = Lab::led(3, &[]);
    lab.ask_again(n(1), put("x", "1"), 1);
    lab.ask_again(n(1), put("x", "2"), 2);
    let late = lab.ask_again(n(1), put("x", "1"), 1);
    lab.settle();
    assert_eq!(lab.reply(late), Some(&Reply::Fail("stale-serial")));
    assert_eq!(lab.copy(n(1), "x"), Value::text("2"));
}

/// What is given on disks is executed like any log, entry by entry.
#[test]
fn given_entries_are_executed() {
    let entry = |term, value: &str| (term, "x".into(), Value::text(value));
    let entries = vec![entry(1, "a"), entry(2, "b"), (2, "".into(), Value::Nil)];
    let given = [1, 2, 3].map(|s| (n(s), "log", Given::Entries(entries.clone())));
    let mut lab = Lab::with_disks(3, &[], &given);
    lab.elect(n(1));
    assert_eq!(lab.copy(n(1), "x"), Value::text("b"));
    assert_eq!(lab.entries(n(1))[2], (2, "nil".into()));
    assert_eq!(lab.role(n(1)), ("leader", 3));
}
