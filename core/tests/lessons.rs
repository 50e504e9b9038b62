//! Every lesson comes out as it says.

mod common;

use common::lessons;
use netsplit_core::scenario::verdict::verify;

#[test]
fn every_lesson_comes_out() {
    // `LESSON=caiyang` looks at some of them.
    let wanted = std::env::var("LESSON").unwrap_or_default();
    let results = lessons::each(|lesson| {
        if !lesson.path.contains(&wanted) {
            return (false, String::new());
        }
        match lesson.parse() {
            Err(mistakes) => (true, mistakes),
            Ok(scenario) => {
                let report = verify(&scenario);
                (!report.passes(), format!("{}: {report}", lesson.path))
            }
        }
    });
    let failed: Vec<_> = results.iter().filter(|(fails, _)| *fails).collect();
    for (_, text) in &results {
        print!("{}", text.lines().next().map_or(String::new(), |line| format!("{line}\n")));
    }
    for (_, text) in &failed {
        println!("\n{text}");
    }
    assert!(failed.is_empty(), "{} of {} lessons fail", failed.len(), results.len());
}
