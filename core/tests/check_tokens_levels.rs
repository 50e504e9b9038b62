//! The tokens about consistency over real runs: each where it holds and where it does not, and
//! what the sentence says of a run where it does not.

mod puppet;

use puppet::check;

/// Copies take half a second.
const SLOW: &str = "at 0 latency n1--n2 500\nat 0 latency n1--n3 500\nat 0 latency n2--n3 500\n";

#[test]
fn who_was_told_and_reads_the_old_value() {
    let told = "at 0 w1: c1@n1 put(x, 1)\nat 30 tell c1 c2 written\nat 40 g1: c2@n2 get(x)\n\
                at 40 g2: c3@n3 get(x)";
    check(
        &format!("{SLOW}{told}"),
        "causal(violated) seqc(ok) regular(violated) lin(violated) ryw(ok) mr(ok) mw(ok) wfr(ok) \
         stale(g1, 20) stale(max, 20) cap(never-both) avail(full) window(490) conv(ok, 490)",
        &[
            (
                "causal(ok)",
                "g1, c2's get(x) called at 40 answered nil, which fits no order after c1 told c2 \
                 at 30: 1 would have been right",
            ),
            (
                "regular(ok)",
                "g1, c2's get(x) called at 40 answered nil, which w1, c1's put(x, 1) called at 0 \
                 had overwritten: 1 would have been right",
            ),
            ("window(<400)", "490 ms"),
        ],
    );
    // Who was not told may read the old value.
    check(&format!("{SLOW}{}", told.replace("tell c1 c2", "tell c1 c3")), "causal(violated)", &[]);
    check(&format!("{SLOW}{}", told.replace("tell c1 c2", "tell c1 c4")), "causal(ok)", &[]);
}

#[test]
fn who_does_not_read_its_own_write() {
    check(
        &format!("{SLOW}at 0 w1: c1@n1 put(x, 1)\nat 50 g1: c1@n2 get(x)\nat 60 c2@n2 get(x)"),
        "ryw(violated) ryw(violated, c1) ryw(ok, c2) mr(ok) mw(ok) wfr(ok) causal(violated) \
         seqc(violated)",
        &[
            (
                "ryw(ok)",
                "g1, c1's get(x) called at 50 answered nil, older than its own w1, c1's put(x, 1) \
                 called at 0: 1, or newer, would have been right",
            ),
            (
                "seqc(ok)",
                "answered nil, which fits no order after w1, c1's put(x, 1) called at 0: 1 would \
                 have been right",
            ),
        ],
    );
    // Another session claims nothing.
    check(
        &format!("{SLOW}at 0 c1@n1 put(x, 1)\nat 40 end-session c1\nat 50 g1: c1@n2 get(x)"),
        "ryw(ok) causal(violated) stale(g1, 30)",
        &[],
    );
}

#[test]
fn time_that_goes_backwards_between_two_reads() {
    check(
        "at 0 latency n1->n3 2000\nat 0 c1@n1 put(x, 1)\nat 200 g1: c2@n2 get(x)\n\
         at 300 g2: c2@n3 get(x)",
        "mr(violated) mr(ok, c1) ryw(ok) mw(ok) wfr(ok) ack(g1, 1)",
        &[(
            "mr(ok)",
            "g2, c2's get(x) called at 300 answered nil, older than 1, which g1, c2's get(x) \
             called at 200 had answered: 1, or newer, would have been right",
        )],
    );
}

#[test]
fn two_writes_of_one_client_in_the_wrong_order() {
    check(
        "at 0 latency n1->n3 300\nat 0 w1: c1@n1 put(x, 1)\nat 50 w2: c1@n2 put(y, 2)\n\
         at 100 g1: c2@n3 get(y)\nat 150 g2: c2@n3 get(x)",
        "mw(violated) mr(ok) ryw(ok) wfr(ok) causal(violated)",
        &[(
            "mw(ok)",
            "g2, c2's get(x) called at 150 answered nil, though g1, c2's get(y) called at 100 had \
             shown w2, c1's put(y, 2) called at 50, before which the same client did w1, c1's \
             put(x, 1) called at 0: 1, or newer, would have been right",
        )],
    );
}

