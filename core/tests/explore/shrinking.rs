//! What is found is as small as it becomes, and passes as a lesson wherever it is read.

use netsplit_core::explore::Mode;
use netsplit_core::scenario::verdict::verify;

use super::{request, scenario, search};

/// What is found in a system, as text; it passes, and so does what is read from its text.
fn found(text: &str, property: &str, bounds: &str) -> String {
    let (found, progress) = search(request(text, property, bounds, Mode::Random(0, 20_000)));
    let found = found.unwrap_or_else(|| panic!("nothing in {} runs", progress.tried)).to_string();
    let report = verify(&scenario(&found));
    assert!(report.passes(), "{report}\n{found}");
    found
}

fn lines(text: &str) -> usize {
    text.lines().filter(|line| line.starts_with("at ") || line.starts_with("when ")).count()
}

#[test]
fn a_lock_without_an_end_is_stuck_when_its_holder_dies() {
    let text = found("system setnx clients=2 end=6000\n", "unblocked", "crashes=1");
    assert!(text.contains("lock(stuck, "), "{text}");
    assert!(text.contains("crash c"), "{text}");
    assert!(lines(&text) <= 4, "{text}");
}

#[test]
fn a_write_that_nobody_else_has_is_lost_with_its_master() {
    let system = "system syncrep mode=async clients=2 end=6000\n";
    let text = found(system, "kept", "crashes=1 admin=2");
    assert!(text.contains("promote()"), "{text}");
    assert!(lines(&text) <= 3, "{text}");
}

#[test]
fn one_answer_is_no_quorum() {
    let system = "system quorum r=1 w=1 repair=off clients=2 end=6000\n";
    let text = found(system, "linearizable", "delays=2 losses=2");
    assert!(lines(&text) <= 5, "{text}");
}

/// The same seed shows the same, however it is cut into slices.
#[test]
fn slices_change_nothing() {
    let asked = || {
        let system = "system raft vote_any_log=on clients=2 end=6000\n";
        request(system, "kept", "crashes=2 partitions=2", Mode::Random(0, 5_000))
    };
    let (whole, _) = search(asked());
    let mut sliced = netsplit_core::explore::Search::new(asked()).expect("it applies");
    while sliced.slice(777).stage != netsplit_core::explore::Stage::Done {}
    assert!(whole.is_some());
    assert_eq!(whole, sliced.found());
}
