//! The levels of consistency below linearizability: known histories, dumb twins on thousands of
//! small ones, which level implies which, and how fast they are.

mod common;
mod levels {
    pub mod draw;
    pub mod twins;
}

use std::rc::Rc;
use std::time::{Duration, Instant};

use common::history::{Build, OPS, get, put};
use levels::draw::{Rules, draw, lagging};
use levels::twins;
use netsplit_core::base::Value;
use netsplit_core::check::levels::{
    Contradiction, Doubt, Finding, Guarantee, Level, Why, causal, regular, sequential, session,
    strongest,
};
use netsplit_core::check::linearizable::System;
use netsplit_core::history::History;
use netsplit_core::op::{OpId, Outcome};
use netsplit_core::run::play;
use netsplit_core::scenario::Scenario;

const GUARANTEES: [Guarantee; 4] = [
    Guarantee::ReadYourWrites,
    Guarantee::MonotonicReads,
    Guarantee::MonotonicWrites,
    Guarantee::WritesFollowReads,
];

fn system() -> System {
    System { ops: OPS, given: Rc::from([]) }
}

/// A check and its dumb twin.
type Pair = (&'static str, fn(&History, u32) -> Finding, fn(&History, u32) -> bool);

fn guaranteed<const N: usize>(history: &History, events: u32) -> Finding {
    session(&system(), history, events, GUARANTEES[N], None)
}

fn twin<const N: usize>(history: &History, events: u32) -> bool {
    twins::session(history, events, GUARANTEES[N])
}

const PAIRS: [Pair; 7] = [
    ("regular", |h, events| regular(&system(), h, events, None), twins::regular),
    (
        "sequential",
        |h, events| sequential(&system(), h, events, None),
        |h, events| twins::sequential(h, events, true),
    ),
    ("causal", |h, events| causal(&system(), h, events), twins::causal),
    ("ryw", guaranteed::<0>, twin::<0>),
    ("mr", guaranteed::<1>, twin::<1>),
    ("mw", guaranteed::<2>, twin::<2>),
    ("wfr", guaranteed::<3>, twin::<3>),
];

/// What comes out is what the definition says, of every beginning of the history.
fn agrees(seed: u64, pair: &Pair, h: &Build) -> bool {
    let (name, check, twin) = pair;
    let whole = check(&h.history, u32::MAX);
    let first = (0..=h.events()).find(|&events| !twin(&h.history, events));
    match (&whole, first) {
        (Finding::Holds, None) => false,
        (Finding::Broken(fault), Some(events)) => {
            assert_eq!(fault.event + 1, events, "{name} of {seed} breaks at the earliest end");
            let end = h.history.get(fault.op).unwrap().end.as_ref().unwrap();
            assert_eq!(end.event, fault.event, "{name} of {seed} breaks at an answer");
            for right in &fault.right {
                let mut history = h.history.clone();
                history.get_mut(fault.op).unwrap().end.as_mut().unwrap().outcome =
                    Outcome::Ok(right.clone());
                assert!(twin(&history, events), "{name} of {seed}: {right} would be right");
            }
            true
        }
        other => panic!("{name} of {seed}: {other:?} in {:#?}", h.history),
    }
}

#[test]
fn every_level_agrees_with_trying_everything() {
    let mut broken = [0; PAIRS.len()];
    for seed in 0..4000 {
        let h = draw(seed, Rules { n_ops: 3 + seed % 6, doubles: false });
        for (n_broken, pair) in broken.iter_mut().zip(&PAIRS) {
            *n_broken += u32::from(agrees(seed, pair, &h));
        }
    }
    for (n_broken, (name, ..)) in broken.iter().zip(&PAIRS) {
        println!("{name} broken in {n_broken} of 4000");
        assert!((100..3900).contains(n_broken), "{name} is broken in some and holds in some");
    }
}

/// Values that repeat, and operations that read and write at once.
#[test]
fn what_does_not_need_unique_values_is_decided_without() {
    let mut n_broken = 0;
    for seed in 0..1500 {
        let h = draw(seed, Rules { n_ops: 3 + seed % 4, doubles: true });
        let found = sequential(&system(), &h.history, u32::MAX, None);
        let possible = twins::sequential(&h.history, u32::MAX, false);
        match found {
            Finding::Holds => assert!(possible, "{seed}"),
            Finding::Broken(fault) => {
                assert!(!possible, "{seed}: {fault:?}");
                n_broken += 1;
            }
            other => panic!("{seed}: {other:?}"),
        }
        match regular(&system(), &h.history, u32::MAX, None) {
            Finding::NotDecided(doubt) => assert!(matches!(doubt, Doubt::Opaque { .. }), "{seed}"),
            Finding::Holds => assert!(twins::regular(&h.history, u32::MAX), "{seed}"),
            Finding::Broken(fault) => {
                assert!(!twins::regular(&h.history, fault.event + 1), "{seed}: {fault:?}");
            }
            Finding::Invalid(why) => panic!("{seed}: {why:?}"),
        }
    }
    assert!((100..1400).contains(&n_broken), "{n_broken}");
}

#[test]
fn a_level_implies_those_below_it() {
    for seed in 0..4000 {
        let h = draw(seed, Rules { n_ops: 3 + seed % 8, doubles: false });
        let holds =
            Level::ALL.map(|level| level.check(&system(), &h.history, u32::MAX) == Finding::Holds);
        for (place, level) in Level::ALL.into_iter().enumerate() {
            for (other, implied) in Level::ALL.into_iter().enumerate() {
                let wrong = level.implies(implied) && holds[place] && !holds[other];
                // What is said outside the system binds causal consistency, and not sequential.
                let told = (level, implied) == (Level::Sequential, Level::Causal)
                    && !h.history.told.is_empty();
                assert!(!wrong || told, "{seed}: {level:?} without {implied:?}");
            }
        }
    }
}

fn broken(op: OpId, why: Why, right: &[&str]) -> impl Fn(&Finding) -> bool {
    let right: Vec<Value> = right.iter().map(|right| Value::text(right)).collect();
    move |finding| {
        matches!(finding, Finding::Broken(fault)
            if (fault.op, fault.why, &fault.right) == (op, why, &right))
    }
}

#[test]
fn an_answer_from_nowhere_breaks_every_level() {
    let mut h = Build::default();
    h.whole(1, put("x", "a"), Value::Nil);
    let refused = h.call(1, put("x", "b"));
    h.end(refused, Outcome::Fail("refused"));
    let read = h.whole(2, get("x"), Value::text("b"));
    for level in &Level::ALL[1..] {
        let Finding::Broken(fault) = level.check(&system(), &h.history, u32::MAX) else {
            panic!("{level:?}")
        };
        assert_eq!((fault.op, fault.why), (read, Why::Unwritten), "{level:?}");
    }
}

#[test]
fn either_of_two_writes_that_overlapped_is_the_last() {
    let mut h = Build::default();
    let (one, two) = (h.call(1, put("x", "a")), h.call(2, put("x", "b")));
    h.end(two, Outcome::Ok(Value::Nil));
    h.end(one, Outcome::Ok(Value::Nil));
    h.whole(3, get("x"), Value::text("a"));
    h.whole(3, get("x"), Value::text("b"));
    assert_eq!(regular(&system(), &h.history, u32::MAX, None), Finding::Holds);
    let by = h.whole(1, put("x", "c"), Value::Nil);
    let read = h.whole(3, get("x"), Value::text("b"));
    let finding = regular(&system(), &h.history, u32::MAX, None);
    assert!(broken(read, Why::Overwritten { by }, &["c"])(&finding), "{finding:?}");
}

#[test]
fn each_key_may_be_sequential_and_the_whole_not() {
    let mut h = Build::default();
    let writes = [h.call(1, put("x", "a")), h.call(2, put("y", "b"))];
    for write in writes {
        h.end(write, Outcome::Ok(Value::Nil));
    }
    h.whole(1, get("y"), Value::Nil);
    let read = h.whole(2, get("x"), Value::Nil);
    for key in ["x", "y"] {
        let finding = sequential(&system(), &h.history, u32::MAX, Some(key));
        assert_eq!(finding, Finding::Holds, "{key}");
    }
    let finding = sequential(&system(), &h.history, u32::MAX, None);
    let why = Why::NoOrder { after: Some(writes[1]) };
    assert!(broken(read, why, &["a"])(&finding), "{finding:?}");
    assert_eq!(causal(&system(), &h.history, u32::MAX), Finding::Holds);
}

#[test]
fn what_logs_held_before_may_appear_at_any_time() {
    let given = [("x".into(), Value::text("old"))];
    let system = System { ops: OPS, given: Rc::from(given) };
    let mut h = Build::default();
    h.whole(1, put("x", "a"), Value::Nil);
    h.whole(1, get("x"), Value::text("old"));
    for level in Level::ALL {
        let finding = level.check(&system, &h.history, u32::MAX);
        assert_eq!(finding, Finding::Holds, "{level:?}");
    }
    h.whole(1, get("x"), Value::text("a"));
    for level in [Level::Sequential, Level::Causal, Level::MonotonicReads] {
        let finding = level.check(&system, &h.history, u32::MAX);
        assert!(matches!(finding, Finding::Broken(_)), "{level:?}");
    }
}

#[test]
fn a_history_that_contradicts_itself_is_invalid_and_not_inconsistent() {
    let mut h = Build::default();
    let first = h.call(1, put("x", "a"));
    let second = h.whole(1, get("x"), Value::text("nonsense"));
    for level in &Level::ALL[3..] {
        let finding = level.check(&system(), &h.history, u32::MAX);
        let two = Contradiction::TwoOpen { op: second, other: first };
        assert_eq!(finding, Finding::Invalid(two), "{level:?}");
    }
    let mut h = Build::default();
    h.whole(2, put("x", "a"), Value::Nil);
    let early = h.whole(1, get("x"), Value::text("nonsense"));
    h.history.get_mut(early).unwrap().end.as_mut().unwrap().event = 1;
    for level in Level::ALL {
        let finding = level.check(&system(), &h.history, u32::MAX);
        let ends = Contradiction::EndsBeforeCall { op: early };
        assert_eq!(finding, Finding::Invalid(ends), "{level:?}");
    }
}

#[test]
fn the_strongest_level_is_known_at_every_moment() {
    let mut h = Build::default();
    h.whole(1, put("x", "a"), Value::Nil);
    let fresh = h.events();
    h.whole(2, get("x"), Value::Nil);
    let stale = h.events();
    h.whole(2, get("x"), Value::text("a"));
    let caught_up = h.events();
    h.whole(2, get("x"), Value::Nil);
    let standing = strongest(&system(), &h.history, u32::MAX);
    assert_eq!(standing.at(fresh).holds, [Level::Linearizable]);
    assert_eq!(standing.at(stale).holds, [Level::Sequential]);
    assert_eq!(standing.at(caught_up).holds, [Level::Sequential]);
    let rest = [Level::ReadYourWrites, Level::MonotonicWrites, Level::WritesFollowReads];
    assert_eq!(standing.at(u32::MAX).holds, rest);
    let broke: Vec<Level> = standing.breaks().iter().map(|(_, level)| *level).collect();
    let expected = [
        Level::Linearizable,
        Level::Regular,
        Level::Sequential,
        Level::Causal,
        Level::MonotonicReads,
    ];
    assert_eq!(broke, expected);
    h.whole(1, put("x", "a"), Value::Nil);
    let standing = strongest(&system(), &h.history, u32::MAX);
    assert!(standing.at(u32::MAX).undecided.contains(&Level::ReadYourWrites));
}

/// How long a check takes, the longest of some histories.
fn longest(histories: &[Build], check: impl Fn(&Build)) -> Duration {
    let time = |h: &Build| {
        let start = Instant::now();
        check(h);
        start.elapsed()
    };
    histories.iter().map(time).max().unwrap()
}

#[test]
fn three_hundred_operations_are_checked_at_once() {
    let mut histories: Vec<Build> = (0..20).map(|seed| lagging(seed, 300, 3)).collect();
    histories.extend((20..40).map(|seed| lagging(seed, 300, 20)));
    for h in &histories {
        let sequential = sequential(&system(), &h.history, u32::MAX, None);
        assert_eq!(sequential, Finding::Holds);
    }
    let well = |name: &str, histories: &[Build]| {
        for level in Level::ALL {
            let longest = longest(histories, |h| {
                level.check(&system(), &h.history, u32::MAX);
            });
            println!("{name}, {level:?}: {longest:?}");
            // What is meant is 20 ms; a test machine has other things to do.
            assert!(longest.as_millis() < 200, "{name}, {level:?}: {longest:?}");
        }
        let all = longest(histories, |h| {
            strongest(&system(), &h.history, u32::MAX);
        });
        println!("{name}, all levels: {all:?}");
    };
    well("lagging", &histories);
    // The oldest value is read at the end.
    for h in &mut histories {
        for client in 0..3 {
            h.whole(client, get("x"), Value::Nil);
        }
    }
    well("lagging and broken", &histories);
    let noise: Vec<Build> =
        (0..20).map(|seed| draw(seed, Rules { n_ops: 300, doubles: false })).collect();
    well("noise", &noise);
}

/// In every run that the lessons tell.
#[test]
fn no_lesson_contradicts_the_order_of_levels() {
    let n_broken = common::lessons::each(|lesson| {
        let story = lesson.parse().unwrap_or_else(|errors| panic!("{errors}"));
        let variants = story.variants.iter().filter_map(|variant| story.variant(&variant.name));
        let mut runs: Vec<_> = variants.collect();
        runs.push(story);
        runs.into_iter().map(|scenario| agrees_with_itself(&lesson.path, scenario)).sum::<u32>()
    });
    assert!(n_broken.iter().sum::<u32>() > 0, "some lesson breaks some level");
}

/// How many levels a run breaks; none without those that imply it.
fn agrees_with_itself(path: &str, scenario: Scenario) -> u32 {
    let run = play(scenario);
    let (system, history) = (System::of(run.head().cast()), &run.trace().history);
    let found = Level::ALL.map(|level| level.check(&system, history, u32::MAX));
    let is_broken = |finding: &Finding| matches!(finding, Finding::Broken(_));
    for (level, one) in Level::ALL.into_iter().zip(&found) {
        for (implied, other) in Level::ALL.into_iter().zip(&found) {
            let wrong = *one == Finding::Holds && is_broken(other) && level.implies(implied);
            let told =
                (level, implied) == (Level::Sequential, Level::Causal) && !history.told.is_empty();
            assert!(!wrong || told, "{path}: {level:?} without {implied:?}");
        }
    }
    found.iter().filter(|finding| is_broken(finding)).count() as u32
}
