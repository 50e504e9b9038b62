//! The tokens over real runs: what they measure, that a wrong expectation fails and says what
//! came out instead, and that what cannot be said is not decided.

use netsplit_core::protocols::ALL;
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::verdict::{Report, verify};

fn report(text: &str) -> Report {
    match Scenario::parse(text, ALL) {
        Ok(scenario) => verify(&scenario),
        Err(errors) => {
            let lines: Vec<String> = errors.iter().map(|error| error.to_string()).collect();
            panic!("{}\n{text}", lines.join("\n"));
        }
    }
}

/// All of `holds` holds, and of `fails` nothing does, with these measured values.
fn check(story: &str, holds: &str, fails: &[(&str, &str)]) {
    let with = |expects: &str| report(&format!("{story}\n{expects}"));
    let good = with(holds);
    assert!(good.passes(), "{good}");
    for (expect, measured) in fails {
        let bad = with(&format!("expect {expect}"));
        let text = bad.to_string();
        assert!(!bad.passes(), "{expect} must not hold");
        assert!(text.contains(measured), "{expect} should measure {measured}:\n{text}");
    }
}

/// A paused holder outlives its lease: two believe, and the resource takes both writes.
const PAUSE: &str = "\
scenario test/pause
system setnxpx clients=2 hold=300 ttl=1000 end=6000
seed 1
w1: at 100 w1: c1 work(m)
when work.begin@c1 pause c1 3000
at 500 w2: c2 work(m)";

#[test]
fn a_lease_that_runs_out_under_a_paused_holder() {
    check(
        PAUSE,
        "expect at 600: lock(c1) mutex(ok)\n\
         expect end: mutex(violated) mutex(violated, {c1, c2}) mutex(ok, {c1}) \
         resource(corrupted) fence(0) ack(w2) property(mutual-exclusion, violated)",
        &[
            ("end: mutex(ok)", "c1 and c2 both believe to hold m"),
            ("end: resource(ok)", "corrupted"),
            ("end: fence(1)", "measured  0"),
            ("at 600: lock(free)", "measured  c1"),
            ("at 600: lock(stuck)", "measured  c1"),
            ("end: acks(0)", "measured  2"),
        ],
    );
}

const CRASH: &str = "\
scenario test/crash
system setnx clients=2 expire=off end=6000
seed 1
at 100 w1: c1 lock(m)
at 500 crash c1
at 1000 w2: c2 lock(m)";

#[test]
fn a_lock_without_an_end_is_stuck_with_its_dead_holder() {
    check(
        CRASH,
        "expect at 400: lock(c1)\n\
         expect end: lock(stuck) mutex(ok) pending(w2)\n\
         expect 600..6000: lock(stuck)",
        &[
            ("at 400: lock(stuck)", "measured  c1"),
            ("end: ack(w2)", "w2 is pending"),
            ("400..6000: lock(stuck)", "measured  c1 (at 400)"),
        ],
    );
}

/// Five servers; the leader is cut off with a client, and writes on both sides.
const SPLIT: &str = "\
scenario test/split
system raft nodes=5 clients=2 election=150..300 heartbeat=50 end=5000
seed 7
at 0 pin n1.election 150
at 0 pin n2.election 300
at 0 pin n3.election 301
at 0 pin n4.election 302
at 0 pin n5.election 303
at 500 w0: c1@n1 put(x, a)
at 600 partition {n1, n2, c1} | {rest, c2}
at 700 w1: c1@n1 put(x, b)
at 1800 w2: c2 put(x, c) via {n3, n4, n5} retry=3
at 3000 heal
at 3500 r1: c2 get(x) retry=3";

#[test]
fn both_sides_of_a_cut_are_measured() {
    check(
        SPLIT,
        "expect at 400: leader(n1) term(1) state(n2, follower)\n\
         expect at 2900: uncommitted(b, {n1, n2}) committed(c) leader({n3, n4, n5}) \
         conv(diverged)\n\
         expect end: lin(ok) overwritten(b, {n1, n2}) absent(b) lostack(0) unknown(w1) \
         timeout(w1) ack(w2) ack(r1, c) \
         value(x, c) value(x, c, {n1, n2, n3, n4, n5}) leaders_per_term(1) elections(2) \
         seen(leader, 2) conv(ok) agree(ok) \
         property(election-safety, ok) avail(lost, {n1}) stale(none) unknowns(1) acks(3) fails(0)\n\
         expect by 3000: leader({n3, n4, n5})\n\
         expect 700..2900: leaders_per_term(1)",
        &[
            ("end: lin(violated)", "measured  ok"),
            ("end: elections(1)", "n1 in 1"),
            ("end: ack(r1, b)", "r1 answered c"),
            ("end: avail(full)", "lost: n1"),
            ("end: committed(b)", "known by nobody"),
            ("end: overwritten(c)", "given up by nobody"),
            ("end: value(x, b)", "measured  c"),
            ("at 2900: conv(ok)", "differ"),
            ("by 400: committed(c)", "known by nobody"),
            ("end: session(kept)", "not decided"),
            ("end: uptime(>0.9)", "3 of 4, 0.75"),
            ("600..2900: noleader(>10)", "measured  0 ms"),
            ("end: rtt(w0, 2)", "measured  1"),
            ("end: latency(w0, >45)", "measured  40 ms"),
            ("end: msgs(RequestVote, <8)", "measured  8"),
            ("end: sent(n1->n2, RequestVote, 2)", "measured  1"),
            ("end: conv(ok, <1)", "the same since"),
        ],
    );
}

