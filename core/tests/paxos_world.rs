//! Paxos where no lesson leads: told as scenarios, so that each reads like one.

mod common;

use common::told::comes_out;
/// Bad weather: messages are lost, doubled and overtaken, proposers and acceptors crash and come
/// back, the network is split for a while; then everything is well again.
fn in_bad_weather(settings: &str, expect: &str) {
    comes_out(&format!(
        "system paxos proposers=3 acceptors=5 learners=2 clients=4 {settings} latency=5..60 end=5000
seeds 1..200
at 0 loss {{p1..p3}}--{{a1..a5}} 0.2
at 0 duplication {{p1..p3}}--{{a1..a5}} 0.3
at 0 loss {{a1..a5}}--{{l1, l2}} 0.2
at 0 partition {{p1, a1, a2, c1}} | {{rest, c2, c3, c4}}
at 10 c1@p1 propose(a) timeout=9000
at 20 c2@p2 propose(b) timeout=9000
at 120 c3@p3 propose(c) timeout=9000
at 100 heal
at 110 crash {{a3, p2}}
at 150 partition {{p3, a1, a3, a4, c3}} | {{rest, c1, c2, c4}}
at 160 restart {{a3, p2}}
at 170 c2@p2 propose(d) timeout=9000
at 250 crash {{a1, a4, p1}}
at 270 restart {{a1, a4, p1}}
at 280 heal
at 300 crash {{a2, a5}}
at 340 restart {{a2, a5}}
at 350 c1@p1 propose(e) timeout=9000
at 900 crash {{p1..p3, a1..a3}}
at 920 restart {{p1..p3, a1..a3}}
at 930 c3@p3 propose(f) timeout=9000
at 2000 loss {{p1..p3}}--{{a1..a5}} 0
at 2000 loss {{a1..a5}}--{{l1, l2}} 0
at 2500 last: c4@p1 propose(z) timeout=9000
expect end: {expect}"
    ));
}

/// Paxos's theorem, and that it comes to an end once the faults have ended.
#[test]
fn one_value_is_chosen_in_bad_weather() {
    in_bad_weather("", "agree(ok) lin(ok) valid(ok) ack(last)");
    in_bad_weather("think=20 nack=off", "agree(ok) lin(ok) valid(ok) ack(last)");
}

/// Proposers that wait for less than a round trip get answers to numbers that they have given up.
#[test]
fn impatience_harms_progress_only() {
    in_bad_weather("timeout=45 backoff=0..10", "agree(ok) lin(ok) valid(ok)");
    in_bad_weather("timeout=20 backoff=0", "agree(ok) lin(ok) valid(ok)");
}

/// A Prepare that comes twice is promised once: only a higher number is.
#[test]
fn a_number_is_promised_once() {
    comes_out(
        "system paxos proposers=1 acceptors=3 clients=1 end=200
at 0 duplication p1->a1 1
at 0 w1: c1@p1 propose(8)
expect end: ack(w1, 8) fired(promise.deny@a1, 1) fired(accept@a1, 2) agree(ok)",
    );
}

/// What the theorem rests on: without any of it some runs choose two values.
#[test]
fn what_is_left_out_is_missed() {
    // Whether promises were broken as well depends on which mistake it is.
    let expect = "agree(violated, percent>=2) property(agreement, violated, percent>=2) \
                  property(promises, violated, percent>=0)";
    for settings in ["rules=doc001", "rules=doc000", "durable=off", "a2.lie=on a3.lie=on"] {
        in_bad_weather(settings, expect);
    }
}

/// Two acceptances of one value under two numbers are no majority for anything.
#[test]
fn a_learner_adds_up_one_number_only() {
    comes_out(
        "system paxos proposers=2 acceptors=3 learners=1 clients=2 timeout=0 end=300
at 0 drop p1->{a2, a3} Accept next 2
at 0 drop p2->a1 Prepare next
at 0 drop p2->{a1, a3} Accept next 2
at 0 c1@p1 propose(8)
at 100 c2@p2 propose(8)
expect end: uncommitted(8, {a1, a2}) fired(learn.count, 2) decided(none)",
    );
}

