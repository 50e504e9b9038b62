//! The language: what can be read, what it prints as, and what is said of mistakes.

mod toy;

use netsplit_core::machine::Entry;
use netsplit_core::scenario::ast::{Arg, Compare, Edit, Moment};
use netsplit_core::scenario::error::Kind;
use netsplit_core::scenario::{Error, Scenario, tokens};
use proptest::prelude::*;

const SYSTEMS: &[&Entry] = &[&toy::TOY];

const STORY: &str = "\
scenario raft/caiyang
title       A write that must not survive
title.zh-CN 少数派里的写入活不下来
claims      RAFT-15 RAFT-16 RAFT-18
system      toy nodes=5 clients=2 end=6000 n1.election=150 election=150..300
seed        7
name n1 Priest
name.zh-CN n1 牧师
given n1 term=2 log=[1:x=0 2:x=1 2] votedFor=n2 members={n1 n2}

# Nobody keeps this line.
say         Five nodes, one leader. We cut the leader off with **one** follower.
step 500    The cut
step.zh-CN  切断
say.zh-CN   误
";

fn parse(text: &str) -> Result<Scenario, Vec<Error>> {
    Scenario::parse(text, SYSTEMS)
}

fn good(text: &str) -> Scenario {
    parse(text).unwrap_or_else(|errors| panic!("{text}\n{}", listed(&errors)))
}

fn listed(errors: &[Error]) -> String {
    errors.iter().map(|error| format!("{error}\n")).collect()
}

/// A scenario of five toys with these further lines.
fn with(lines: &str) -> String {
    format!("system toy nodes=5 clients=2 end=6000\n{lines}\n")
}

/// The first mistake in a scenario with these further lines.
fn mistake(lines: &str) -> Error {
    parse(&with(lines)).expect_err(lines).remove(0)
}

/// Reads a line and prints what became of it.
fn reprinted(lines: &str) -> String {
    let printed = good(&with(lines)).to_string();
    let header = "system toy clients=2 end=6000 nodes=5\n";
    assert!(printed.contains(header), "{printed}");
    printed.replacen(header, "", 1)
}

#[test]
fn a_tagged_line_needs_the_untagged_one_before_it() {
    let error = parse(STORY).expect_err("say.zh-CN without say").remove(0);
    assert_eq!((error.kind, error.line, error.column), (Kind::Misplaced, 15, 1));
}

#[test]
fn the_header_means_what_it_says() {
    let scenario = good(&STORY.replace("say.zh-CN", "look"));
    assert_eq!(&*scenario.name, "raft/caiyang");
    assert_eq!(scenario.title.get("zh-CN"), "少数派里的写入活不下来");
    assert_eq!(scenario.title.get("fr"), "A write that must not survive");
    assert_eq!(scenario.claims.len(), 3);
    assert_eq!((scenario.system.clients, scenario.seed), (2, 7));
    assert_eq!(scenario.system.settings.len(), 3);
    assert_eq!(scenario.given.len(), 4);
    assert_eq!(scenario.steps.len(), 2);
    assert_eq!(scenario.steps[1].title.get("zh-CN"), "切断");
}

/// Every line as it is written here is canonical.
#[test]
fn canonical_lines_stay_as_they_are() {
    for line in include_str!("canonical.txt").lines().filter(|line| !line.starts_with('#')) {
        let context = "at 1 w1: c1 put(x, 1)\n";
        let printed = if line.contains("w1") && !line.contains("w1:") {
            reprinted(&format!("{context}{line}")).replacen(context, "", 1)
        } else {
            reprinted(line)
        };
        assert_eq!(printed.trim_end(), line);
    }
}

#[test]
fn shorthand_is_printed_in_full() {
    for (short, full) in [
        ("at 5 crash {n2..n4}", "at 5 crash {n2, n3, n4}"),
        ("at 5 crash {n2 n3 n2}", "at 5 crash {n2, n3}"),
        ("at 5.50 partition leader | rest", "at 5.5 partition {leader} | {rest}"),
        ("after w1 +0 heal\nat 1 w1: c1 ping", "after w1 heal\nat 1 w1: c1 ping()"),
        ("at 5 c1 put( x , \"y\" )", "at 5 c1 put(x, y)"),
        ("at 5 c1 put(x, 1) via {n1} timeout=1000", "at 5 c1@n1 put(x, 1)"),
        ("expect end: elections( =2 )  idle(0)", "expect end: elections(2) idle(0)"),
        ("at 5 {c1..c2} get(x)", "at 5 c1 get(x)\nat 5 c2 get(x)"),
    ] {
        assert_eq!(reprinted(short).trim_end(), full);
    }
}

