//! Sessions and late copies where no lesson leads: told as scenarios, so that each reads like one.

mod common;

use common::told::comes_out;
/// Three clients that move from replica to replica while messages are lost, doubled and overtaken,
/// a replica crashes, and the network is split for a while.
fn on_the_move(system: &str, expect: &str) {
    comes_out(&format!(
        "system sess {system} lag=0..400 resend=200 timeout=180 latency=5..60 end=7000
seeds 1..60
at 0 loss {{n1..n3}}--{{n1..n3}} 0.2
at 0 duplication {{n1..n3}}--{{n1..n3}} 0.2
every 600 0..3400 c1@n1 put(x, a#)
every 600 200..3400 c1@n2 put(y, b#)
every 600 400..3400 c1@n3 get(x)
every 600 70..3400 c2@n2 get(y)
every 600 270..3400 c2@n3 put(z, d#)
every 600 470..3400 c2@n3 get(x)
every 600 140..4000 c3@n3 get(z)
every 600 340..4000 c3@n1 get(y)
every 600 540..4000 c3@n2 get(z)
at 0 latency n1->n3 300..500
at 0 latency n2->n1 300..500
at 900 tell c1 c3 look
at 1100 crash n2
at 1500 restart n2
at 2000 partition {{n1, c1}} | {{n2, n3, c2, c3}}
at 2700 heal
expect end: conv(ok) {expect}"
    ));
}

/// The theorem of Terry et al.: the vectors keep what they say, whatever happens to messages and
/// replicas. A client that waits may give up; it never sees less than it has seen.
#[test]
fn guarantees_hold_in_bad_weather() {
    let all = "ryw(ok) mr(ok) mw(ok) wfr(ok)";
    on_the_move("ryw=on mr=on mw=on wfr=on", all);
    on_the_move("ryw=on mr=on mw=on wfr=on miss=redirect", all);
    on_the_move("causal=on", &format!("causal(ok) {all}"));
    on_the_move("causal=on miss=fail", &format!("causal(ok) {all}"));
}

/// What they rest on: without them, the same weather breaks each in some runs.
#[test]
fn nothing_is_guaranteed_without_vectors() {
    on_the_move(
        "ryw=off",
        "ryw(violated, percent>=5) mr(violated, percent>=5) mw(violated, percent>=5)
expect end: wfr(violated, percent>=5) causal(violated, percent>=5)",
    );
    on_the_move("ryw=on", "ryw(ok) mr(violated, percent>=5)");
    on_the_move("mr=on", "mr(ok) ryw(violated, percent>=5)");
}

/// A primary and its replicas: one order for all, however late it comes and whoever was down.
#[test]
fn copies_of_one_primary_come_together() {
    for system in ["reads=any", "reads=primary", "bound=300"] {
        let level = match system {
            "reads=primary" => "lin(ok) stale(none)",
            "bound=300" => "stale(max, <=300)",
            _ => "lin(violated, percent>=50)",
        };
        comes_out(&format!(
            "system cons replicas=4 {system} lag=0..400 resend=150 clients=3 latency=5..60 end=6000
seeds 1..60
at 0 loss {{n1..n5}}--{{n1..n5}} 0.3
at 0 duplication {{n1..n5}}--{{n1..n5}} 0.2
every 110 0..3000 c1@n1 put(x, a#)
every 130 0..3600 c2@n3 get(x)
every 170 0..3600 c3@n5 get(x)
at 700 crash {{n3, n4}}
at 900 wipe n5
at 1300 restart {{n3, n4}}
at 1700 crash n1
at 1800 restart n1
at 2000 partition {{n1, n2, c1}} | {{n3, n4, n5, c2, c3}}
at 2600 heal
expect end: conv(ok) {level}"
        ));
    }
}
