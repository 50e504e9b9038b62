//! One test per sentence of the paper, in its own words. Raft is Ongaro and Ousterhout (USENIX
//! ATC 2014, extended version); diss. is Ongaro's dissertation (2014).

mod raft_lab;

use netsplit_core::base::Value;
use netsplit_core::op::Reply;
use netsplit_core::protocol::Given;
use netsplit_core::protocols::raft::message::Msg;
use netsplit_core::protocols::raft::{Timer, knobs};
use raft_lab::Lab;
use raft_lab::shapes::{get, granted, heartbeat, incr, log, n, put, request_vote};

/// "When servers start up, they begin as followers." Reference: Raft §5.2
#[test]
fn servers_begin_as_followers() {
    let lab = Lab::new(3, &[]);
    for server in 1..=3 {
        assert_eq!(lab.role(n(server)), ("follower", 0));
    }
    assert_eq!(lab.armed, (1..=3).map(|s| (n(s), Timer::Election, true)).collect::<Vec<_>>());
}

/// "A candidate wins an election if it receives votes from a majority of the servers in the full
/// cluster for the same term." Reference: Raft §5.2
#[test]
fn a_majority_of_granted_votes_elects() {
    for (nodes, votes, wins) in
        [(1, 1, true), (2, 1, false), (3, 2, true), (4, 2, false), (5, 2, false), (5, 3, true)]
    {
        let mut lab = Lab::new(nodes, &[]);
        lab.force(n(1), Timer::Election);
        lab.settle_own();
        for voter in 2..=votes {
            let to_voter = |_, to, _: &Msg| to == n(voter);
            assert!(lab.deliver_one(to_voter));
            assert!(lab.deliver_one(|from, _, _| from == n(voter)));
        }
        lab.settle_own();
        assert_eq!(lab.role(n(1)).0 == "leader", wins, "{votes} of {nodes}");
    }
}

/// A reply is not a vote: a candidate that everybody refuses does not lead.
#[test]
fn replies_without_votes_do_not_elect() {
    let stale = [(n(1), "term", Given::Int(2))];
    let newer = (2..=5).map(|s| (n(s), "log", log(&[2])));
    let given: Vec<_> = stale.into_iter().chain(newer).collect();
    let mut lab = Lab::with_disks(5, &[], &given);
    lab.force(n(1), Timer::Election);
    lab.settle();
    assert_eq!(lab.role(n(1)), ("candidate", 3));
    assert_eq!(lab.fired(n(1), "vote.refused"), 4);
}

/// "Each server will vote for at most one candidate in a given term, on a first-come-first-served
/// basis." Reference: Raft §5.2
#[test]
fn one_vote_a_term() {
    let mut lab = Lab::new(3, &[]);
    assert!(granted(&lab.hand(n(2), n(1), request_vote(2, 1, (0, 0)))));
    assert!(!granted(&lab.hand(n(3), n(1), request_vote(3, 1, (0, 0)))));
    // The same candidate asks again: its first answer may have been lost.
    assert!(granted(&lab.hand(n(2), n(1), request_vote(2, 1, (0, 0)))));
    assert!(granted(&lab.hand(n(3), n(1), request_vote(3, 2, (0, 0)))));
    assert_eq!(lab.fired(n(1), "vote.deny.already-voted"), 1);
}

/// votedFor is persistent: a crash does not give a second vote. Reference: Raft Fig. 2
#[test]
fn a_vote_survives_a_crash_and_the_mistake_forgets_it() {
    for forget in [false, true] {
        let mut lab = Lab::new(3, &[(knobs::FORGET_VOTE, forget.into())]);
        assert!(granted(&lab.hand(n(2), n(1), request_vote(2, 1, (0, 0)))));
        lab.crash(n(1));
        lab.boot(n(1));
        assert_eq!(granted(&lab.hand(n(3), n(1), request_vote(3, 1, (0, 0)))), forget);
    }
}

