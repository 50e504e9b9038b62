//! Gossip where no lesson leads: told as scenarios, so that each reads like one.

mod common;

use common::told::comes_out;
/// Whatever is lost, doubled or overtaken, and whoever was down: anti-entropy ends in one state,
/// and every node that was up has answered.
#[test]
fn every_mode_of_anti_entropy_converges_in_bad_weather() {
    for mode in ["mode=push", "mode=pull", "mode=push-pull", "mode=rumour backup=500"] {
        comes_out(&format!(
            "system gossip nodes=12 clients=3 {mode} latency=5..120 end=12000
seeds 1..50
at 0 loss {{n1..n12}}->{{n1..n12}} 0.3
at 0 duplication {{n1..n12}}->{{n1..n12}} 0.2
every 130 100..2000 c1@n1 put(x, a#)
every 170 100..2000 c2@n9 put(x, b#)
every 190 100..2000 c2@n9 put(y, b#)
at 1500 c3@n5 del(y)
at 400 crash {{n2, n3}}
at 700 partition {{n1..n4}} | {{n5..n12}}
at 2500 heal
at 2600 restart {{n2, n3}}
expect end: conv(ok) avail(full) mark(n1, resurrected-key, 0)"
        ));
    }
}

/// Where certificates outlive every absence, nothing comes back (Demers et al. §2).
#[test]
fn nothing_comes_back_while_certificates_live() {
    comes_out(
        "system gossip nodes=8 clients=2 gc=10000 end=14000
seeds 1..50
at 0 c1@n1 put(k, 1)
at 1500 partition {n7, n8} | {rest, c1, c2}
at 2000 c1@n2 del(k)
at 9000 heal
expect end: detected(resurrected-key, 0) conv(ok) value(k, nil) fired(certificate.expire, >=8)",
    );
}

/// A clock that is fast makes a node forget too soon.
#[test]
fn a_fast_clock_discards_a_certificate_too_soon() {
    comes_out(
        "system gossip nodes=4 clients=1 gc=10000 end=6000
seed 1
at 0 c1@n1 put(k, 1)
at 900 partition {n4} | {n1, n2, n3}
at 1000 c1@n1 del(k)
at 2000 jump n1 +20000
at 2000 jump n2 +20000
at 2000 jump n3 +20000
at 3000 heal
expect end: detected(resurrected-key) value(k, 1) conv(ok)",
    );
}

/// A mode may change while the system runs: what was no rumour before is none now.
#[test]
fn a_mode_changes_while_the_system_runs() {
    comes_out(
        "system gossip nodes=8 clients=1 mode=rumour end=6000
seed 2
at 0 c1@n1 put(x, 1)
at 210 set mode=push
at 3000 set mode=rumour
at 3100 c1@n3 put(x, 2)
at 4000 set backup=200
expect at 2900: conv(ok) value(x, 1)
expect at 3050: state({n1..n8}, removed)
expect end: conv(ok) value(x, 2)",
    );
}

/// Nodes that agree pay for their digests and nothing else.
#[test]
fn agreement_costs_a_digest_a_round() {
    comes_out(
        "system gossip nodes=64 clients=1 end=4000
at 0 c1@n1 put(x, 1)
expect 3000..4000: msgs(320) msgs(Digest, 320)",
    );
}
