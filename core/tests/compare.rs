//! Panes in step: what differs between them is what differs in them.

mod common;

use common::lessons;
use netsplit_core::base::{Id, Span, Time};
use netsplit_core::check::evidence::Evidence;
use netsplit_core::check::lamps::Light;
use netsplit_core::check::tokens::{self, Verdict};
use netsplit_core::compare::{Comparison, Differs, first_divergence, offers};
use netsplit_core::kernel::action::{Action, Target};
use netsplit_core::protocols::ALL;
use netsplit_core::run::{Run, play};
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::ast::{Arg, Compare, Moment, Pane, Token};

fn good(text: &str) -> Scenario {
    Scenario::parse(text, ALL).unwrap_or_else(|errors| panic!("{text}\n{errors:?}"))
}

fn compare(text: &str) -> Comparison {
    Comparison::new(&good(text)).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn whole(text: &str) -> Comparison {
    let mut comparison = compare(text);
    while comparison.record(500) {}
    comparison
}

fn digests(comparison: &Comparison) -> Vec<u64> {
    comparison.sides().iter().map(|side| side.run.digest()).collect()
}

const RAFT: &str = "\
system raft nodes=5 clients=2 end=4000 latency=5..25
seed 9
compare told same again other
variant same
variant again
variant other: set heartbeat=40
at 900 partition {n1, n2} | {rest}
every 70 200..3000 c1 put(x, v#) maybe
at 2000 heal
";

fn crash(node: u16) -> Action {
    Action::Crash(vec![Target::Node(Id(node))])
}

#[test]
fn panes_of_equal_variants_are_equal() {
    let comparison = whole(RAFT);
    let [told, same, again, other] = digests(&comparison)[..] else { panic!("four panes") };
    assert!(told == same && told == again && told != other);
    assert_eq!(told, play(good(RAFT)).digest(), "alone it plays as it does beside others");
}

#[test]
fn a_fault_in_one_pane_is_in_no_other() {
    let mut comparison = whole(RAFT);
    let before = digests(&comparison);
    comparison.seek(Time::ms(1200));
    comparison.act(1, crash(3), true).expect("n4 can crash");
    while comparison.record(500) {}
    let alone = digests(&comparison);
    assert_ne!(before[1], alone[1]);
    assert_eq!([before[0], before[2], before[3]], [alone[0], alone[2], alone[3]]);
    let found = comparison.divergence().expect("n4 is down in one pane").clone();
    assert!(found.at <= Time::ms(1200) + Span(1), "the other heartbeat shows first: {found:?}");

    // The same in all: now the equal panes are equal again.
    comparison.undo();
    comparison.act(1, crash(3), false).expect("n4 can crash everywhere");
    while comparison.record(500) {}
    let all = digests(&comparison);
    assert_eq!([all[0], all[1], all[2]], [alone[1]; 3]);
    comparison.undo();
    while comparison.record(500) {}
    assert_eq!(digests(&comparison), before, "undo takes it back in all of them");
}

#[test]
fn a_comparison_is_its_text() {
    let mut comparison = compare(RAFT);
    comparison.seek(Time::ms(500));
    comparison.act(2, crash(3), true).expect("alone");
    comparison.seek(Time::ms(700));
    comparison.act(0, crash(4), false).expect("in all");
    while comparison.record(500) {}
    let text = comparison.scenario().to_string();
    assert!(text.contains("+ at 500.001 crash n4 only again\n+ at 700.001 crash n5\n"), "{text}");
    assert_eq!(digests(&whole(&text)), digests(&comparison));
    // Going back leaves what came later on a branch.
    comparison.seek(Time::ms(600));
    comparison.act(0, crash(0), false).expect("in all");
    assert_eq!((comparison.own().len(), comparison.branches().len()), (2, 1));
    comparison.switch_to(0).expect("a branch");
    while comparison.record(500) {}
    assert_eq!(digests(&whole(&text)), digests(&comparison));
}

#[test]
fn equal_messages_take_equally_long_in_two_systems() {
    // Fewer nodes, more nodes, clients that are roles: the client is the same client.
    let text = "system cap nodes=3 clients=2 end=1500 latency=5..95\nseed 3\n\
                compare told quorum one\nvariant quorum: system quorum nodes=5\n\
                variant one: system cap nodes=1\n\
                every 50 0..1000 c2@a put(x, v#) maybe\n";
    let comparison = whole(text);
    let delays = |place: usize| {
        let run = &comparison.sides()[place].run;
        let messages = run.trace().messages.iter();
        let sent = messages.filter(|m| m.from != m.to).map(|m| {
            let link = [m.from, m.to].map(|id| comparison.counterpart(place, 0, id));
            ((m.at, link), m.due.since(m.at))
        });
        sent.collect::<Vec<_>>()
    };
    let (first, mut equal) = (delays(0), 0);
    for place in 1..3 {
        for (sent, delay) in delays(place) {
            // Of several on one link at one instant each has a draw of its own.
            let mut same = first.iter().filter(|(other, _)| *other == sent);
            if let (Some((_, other)), None) = (same.next(), same.next()) {
                assert_eq!(*other, delay, "{sent:?}");
                equal += 1;
            }
        }
    }
    assert!(equal >= 40, "{equal} messages of two systems left at one instant on one link");
}

#[test]
fn the_first_divergence_is_the_first_vote_that_is_asked_for() {
    let text = "system raft nodes=3 clients=1 end=3000 noop=off\nseed 3\ncompare told on\n\
                variant on: set prevote=on\nat 0 pin n1.election 150\n\
                at 400 partition {n3} | {rest}\nat 2400 heal\n";
    let mut comparison = compare(text);
    assert_eq!(comparison.divergence(), None, "nothing has happened yet");
    while comparison.record(100) {}
    let found = comparison.divergence().expect("they differ").clone();
    // n1's first election, which with PreVote is preceded by a question.
    assert_eq!(found.at, Time::ms(150));
    assert_eq!(found.panes.len(), 2);
    assert!(found.panes.iter().all(|pane| pane.node == Some(Id(0))));
    assert_ne!(found.panes[0].rules, found.panes[1].rules);
    // Found at once or bit by bit, it is the same.
    let runs: Vec<Run> =
        ["told", "on"].map(|p| play(good(text).pane(&Pane::named(p)).unwrap())).into();
    let evidence: Vec<Evidence> = runs.iter().map(Evidence::of).collect();
    assert_eq!(first_divergence(&evidence), Some(found));
    assert_eq!(first_divergence(&[Evidence::of(&runs[0]), Evidence::of(&runs[0])]), None);
}

#[test]
fn what_only_one_pane_has_is_its_divergence() {
    let mut comparison = compare(&RAFT.replace("told same again other", "told same again"));
    comparison.seek(Time::ms(1500));
    comparison.act(1, crash(3), true).expect("alone");
    while comparison.record(500) {}
    let found = comparison.divergence().expect("a crash").clone();
    assert_eq!(found.at, Time::ms(1500) + Span(1));
    assert!(found.panes[1].event.is_some());
    assert_eq!([&found.panes[0].event, &found.panes[2].event], [&None; 2]);
    comparison.undo();
    assert_eq!(comparison.divergence(), None, "taken back, nothing differs");
}

#[test]
fn two_systems_are_compared_by_what_they_have_in_common() {
    let text = "system cap nodes=3 clients=1 end=1000\ncompare told quorum\n\
                variant quorum: system quorum nodes=3\nat 100 w: c1@a put(x, 1)\n";
    let mut comparison = whole(text);
    let found = comparison.divergence().expect("they do not store at the same instant").clone();
    assert!(found.at >= Time::ms(100), "{found:?}");
}

#[test]
fn a_tally_counts_what_one_counts_by_hand() {
    // Three nodes, 10 ms a link. c1 asks a at 100, which has it stored by the others 20 ms after it
    // heard of it: request, two Replicate, two Ack, reply. A majority is a and one other.
    let text = "system cap nodes=3 clients=1 end=3000\ncompare told local\n\
                variant local: set policy=local\n\
                at 100 a: c1@a put(x, 1)\nat 500 partition {a, c1} | {rest}\n\
                at 600 b: c1@a put(x, 2) timeout=1000\n";
    let mut comparison = whole(text);
    comparison.seek(Time::ms(400));
    let (told, local) = (comparison.tally(0).unwrap(), comparison.tally(1).unwrap());
    assert_eq!((told.counts.called, told.counts.answered), (1, 1));
    assert_eq!(told.latency, Some((Span::ms(40), Span::ms(40))), "two hops and a round trip");
    assert_eq!(local.latency, Some((Span::ms(20), Span::ms(20))), "two hops");
    assert_eq!((told.round_trips, local.round_trips), (Some(1), Some(0)));
    assert_eq!((told.unanswered(), told.anomalies()), (0, 0));
    comparison.seek(Time::ms(1500));
    let (told, local) = (comparison.tally(0).unwrap(), comparison.tally(1).unwrap());
    assert_eq!((told.unanswered(), local.unanswered()), (1, 0), "b waits in one of them");
    comparison.seek(comparison.end());
    let (told, local) = (comparison.tally(0).unwrap(), comparison.tally(1).unwrap());
    assert_eq!(told.counts.answered + told.unanswered() + told.counts.refused, 2);
    assert_eq!(local.counts.answered, 2);
    assert!(told.verdicts.iter().any(|v| v.token == "lin" && v.light == Light::Green));
}

/// The tally is what the tokens say, at every tenth of every lesson that is short enough.
#[test]
fn a_tally_is_what_the_tokens_say() {
    let disagree = lessons::each(|lesson| {
        let Ok(story) = lesson.parse() else { return None };
        if story.seeds.is_some() || story.system.end > Time::ms(10_000) {
            return None;
        }
        let twin = Pane::named("the-same");
        let story = story.with_lines(&["variant the-same".into()], ALL).ok()?;
        let story = story.compared(&[Pane::Told, twin]).expect("one system");
        let mut comparison = Comparison::new(&story).expect("a comparison");
        let end = comparison.end();
        while comparison.record(u32::MAX) {}
        for tenth in [10, 3, 7] {
            let at = Time(end.0 / 10 * tenth);
            comparison.seek(at);
            let tally = comparison.tally(0)?;
            let evidence = Evidence::of(&comparison.sides()[0].run);
            let holds = |name: &'static str, args: Vec<Arg>| {
                let token = Token { name, args };
                let verdict = tokens::evaluate(&evidence, &token, Moment::At(at));
                (verdict.holds(), verdict)
            };
            let count = |n: u64| vec![Arg::Number(Compare::Equal, n)];
            let span =
                |word: &str, s: Span| vec![Arg::Word(word.into()), Arg::Span(Compare::Equal, s)];
            let mut said = vec![holds("msgs", count(tally.messages))];
            said.extend(tally.round_trips.map(|n| holds("rtt", count(n))));
            if let Some((median, max)) = tally.latency {
                said.extend([
                    holds("latency", span("median", median)),
                    holds("latency", span("max", max)),
                ]);
            }
            said.push(holds("acks", count(tally.counts.answered.into())));
            for judged in tally.verdicts.iter().filter(|v| v.property.is_none()) {
                let kept = match judged.token {
                    "lostack" | "oversold" | "dup" | "lost" => count(0),
                    _ => vec![Arg::Word("ok".into())],
                };
                let (ok, verdict) = holds(judged.token, kept);
                let same = match judged.light {
                    Light::Green => ok,
                    Light::Red => matches!(verdict, Verdict::Fails { .. }),
                    // Nothing was reported yet that could be judged, or the token cannot.
                    Light::Dark => ok || matches!(verdict, Verdict::NotDecided { .. }),
                    Light::NotDecided => matches!(verdict, Verdict::NotDecided { .. }),
                };
                said.push((same, verdict));
            }
            if let Some((_, verdict)) = said.into_iter().find(|(same, _)| !same) {
                return Some(format!("{} at {at}: {verdict:?}\n{tally:?}", lesson.path));
            }
        }
        None
    });
    let disagree: Vec<String> = disagree.into_iter().flatten().collect();
    assert!(disagree.is_empty(), "{}", disagree.join("\n"));
}

#[test]
fn what_is_offered_can_be_put_beside() {
    let cap = good(
        "system cap nodes=3 clients=1 end=2000\nvariant ap: set policy=local\n\
         at 100 c1@a put(x, 1)\n",
    );
    let offered = offers(&cap, &Pane::Told, ALL);
    let has = |name: &str| offered.iter().any(|offer| offer.pane == Pane::named(name));
    assert!(has("ap") && has("policy-all") && has("quorum") && has("sess"), "{offered:?}");
    assert!(!has("policy-local"), "the variant ap is that already");
    assert!(has("raft") && !has("setnx"), "a lock is asked other things");
    let settings = offered.iter().filter(|offer| matches!(offer.differs, Differs::Setting(..)));
    assert!(settings.count() >= 2);
    for offer in &offered {
        let story = offer.put(&cap, &[Pane::Told]).expect("it stands beside");
        let again = good(&story.to_string());
        assert_eq!(again, story, "and is text");
        let mut comparison = Comparison::new(&story).expect("it runs");
        while comparison.record(u32::MAX) {}
    }
    let text =
        "system cap nodes=3 clients=1 end=2000\nat 100 when: c1@a put(x, 1)\nat 5 set policy=all\n";
    let only_cap = offers(&good(text), &Pane::Told, ALL);
    assert!(only_cap.iter().all(|offer| !matches!(offer.differs, Differs::System(_))));
}

#[test]
fn a_pane_that_meets_a_limit_stops_alone() {
    // Answers that are a minute late: more messages under way than a run may hold.
    let text = "system cap nodes=3 clients=1 end=90000\ncompare told few\n\
                variant few: remove many\nat 0 latency a--c1 60000\n\
                many: every 1 0..90000 c1@a put(x, v#) timeout=90000 maybe\n";
    let mut comparison = compare(text);
    while comparison.record(100_000) {}
    let stopped: Vec<_> = (0..2).map(|place| comparison.stopped(place)).collect();
    assert!(stopped[0].is_some() && stopped[1].is_none(), "{stopped:?}");
    comparison.seek(comparison.end());
    assert_eq!(comparison.tally(0).unwrap().stopped, stopped[0]);
    assert_eq!(comparison.tally(1).unwrap().stopped, None);
}