/// "If the logs have last entries with different terms, then the log with the later term is more
/// up-to-date. If the logs end with the same term, then whichever log is longer is more
/// up-to-date." Reference: Raft §5.4.1
#[test]
fn the_voter_denies_its_vote_if_its_own_log_is_more_up_to_date() {
    for (mine, theirs, vote) in [
        (&[1][..], (1, 1), true),
        (&[1], (1, 2), true),
        (&[1], (2, 1), true),
        (&[1, 1], (1, 1), false),
        (&[1, 1], (2, 1), true),
        (&[2], (1, 5), false),
        (&[2], (1, 1), false),
    ] {
        let mut lab = Lab::with_disks(3, &[], &[(n(1), "log", log(mine))]);
        assert_eq!(granted(&lab.hand(n(2), n(1), request_vote(2, 3, theirs))), vote);
        let denied = lab.fired(n(1), "vote.deny.log-behind");
        assert_eq!(denied, usize::from(!vote), "{mine:?} asked by {theirs:?}");
    }
}

/// "If election timeout elapses without receiving AppendEntries RPC from current leader or
/// granting vote to candidate": nothing else resets the timer. Reference: Raft Fig. 2
#[test]
fn only_a_granted_vote_or_the_current_leader_resets_the_timer() {
    let armed =
        |lab: &Lab| lab.armed.iter().filter(|a| **a == (n(1), Timer::Election, true)).count();
    let given = [(n(1), "log", log(&[2, 2]))];
    for (msg, resets) in [
        (request_vote(2, 3, (2, 2)), true),
        (request_vote(2, 3, (2, 1)), false),
        (request_vote(2, 1, (2, 2)), false),
        (heartbeat(2, 2, (2, 2), 0), true),
        (heartbeat(2, 1, (1, 1), 0), false),
    ] {
        let mut lab = Lab::with_disks(3, &[], &given);
        let before = armed(&lab);
        lab.hand(n(2), n(1), msg.clone());
        assert_eq!(armed(&lab) > before, resets, "{msg:?}");
    }
    let mut mistaken = Lab::with_disks(3, &[(knobs::RESET_ON_REQUEST, 1)], &given);
    let before = armed(&mistaken);
    mistaken.hand(n(2), n(1), request_vote(2, 3, (2, 1)));
    assert!(armed(&mistaken) > before);
}

/// "If one server's current term is smaller than the other's, then it updates its current term to
/// the larger value. If a candidate or leader discovers that its term is out of date, it
/// immediately reverts to follower state." Reference: Raft §5.1
#[test]
fn a_higher_term_makes_everybody_a_follower() {
    for role in ["follower", "candidate", "leader"] {
        let mut lab = Lab::new(3, &[]);
        match role {
            "candidate" => lab.force(n(1), Timer::Election),
            "leader" => lab.elect(n(1)),
            _ => {}
        }
        lab.hand(n(2), n(1), heartbeat(2, 7, (0, 0), 0));
        assert_eq!(lab.role(n(1)), ("follower", 7), "{role}");
    }
}

/// "If a server receives a request with a stale term number, it rejects the request."
/// Reference: Raft §5.1
#[test]
fn stale_terms_are_refused() {
    let mut lab = Lab::with_disks(3, &[], &[(n(1), "term", Given::Int(5))]);
    assert!(!granted(&lab.hand(n(2), n(1), request_vote(2, 4, (4, 4)))));
    let sent = lab.hand(n(2), n(1), heartbeat(2, 4, (0, 0), 0));
    assert!(matches!(&*sent[0].1, Msg::AppendEntriesResponse(r) if !r.success && r.term == 5));
    assert_eq!(lab.fired(n(1), "append.refuse.stale-term"), 1);
}

/// "While waiting for votes, a candidate may receive an AppendEntries RPC from another server
/// claiming to be leader. If the leader's term is at least as large as the candidate's current
/// term, then the candidate recognizes the leader as legitimate and returns to follower state."
/// Reference: Raft §5.2
#[test]
fn a_candidate_recognises_a_leader_of_its_term() {
    let mut lab = Lab::new(3, &[]);
    lab.force(n(1), Timer::Election);
    lab.hand(n(2), n(1), heartbeat(2, 1, (0, 0), 0));
    assert_eq!(lab.role(n(1)), ("follower", 1));
    assert_eq!(lab.fired(n(1), "step-down.leader-exists"), 1);
}