/// The leader answers reads from its own store, though another leads by then.
#[test]
fn a_stale_read_names_the_write_that_it_missed() {
    let story =
        SPLIT.replace("heartbeat=50", "heartbeat=50 reads=local") + "\nat 2800 r0: c1@n1 get(x)";
    check(
        &story,
        "expect at 2900: lin(violated) stale(max, >0) stale(r0, >0)\nexpect end: lin(violated)",
        &[
            (
                "end: lin(ok)",
                "r0, c1's get(x) called at 2800 contradicts w2, c2's put(x, c) called at 1800",
            ),
            ("end: stale(none)", "r0, c1's get(x) called at 2800"),
        ],
    );
}

#[test]
fn a_line_without_effect_and_a_broken_property_fail_by_themselves() {
    let idle = report(&format!("{SPLIT}\nat 4000 heal"));
    assert!(idle.to_string().contains("end: idle(0)"), "{idle}");
    assert!(report(&format!("{SPLIT}\nat 4000 heal maybe")).passes());
    let broken = report(PAUSE);
    assert!(broken.to_string().contains("property(mutual-exclusion, ok)"), "{broken}");
}

/// c2 deletes the row of c1 and takes the lock: two properties break in one run.
const THIEF: &str = "\
scenario test/thief
system dblock clients=2 end=800
at 0 c1 insert(m)
at 300 c2 delete(m)
at 350 c2 insert(m)";

#[test]
fn a_named_break_excuses_no_other() {
    let with = |expects: &str| report(&format!("{THIEF}\nexpect end: {expects}"));
    let own = "property(own-release, violated)";
    let mutual = "property(mutual-exclusion, violated)";
    assert!(with(&format!("{own} {mutual}")).passes());
    for (named, unnamed) in [(own, "mutual-exclusion"), (mutual, "own-release")] {
        let report = with(named);
        let [failure] = &report.failures[..] else { panic!("{named}: {report}") };
        assert_eq!(failure.expected, format!("property({unnamed}, ok)"));
    }
    // What says of the same run that it is wrong, but names no property, excuses none.
    assert_eq!(with("mutex(violated)").failures.len(), 2);
}

/// The first answer is lost, and the client asks again as if for the first time.
#[test]
fn an_operation_that_took_effect_twice() {
    let story = |retry: &str| {
        format!(
            "scenario test/twice\nsystem raft nodes=3 clients=1 end=2000\nseed 1\n\
             at 0 pin n1.election 150\nat 0 pin n2.election 300\nat 0 pin n3.election 301\n\
             at 400 drop n1->c1 reply\n\
             at 400 i: c1 incr(x) via {{n1}} timeout=200 retry=1{retry}"
        )
    };
    let twice = "expect end: effect(i, 2) value(x, 2) lin(violated)";
    check(&story(" serial=new"), twice, &[("end: effect(i, 1)", "measured  2")]);
    let once = "expect end: effect(i, 1) value(x, 1) lin(ok) ack(i, 1)";
    check(&story(""), once, &[("end: effect(i, >1)", "measured  1")]);
}

#[test]
fn statistics_are_of_all_seeds() {
    let story = "scenario test/seeds\nsystem raft nodes=3 election=150..300 end=1500\nseeds 1..20";
    check(
        story,
        "expect end: elections(min>=1) elections(median<=2) term(1, percent>=50) \
         leaders_per_term(1)",
        &[
            ("end: elections(max<=0)", "over 20 runs"),
            ("end: leader(none, percent>=10)", "0, over 20 runs"),
        ],
    );
}

/// Tokens that the language knows and that only systems to come can show.
const LATER: &[&str] = &["session"];

#[test]
fn every_token_of_the_language_is_measured_or_comes_later() {
    for def in netsplit_core::scenario::tokens::TOKENS {
        let measured = netsplit_core::check::tokens::is_measured(def.name);
        let later = LATER.contains(&def.name);
        assert!(measured != later, "{}: measured {measured}, later {later}", def.name);
    }
}
