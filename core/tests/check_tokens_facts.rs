//! The tokens about what was chosen, about marks, registries and transactions: each where it holds
//! and where it does not.

mod puppet;

use puppet::check;

#[test]
fn what_is_chosen_was_asked_for_and_is_applied_in_order() {
    let log = "at 0 w: c1@n1 put(x, a)\nat 100 c1@n1 append(1, a)\nat 200 c2@n2 append(1, a)\n\
               at 300 c2@n2 append(2, b)\nat 400 v: c1@n1 put(x, b)\nat 500 c2@n2 commit(1)\n\
               at 600 c2@n2 commit(2)\nat 700 c1@n1 commit(1)";
    check(
        log,
        "valid(ok) agree(ok) order(ok) decided(a) decided(b) decides(510) decides(<=510) \
         zxid(w, 1, 1) zxid(v, 2, 1) zxid(v, >=2, <5)",
        &[
            ("decided(none)", "a known by n2 at 510"),
            ("decided(c)", "a known by n2 at 510"),
            ("decides(<510)", "510 ms"),
            ("zxid(w, 1, 2)", "epoch 1, number 1"),
            ("order(violated)", "ok"),
            ("valid(violated)", "ok"),
            ("at 500: decided(a)", "nothing"),
            ("at 500: decides(<=500)", "nothing is decided"),
        ],
    );
    check("at 0 c1@n1 append(1, nil)\nat 100 c1@n1 commit(1)", "decided(none) valid(ok)", &[]);
}

#[test]
fn what_nobody_asked_for_is_not_valid() {
    let log = "at 0 c1@n1 append(1, a)\nat 100 c1@n1 commit(1)\nat 200 w: c1@n1 put(x, a)";
    check(
        log,
        "valid(violated)",
        &[
            ("valid(ok)", "n1 knew a at 110, which nobody had asked for"),
            ("zxid(w, 2, 1)", "epoch 1, number 1"),
        ],
    );
}

#[test]
fn an_older_epoch_after_a_newer_one_is_out_of_order() {
    let log = "at 0 c1@n1 append(2, a)\nat 100 c1@n1 append(1, b)\nat 200 c1@n1 commit(1)\n\
               at 300 c1@n1 commit(2)";
    check(log, "order(violated)", &[("order(ok)", "n1 applied 2 of 1 at 310, after 1 of 2")]);
    // Who starts again applies again.
    let again = "at 0 c1@n1 append(1, a)\nat 100 c1@n1 append(2, b)\nat 200 c1@n1 commit(2)\n\
                 at 400 crash n1\nat 600 restart n1";
    check(again, "order(ok)", &[]);
}

#[test]
fn marks_are_summed_and_counted() {
    let marks = "at 0 c1@n1 mark(dup, 2)\nat 0 c2@n2 mark(dup, 1)\nat 0 c1@n1 mark(lost, 1)\n\
                 at 0 c1@n1 mark(oversold, 4)\nat 0 c1@n1 mark(degraded, 3)\n\
                 at 100 c1@n1 mark(degraded, 5)\nat 200 c2@n2 mark(degraded, 1)\n\
                 at 300 c2@n2 mark(heuristic, 1)\nat 400 c3@n3 mark(selfpres, 1)\n\
                 at 600 c3@n3 mark(selfpres, 0)";
    check(
        marks,
        "dup(3) lost(1) oversold(4) degraded(6) heuristic(1) selfpres(off)",
        &[
            ("dup(2)", "2 at n1, 1 at n2"),
            ("lost(0)", "measured  1"),
            ("oversold(<4)", "measured  4"),
            ("degraded(5)", "measured  6"),
            ("heuristic(0)", "measured  1"),
            ("selfpres(on)", "off"),
            ("at 500: selfpres(off)", "on at n3"),
            ("50..150: degraded(3)", "measured  2"),
            ("50..1000: degraded(6)", "measured  3"),
        ],
    );
}

#[test]
fn what_is_conserved_adds_up_everywhere() {
    let money = "at 0 cut n1--n2\nat 0 c1@n1 mark(total, 100)\nat 0 c2@n2 mark(total, 100)\n\
                 at 0 c1@n1 put(a, 60)\nat 0 c2@n2 put(b, 40)\nat 500 c1@n1 put(a, 50)\n\
                 at 1000 c2@n2 put(b, 50)";
    check(
        money,
        "at 400: conserve(ok)\nexpect at 800: conserve(violated)\nexpect end: conserve(ok)",
        &[
            ("at 800: conserve(ok)", "50 at n1, 40 at n2 make 90 of 100"),
            ("conserve(violated)", "50 at n1, 50 at n2 make 100 of 100"),
        ],
    );
    check(
        &format!("{money}\nat 1500 crash n2"),
        "at 1400: conserve(ok)",
        &[("conserve(ok)", "n2 is down, and with it a part of the sum")],
    );
    check("at 0 c1@n1 put(a, 1)", "dup(0)", &[("conserve(ok)", "nobody has a mark total")]);
}

