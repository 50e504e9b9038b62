//! Membership changes, leadership transfer, quiet elections and snapshots (Raft §6, §7;
//! dissertation chapters 3, 4, 6, 9).

mod raft_lab;

use netsplit_core::base::{Span, Value};
use netsplit_core::op::Reply;
use netsplit_core::protocols::raft::message::Msg;
use netsplit_core::protocols::raft::{Timer, knobs};
use raft_lab::Lab;
use raft_lab::shapes::{DONE, add, incr, members, n, put, remove, snapshot, transfer};

/// A new server receives the log first, then the vote.
#[test]
fn a_new_server_catches_up_before_it_counts() {
    let mut lab = Lab::led(3, &[(knobs::SPARES, 1), (knobs::BATCH, 2)]);
    for value in 0..10 {
        lab.ask_settled(n(1), put("x", &value.to_string()));
    }
    let added = lab.ask_settled(n(1), add(4));
    assert_eq!((lab.reply(added), lab.voters(n(1))), (None, 3), "n4 is down: it does not count");
    lab.boot(n(4));
    lab.heartbeat(n(1));
    assert_eq!((lab.reply(added), lab.voters(n(4))), (DONE, 4));
    assert_eq!(lab.entries(n(4)).last().unwrap().1, "add-n4");
    assert!(lab.broken().is_empty());
}

/// Without the non-voting phase the new server counts at once, and what is left of the old ones is
/// no majority (dissertation §4.2.1).
#[test]
fn a_voter_that_is_empty_can_stop_the_cluster() {
    for (learner, answered) in [(0, false), (1, true)] {
        let mut lab = Lab::led(3, &[(knobs::SPARES, 1), (knobs::LEARNER, learner)]);
        lab.ask_settled(n(1), add(4));
        lab.crash(n(3));
        let asked = lab.ask_settled(n(1), put("x", "1"));
        assert_eq!(lab.reply(asked).is_some(), answered);
    }
}

#[test]
fn a_server_that_never_catches_up_is_given_up() {
    let mut lab = Lab::led(3, &[(knobs::SPARES, 1)]);
    let added = lab.ask(n(1), add(4));
    let busy = lab.ask(n(1), remove(3));
    assert_eq!(lab.reply(busy), Some(&Reply::Fail("change-in-progress")));
    lab.force(n(1), Timer::CatchUp);
    assert_eq!(lab.reply(added), Some(&Reply::Fail("catch-up-timeout")));
    let removed = lab.ask_settled(n(1), remove(3));
    assert_eq!(lab.reply(removed), DONE);
}

#[test]
fn what_changes_nothing_is_refused() {
    let mut lab = Lab::led(3, &[]);
    for (change, reason) in [
        (add(2), "already-a-member"),
        (add(9), "no-such-server"),
        (remove(9), "no-such-server"),
        (members(&[]), "last-member"),
        (members(&[1, 9]), "no-such-server"),
        (transfer(9), "no-such-server"),
    ] {
        let verb = change.verb;
        let asked = lab.ask(n(1), change);
        assert_eq!(lab.reply(asked), Some(&Reply::Fail(reason)), "{verb}");
    }
}

/// A leader that is not in C_new manages the cluster until C_new is committed, without counting
/// itself, and steps down then (§6).
#[test]
fn a_leader_removes_itself() {
    let mut lab = Lab::led(3, &[]);
    let removed = lab.ask_settled(n(1), remove(1));
    assert_eq!((lab.reply(removed), lab.role(n(1)).0), (DONE, "follower"));
    assert_eq!(lab.committed(n(2)), lab.committed(n(1)));
    lab.force(n(1), Timer::Election);
    assert_eq!(lab.fired(n(1), "election.not-a-member"), 1);
    lab.elect(n(2));
    assert_eq!(lab.voters(n(2)), 2);
}

/// Joint consensus: while C_old,new is in force, decisions need majorities of both (§6).
#[test]
fn a_joint_configuration_needs_both_majorities() {
    let mut lab = Lab::led(3, &[(knobs::SPARES, 2)]);
    let changed = lab.ask_settled(n(1), members(&[1, 4, 5]));
    // n2 and n3 store it, n4 and n5 are down: the old majority is not enough.
    assert_eq!((lab.reply(changed), lab.committed(n(1))), (None, 1));
    lab.boot(n(4));
    lab.heartbeat(n(1));
    assert_eq!(lab.reply(changed), DONE);
    let names: Vec<String> = lab.entries(n(4)).into_iter().map(|entry| entry.1).collect();
    assert_eq!(names, ["nil", "C_old_new", "C_new"]);
    assert_eq!(lab.voters(n(4)), 3);
    assert!(lab.broken().is_empty());
}