/// The caitiezhu story: logged by the leader, stored by a majority, committed, answered, learnt by
/// the followers. Reference: Raft §5.3
#[test]
fn an_entry_is_committed_once_a_majority_stores_it() {
    let mut lab = Lab::led(3, &[]);
    let asked = lab.ask(n(1), put("x", "caitiezhu"));
    lab.settle_own();
    assert_eq!((lab.terms(n(1)).len(), lab.committed(n(1))), (2, 1));
    assert!(lab.deliver_one(|_, to, _| to == n(2)));
    assert_eq!(lab.reply(asked), None, "logged by two, but the leader does not know yet");
    assert!(lab.deliver_one(|from, _, _| from == n(2)));
    assert_eq!((lab.committed(n(1)), lab.committed(n(2))), (2, 1));
    assert_eq!(lab.reply(asked), Some(&Reply::Ok(Value::Nil)));
    lab.settle();
    for server in 1..=3 {
        assert_eq!(lab.copy(n(server), "x"), Value::text("caitiezhu"));
    }
    assert!(lab.broken().is_empty());
}

/// The leader's own copy counts, so 3 of 5 are the leader and two followers; a majority of the
/// followers would be one more. Reference: Raft §5.3
#[test]
fn the_leader_counts_itself_and_the_mistake_does_not() {
    for mistake in [false, true] {
        let mut lab = Lab::led(5, &[(knobs::COUNT_FOLLOWERS, mistake.into())]);
        lab.crash(n(4));
        lab.crash(n(5));
        let asked = lab.ask_settled(n(1), put("x", "1"));
        assert_eq!(lab.reply(asked).is_none(), mistake);
    }
}

/// The consistency check, Figure 7: whatever a follower's log holds, the leader makes it its own.
#[test]
fn the_leader_brings_every_log_of_figure_7_into_line() {
    let leader: &[u64] = &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6];
    for backup in [0, 1] {
        for follower in [
            &[1, 1, 1, 4, 4, 5, 5, 6, 6][..],
            &[1, 1, 1, 4],
            &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
            &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
            &[1, 1, 1, 4, 4, 4, 4],
            &[1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
        ] {
            let given = [
                (n(1), "log", log(leader)),
                (n(1), "term", Given::Int(7)),
                (n(2), "log", log(follower)),
            ];
            let mut lab = Lab::with_disks(3, &[(knobs::BACKUP, backup)], &given);
            // n3 is empty, and votes for the leader of term 8.
            lab.elect(n(1));
            assert_eq!(lab.terms(n(1)), [leader, &[8]].concat());
            assert_eq!(lab.terms(n(2)), lab.terms(n(1)), "{follower:?}");
            assert_eq!(lab.terms(n(3)), lab.terms(n(1)));
            assert_eq!(lab.committed(n(2)), 11);
        }
    }
}

/// "If an existing entry conflicts with a new one, delete the existing entry and all that follow
/// it", and only then: a late call that says less takes nothing away. Reference: Raft Fig. 2
#[test]
fn a_late_append_does_not_shorten_the_log() {
    let mut lab = Lab::led(3, &[]);
    lab.ask(n(1), put("x", "1"));
    let late = lab.tray.iter().find(|(_, to, _)| *to == n(2)).unwrap().2.clone();
    lab.ask_settled(n(1), put("x", "2"));
    let before = lab.terms(n(2));
    lab.hand(n(1), n(2), Msg::clone(&late));
    assert_eq!((lab.terms(n(2)), before.len()), (before, 3));
}

/// "Raft never commits log entries from previous terms by counting replicas." Figure 8 (c).
/// Reference: Raft §5.4.2
#[test]
fn entries_of_old_terms_are_committed_through_one_of_the_current_term() {
    for mistake in [false, true] {
        let given: Vec<_> = [(1, &[1, 2][..]), (2, &[1, 2]), (3, &[1]), (4, &[1]), (5, &[1, 3])]
            .map(|(s, terms)| (n(s), "log", log(terms)))
            .into();
        let settings = [(knobs::NOOP, 0), (knobs::COMMIT_OLD_TERMS, mistake.into())];
        let mut lab = Lab::with_disks(5, &settings, &given);
        lab.hand(n(2), n(1), heartbeat(2, 3, (1, 1), 0));
        lab.partition(&[n(5)], &[n(1), n(2), n(3), n(4)]);
        lab.partition(&[n(4)], &[n(1)]);
        lab.elect(n(1));
        assert_eq!(lab.terms(n(3)), [1, 2], "on three of five servers");
        assert_eq!(lab.committed(n(1)), if mistake { 2 } else { 0 });
        // (d): S5 is elected by 2, 3 and 4 and overwrites the entry.
        lab.crash(n(1));
        lab.heal();
        lab.force(n(5), Timer::Election);
        lab.settle();
        assert_eq!(lab.role(n(5)).0, "candidate", "term 4 is taken");
        lab.elect(n(5));
        assert_eq!(lab.terms(n(2)), [1, 3]);
        assert_eq!(lab.broken().contains(&"leader-completeness"), mistake);
    }
}

