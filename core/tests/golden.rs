//! The digest of every lesson and every variant. A changed line of `golden.txt` means that a run
//! plays differently: look at why before taking it over with `UPDATE_GOLDEN=1`.

mod common;

use std::fs;
use std::path::Path;

use common::lessons::{self, Lesson};
use netsplit_core::run::play;
use netsplit_core::scenario::Scenario;

fn digests(lesson: &Lesson) -> Vec<String> {
    // What cannot be read fails the test of the lessons.
    let Ok(scenario) = lesson.parse() else { return Vec::new() };
    let line =
        |name: &str, run: Scenario| format!("{} {name} {:016x}", lesson.path, play(run).digest());
    let mut lines = vec![line("-", scenario.clone())];
    for variant in &scenario.variants {
        if let Some(run) = scenario.variant(&variant.name) {
            lines.push(line(&variant.name, run));
        }
    }
    lines
}

#[test]
fn every_lesson_plays_as_it_did() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden.txt");
    let now = lessons::each(digests).concat();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, now.join("\n") + "\n").unwrap();
        return;
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let golden: Vec<&str> = golden.lines().collect();
    let name = |line: &str| line.rsplit_once(' ').map_or(String::new(), |(name, _)| name.into());
    let mut changed: Vec<String> = Vec::new();
    for line in now.iter().filter(|line| !golden.contains(&line.as_str())) {
        let was = golden.iter().find(|was| name(was) == name(line));
        changed.push(match was {
            Some(_) => format!("{} plays differently", name(line)),
            None => format!("{} is new", name(line)),
        });
    }
    let gone = golden.iter().filter(|was| !now.iter().any(|line| name(line) == name(was)));
    changed.extend(gone.map(|was| format!("{} is gone", name(was))));
    assert!(
        changed.is_empty(),
        "{}\nIf that is meant, run UPDATE_GOLDEN=1 cargo test -p netsplit-core --test golden",
        changed.join("\n")
    );
}
