//! `compare`, `only`, and the links that carry them.

mod common;

use common::dice::Dice;
use netsplit_core::compare::Comparison;
use netsplit_core::protocols::ALL;
use netsplit_core::scenario::ast::Pane;
use netsplit_core::scenario::error::Kind;
use netsplit_core::scenario::link::{Address, Subject};
use netsplit_core::scenario::{Error, Scenario};

const STORY: &str = "\
scenario raft/beside
system raft clients=1 end=3000 nodes=3
compare told on few
at 100 c1 put(x, 1)
at 400 partition {n3} | {rest}
at 500 crash n1 only on
at 600 crash n2 maybe only few
+ at 700 heal only told
variant on: set prevote=on
variant few: set election=400..500
variant cap: system cap nodes=3
variant quorum: system quorum
variant lock: system syncrep
";

fn good(text: &str) -> Scenario {
    Scenario::parse(text, ALL).unwrap_or_else(|errors| panic!("{text}\n{}", listed(&errors)))
}

fn listed(errors: &[Error]) -> String {
    errors.iter().map(|error| format!("{error}\n")).collect()
}

/// The first mistake when `compare` says this.
fn mistake(panes: &str) -> Error {
    let text = STORY.replace("compare told on few", &format!("compare {panes}"));
    Scenario::parse(&text, ALL).expect_err(panes).remove(0)
}

#[test]
fn the_canonical_text_is_itself() {
    let story = good(STORY);
    assert_eq!(story.to_string(), STORY);
    let panes: Vec<&str> = story.compare.iter().map(Pane::name).collect();
    assert_eq!(panes, ["told", "on", "few"]);
    assert_eq!(good(&story.without_narration().to_string()), story.without_narration());
}

#[test]
fn every_mistake_has_a_sentence_of_its_own() {
    for (panes, kind, column, found) in [
        ("told off", Kind::Variant, 14, "off"),
        ("told on told", Kind::Twice, 17, "told"),
        ("on", Kind::Panes, 9, "on"),
        ("", Kind::Panes, 8, ""),
        ("told lock", Kind::Apart, 9, "told (raft), lock (syncrep)"),
    ] {
        let error = mistake(panes);
        assert_eq!((error.kind, error.column), (kind, column), "{panes}: {error}");
        assert_eq!(&*error.found, found, "{panes}");
    }
    let offered: Vec<_> =
        mistake("told lock").expected.iter().map(|name| name.to_string()).collect();
    assert_eq!(offered, ["told", "on", "few", "cap", "quorum"], "beside told");
    let five = STORY.replace("compare told on few", "compare told on few more most")
        + "variant more: seed 1\nvariant most: seed 2\n";
    let error = Scenario::parse(&five, ALL).expect_err("five panes").remove(0);
    assert_eq!((error.kind, &*error.found), (Kind::Panes, "most"));
    let alone = "system raft end=900\ncompare told lock\nvariant lock: system setnx\n";
    assert_eq!(Scenario::parse(alone, ALL).expect_err("no pair").remove(0).kind, Kind::Alone);
    let twice = format!("{STORY}compare told on\n");
    assert_eq!(Scenario::parse(&twice, ALL).expect_err("two lines").remove(0).kind, Kind::Twice);
}

#[test]
fn systems_that_offer_the_same_can_stand_side_by_side() {
    let panes = good(&STORY.replace("compare told on few", "compare cap told quorum")).compare;
    assert_eq!(panes.len(), 3, "Raft offers more than put and get");
}

#[test]
fn a_line_of_one_run_is_of_no_other() {
    let story = good(STORY);
    let texts = |pane: &str| {
        let run = story.pane(&Pane::named(pane)).expect("a pane");
        run.lines.iter().map(|line| run.print_line(line)).collect::<Vec<_>>()
    };
    let common = ["at 100 c1 put(x, 1)", "at 400 partition {n3} | {rest}"];
    assert_eq!(texts("on"), [&common[..], &["at 500 crash n1"]].concat());
    assert_eq!(texts("few"), [&common[..], &["at 600 crash n2 maybe"]].concat());
    assert_eq!(texts("told").len(), 5, "the story keeps all lines");
    let told = netsplit_core::run::play(story.clone());
    let downs = told.trace().phases.iter().filter(|phase| phase.at.0 >= 500_000).count();
    assert_eq!(downs, 0, "and runs those that are not of others");
}