/// Figure 8 (e): an entry of the leader's own term on a majority keeps S5 from winning.
#[test]
fn figure_8_e() {
    let given: Vec<_> = [(1, &[1, 2][..]), (2, &[1, 2]), (3, &[1]), (4, &[1]), (5, &[1, 3])]
        .map(|(s, terms)| (n(s), "log", log(terms)))
        .into();
    let mut lab = Lab::with_disks(5, &[(knobs::NOOP, 0)], &given);
    lab.partition(&[n(5)], &[n(1), n(2), n(3), n(4)]);
    lab.hand(n(2), n(1), heartbeat(2, 3, (1, 1), 0));
    lab.partition(&[n(4)], &[n(1)]);
    lab.elect(n(1));
    lab.ask_settled(n(1), put("x", "4"));
    assert_eq!(lab.committed(n(1)), 3);
    lab.crash(n(1));
    lab.heal();
    for _ in 0..4 {
        lab.force(n(5), Timer::Election);
        lab.settle();
        assert_eq!(lab.role(n(5)).0, "candidate");
    }
    assert!(lab.broken().is_empty());
}

/// "If the leader crashes after committing the log entry but before responding to the client, the
/// client will retry the command with a new leader, causing it to be executed a second time. The
/// solution is for clients to assign unique serial numbers." Reference: Raft §8
#[test]
fn a_retry_with_the_same_serial_is_executed_once() {
    for (sessions, count) in [(1, 1), (0, 2)] {
        let mut lab = Lab::led(3, &[(knobs::SESSIONS, sessions)]);
        lab.ask_again(n(1), incr("x"), 9);
        lab.settle();
        let second = lab.ask_again(n(1), incr("x"), 9);
        lab.settle();
        assert_eq!(lab.reply(second), Some(&Reply::Ok(Value::Int(count))));
        assert_eq!(lab.copy(n(2), "x"), Value::Int(count));
    }
}

/// "If the client's first choice is not the leader, that server will reject the client's request
/// and supply information about the most recent leader it has heard from." Reference: Raft §8
#[test]
fn followers_say_who_leads() {
    let mut lab = Lab::new(3, &[]);
    let early = lab.ask(n(2), put("x", "1"));
    assert_eq!(lab.reply(early), Some(&Reply::Redirect(None)));
    lab.elect(n(1));
    let later = lab.ask(n(2), get("x"));
    assert_eq!(lab.reply(later), Some(&Reply::Redirect(Some(n(1)))));
}

/// A deposed leader cannot know whether what it logged survives: it answers nothing.
#[test]
fn a_deposed_leader_does_not_answer_for_what_it_logged() {
    let mut lab = Lab::led(5, &[]);
    lab.partition(&[n(1), n(2)], &[n(3), n(4), n(5)]);
    let caiyang = lab.ask_settled(n(1), put("x", "caiyang"));
    lab.elect(n(3));
    let caigoudan = lab.ask_settled(n(3), put("x", "caigoudan"));
    assert_eq!(lab.entries(n(1)).last().unwrap().1, "caiyang");
    lab.heal();
    lab.heartbeat(n(3));
    assert_eq!((lab.reply(caiyang), lab.reply(caigoudan)), (None, Some(&Reply::Ok(Value::Nil))));
    for server in 1..=5 {
        assert_eq!(lab.entries(n(server)), lab.entries(n(3)));
        assert_eq!(lab.copy(n(server), "x"), Value::text("caigoudan"));
    }
    assert!(lab.broken().is_empty());
}