#[test]
fn mistakes_say_where_and_what() {
    for (line, kind, column, found, suggestion) in [
        ("at 500 crsh n1", Kind::Verb, 8, "crsh", Some("crash")),
        ("at 500 crash n9", Kind::Participant, 14, "n9", Some("n1")),
        ("at 500 crash ledaer", Kind::Participant, 14, "ledaer", Some("leader")),
        ("at x crash n1", Kind::Expected, 4, "x", None),
        ("at 500.0001 heal", Kind::Range, 4, "500.0001", None),
        ("wen election.timeout heal", Kind::Keyword, 1, "wen", Some("when")),
        ("when election.timout heal", Kind::Rule, 6, "election.timout", Some("election.timeout")),
        ("at 500 set nodes=3", Kind::NotLive, 12, "nodes", None),
        ("at 500 set n1.heartbeat=3", Kind::NotPerNode, 15, "heartbeat", None),
        ("at 500 set heartbeat=0", Kind::Range, 22, "0", None),
        ("at 500 n1 put(x, 1)", Kind::NotClient, 8, "n1", None),
        ("at 500 c1 pot(x, 1)", Kind::Operation, 11, "pot", Some("put")),
        ("at 500 c1 put(x)", Kind::Expected, 16, ")", None),
        ("at 500 hold n1->n2 AppendEntry", Kind::Message, 20, "AppendEntry", Some("AppendEntries")),
        ("at 500 force n1.elect", Kind::Timer, 17, "elect", None),
        ("after w1 heal", Kind::Label, 7, "w1", None),
        ("at 500 heal now", Kind::Participant, 13, "now", None),
        ("at 500 heal maybe now", Kind::Expected, 19, "now", None),
        ("expect end: lin(maybe)", Kind::Expected, 17, "maybe", None),
        ("expect end: linn(ok)", Kind::Token, 13, "linn", Some("lin")),
        ("expect 1..2: lin(ok)", Kind::Misplaced, 14, "lin", None),
        ("expect end: ack(w1)", Kind::Label, 17, "w1", None),
        ("expect late, end: lin(ok)", Kind::Variant, 8, "late", None),
        ("expect end: elections(median<=2)", Kind::Misplaced, 23, "median", None),
        (
            "expect end: property(election-saftey, ok)",
            Kind::Property,
            22,
            "election-saftey",
            Some("election-safety"),
        ),
        ("given n1 term=many", Kind::Given, 10, "term", None),
        ("at 500 h: heal", Kind::Misplaced, 8, "h", None),
        ("seed 1\nseed 2", Kind::Twice, 1, "seed", None),
        ("system toy end=1", Kind::Twice, 1, "system", None),
        ("predict Well? [a] [b]", Kind::Expected, 9, "Well?", None),
        ("step 5 a\nstep 4 b", Kind::Expected, 6, "4", None),
        ("variant v: replace h with at 5 heal", Kind::Label, 20, "h", None),
    ] {
        let error = mistake(line);
        let suggested = error.suggestion.as_deref();
        assert_eq!((error.kind, error.column, &*error.found), (kind, column, found), "{error}");
        if suggestion.is_some() {
            assert_eq!(suggested, suggestion, "{error}");
        }
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let errors = parse(&with("at 5 crash n9\nat 6 heel\nexpect end: lin(no)")).unwrap_err();
    let lines: Vec<_> = errors.iter().map(|error| error.line).collect();
    assert_eq!(lines, [2, 3, 4]);
}

#[test]
fn what_is_missing_is_named() {
    let error = parse("seed 1").unwrap_err().remove(0);
    assert_eq!((error.kind, &*error.expected[0]), (Kind::Missing, "system"));
    let error = parse("system toy nodes=5").unwrap_err().remove(0);
    assert_eq!((error.kind, &*error.expected[0]), (Kind::Missing, "end="));
}

#[test]
fn limits_are_met_with_a_message() {
    let big = "# x\n".repeat(60_000);
    assert_eq!(parse(&big).unwrap_err()[0].kind, Kind::TooLong);
    assert_eq!(
        parse("system toy nodes=99999999999999999999 end=1").unwrap_err()[0].kind,
        Kind::Range
    );
    assert_eq!(parse("system toy clients=95 end=1").unwrap_err()[0].kind, Kind::TooLong);
    assert_eq!(parse("system toy end=99999999999").unwrap_err()[0].kind, Kind::Range);
    assert_eq!(mistake("every 0.001 0..20000000 c1 ping").kind, Kind::TooLong);
    assert_eq!(mistake("every 0 0..20 c1 ping").kind, Kind::Range);
    assert_eq!(mistake(&format!("at 1 c1 put(x, {})", "y".repeat(65))).kind, Kind::TooLong);
    assert_eq!(mistake(&format!("at 1 c1 put(x, {})", "[".repeat(9_000))).kind, Kind::TooLong);
    assert_eq!(mistake("seeds 0..18446744073709551615").kind, Kind::TooLong);
    assert_eq!(mistake("at 1 loss n1->n2 1.5").kind, Kind::Range);
    let many: String = (0..40).map(|n| format!("variant v{n}\n")).collect();
    assert_eq!(mistake(&many).kind, Kind::TooLong);
    assert_eq!(mistake(&"variant v: seed 1\n".repeat(1_001)).kind, Kind::TooLong);
}

/// The longest texts, of the lines that cost the most: a moment each, and at most twenty mistakes.
#[test]
fn hostile_texts_are_done_with_soon() {
    for line in [
        "at 5 {c1..c90} put(x, 1)",
        "at 5 crash n1",
        "at 5 crsh n1",
        "x",
        "given n1 term=1",
        "variant v: add at 5 crash n1",
        "variant v: set n1.election=10",
        "expect end: elections(1) ack(w1) fired(vote.deny.log-behind, 1)",
        "expect end: ack(w7)",
        "say a",
        "after w1 heal",
        "predict a [[[[[[[[[[[[[[",
        "at 1 c1 put(x, [[[[[[[[[[[[[[[[[[[[[[[[[[)",
    ] {
        let body = format!("{line}\n").repeat(199_000 / (line.len() + 1));
        let text = format!("system toy nodes=6 clients=90 end=9\nat 1 w1: c1 get(x)\n{body}");
        let begun = std::time::Instant::now();
        if let Err(errors) = parse(&text) {
            assert!(errors.len() <= 20);
        }
        let took = begun.elapsed();
        assert!(took.as_secs() < 5, "`{line}` took {took:?}");
        println!("{took:?} {line}");
    }
    let labels: String = (0..4_500).map(|n| format!("h: after w{n} w{n}: c1 get(x)\n")).collect();
    let variants: String =
        (0..32).map(|n| format!("variant v{n}: set nodes=7\nvariant v{n}: remove h\n")).collect();
    let begun = std::time::Instant::now();
    let read = parse(&with(&format!("{labels}{variants}")));
    println!("{:?} labels and variants, {}", begun.elapsed(), read.is_ok());
    assert!(begun.elapsed().as_secs() < 5);
}

const VARIANTS: &str = "\
h: at 3000 heal
h: at 3001 restart n5
at 600 w1: c1@n1 put(x, caiyang)
given n5 term=1
variant early Heal early
variant.zh-CN early 早点恢复
variant early: replace h with at 900 heal
variant early: seed 9
variant big: set nodes=7 n7.election=10..20
variant big: add at 5 crash n7
variant gone: remove h
variant gone: end 100
variant other: system toy nodes=6 heartbeat=9
variant other: latency 5..6
variant other: disk sync:3
expect end: ack(w1)
expect big, end: leader({n6, n7})
expect gone, at 5: unknown(w1)
";

#[test]
fn variants_differ_as_they_say() {
    let scenario = good(&with(VARIANTS));
    assert_eq!(scenario.variants.len(), 4);
    assert_eq!(scenario.variants[0].title.get("zh-CN"), "早点恢复");

    let early = scenario.variant("early").expect("a variant");
    assert_eq!((early.seed, early.lines.len()), (9, 2));
    assert!(early.to_string().contains("at 900 heal\nat 600"));
    assert!(early.expects.is_empty());

    let big = scenario.variant("big").expect("a variant");
    assert!(big.to_string().contains("at 600 w1: c1@n1 put(x, caiyang)\nat 5 crash n7\n"));
    assert_eq!(big.expects.len(), 1);
    // The client has another number where there are more nodes, and the same name.
    assert_ne!(big.lines[2], scenario.lines[2]);

    let gone = scenario.variant("gone").expect("a variant");
    assert_eq!(gone.lines.len(), 1);
    assert_eq!(gone.system.end.0, 100_000);

    let other = scenario.variant("other").expect("a variant");
    let header = "system toy clients=2 end=6000 latency=5..6 disk=sync:3 nodes=6 heartbeat=9\n";
    assert!(other.to_string().starts_with(header), "{other}");
    assert!(scenario.variant("none").is_none());
}

#[test]
fn a_variant_that_cannot_run_is_a_mistake() {
    let error = mistake("at 5 crash n5\nvariant small: set nodes=3");
    assert_eq!((error.kind, error.line), (Kind::Participant, 3));
}

#[test]
fn expectations_are_typed() {
    let scenario = good(&with(
        "at 5 w1: c1 put(x, 1)\nexpect 1..2.5: latency(w1, p99, <=50) sent(*->n1, reply, >2)",
    ));
    let expect = &scenario.expects[0];
    assert!(matches!(expect.moment, Moment::Within(from, to) if (from.0, to.0) == (1000, 2500)));
    assert_eq!(expect.tokens[0].args.len(), 3);
    assert!(
        matches!(expect.tokens[0].args[2], Arg::Span(Compare::AtMost, span) if span.0 == 50_000)
    );
}

#[test]
fn a_copy_without_narration_runs_the_same() {
    let text =
        with("title T\nsay S\npredict Q [a] [b*]\nat 5 crash n1\nvariant v V\nvariant v: seed 3");
    let bare = good(&text).without_narration();
    let expected = "system toy clients=2 end=6000 nodes=5\nat 5 crash n1\nvariant v: seed 3\n";
    assert_eq!(bare.to_string(), expected);
    assert!(matches!(bare.variants[0].edits[..], [Edit::Seed(3)]));
}

/// `tokens.md` and the table name the same tokens.
#[test]
fn every_token_is_defined() {
    let text = include_str!("../tokens.md");
    let part = &text[text.find("## 6.").expect("part 6")..text.find("## 7.").expect("part 7")];
    let mut written: Vec<&str> = Vec::new();
    for row in part.lines().filter(|line| line.starts_with("| `")) {
        let cell = row.trim_start_matches("| ").replace("\\|", "/");
        let cell = cell.split(" | ").next().unwrap_or("").to_string();
        let names = cell.split('`').skip(1).step_by(2).filter(|name| !name.starts_with("ok"));
        for name in names {
            let name = name.split('(').next().unwrap_or("");
            if let Some(def) = tokens::find(name) {
                written.push(def.name);
            } else {
                panic!("tokens.md defines `{name}`, the table does not");
            }
        }
    }
    for def in tokens::TOKENS {
        let numbered = def.name.starts_with("ac") && def.name.len() == 3;
        assert!(numbered || written.contains(&def.name), "tokens.md lacks `{}`", def.name);
    }
}

/// Reads, prints, reads: the same scenario and the same text.
fn round_trip(text: &str) {
    if let Ok(scenario) = parse(text) {
        let printed = scenario.to_string();
        let again =
            parse(&printed).unwrap_or_else(|e| panic!("{text}\n--\n{printed}\n{}", listed(&e)));
        assert_eq!(again, scenario, "{text}\n--\n{printed}");
        assert_eq!(again.to_string(), printed);
        for variant in &scenario.variants {
            let run = scenario.variant(&variant.name).expect("every variant applies");
            let printed = run.to_string();
            let again = parse(&printed).unwrap_or_else(|e| panic!("{printed}\n{}", listed(&e)));
            assert_eq!(again, run, "{printed}");
        }
    }
}

/// Lines that are right, from the canonical ones and the stories above.
fn lines() -> Vec<&'static str> {
    let canonical = include_str!("canonical.txt").lines();
    let all = canonical.chain(VARIANTS.lines()).chain(STORY.lines());
    all.filter(|line| !line.starts_with("system") && !line.is_empty()).collect()
}