#[test]
fn what_registries_list_and_whom_they_notify() {
    let lists = "at 0 c1@n1 members({n1, n2})\nat 0 c2@n2 put(/app, up)\n\
                 at 500 c1@n1 members({n1})\nat 600 c1@n1 notify(n2)\nat 700 c1@n1 notify(n3)";
    check(
        lists,
        "registry(n1, n2, absent) registry(n1, n1, present) registry(n2, n2, absent) \
         registry(n3, /app, present) znode(/app, present) znode(/other, absent) notify(2)",
        &[
            ("registry(n1, n2, present)", "absent"),
            ("znode(/app, absent)", "present"),
            ("notify(1)", "measured  2"),
            ("650..3000: notify(2)", "measured  1"),
            ("at 400: registry(n1, n2, absent)", "present"),
        ],
    );
}

/// n1 coordinates, n2 and n3 vote.
const VOTES: &str = "at 0 c1@n1 state(7, wait)\nat 0 c2@n2 state(7, init)\n\
                     at 0 c3@n3 state(7, init)\nat 100 c2@n2 state(7, ready)\n\
                     at 150 c3@n3 state(7, ready)\n";

#[test]
fn all_yes_and_all_commit() {
    let commits = "at 200 c1@n1 state(7, commit)\nat 300 c2@n2 state(7, commit)\n\
                   at 600 c3@n3 state(7, commit)\n";
    check(
        &format!("{VOTES}{commits}"),
        "ac1(ok) ac2(ok) ac3(ok) ac4(ok) ac5(ok) outcome({n1, n2, n3}, commit) \
         outcome(n2, commit, 7) agree(ok)",
        &[
            ("ac1(violated)", "ok"),
            ("outcome(n3, abort)", "n3 is commit"),
            ("outcome(n2, commit, 8)", "n2 is undecided"),
            ("blocked(n2, ready, >0)", "n2 is not ready"),
            ("at 500: outcome(n3, commit)", "n3 is undecided"),
            ("at 500: ac5(ok)", "n3 is ready at 160"),
            ("at 500: blocked(n3, ready, >340)", "340 ms"),
            ("at 180: ac4(ok)", "nobody has decided yet"),
        ],
    );
    // Nobody else knows, and the coordinator is down: the rest waits.
    let crash = format!("{VOTES}at 200 c1@n1 state(7, commit)\nat 400 crash n1");
    check(
        &crash,
        "end: blocked({n2, n3}, ready, >=2840) outcome(n1, commit) outcome({n2, n3}, undecided) \
         ac1(ok) ac5(ok)\nexpect at 1000: blocked({n2, n3}, ready, 840)",
        &[("ac5(violated)", "ok")],
    );
}

#[test]
fn what_breaks_atomic_commitment() {
    let split = "at 200 c2@n2 state(7, commit)\nat 300 c3@n3 state(7, abort)";
    check(
        &format!("{VOTES}{split}"),
        "ac1(violated) ac2(ok) ac3(ok) ac4(violated) ac5(violated) agree(violated)",
        &[
            ("ac1(ok)", "n2 is commit at 210, n3 is abort at 310"),
            ("ac4(ok)", "n3 is abort at 310, though all voted yes and nothing failed"),
            ("ac5(ok)", "n1 is wait at 10"),
            ("agree(ok)", "n2 is commit at 210, n3 is abort at 310"),
        ],
    );
    let changed = "at 200 c2@n2 state(7, abort)\nat 300 c2@n2 state(7, commit)";
    check(
        &format!("{VOTES}{changed}"),
        "ac2(violated) ac1(ok)",
        &[("ac2(ok)", "n2 is abort at 210, n2 is commit at 310")],
    );
    let early = VOTES.replace("at 150", "at 900");
    check(
        &format!("{early}at 200 c1@n1 state(7, commit)"),
        "ac3(violated) ac1(ok)",
        &[("ac3(ok)", "n1 is commit at 210, and n3 had not voted yes")],
    );
    // A failure excuses.
    check(&format!("{VOTES}at 160 pause n2 10\nat 200 c3@n3 state(7, abort)"), "ac4(ok)", &[]);
    let two = format!("{VOTES}at 200 c2@n2 state(8, init)");
    check(&two, "ac1(ok)", &[("outcome(n2, undecided)", "there are several transactions")]);
    check("at 0 c1@n1 get(x)", "dup(0)", &[("ac1(ok)", "nobody reports a transaction")]);
}

#[test]
fn how_long_a_resource_stayed_locked() {
    let locks = "at 100 c1@n1 hold(row)\nat 300 c2@n2 hold(row)\nat 400 c1@n1 free(row)\n\
                 at 1000 c2@n2 free(row)\nat 2500 c1@n1 hold(row)";
    check(
        locks,
        "locked(row, 700) locked(other, 0)",
        &[
            ("locked(row, >700)", "700 ms"),
            ("before 100: locked(row, >0)", "0 ms"),
            ("at 900: locked(row, 700)", "590 ms"),
            ("500..900: locked(row, 700)", "400 ms"),
        ],
    );
}

#[test]
fn what_a_token_reads_of_an_interval_depends_on_its_form() {
    let log = "at 0 w: c1@n1 put(x, a)\nat 100 c1@n1 append(1, a)\nat 500 c1@n1 commit(1)";
    check(
        log,
        "400..600: committed(a)\nexpect 520..600: committed(a, {n1})",
        &[("400..600: committed(a, {n1})", "known by nobody")],
    );
}