/// The highest number counts, not the last report.
#[test]
fn the_highest_report_is_adopted_in_whatever_order_reports_come() {
    for far in ["a1", "a2"] {
        comes_out(&format!(
            "system paxos proposers=3 acceptors=3 clients=3 timeout=0 end=500
at 0 drop p1->{{a2, a3}} Accept next 2
at 0 drop p2->a1 Prepare next
at 0 drop p2->a1 Accept next
at 0 c1@p1 propose(a)
at 100 c2@p2 propose(b)
at 200 cut p3--a3
at 200 latency p3--{far} 40
at 200 w3: c3@p3 propose(c)
expect end: ack(w3, b) agree(ok)"
        ));
    }
}

/// An Accept of a number that an acceptor was not prepared for binds it all the same.
#[test]
fn whoever_accepts_has_promised() {
    comes_out(
        "system paxos proposers=2 acceptors=3 clients=2 timeout=0 end=100
at 0 delay p1->a1 Accept by 30
at 0 drop p2->a1 Prepare next
at 0 c1@p1 propose(a)
at 5 c2@p2 propose(b)
expect end: fired(accept@a1, 1) fired(accept.deny@a1, 1) decided(b)",
    );
}

/// A promise of an earlier number comes late and is not added to those of the present one.
#[test]
fn promises_of_two_numbers_do_not_add_up() {
    comes_out(
        "system paxos proposers=1 acceptors=3 clients=1 timeout=60 end=125
at 0 drop p1->{a2, a3} Prepare next 2
at 0 delay a1->p1 Promise by 80
at 0 c1@p1 propose(8)
at 50 drop p1->{a1, a3} Prepare next 2
expect end: fired(promise.count@p1, 1) fired(answer.stale@p1, 1) fired(propose.own, 0)",
    );
}

/// An acceptance of an earlier number comes late and is not added to those of the present one.
#[test]
fn a_proposer_adds_up_one_number_only() {
    comes_out(
        "system paxos proposers=1 acceptors=3 learners=0 clients=1 timeout=60 end=160
at 0 drop p1->{a2, a3} Accept next 2
at 0 delay a1->p1 Accepted by 90
at 0 c1@p1 propose(8)
at 50 drop p1->{a1, a3} Accept next 2
expect end: uncommitted(8, {a1, a2}) decided(none)
expect end: fired(accept.count@p1, 1) fired(answer.stale@p1, >=1)",
    );
}

/// No two proposers ever ask under one number, however often they are outbid.
#[test]
fn numbers_are_nobody_elses() {
    comes_out(
        "system paxos proposers=3 acceptors=3 clients=3 backoff=0..5 think=15 timeout=40 end=3000
seeds 1..20
at 0 delay {p1..p3}->{a1..a3} Accept all by 30
at 0 c1@p1 propose(1) timeout=4000
at 3 c2@p2 propose(2) timeout=4000
at 7 c3@p3 propose(3) timeout=4000
expect end: leaders_per_term(max<=1) term(min>=20) agree(ok)",
    );
}

/// A proposer that comes back does not use a number again for another value.
#[test]
fn a_proposer_that_comes_back_takes_a_new_number() {
    comes_out(
        "system paxos proposers=2 acceptors=3 clients=2 end=900
at 0 drop p1->{a2, a3} Accept next 2
at 0 c1@p1 propose(a)
at 60 crash p1
at 70 restart p1
at 80 cut p1--a1
at 90 w2: c2@p1 propose(b)
expect at 115: epoch(3)
expect end: ack(w2, b) decided(b) agree(ok)",
    );
}

/// Nobody waits for an acceptor that cannot matter any more, and nobody gives up while one may.
#[test]
fn a_number_is_given_up_when_no_majority_is_left() {
    comes_out(
        "system paxos proposers=2 acceptors=5 clients=2 timeout=0 end=300
at 0 latency p1->{a4, a5} 60
at 0 hold p2->{a4, a5} Prepare next 2
at 0 w1: c1@p1 propose(a)
at 12 c2@p2 propose(b)
expect at 55: fired(nack.count@p1, 3) fired(outbid@p1, 1)
expect at 45: fired(outbid@p1, 0)",
    );
}
