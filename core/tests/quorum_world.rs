//! Majority reads and writes where no lesson leads: told as scenarios, so that each reads like one.

mod common;

use common::told::comes_out;
/// Bad weather: messages are lost, doubled and overtaken, one writer is far away; replicas and a
/// writer crash, and the network is split for a while.
fn in_bad_weather(system: &str, expect: &str) {
    comes_out(&format!(
        "system quorum nodes=5 clients=4 {system} timeout=400 resend=100 latency=5..60 end=4000
seeds 1..100
at 0 loss {{n1..n5}}--{{c1..c4}} 0.1
at 0 latency c2->{{n1..n4}} 5..250
at 0 duplication {{n1..n5}}--{{c1..c4}} 0.2
every 310 100..3000 c1 put(x, a#) maybe
every 370 100..3000 c2 put(x, b#)
every 130 100..3400 c3 get(x)
every 170 100..3400 c4 get(x)
at 700 crash n1
at 1130 crash c1
at 1300 restart c1
at 1600 restart n1
at 1700 partition {{n2, n3, c2}} | {{n1, n4, n5, c1, c3, c4}}
at 2300 heal
at 2500 crash {{n4, n5}}
at 3000 restart n4
expect end: {expect}"
    ));
}

/// ABD's theorem: whatever happens to messages, clients and replicas, the register is linearizable.
#[test]
fn abd_is_linearizable_in_bad_weather() {
    in_bad_weather("order=query repair=write-back", "lin(ok)");
}

/// What the theorem rests on: without either half some runs are not.
#[test]
fn half_of_abd_is_not_enough() {
    in_bad_weather("order=query repair=off", "lin(violated, percent>=1)");
    in_bad_weather("order=lamport repair=write-back", "lin(violated, percent>=1)");
    in_bad_weather("order=arrival repair=off", "lin(violated, percent>=90)");
}

/// Quorums that do not meet are no quorums, whatever is written back.
#[test]
fn abd_needs_quorums_that_meet() {
    in_bad_weather("order=query repair=write-back r=2 w=2", "lin(violated, percent>=20)");
    in_bad_weather("order=query repair=write-back r=2 w=4", "lin(ok)");
}

/// A client that crashed in the middle of a write must not use its timestamp for another value.
#[test]
fn a_client_that_comes_back_takes_a_new_timestamp() {
    comes_out(
        "system quorum nodes=3 clients=2 end=2000
at 15 cut c1->{n2, n3}
at 0 c1 put(x, 1)
at 40 crash c1
at 100 heal
at 110 restart c1
at 120 cut c1--n1
at 130 w2: c1 put(x, 2)
at 500 heal
at 600 r1: c2 get(x)
expect end: value(x, 2) ack(r1, 2) lin(ok)",
    );
}

/// Whoever has no majority gets no answer, and says of a write what it knows.
#[test]
fn a_minority_answers_nobody() {
    comes_out(
        "system quorum nodes=5 clients=2 end=3000
at 0 w1: c1 put(x, 1)
at 500 partition {n1, n2, c1} | {n3, n4, n5, c2}
at 600 w2: c1 put(x, 2)
at 600 r1: c2 get(x)
at 600 w3: c2 put(y, 3)
at 1650 heal
at 2000 r2: c1 get(x)
expect end: fail(w2, noquorum) ack(r1, 1) ack(w3) ack(r2, 1) lin(ok)",
    );
}

/// R and W may change while the system runs; what is under way waits for what it began with.
#[test]
fn quorums_change_from_the_next_phase_on() {
    comes_out(
        "system quorum nodes=3 clients=2 order=lamport repair=off r=1 end=900
at 0 latency c1--{n2, n3} 100
at 0 r1: c1 get(x)
at 5 set r=3
at 300 r2: c1 get(x)
expect end: latency(r1, 20) latency(r2, 200)",
    );
}

/// ABD's messages are counted: two phases of N questions and N answers for each operation.
#[test]
fn abd_costs_two_rounds_for_each_operation() {
    comes_out(
        "system quorum nodes=5 clients=2 end=900
at 0 c1 put(x, 1)
at 400 c2 get(x)
expect end: rtt(put, 2) rtt(get, 2) msgs(40) msgs(Write, 5) msgs(WriteBack, 5)",
    );
}
