//! Two-phase commit where no lesson leads: what must be on disk before a message leaves, and
//! thousands of random faults.

mod common;

use std::fmt::Write;

use common::dice::Dice;
use common::told::{comes_out, scenario};
use netsplit_core::check::evidence::Evidence;
use netsplit_core::check::tokens::{self, Verdict};
use netsplit_core::protocols;
use netsplit_core::protocols::commit::knobs;
use netsplit_core::run::{Run, play};
use netsplit_core::scenario::ast::{Arg, Moment, Token};

/// A key is a place in a table, and several tables begin alike.
#[test]
fn shared_settings_stand_where_their_keys_say() {
    let names = protocols::find("twopc").unwrap().knobs.iter().map(|knob| knob.name);
    let names: Vec<_> = names.collect();
    assert_eq!(names[knobs::RMS.0], "rms");
    assert_eq!(names[knobs::VOTE.0], "vote");
    assert_eq!(names[knobs::VOTE_TIMEOUT.0], "vote_timeout");
    assert_eq!(names[knobs::LOCK_WAIT.0], "lock_wait");
    assert_eq!(names[knobs::HOLD.0], "hold");
    assert_eq!(names[knobs::GAP.0], "gap");
}

/// Without the forced write of PREPARED it would abort what the others commit.
#[test]
fn a_vote_yes_is_on_disk_before_it_leaves() {
    // The vote has left, and the resource manager is gone at once.
    comes_out(
        "system twopc clients=1 end=4000
at 0 w: c1@tm begin(row, 5) timeout=60000
when vote.yes@rm2 crash rm2
at 1000 restart rm2
expect at 1000: state(rm2, ready)
expect end: outcome({rm1, rm2}, commit) value(row, 5, {rm1, rm2}) ac1(ok) ack(w)",
    );
    // It is on disk and the vote has not left: the votes are not complete, and that is an abort.
    comes_out(
        "system twopc clients=1 end=6000
at 0 w: c1@tm begin(row, 5) timeout=60000
when vote.yes@rm2 before-send crash rm2
at 1000 restart rm2
expect at 1000: state(rm2, ready)
expect end: outcome({rm1, rm2}, abort) value(row, nil, {rm1, rm2}) ac1(ok) fail(w, aborted)",
    );
}

/// Without the forced write of COMMIT the second one would be told abort.
#[test]
fn a_commit_is_on_disk_before_anybody_is_told() {
    comes_out(
        "system twopc gap=100 clients=1 end=4000
at 0 c1@tm begin(row, 5) timeout=60000
when decision.send@tm crash tm
at 1000 restart tm
expect at 900: outcome(rm1, commit) outcome(rm2, undecided) outcome(tm, commit)
expect end: outcome({rm1, rm2}, commit) ac1(ok) ac5(ok) fired(restart.decided, 1)",
    );
}

/// What a transaction manager was still writing when it died was never decided: nobody heard of it,
/// and nobody who looks on has seen it.
#[test]
fn what_is_not_written_yet_is_not_decided() {
    let text = |more: &str| {
        format!(
            "system twopc clients=1 end=6000
at 0 disk tm sync:50
at 0 latency c1--tm 0
at 0 w: c1@tm begin(row, 5) timeout=60000
{more}"
        )
    };
    comes_out(&text(
        "at 90 crash tm
at 1000 restart tm
expect at 89: fired(decide.commit@tm, 1) outcome(tm, undecided)
expect end: outcome({rm1, rm2}, abort) ac1(ok) ac2(ok) ac5(ok)",
    ));
    comes_out(&text(
        "expect at 119: fired(decide.commit@tm, 1) outcome(tm, undecided)
expect at 131: outcome({tm, rm1, rm2}, commit)
expect end: outcome({tm, rm1, rm2}, commit) ac1(ok)",
    ));
}

/// Who goes back to before something was written hears of it once, and at the same time.
#[test]
fn what_is_told_late_is_told_the_same_after_going_back() {
    let text = "system twopc clients=2 disk=sync:30 end=3000
every 40 0..2000 o: c1@tm begin(row, 5) timeout=60000
every 1 0..2000 r: c2@rm1 read(row) timeout=60000
";
    let facts = |run: &Run| run.trace().facts.iter().cloned().collect::<Vec<_>>();
    for at in (1001..1060).step_by(4) {
        let changed = scenario(&format!("{text}at {at} crash rm2\nat 1500 restart rm2\n"));
        let mut run = play(scenario(text));
        // Far enough that one goes back to a world that was kept, while something waits.
        assert!(run.head().n_events() > 5_000);
        changed.lines.iter().skip(2).for_each(|line| run.add(line.clone()));
        run.record(u32::MAX);
        let straight = play(changed);
        assert_eq!(facts(&run), facts(&straight), "{at}");
        assert!(facts(&run).len() > 100);
    }
}

