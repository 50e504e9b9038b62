//! Paxos Commit where no lesson leads: told as scenarios, so that each reads like one.

mod common;

use common::told::comes_out;
/// Bad weather: messages are lost, doubled and late; leaders, resource managers and acceptors
/// crash, a leader is frozen, the network is split for a while; transactions wait for each other's
/// locks. In the end all are up and reach each other again.
fn in_bad_weather(settings: &str, acceptors: &str, expect: &str) {
    let expect =
        format!("ac1(ok) ac2(ok) ac3(ok) ac5(ok) conv(ok) property(one-value, ok) {expect}");
    comes_out(&format!(
        "system pcommit {settings} lock_wait=150 clients=3 latency=5..40 end=9000
seeds 1..150
at 0 loss {{tm, tm2, rm1, rm2, rm3}}--{{{acceptors}}} 0.1
at 0 loss {{tm, tm2}}--{{rm1, rm2, rm3}} 0.1
at 0 duplication {{tm, tm2, rm1, rm2, rm3}}--{{{acceptors}}} 0.2
at 0 duplication {{tm, tm2}}--{{rm1, rm2, rm3}} 0.3
at 0 reorder {{tm, tm2}}--{{rm1, rm2, rm3}} on
at 0 latency rm3->{{{acceptors}}} 5..400
every 370 100..4000 c1@tm begin(x, a#) maybe
every 530 100..4000 c2@rm1 begin(y, b#) maybe
every 710 100..4000 c3@rm2 begin(z, c#) maybe
at 700 crash tm
at 900 crash rm3
at 1300 restart rm3
at 1500 restart tm
at 1700 partition {{tm, rm1, a1}} | {{tm2, rm2, rm3, a2, a3}}
at 2500 heal
at 2600 crash {{a2, tm2}}
at 3000 pause tm 900
at 3300 restart {{a2, tm2}}
at 3400 crash rm1
at 3900 restart rm1
at 4500 loss {{tm, tm2, rm1, rm2, rm3}}--{{{acceptors}}} 0
at 4500 loss {{tm, tm2}}--{{rm1, rm2, rm3}} 0
expect end: {expect}"
    ));
}

const THREE: &str = "a1, a2, a3";

/// Safe whatever happens, and once failures end all decide.
#[test]
fn all_decide_alike_in_bad_weather() {
    in_bad_weather("", THREE, "fired(decide.commit, median>=2)");
}

/// The shortcuts of §4.3 change what it costs, and nothing else.
#[test]
fn shortcuts_are_safe_in_bad_weather() {
    in_bad_weather("propose=enough", THREE, "");
    in_bad_weather("learn=direct", THREE, "");
    in_bad_weather("faults=2 propose=enough learn=direct", "a1, a2, a3, a4, a5", "");
}

/// Leaders that never give way to each other are as safe as one.
#[test]
fn impatient_leaders_are_safe() {
    in_bad_weather("vote_timeout=60 ask=70 ballot=60..400", THREE, "");
}

/// What a transaction without failures costs, counted: a client's request and its answer are two
/// messages more than the paper counts, and in the fast variant the leader listens, too.
fn costs(settings: &str, (n, f): (u64, u64), messages: u64, delays: u64) {
    let client = 10;
    let (end, messages) = (2 * client + 10 * delays, messages + 2);
    comes_out(&format!(
        "system pcommit rms={n} faults={f} {settings} ask=60000 vote_timeout=60000 clients=1 end=400
at 0 b: c1@rm1 begin(x, 1)
expect end: msgs({messages}) latency(b, {end}) ac4(ok)"
    ));
}

/// §4.3 and the table of §5, for some N and F.
#[test]
fn it_costs_what_the_paper_says() {
    for (n, f) in [(1, 1), (2, 1), (3, 1), (5, 1), (3, 2), (7, 3)] {
        costs("propose=enough", (n, f), (n + 1) * (f + 3) - 2, if n == 1 { 3 } else { 5 });
        let fast = n * (2 * f + 3) + f + 1;
        costs("propose=enough learn=direct", (n, f), fast, if n == 1 { 2 } else { 4 });
    }
    // With F = 0 and the acceptor at the leader it is Two-Phase Commit: 3N - 1 messages, 4 delays.
    for n in [2, 3, 5, 9] {
        costs("", (n, 0), 3 * n - 1, 4);
    }
}