/// What is thrown into a text: any characters, long numbers, marks of the language.
const PIECES: &str = "\\PC{0,3}|[0-9.]{1,20}|[\\[\\]{}()\"\\\\,=:@#*]{1,3}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn printing_then_reading_is_the_identity(
        picked in proptest::collection::vec(proptest::sample::select(lines()), 0..12),
        nodes in 5u32..8,
        clients in 2u32..4,
    ) {
        let body = picked.join("\n");
        let head = format!("system toy nodes={nodes} clients={clients} end=6000");
        round_trip(&format!("{head}\nat 1 w1: c1 put(x, 1)\n{body}"));
        // Once more, of those lines alone that are right.
        let fine: Vec<_> =
            picked.into_iter().filter(|line| parse(&format!("{head}\n{line}")).is_ok()).collect();
        round_trip(&format!("{head}\n{}", fine.join("\n")));
    }

    #[test]
    fn any_text_is_read_or_refused(
        picked in proptest::collection::vec(proptest::sample::select(lines()), 0..6),
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), PIECES), 0..6),
    ) {
        let mut text = with(&picked.join("\n"));
        for (place, piece) in cuts {
            let mut at = place.index(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let end = (at + piece.len() / 2).min(text.len());
            let end = (end..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(at);
            text.replace_range(at..end, &piece);
        }
        round_trip(&text);
    }

    #[test]
    fn values_survive(value in "[^\\r\\n\\\\\"]{0,20}", odd in "[\\\\\" a]{0,8}") {
        for text in [value, odd] {
            let quoted = text.replace('\\', "\\\\").replace('"', "\\\"");
            round_trip(&with(&format!("at 5 c1 put(\"{quoted}\", \"{quoted}\")")));
            round_trip(&with(&format!("expect end: value(\"{quoted}\", {text})")));
            round_trip(&with(&format!("say {text}\npredict {text} [{text}] [b*]")));
        }
    }
}
