//! What is wrong on purpose: the shortest way to break it, by its rules, and that the ordinary
//! kernel breaks in the same way.

use netsplit_core::explore::{Mode, Order, Wanted};
use netsplit_core::run::play;

use super::{request, search, shortest};

/// The steps of the shortest violation, and that the ordinary kernel shows it too.
fn check(text: &str, property: &str, bounds: &str, expected: &str) {
    let (steps, schedule) = shortest(text, property, bounds);
    assert_eq!(steps, expected.trim_matches('\n'), "\n{schedule}");
    let wanted = Wanted::named(property, &schedule).expect("a property");
    assert!(wanted.shown_by(&play(schedule.clone())).is_some(), "a false alarm:\n{schedule}");
}

/// Without the mistake, every state of the same scope is right.
fn is_right(text: &str, property: &str, bounds: &str) {
    let mode = Mode::Exhaustive(Order::Depth);
    let (found, progress) = search(request(text, property, bounds, mode));
    assert!(found.is_none(), "{}", found.unwrap());
    assert!(!progress.cut_short && progress.false_alarms == 0, "{progress:?}");
}

#[test]
fn without_the_mistakes_the_same_scopes_are_right() {
    let given = "given n1 term=2 log=[1:x=1]\ngiven n2 term=3 log=[2:x=2]\ngiven n3 term=2\n";
    let raft = "system raft nodes=3 noop=off end=1000\n";
    let bounds = "crashes=0 timeouts=2 operations=0";
    is_right(&format!("{raft}{given}"), "agree", bounds);
    is_right(raft, "election-safety", "crashes=1 timeouts=2 operations=0");
    let abd = "system quorum clients=3 resend=0 end=1000
at 0 c1 put(x, 1)
at 0 c2 get(x)
";
    is_right(abd, "linearizable", "crashes=0 timeouts=0");
}

#[test]
fn a_vote_that_is_forgotten_elects_two() {
    check(
        "system raft nodes=3 noop=off forget_vote=on end=1000\n",
        "election-safety",
        "crashes=1 timeouts=2 operations=0",
        "
election.start, vote.grant, vote.counted
term.adopt, vote.grant
vote.counted, leader.elected, heartbeat.send
election.start, vote.grant, vote.counted
vote.grant
vote.counted, leader.elected, heartbeat.send
",
    );
}

#[test]
fn an_entry_of_an_older_term_is_no_majority() {
    check(
        "system raft nodes=3 noop=off commit_old_terms=on end=1000
given n1 term=2 log=[1:x=1]
given n2 term=3 log=[2:x=2]
given n3 term=2
",
        "agree",
        "crashes=0 timeouts=2 operations=0",
        "
election.start, vote.grant, vote.counted
term.adopt, vote.grant
vote.counted, leader.elected, heartbeat.send, match.advance
append.refuse.log-mismatch
next.back-up
append.store
match.advance, commit.count-old-term, apply
append.nothing-new, commit.learn, apply
election.start, vote.grant, vote.counted
term.adopt, vote.grant
vote.counted, leader.elected, heartbeat.send, match.advance
append.refuse.log-mismatch
next.back-up
append.truncate-conflict, append.store
",
    );
}

#[test]
fn a_vote_for_any_log_overwrites_what_is_committed() {
    check(
        "system raft nodes=3 noop=off vote_any_log=on clients=2 end=1000
at 0 c1@n1 put(x, 1)
at 0 c2@n2 put(x, 2)
",
        "agree",
        "crashes=0 timeouts=2",
        "
election.start, vote.grant, vote.counted
term.adopt, vote.grant
term.adopt, vote.grant
vote.counted, leader.elected, heartbeat.send
append.leader, request.accept, match.advance
append.nothing-new
append.store
match.advance, commit.advance, apply, request.done
append.nothing-new, commit.learn, apply
election.start, vote.grant, vote.counted
term.adopt, vote.grant
vote.counted, leader.elected, heartbeat.send
append.leader, request.accept, match.advance
append.nothing-new
append.truncate-conflict, append.store
",
    );
}

#[test]
fn a_proposer_that_keeps_its_own_value_is_not_alone() {
    check(
        "system paxos rules=doc000 learners=0 rounds=1 timeout=0 nack=off clients=2 end=1000
at 0 c1@p1 propose(a)
at 0 c2@p2 propose(b)
",
        "agree",
        "crashes=0 timeouts=0",
        "
prepare
prepare
promise.silent
promise.silent
promise.silent
promise.count
promise.count, propose.own-always
promise.count
accept
promise.silent
accept
accept.count
promise.count, propose.own-always
accept.count, chosen
accept
accept.again
accept.count
accept.count, chosen
",
    );
}

#[test]
fn a_read_that_writes_nothing_back_may_be_older_than_one_before() {
    check(
        "system quorum clients=3 repair=off resend=0 end=1000
at 0 c1 put(x, 1)
at 0 c2 get(x)
at 0 c3 get(x)
",
        "linearizable",
        "crashes=0 timeouts=0",
        "
write.query
read
read.answer
read.answer
read.answer
read.newest, write
store
read.answer
read.newest, read.done
read
read.answer
read.answer
read.newest, read.done
",
    );
}
