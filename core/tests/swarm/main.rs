//! Thousands of random interventions in the systems that copy registers: what must hold in every
//! run, and what no run can have. A failure prints its story, which is a lesson's text.

mod cap;
#[path = "../common/mod.rs"]
mod common;
mod story;
mod syncrep;
mod theorem;

use netsplit_core::check::evidence::Evidence;
use netsplit_core::check::tokens::{self, Verdict};
use netsplit_core::protocols::ALL;
use netsplit_core::run::{Run, play};
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::ast::{Arg, Moment, Token};

/// Plays a story; no property of the system may break.
fn played(text: &str) -> Run {
    let scenario =
        Scenario::parse(text, ALL).unwrap_or_else(|errors| panic!("{}\n{text}", errors[0]));
    let run = play(scenario);
    assert!(run.trace().broken.is_empty(), "a property broke:\n{text}");
    run
}

/// Whether a token holds at the end.
fn holds(evidence: &Evidence, name: &'static str, word: &str) -> bool {
    let token = Token { name, args: vec![Arg::Word(word.into())] };
    match tokens::evaluate(evidence, &token, Moment::End) {
        Verdict::Holds { .. } => true,
        Verdict::Fails { .. } => false,
        Verdict::NotDecided { why, .. } => panic!("{name} is not decided: {why}"),
    }
}
