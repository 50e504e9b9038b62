//! `cap`, under every policy and while it is switched: no run ends linearizable and fully available
//! when a cut separated two live replicas around a completed write and a later read called on the
//! other side. That is Theorem 1 of Gilbert and Lynch (SIGACT News 2002), so what this tries is the
//! checkers and the network as much as the system.

use netsplit_core::check::evidence::Evidence;

use super::common::dice::Dice;
use super::story::{self, Story};
use super::{holds, played, theorem};

/// How many runs of a policy; each has eight interventions.
const RUNS: u64 = 1_000;

/// What came of the runs of one policy.
#[derive(Default, Debug)]
struct Tally {
    interventions: usize,
    /// Runs in which a cut separated two live replicas around a write and a later read.
    tried: usize,
    /// Those in which the write was acknowledged before the read was called.
    separated: usize,
    /// Runs that ended linearizable; fully available; both.
    linearizable: usize,
    available: usize,
    both: usize,
}

/// The story of `seed` under these policies: the first one of the run is drawn, and it is switched
/// on the way when there are several.
fn draw(policies: &[&str], seed: u64) -> Story {
    let mut dice = Dice::new(seed);
    let (nodes, policy) = (dice.between(2, 6), dice.pick(policies));
    let names: Vec<String> = ('a'..='i').take(nodes as usize).map(String::from).collect();
    let switches: Vec<String> = policies.iter().map(|p| format!("set policy={p}")).collect();
    let switches = if policies.len() > 1 { &switches[..] } else { &[] };
    // Most replicas decide what silence means while their client still waits.
    let timeout = dice.between(100, 1_200);
    let system = format!("cap nodes={nodes} policy={policy} timeout={timeout}");
    let mut story = story::draw(&system, &names, switches, seed);
    if seed % 2 == 1 {
        // Who asks again asks the next replica, with the same serial.
        let again = |line: &str| match line.contains(" put(") {
            true => format!("{line} retry=1 timeout=600\n"),
            false => format!("{line}\n"),
        };
        story.text = story.text.lines().map(again).collect();
    }
    story
}

fn tally(policies: &[&str], strict: bool) -> Tally {
    let mut tally = Tally::default();
    for seed in 0..RUNS {
        let story = draw(policies, seed);
        let run = played(&story.text);
        let evidence = Evidence::of(&run);
        let (lin, avail) = (holds(&evidence, "lin", "ok"), holds(&evidence, "avail", "full"));
        let separated = theorem::separates(&evidence);
        assert!(!(separated && lin && avail), "both, in spite of a cut:\n{}", story.text);
        assert!(lin || !strict, "{policies:?} must be linearizable:\n{}", story.text);
        assert!(holds(&evidence, "conv", "ok"), "the copies must become one:\n{}", story.text);
        tally.interventions += story.interventions;
        tally.tried += usize::from(theorem::tries(&evidence));
        tally.separated += usize::from(separated);
        tally.linearizable += usize::from(lin);
        tally.available += usize::from(avail);
        tally.both += usize::from(lin && avail);
    }
    println!("{policies:?}: {tally:?}");
    assert!(tally.interventions >= 1_000, "{tally:?}");
    // Neither half of the claim is empty: the situation came up, and without it both can be had.
    assert!(tally.tried >= 100, "{tally:?}");
    assert!(tally.both >= 3, "{tally:?}");
    tally
}

#[test]
fn a_majority_is_always_linearizable_and_never_both() {
    let tally = tally(&["majority"], true);
    assert!(tally.separated >= 20, "{tally:?}");
}

#[test]
fn all_are_always_linearizable_and_never_both() {
    let tally = tally(&["all"], true);
    // Behind a cut no write is ever acknowledged.
    assert_eq!(tally.separated, 0, "{tally:?}");
}

#[test]
fn one_replica_is_always_linearizable_and_never_both() {
    let tally = tally(&["single"], true);
    assert!(tally.separated >= 20, "{tally:?}");
}

#[test]
fn local_copies_are_always_available_and_never_both() {
    let tally = tally(&["local"], false);
    assert_eq!(tally.available as u64, RUNS, "{tally:?}");
    assert!(tally.separated >= 100, "{tally:?}");
    assert!(tally.linearizable < RUNS as usize, "{tally:?}");
}

/// Switched at any moment among policies by which one replica puts everything in order.
#[test]
fn a_switch_among_strict_policies_stays_linearizable() {
    let tally = tally(&["majority", "all", "single"], true);
    assert!(tally.separated >= 20, "{tally:?}");
}

#[test]
fn a_switch_among_all_policies_never_has_both() {
    let tally = tally(&["majority", "all", "local", "single"], false);
    assert!(tally.separated >= 50, "{tally:?}");
}
