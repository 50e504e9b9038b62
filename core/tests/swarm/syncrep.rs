//! `syncrep`: one master, and what an operator does to it.

use netsplit_core::check::evidence::Evidence;

use super::common::dice::Dice;
use super::story::{self, Story};
use super::{holds, played};

const RUNS: u64 = 500;
const MODES: [&str; 3] = ["sync", "semi", "async"];

fn draw(settings: &str, operator: &[&str], seed: u64) -> Story {
    let mut dice = Dice::new(seed);
    let (slaves, mode) = (dice.between(1, 4), dice.pick(&MODES));
    let names = ["m", "s1", "s2", "s3"].map(String::from);
    let modes = MODES.iter().map(|mode| format!("set mode={mode}"));
    let switches: Vec<String> =
        modes.chain(operator.iter().map(|what| format!("c1@{what}"))).collect();
    let system = format!("syncrep slaves={slaves} mode={mode} {settings}");
    story::draw(&system, &names[..=slaves as usize], &switches, seed)
}

/// Whatever the mode and whatever fails: with one master that nobody replaces, and reads there, no
/// answer is old. Once the faults have ended the logs are the same.
#[test]
fn one_master_is_linearizable_and_its_slaves_catch_up() {
    let mut violated_at_slaves = 0;
    for seed in 0..RUNS {
        let story = draw("fallback=1000", &[], seed);
        let run = played(&story.text);
        let evidence = Evidence::of(&run);
        assert!(holds(&evidence, "lin", "ok"), "an old answer:\n{}", story.text);
        assert!(holds(&evidence, "conv", "ok"), "a slave stayed behind:\n{}", story.text);
        let run = played(&draw("fallback=1000 reads=any", &[], seed).text);
        violated_at_slaves += usize::from(!holds(&Evidence::of(&run), "lin", "ok"));
    }
    // The same stories with reads at slaves: so the check above can fail.
    assert!(violated_at_slaves >= 50, "{violated_at_slaves}");
}

/// However often slaves are promoted, once the faults have ended there is one master and one log.
#[test]
fn after_any_promotions_there_is_one_log() {
    let mut two_masters = 0;
    for seed in 0..RUNS {
        let story = draw("fallback=1000", &["s1 promote()", "m promote()"], seed);
        let run = played(&story.text);
        let evidence = Evidence::of(&run);
        assert!(holds(&evidence, "conv", "ok"), "logs differ:\n{}", story.text);
        let leads = evidence.trace.fired.iter().filter(|fired| fired.rule.id == "two-masters");
        two_masters += usize::from(leads.count() > 0);
    }
    assert!(two_masters >= 20, "{two_masters}");
}
