//! Reads (Raft §8; dissertation §6.4).

mod raft_lab;

use netsplit_core::base::{Span, Value};
use netsplit_core::op::Reply;
use netsplit_core::protocols::raft::{Timer, knobs};
use raft_lab::Lab;
use raft_lab::shapes::{get, n, put};

const LOG: u64 = knobs::reads::LOG;
const LEASE: u64 = knobs::reads::LEASE;
const LOCAL: u64 = knobs::reads::LOCAL;
const ANY: u64 = knobs::reads::ANY;
const READ_INDEX: u64 = 0;

fn value(text: &str) -> Reply {
    Reply::Ok(Value::text(text))
}

/// Five servers; n1 leads and wrote x=1, was cut off, and n3 leads and wrote x=2.
fn deposed(reads: u64) -> Lab {
    let mut lab = Lab::led(5, &[(knobs::READS, reads)]);
    lab.ask_settled(n(1), put("x", "1"));
    lab.now += Span::ms(100);
    lab.heartbeat(n(1));
    lab.partition(&[n(1), n(2)], &[n(3), n(4), n(5)]);
    lab.now += Span::ms(300);
    lab.elect(n(3));
    lab.ask_settled(n(3), put("x", "2"));
    lab
}

#[test]
fn every_way_of_reading_answers_what_was_written() {
    for reads in [READ_INDEX, LOG, LEASE, LOCAL, ANY] {
        let mut lab = Lab::led(3, &[(knobs::READS, reads)]);
        lab.ask_settled(n(1), put("x", "1"));
        let read = lab.ask_settled(n(1), get("x"));
        assert_eq!(lab.reply(read), Some(&value("1")), "{reads}");
    }
}

/// "A leader must check whether it has been deposed before processing a read-only request."
/// Reference: Raft §8
#[test]
fn a_deposed_leader_answers_old_values_only_where_it_does_not_ask() {
    for (reads, answer) in
        [(READ_INDEX, None), (LOG, None), (LEASE, None), (LOCAL, Some("1")), (ANY, Some("1"))]
    {
        let mut lab = deposed(reads);
        let read = lab.ask_settled(n(1), get("x"));
        assert_eq!(lab.reply(read).cloned(), answer.map(value), "{reads}");
    }
}

/// The lease counts from when the round of heartbeats was sent, by the leader's own clock.
#[test]
fn a_lease_ends_by_the_leaders_own_clock() {
    let mut lab = Lab::new(3, &[(knobs::READS, LEASE)]);
    lab.now += Span::ms(1);
    lab.elect(n(1));
    lab.partition(&[n(1)], &[n(2), n(3)]);
    for (later, answered) in [(149, true), (1, false)] {
        lab.now += Span::ms(later);
        let read = lab.ask_settled(n(1), get("x"));
        assert_eq!(lab.reply(read).is_some(), answered);
    }
    assert_eq!(lab.fired(n(1), "read.lease-over"), 1);
}

/// "A leader must have the latest information on which entries are committed": before the first
/// commit of its term it does not answer.
#[test]
fn reads_wait_for_the_first_commit_of_the_term() {
    let mut lab = Lab::led(3, &[]);
    lab.ask_settled(n(1), put("x", "1"));
    lab.force(n(2), Timer::Election);
    while lab.role(n(2)).0 != "leader" {
        assert!(lab.deliver_one(|_, _, _| true));
    }
    let read = lab.ask(n(2), get("x"));
    assert_eq!((lab.reply(read), lab.fired(n(2), "read.wait.no-commit")), (None, 1));
    lab.settle();
    assert_eq!(lab.reply(read), Some(&value("1")));
}

/// A read that waited when the leader stepped down took no effect: the client may ask elsewhere.
#[test]
fn a_read_is_given_up_with_leadership() {
    let mut lab = deposed(READ_INDEX);
    let read = lab.ask_settled(n(1), get("x"));
    lab.heal();
    lab.heartbeat(n(3));
    assert_eq!(lab.reply(read), Some(&Reply::Redirect(None)));
}

#[test]
fn one_server_alone_reads_and_writes() {
    for reads in [READ_INDEX, LOG, LEASE, LOCAL] {
        let mut lab = Lab::new(1, &[(knobs::READS, reads)]);
        lab.now += Span::ms(1);
        lab.elect(n(1));
        lab.ask_settled(n(1), put("x", "1"));
        let read = lab.ask_settled(n(1), get("x"));
        assert_eq!(lab.reply(read), Some(&value("1")));
    }
}
