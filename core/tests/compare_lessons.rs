//! Every lesson that compares: its panes are the runs that its expectations judge, and they differ.
//! `LESSON=compare/ cargo test --test compare_lessons -- --nocapture` prints what they cost.

mod common;

use common::lessons;
use netsplit_core::base::Time;
use netsplit_core::compare::{Comparison, Tally};
use netsplit_core::run::play;
use netsplit_core::scenario::Scenario;

/// Where the panes of each begin to differ, in milliseconds: what the story says of it is so.
const FIRST: [(&str, u64); 10] = [
    ("compare/abd", 0),
    ("compare/commit-torn", 30),
    ("compare/crash-after-votes", 540),
    ("compare/crash-before-votes", 530),
    ("compare/crash-first-told", 30),
    ("compare/crash-logged", 30),
    ("compare/guards", 540),
    ("compare/one-cut", 10),
    ("compare/prevote", 150),
    ("compare/reads", 300),
];

fn whole(story: &Scenario) -> Comparison {
    let mut comparison = Comparison::new(story).unwrap_or_else(|e| panic!("{}: {e}", story.name));
    while comparison.record(1000) {}
    comparison.seek(comparison.end());
    comparison
}

/// Whoever looks while the panes are being recorded sees no difference that is none.
#[test]
fn a_difference_is_found_in_its_time() {
    let seen = lessons::each(|lesson| {
        let story = lesson.parse().ok().filter(|story| !story.compare.is_empty())?;
        let found = whole(&story).divergence().map(|found| found.at);
        let mut slowly = Comparison::new(&story).ok()?;
        while slowly.divergence().is_none() && slowly.record(1) {}
        let early = slowly.divergence().map(|found| found.at);
        assert_eq!(early, found, "{}", story.name);
        Some(story.name.to_string())
    });
    assert!(seen.iter().flatten().count() >= FIRST.len());
}

fn row(tally: &Tally) -> String {
    let red: Vec<String> = tally
        .verdicts
        .iter()
        .filter(|verdict| verdict.is_red())
        .map(|verdict| format!("{} ({})", verdict.token, verdict.why))
        .collect();
    let latency = tally.latency.map_or("-".into(), |(median, max)| format!("{median}/{max}"));
    let (messages, trips) = (tally.messages, tally.round_trips);
    let (open, refused) = (tally.unanswered(), tally.counts.refused);
    let (uncertain, locked) = (tally.uncertain, tally.locked);
    format!(
        "msgs {messages:4} rtt {trips:?} latency {latency:9} open {open} refused {refused} \
         uncertain {uncertain} locked {locked} red {red:?}"
    )
}

#[test]
fn lessons_that_compare_differ() {
    let wanted = std::env::var("LESSON").unwrap_or_default();
    let told = lessons::each(|lesson| {
        let story = lesson.parse().ok().filter(|story| !story.compare.is_empty())?;
        let mut comparison = whole(&story);
        let found =
            comparison.divergence().unwrap_or_else(|| panic!("{}: no difference", story.name));
        if let Some((_, ms)) = FIRST.iter().find(|(name, _)| **name == *story.name) {
            assert_eq!(found.at, Time::ms(*ms), "{}", story.name);
        }
        let mut told = format!("{}: first at {}\n", story.name, found.at);
        for difference in &found.panes {
            told +=
                &format!("  {:?} {:?} {:?}\n", difference.event, difference.node, difference.rules);
        }
        for place in 0..comparison.sides().len() {
            let side = &comparison.sides()[place];
            let alone = play(story.pane(&side.pane).expect("a pane")).digest();
            assert_eq!(side.run.digest(), alone, "{}, {}", story.name, side.pane.name());
            let name = side.pane.name().to_string();
            let tally = comparison.tally(place).expect("a pane");
            told += &format!("  {name:12} {}\n", row(&tally));
        }
        // Each difference between the panes is one that an expectation names.
        for pane in story.compare.iter() {
            let named = story.expects.iter().any(|expect| match &expect.variant {
                Some(variant) => **variant == *pane.name(),
                None => pane.name() == "told",
            });
            assert!(named, "{}: nothing is expected of {}", story.name, pane.name());
        }
        Some((story.name.contains(&wanted), told))
    });
    let told: Vec<_> = told.into_iter().flatten().collect();
    assert!(told.len() >= FIRST.len(), "lessons that compare");
    told.iter().filter(|(wanted, _)| *wanted).for_each(|(_, told)| println!("{told}"));
}