/// A leader that finds C_old,new committed carries the change to its end.
#[test]
fn the_next_leader_finishes_a_joint_change() {
    let mut lab = Lab::new(3, &[(knobs::SPARES, 2)]);
    lab.boot(n(4));
    lab.boot(n(5));
    lab.elect(n(1));
    lab.ask(n(1), members(&[1, 2, 3, 4, 5]));
    // C_old,new reaches everybody, and the leader dies before it hears so.
    while lab.deliver_one(|from, _, _| from == n(1)) {}
    lab.crash(n(1));
    lab.tray.clear();
    lab.elect(n(2));
    assert_eq!(lab.entries(n(5)).last().unwrap().1, "C_new");
    assert!(lab.broken().is_empty());
}

/// Two leaders in one term, when each server switches from C_old to C_new by itself (§6, Fig. 10).
#[test]
fn a_direct_switch_elects_two_leaders() {
    for (direct, broken) in [(1, vec!["election-safety", "state-machine-safety"]), (0, vec![])] {
        let mut lab = Lab::new(3, &[(knobs::SPARES, 2), (knobs::DIRECT_SWITCH, direct)]);
        lab.boot(n(4));
        lab.boot(n(5));
        lab.elect(n(3));
        lab.partition(&[n(3), n(4), n(5)], &[n(1), n(2)]);
        lab.ask_settled(n(3), members(&[1, 2, 3, 4, 5]));
        // n1 and n2 still count to three, n3, n4 and n5 to five.
        lab.force(n(1), Timer::Election);
        lab.force(n(5), Timer::Election);
        lab.settle();
        assert_eq!(lab.role(n(1)).0, "leader");
        assert_eq!(lab.broken(), broken);
    }
}

/// The bug of 2015: two leaders in turn change the membership one server at a time, and neither
/// knows of the other's change.
#[test]
fn single_server_changes_without_a_commit_in_the_term_lose_entries() {
    for mistake in [true, false] {
        let settings = [
            (knobs::SPARES, 1),
            (knobs::NOOP, 0),
            (knobs::LEARNER, 0),
            (knobs::EARLY_CHANGE, mistake.into()),
        ];
        let mut lab = Lab::new(4, &settings);
        lab.boot(n(5));
        lab.elect(n(1));
        if !mistake {
            lab.ask_settled(n(1), put("x", "1"));
        }
        lab.partition(&[n(1), n(5)], &[n(2), n(3), n(4)]);
        lab.ask_settled(n(1), add(5));
        lab.elect(n(2));
        lab.partition(&[n(2), n(3)], &[n(4)]);
        let removed = lab.ask_settled(n(2), remove(1));
        let refused = Some(&Reply::Fail("no-commit-in-term"));
        assert_eq!(lab.reply(removed), if mistake { DONE } else { refused });
        lab.heal();
        lab.partition(&[n(2), n(3)], &[n(1), n(4), n(5)]);
        lab.force(n(1), Timer::Election);
        lab.settle();
        lab.force(n(1), Timer::Election);
        lab.settle();
        lab.ask_settled(n(1), put("x", "2"));
        assert_eq!(!lab.broken().is_empty(), mistake, "{:?}", lab.broken());
    }
}

/// The leader brings the target up to date and tells it not to wait (dissertation §3.10).
#[test]
fn leadership_is_handed_over() {
    let mut lab = Lab::led(3, &[(knobs::STICKY, 1)]);
    let asked = lab.ask(n(1), transfer(3));
    let held = lab.ask(n(1), put("x", "1"));
    assert_eq!(lab.reply(held), Some(&Reply::Redirect(None)));
    lab.settle();
    assert_eq!((lab.reply(asked), lab.role(n(3))), (DONE, ("leader", 2)));
    assert_eq!(lab.role(n(1)).0, "follower");
}

#[test]
fn a_transfer_to_a_dead_server_is_given_up() {
    let mut lab = Lab::led(3, &[]);
    lab.crash(n(3));
    let asked = lab.ask_settled(n(1), transfer(3));
    lab.force(n(1), Timer::Transfer);
    assert_eq!(lab.reply(asked), Some(&Reply::Fail("transfer-timeout")));
    let goes_on = lab.ask_settled(n(1), put("x", "1"));
    assert_eq!(lab.reply(goes_on), DONE);
}