/// The lock of what is in doubt is there again after a crash, before anybody else can have it.
#[test]
fn what_is_in_doubt_is_locked_again() {
    comes_out(
        "system twopc clients=2 end=3000
at 0 c1@tm begin(row, 5) timeout=60000
when decide.commit@tm before-send crash tm
at 100 crash rm1
at 200 restart rm1
at 300 u: c2@rm1 read_for_update(row) timeout=60000
at 2000 restart tm
expect at 1900: pending(u) lock(tm, row)
expect end: ack(u, 5) ac1(ok)",
    );
}

/// A transaction that waits for a row behind a local one gets it, and what waits behind it too.
#[test]
fn locks_go_to_who_has_waited_the_longest() {
    comes_out(
        "system twopc hold=100 clients=3 end=3000
at 0 a: c1@rm1 update(row, 1)
at 5 b: c2@tm begin(row, 2) timeout=60000
at 20 d: c3@rm1 update(row, 3)
expect at 100: state(rm1, init)
expect at 125: state(rm1, ready)
expect end: ack(a) ack(b) ack(d) value(row, 3, rm1) value(row, 2, rm2) ac1(ok)",
    );
}

/// An acknowledgement may be lost, and a decision come twice.
#[test]
fn a_decision_is_told_until_it_is_acknowledged() {
    comes_out(
        "system twopc clients=1 end=3000
at 0 drop rm2->tm Ack next
at 0 w: c1@tm begin(row, 5) timeout=60000
expect end: fired(decision.again@rm2, 1) fired(end, 1) ack(w) value(row, 5)",
    );
}

const CALM: u64 = 12_000;

/// Begins, local work and faults at random; at the end everybody is up and every message arrives.
fn story(settings: &str, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let latency = dice.pick(&["10", "1..30", "5..200"]);
    let mut text = format!(
        "system twopc rms=3 {settings} clients=6 latency={latency} lock_wait=1500 end=40000\n\
         seed {seed}\n"
    );
    let mut all = vec!["tm", "rm1", "rm2", "rm3"];
    if settings.contains("backup=") {
        all.push("tm2");
        let _ = writeln!(text, "at {} c6@tm2 takeover()", dice.between(1_000, CALM));
    }
    for nth in 0..6 {
        let (at, client) = (dice.between(0, CALM - 2_000), nth % 4 + 1);
        let row = dice.pick(&["x", "x", "y"]);
        let _ = writeln!(text, "at {at} c{client}@tm begin({row}, {nth}) timeout=30000");
        let (at, rm) = (dice.between(0, CALM - 2_000), dice.pick(&all[1..4]));
        let _ = writeln!(text, "at {at} c5@{rm} update({row}, 1{nth}) timeout=30000");
    }
    for _ in 0..10 {
        let (at, here, there) = (dice.between(1, CALM), dice.pick(&all), dice.pick(&all));
        let what = match dice.below(10) {
            0..=2 => format!("crash {here}"),
            3..=4 => format!("restart {here}"),
            5 => format!("pause {here} {}", dice.between(10, 4_000)),
            6 if here != there => format!("cut {here}->{there}"),
            7 if here != there => format!("loss {here}--{there} 0.{}", dice.below(10)),
            8 if here != there => format!("duplication {here}--{there} 0.5"),
            _ => "heal".into(),
        };
        let _ = writeln!(text, "at {at} {what} maybe");
    }
    let names = all.join(", ");
    let _ = writeln!(text, "at {CALM} heal maybe\nat {CALM} loss {{{names}}}--{{{names}}} 0");
    for name in all {
        let _ = writeln!(text, "at {CALM} resume {name} maybe\nat {CALM} restart {name} maybe");
    }
    text
}

/// Whether a token is broken. Where no transaction could begin, none is.
fn breaks(evidence: &Evidence, name: &'static str) -> bool {
    let token = Token { name, args: vec![Arg::Word("ok".into())] };
    matches!(tokens::evaluate(evidence, &token, Moment::End), Verdict::Fails { .. })
}

const SETTINGS: [&str; 5] =
    ["", "termination=on gap=300", "backup=blank gap=300", "backup=log gap=300", "xa=on gap=300"];

/// Whatever fails, no two decide differently, nobody changes its mind, and a commit has all votes;
/// once the faults have ended, all decide.
#[test]
fn atomic_commitment_holds_in_every_run() {
    let mut commits = 0;
    for seed in 0..150 {
        for settings in SETTINGS {
            let text = story(settings, seed);
            let run = play(scenario(&text));
            let evidence = Evidence::of(&run);
            for rule in ["ac1", "ac2", "ac3", "ac5"] {
                assert!(!breaks(&evidence, rule), "{rule} broke:\n{text}");
            }
            let fired = evidence.trace.fired.iter();
            commits += fired.filter(|fired| fired.rule.id == "decide.commit").count();
        }
    }
    assert!(commits > 300, "{commits}");
}

/// The same faults where one decides alone: so the check above can fail.
#[test]
fn who_decides_alone_breaks_it() {
    let broken = |seed: &u64| {
        let text = story("gap=300 heuristic=abort heuristic_after=500", *seed);
        breaks(&Evidence::of(&play(scenario(&text))), "ac1")
    };
    let broken = (0..150).filter(broken).count();
    assert!(broken > 10, "{broken}");
}
