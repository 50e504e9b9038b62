//! The levels of consistency below linearizability: known histories, dumb twins on thousands of
//! small ones, which level implies which, and how fast they are.

mod common;
mod levels {
    pub mod draw;
    pub mod twins;
}

use std::rc::Rc;
use std::time::Instant;

use common::history::{Build, OPS, append, get, put};
use levels::draw::{Dice, Rules, draw};
use levels::twins;
use netsplit_core::base::{Id, Value};
use netsplit_core::check::levels::{
    Contradiction, Doubt, Fault, Finding, Guarantee, Level, Why, causal, regular, sequential,
    session, strongest,
};
use netsplit_core::check::linearizable::System;
use netsplit_core::history::History;
use netsplit_core::op::{OpId, Outcome};

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