#[test]
fn a_line_of_one_run_names_who_is_there() {
    let five = STORY.replace("variant on: set", "variant on: set nodes=5\nvariant on: set");
    let text = five.replace("crash n1 only on", "crash n5 only on");
    let story = good(&text);
    assert_eq!(story.to_string(), text);
    let error = Scenario::parse(&STORY.replace("crash n1 only on", "crash n5 only on"), ALL);
    assert_eq!(error.expect_err("no n5").remove(0).kind, Kind::Participant);
    for (line, kind) in [
        ("at 5 heal only off", Kind::Variant),
        ("variant on: add at 5 crash n1 only on", Kind::Misplaced),
        ("at 5 crash n1 only", Kind::Expected),
        ("at 5 crash n1 only told maybe", Kind::Expected),
    ] {
        let error = Scenario::parse(&format!("{STORY}{line}\n"), ALL).expect_err(line).remove(0);
        assert_eq!(error.kind, kind, "{line}: {error}");
    }
    for line in ["heal", "release", "pause n1", "drop n1->n2", "tell c1 n1 only"] {
        let line = format!("at 900 {line} only told\n");
        let printed = good(&format!("{STORY}{line}")).to_string();
        assert!(printed.contains(&line.replace(" next", "")) || printed.contains("next only told"));
    }
}

#[test]
fn links_carry_what_stands_side_by_side() {
    let told =
        good(&STORY.replace("compare told on few\n", "").replace("+ at 700 heal only told\n", ""));
    let lines = [
        "compare told pre-on",
        "variant pre-on: set prevote=on",
        "at 700 heal",
        "at 800 crash n3 only pre-on",
    ];
    let lines: Vec<String> = lines.map(String::from).into();
    let beside =
        told.with_lines(&lines, ALL).unwrap_or_else(|errors| panic!("{}", listed(&errors)));
    let link = beside.difference_from(&told).to_string();
    assert_eq!(
        link,
        "#/raft/beside+variant_pre-on:_set_prevote=on+compare_told_pre-on+at_700_heal\
         +at_800_crash_n3_only_pre-on"
    );
    let Subject::BuiltIn(_, lines) = Address::parse(&link).expect("our own").subject else {
        panic!("{link}")
    };
    assert_eq!(told.with_lines(&lines, ALL).as_ref(), Ok(&beside));
    let own: Vec<_> = beside.lines.iter().filter(|line| line.own).collect();
    assert_eq!(own.len(), 2);
    assert_eq!(own[1].only, Some(Pane::named("pre-on")));
    // A whole text carries the same.
    let Subject::Text(text) = Address::parse(&beside.link().to_string()).expect("ours").subject
    else {
        panic!("a text")
    };
    assert_eq!(good(&text).compare, beside.compare);
    // What a lesson compares gives way to what the link compares.
    let lesson = good(STORY);
    let other = lesson.with_lines(&["compare told few".into()], ALL).expect("two panes");
    assert_eq!(other.compare.len(), 2);
    let wrong = lesson.with_lines(&["at 5 heal".into(), "compare told off".into()], ALL);
    assert_eq!(wrong.expect_err("no such variant").remove(0).line, 2, "lines of the link count");
}

#[test]
fn hostile_lines_do_no_harm() {
    let words = [
        "compare",
        "told",
        "on",
        "few",
        "only",
        "variant",
        ":",
        "set",
        "prevote=on",
        "at",
        "500",
        "crash",
        "n1",
        "{",
        "}",
        "maybe",
        "+",
        "heal",
        "cap",
        "quorum",
        "system",
        "|",
        "\"",
        "only told",
        "add",
        "c1",
    ];
    let mut dice = Dice::new(4);
    for _ in 0..4_000 {
        let n = dice.below(9);
        let line: Vec<&str> = (0..n).map(|_| dice.pick(&words)).collect();
        let line = line.join(if dice.below(8) == 0 { "" } else { " " });
        let whole = format!("{STORY}{}{line}\n", if dice.below(2) == 0 { "compare " } else { "" });
        let first = STORY.replace("compare told on few", &format!("compare {line}"));
        for text in [whole, first] {
            if let Ok(scenario) = Scenario::parse(&text, ALL) {
                assert_eq!(good(&scenario.to_string()), scenario, "{text}");
                if let Ok(mut comparison) = Comparison::new(&scenario) {
                    comparison.record(50);
                    comparison.divergence();
                }
            }
        }
        let _ = good(STORY).with_lines(&[line], ALL);
    }
}