#[test]
fn an_answer_without_the_question() {
    check(
        "at 0 latency n1->n3 2000\nat 0 w1: c1@n1 put(q, 1)\nat 100 g0: c2@n2 get(q)\n\
         at 150 w2: c2@n2 put(r, 2)\nat 200 g1: c3@n3 get(r)\nat 250 g2: c3@n3 get(q)",
        "wfr(violated) mw(ok) mr(ok) ryw(ok) causal(violated)",
        &[(
            "wfr(ok)",
            "g2, c3's get(q) called at 250 answered nil, though g1, c3's get(r) called at 200 had \
             shown w2, c2's put(r, 2) called at 150, whose client had read w1, c1's put(q, 1) \
             called at 0 before: 1, or newer, would have been right",
        )],
    );
}

#[test]
fn what_cannot_be_said_is_not_decided() {
    let twice = "at 0 c1@n1 put(x, 1)\nat 100 c1@n1 put(x, 1)\nat 200 c1@n1 get(x)";
    let why = "1 was written to x more than once";
    let undecided = ["causal(ok)", "causal(violated)", "ryw(ok)", "mr(ok)", "mw(ok)", "wfr(ok)"];
    let all: Vec<(&str, &str)> = undecided.iter().map(|token| (*token, why)).collect();
    check(twice, "seqc(ok) regular(ok) lin(ok)", &all);
    check(
        "at 0 c1@n1 incr(x)\nat 100 c2@n1 incr(x)",
        "seqc(ok) lin(ok)",
        &[("regular(ok)", "incr(x) called at 0 is neither a read nor a plain write")],
    );
    let open = "at 0 cut c1--n1\nat 10 a: c1@n1 put(x, 1)\nat 20 b: c1@n2 get(x)";
    let invalid = "the history is invalid: b, c1's get(x) called at 20 while the client still \
                   waits for a, c1's put(x, 1) called at 10";
    check(open, "lin(ok)", &[("seqc(ok)", invalid), ("causal(violated)", invalid)]);
}

#[test]
fn both_at_once_while_nothing_is_cut() {
    let calm = "at 0 c1@n1 put(x, 1)\nat 500 c2@n2 get(x)";
    check(
        calm,
        "lin(ok) avail(full)",
        &[("cap(never-both)", "linearizable, and every live node that was asked answered")],
    );
    let cut = format!("{calm}\nat 600 cut c2--n2\nat 700 c2@n2 get(x)");
    check(&cut, "lin(ok) avail(lost, {n2}) cap(never-both)", &[]);
}

#[test]
fn a_window_that_never_closes_is_not_decided() {
    let cut = "at 0 cut n1->n3\nat 10 w: c1@n1 put(x, 1)";
    check(cut, "conv(diverged)", &[("window(>0)", "some live copy never showed w")]);
    // What is newer closes it too, and who is down need show nothing.
    check(&format!("{cut}\nat 500 c1@n2 put(x, 2)"), "window(490)", &[]);
    check(&format!("{cut}\nat 1000 crash n3"), "window(970)", &[]);
    check("at 0 c1@n1 get(x)", "conv(ok)", &[("window(0)", "no write was acknowledged")]);
}

#[test]
fn a_deletion_is_a_write_of_nil() {
    let gone = "at 0 c1@n1 put(x, 1)\nat 100 d: c1@n1 del(x)\nat 200 g: c2@n1 get(x)";
    check(gone, "stale(none) stale(n1, 0) ack(g, nil) window(0) lin(ok)", &[]);
    let unread = gone.replace("at 200 g: c2@n1 get(x)", "at 50 c2@n1 get(x)");
    check(&unread, "causal(ok) ryw(ok) mr(ok)", &[]);
    let early = format!("{SLOW}{}", gone.replace("g: c2@n1", "g: c2@n2"));
    check(&early, "ack(g, nil) stale(none)", &[("stale(g, >0)", "nothing newer was acknowledged")]);
    let twice = format!("{gone}\nat 300 c1@n1 put(x, 2)\nat 400 h: c2@n1 get(x)");
    check(&twice, "ack(h, 2) stale(none)", &[("causal(ok)", "x was nil more than once")]);
}