/// A server that was cut off does not disturb the others when it comes back (§9.6).
#[test]
fn pre_vote_keeps_a_returning_server_quiet() {
    for (prevote, term) in [(0, 6), (1, 1)] {
        let mut lab = Lab::led(3, &[(knobs::PREVOTE, prevote)]);
        lab.partition(&[n(3)], &[n(1), n(2)]);
        lab.now += Span::ms(1000);
        for _ in 0..5 {
            lab.force(n(3), Timer::Election);
            lab.settle();
        }
        lab.heartbeat(n(1));
        lab.heal();
        lab.force(n(3), Timer::Election);
        lab.settle();
        assert_eq!(lab.role(n(1)).1, term + u64::from(prevote == 0));
        assert_eq!(lab.fired(n(2), "prevote.deny.leader-alive"), prevote as usize);
    }
}

/// With PreVote on, elections still take place.
#[test]
fn pre_vote_lets_a_majority_elect() {
    let mut lab = Lab::led(3, &[(knobs::PREVOTE, 1)]);
    lab.crash(n(1));
    lab.now += Span::ms(151);
    lab.elect(n(2));
    assert_eq!(lab.role(n(2)), ("leader", 2));
}

/// "If a server receives a RequestVote request within the minimum election timeout of hearing from
/// a current leader, it does not update its term or grant its vote." Reference: diss. §4.2.3
#[test]
fn sticky_servers_ignore_vote_requests() {
    let mut lab = Lab::led(3, &[(knobs::STICKY, 1)]);
    lab.force(n(3), Timer::Election);
    lab.settle();
    assert_eq!((lab.role(n(1)), lab.role(n(3))), (("leader", 1), ("candidate", 2)));
    assert_eq!(lab.fired(n(2), "vote.ignore.leader-alive"), 1);
    lab.crash(n(1));
    lab.now += Span::ms(150);
    lab.elect(n(3));
}

/// "A leader steps down if an election timeout elapses without a successful round of heartbeats to
/// a majority of its cluster." Reference: diss. §6.2
#[test]
fn a_deaf_leader_steps_down() {
    let mut lab = Lab::led(3, &[(knobs::CHECK_QUORUM, 1)]);
    lab.force(n(1), Timer::CheckQuorum);
    assert_eq!(lab.role(n(1)), ("follower", 1));
    assert_eq!(lab.fired(n(1), "step-down.no-quorum"), 1);
}

/// A follower that was away longer than the log reaches gets the snapshot, then the rest (§7).
#[test]
fn a_snapshot_stands_for_the_entries_before_it() {
    let mut lab = Lab::led(3, &[(knobs::SNAPSHOT_EVERY, 10)]);
    lab.crash(n(3));
    for value in 1..=34 {
        lab.ask_settled(n(1), put("x", &value.to_string()));
    }
    assert_eq!(lab.entries(n(1)).len(), 5);
    lab.boot(n(3));
    lab.heartbeat(n(1));
    assert_eq!(lab.fired(n(3), "snapshot.install"), 1);
    assert_eq!((lab.copy(n(3), "x"), lab.committed(n(3))), (Value::text("34"), 35));
    lab.crash(n(3));
    lab.boot(n(3));
    assert_eq!(lab.copy(n(3), "x"), Value::text("29"), "what the snapshot holds");
    lab.heartbeat(n(1));
    assert_eq!(lab.copy(n(3), "x"), Value::text("34"));
    assert!(lab.broken().is_empty());
}

/// A snapshot keeps the sessions: a retry is not executed anew by who installed it (§8).
#[test]
fn sessions_travel_with_the_snapshot() {
    let mut lab = Lab::led(3, &[]);
    lab.crash(n(3));
    lab.ask_again(n(1), incr("x"), 7);
    lab.settle();
    lab.ask(n(1), snapshot());
    lab.boot(n(3));
    lab.heartbeat(n(1));
    lab.elect(n(3));
    let again = lab.ask_again(n(3), incr("x"), 7);
    lab.settle();
    assert_eq!(lab.reply(again), Some(&Reply::Ok(Value::Int(1))));
}

/// A late snapshot does not take back what is committed.
#[test]
fn a_late_snapshot_changes_nothing() {
    let mut lab = Lab::led(3, &[]);
    lab.crash(n(3));
    lab.ask_settled(n(1), put("x", "1"));
    lab.ask(n(1), snapshot());
    lab.boot(n(3));
    lab.force(n(1), Timer::Heartbeat);
    while !lab.tray.iter().any(|(_, _, msg)| matches!(&**msg, Msg::InstallSnapshot(_))) {
        assert!(lab.deliver_one(|_, _, _| true));
    }
    let late = lab.tray.iter().find(|(_, to, _)| *to == n(3)).unwrap().2.clone();
    lab.settle();
    lab.ask_settled(n(1), put("x", "2"));
    lab.hand(n(1), n(3), Msg::clone(&late));
    assert_eq!(lab.fired(n(3), "snapshot.nothing-new"), 1);
    assert_eq!(lab.copy(n(3), "x"), Value::text("2"));
}
