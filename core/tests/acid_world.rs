//! `acid` and `acc1` where no lesson leads: told as scenarios, so that each reads like one.

mod common;

use common::told::comes_out;
/// Two databases in bad weather: messages are lost, doubled and late, everybody crashes once, and
/// the network is split for a while. In the end all is well again for 3 s.
fn in_bad_weather(system: &str, third: &str, expect: &str) {
    comes_out(&format!(
        "system acid {system} clients=3 latency=5..40 end=8000
seeds 1..60
at 0 loss {{orders, stock, {third}}}--{{orders, stock, {third}}} 0.1
at 0 duplication {{orders, stock, {third}}}--{{orders, stock, {third}}} 0.2
every 210 50..4000 order: c1 order(3) maybe
every 330 50..4000 order: c2 order(7) maybe
every 170 50..4000 r: c3 read() maybe
at 500 crash stock
at 1100 restart stock
at 1370 crash {third}
at 1900 restart {third}
at 2130 crash orders
at 2700 restart orders
at 3000 partition {{orders, {third}}} | {{stock}}
at 3800 heal
at 5000 loss {{orders, stock, {third}}}--{{orders, stock, {third}}} 0
expect end: {expect}"
    ));
}

#[test]
fn two_phase_commit_keeps_every_promise_in_bad_weather() {
    let expect = "ac1(ok) ac2(ok) ac3(ok) ac5(ok) conserve(ok) lin(ok)";
    in_bad_weather("mode=shards", "tm", expect);
}

/// Whatever is lost, doubled or forgotten: what was taken is deducted once, or cancelled.
#[test]
fn the_outbox_comes_right_in_bad_weather() {
    let expect = "conserve(ok) mark(orders, outbox-new, 0) property(nothing-lost, ok)";
    in_bad_weather("mode=outbox", "relay", expect);
}

/// Isolation is what an outbox gives up: some reader sees a state that no order of the
/// transactions leads to.
#[test]
fn readers_see_between_the_databases_of_an_outbox() {
    in_bad_weather("mode=outbox", "relay", "lin(violated, percent>=90)");
}

/// At every instant, not only at the end, and for every reader.
#[test]
fn the_sum_never_moves_under_two_phase_commit() {
    comes_out(
        "system acid mode=shards clients=2 latency=5..40 end=4000
seeds 1..60
every 90 0..3000 c1 order(1)
at 800 crash stock
at 1200 restart stock
at 1600 crash tm
at 2000 restart tm
expect 500..4000: conserve(ok)
expect end: lin(ok) ac1(ok)",
    );
}

/// Replicas follow whole transactions: whoever reads there may read old books, never wrong ones.
#[test]
fn replicas_are_old_and_never_wrong() {
    comes_out(
        "system acid mode=single replicas=2 lag=150 work=10 clients=4 latency=5..40 end=4000
seeds 1..40
every 110 0..3000 c1 order(2)
every 130 0..3000 c2 order(5)
every 90 0..3400 c3@r1 read()
every 70 0..3400 c4@r2 read()
at 700 crash r1
at 900 restart r1
at 1200 crash db
at 1500 restart db
at 2000 wipe r2
expect end: property(sum, ok) conv(ok) conserve(ok) lin(violated, percent>=90)",
    );
}

/// Serializable transactions of one database are linearizable too, however they overlap.
#[test]
fn one_database_is_both_serializable_and_linearizable() {
    let story = "system acid mode=single work=5 clients=4 latency=5..60 end=3000
seeds 1..40
every 60 0..2000 c1 order(3)
every 70 0..2000 c2 order(7)
every 50 0..2200 c3 read()
every 40 0..2200 c4 read()
at 900 crash db
at 1000 restart db
expect end: ";
    comes_out(&format!("{story}lin(ok) conserve(ok) property(sum, ok)"));
    let loose = story.replace("work=5", "work=25 isolation=none");
    comes_out(&format!("{loose}lin(violated, percent>=50) property(sum, violated, percent>=50)"));
}

/// Accepting the first proposal and nothing else is safe: no two values are ever chosen, whatever
/// happens to messages and nodes that keep their disks. It may choose none.
#[test]
fn accepting_the_first_proposal_is_safe_and_may_choose_nothing() {
    comes_out(
        "system acc1 proposers=3 acceptors=5 resend=120 clients=3 latency=5..60 end=4000
seeds 1..200
at 0 loss {p1..p3}--{a1..a5} 0.2
at 0 duplication {p1..p3}--{a1..a5} 0.2
at 0 a: c1@p1 propose(a) timeout=3000
at 0 b: c2@p2 propose(b) timeout=3000
at 20 c: c3@p3 propose(c) timeout=3000
at 60 crash {a1, p2}
at 300 crash a4
at 700 restart {a1, p2}
at 900 restart a4
at 1500 d: c2@p2 propose(d) timeout=2000
expect end: agree(ok) valid(ok) lin(ok) property(one-value, ok) decided(none, percent>=15)",
    );
}
