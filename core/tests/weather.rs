//! Chance is weather, and a run is a value: faults change no draw elsewhere, seeking and undoing
//! lead where a fresh run leads, and faults do to a node what the language says.

mod common;

use common::run::{ask, at, get, heal, node, nodes, partition, put, raft, scenario};
use netsplit_core::base::{Id, Ppm, Span, Time};
use netsplit_core::kernel::Phase;
use netsplit_core::kernel::action::{Action, DiskMode, LinkSet, Target};
use netsplit_core::op::{Op, Outcome};
use netsplit_core::run::trace::{Fate, Loss, Trace};
use netsplit_core::run::{Run, play};
use netsplit_core::scenario::ast::{Line, Scenario};
use proptest::prelude::*;

const N: u16 = 5;
const END: u64 = 3000;

fn story(seed: u64, lines: Vec<Line>) -> Scenario {
    let mut story = scenario(raft(), 2, END);
    story.seed = seed;
    story.lines = lines;
    story
}

fn links(from: u16, to: u16) -> LinkSet {
    LinkSet { from: vec![node(from)], to: vec![node(to)], both_ways: false }
}

/// A random act, over nodes, links and clients.
fn an_act() -> impl Strategy<Value = Action> {
    let id = || 0..N;
    prop_oneof![
        id().prop_map(|n| Action::Crash(vec![node(n)])),
        id().prop_map(|n| Action::Kill(vec![node(n)])),
        id().prop_map(|n| Action::Restart(vec![node(n)])),
        id().prop_map(|n| Action::Wipe(vec![node(n)])),
        (id(), 1_u64..400).prop_map(|(n, ms)| Action::Pause(vec![node(n)], Some(Span::ms(ms)))),
        (id(), id()).prop_map(|(a, b)| Action::Cut(links(a, b))),
        (id(), id(), 0_u32..900_000).prop_map(|(a, b, p)| Action::Loss(links(a, b), Ppm(p))),
        (id(), id(), 0_u32..900_000).prop_map(|(a, b, p)| Action::Duplication(links(a, b), Ppm(p))),
        (id(), 500_000_u32..1_500_000).prop_map(|(n, rate)| Action::Drift(node(n), Ppm(rate))),
        (id(), 0_u64..20)
            .prop_map(|(n, ms)| Action::Disk(vec![node(n)], DiskMode::Sync(Span::ms(ms)))),
        (id(), 1_u64..500)
            .prop_map(|(n, ms)| Action::Disk(vec![node(n)], DiskMode::Every(Span::ms(ms)))),
        Just(partition(&[&[0, 1, 5], &[2, 3, 4, 6]])),
        Just(heal()),
        (N..N + 2, id()).prop_map(|(c, n)| put(c, &[n], "x", "a")),
        (N..N + 2, id()).prop_map(|(c, n)| get(c, &[n], "x")),
    ]
}

fn script() -> impl Strategy<Value = Vec<Line>> {
    let line = (1..END, an_act()).prop_map(|(ms, act)| at(ms, act));
    prop::collection::vec(line, 0..12)
}

/// How long the messages took that were the only ones of their link at their instant: these are
/// plain draws of the weather, whatever else happened.
fn draws(trace: &Trace) -> std::collections::BTreeMap<(Id, Id, Time), Span> {
    let mut draws = std::collections::BTreeMap::new();
    let mut twice = std::collections::BTreeSet::new();
    for message in trace.messages.iter().filter(|message| message.from != message.to) {
        let key = (message.from, message.to, message.at);
        if draws.insert(key, message.due.since(message.at)).is_some() {
            twice.insert(key);
        }
    }
    draws.retain(|key, _| !twice.contains(key));
    draws
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(100)
    })]

    #[test]
    fn a_further_fault_changes_no_draw_elsewhere(
        seed in 0_u64..1000, lines in script(), fault in (1..END, an_act()),
    ) {
        let free = |lines: Vec<Line>| {
            let mut story = story(seed, lines);
            // On FIFO links a message may wait for one before it; here every draw is seen bare.
            let all = nodes(&(0..N + 2).collect::<Vec<_>>());
            let links = LinkSet { from: all.clone(), to: all, both_ways: false };
            story.lines.insert(0, at(0, Action::Reorder(links, true)));
            play(story)
        };
        let without = free(lines.clone());
        let with = free(lines.into_iter().chain([at(fault.0, fault.1)]).collect());
        let (a, b) = (draws(without.trace()), draws(with.trace()));
        for (key, span) in &a {
            if let Some(other) = b.get(key) {
                prop_assert_eq!(span, other, "the message of {:?}", key);
            }
        }
        // And what happened before the fault is the same altogether.
        let until = Time::ms(fault.0);
        let before = |run: &Run| run.trace().events.partition_point(|event| event.at < until);
        prop_assert_eq!(before(&without), before(&with));
    }

    #[test]
    fn seeking_leads_where_a_fresh_run_leads(
        seed in 0_u64..1000, lines in script(), instants in prop::collection::vec(0..END, 1..6),
    ) {
        let mut run = play(story(seed, lines.clone()));
        let whole = run.digest();
        for ms in instants {
            run.seek(Time::ms(ms));
            let mut fresh = Run::new(story(seed, lines.clone()));
            fresh.seek(Time::ms(ms));
            prop_assert_eq!(run.cursor(), fresh.cursor());
            prop_assert_eq!(run.world().digest(), fresh.world().digest());
            let (a, b) = (run.world().machine(), fresh.world().machine());
            prop_assert_eq!(a.fingerprint(), b.fingerprint());
        }
        prop_assert!(run.trace().events.len() > 100, "{} events", run.trace().events.len());
        prop_assert_eq!(run.digest(), whole, "looking changes nothing");
    }

    #[test]
    fn acting_and_undoing_restores_the_run(
        seed in 0_u64..1000, lines in script(),
        acts in prop::collection::vec((0..END, an_act()), 1..4),
    ) {
        let mut run = play(story(seed, lines.clone()));
        let whole = run.digest();
        let mut mine = Vec::new();
        for (ms, act) in acts {
            run.seek(Time::ms(ms));
            run.act(act);
            mine.push(run.own().to_vec());
        }
        while run.record(u32::MAX) {}
        // As if all of it had been told from the beginning.
        let fresh = play(run.scenario());
        prop_assert_eq!(run.digest(), fresh.digest());
        prop_assert_eq!(recorded(&run), recorded(&fresh));
        while run.undo() {}
        while run.record(u32::MAX) {}
        prop_assert_eq!(run.digest(), whole);
        prop_assert_eq!(recorded(&run), recorded(&play(story(seed, lines))));
    }
}

#[test]
fn what_a_message_carried_is_known_whatever_became_of_it() {
    let drops = LinkSet { from: nodes(&[0]), to: nodes(&[1, 2, 3, 4]), both_ways: true };
    let lines = vec![at(300, Action::Loss(drops, Ppm(400_000))), at(900, partition(&[&[0, 1]]))];
    let run = play(story(7, lines));
    let messages = &run.trace().messages;
    let lost = messages.iter().filter(|message| matches!(message.fate, Fate::Lost(..))).count();
    assert!(lost > 10 && messages.len() > 200, "{lost} of {} messages are lost", messages.len());
    for (number, record) in messages.iter().enumerate() {
        let flight = run.message(number as u32).expect("every recorded message is found");
        assert_eq!(
            (flight.from, flight.to, flight.sent, flight.packet.kind(), flight.cause),
            (record.from, record.to, record.at, record.kind, record.sent)
        );
    }
    assert!(run.message(messages.len() as u32).is_none());
}

/// Everything that checkers read, to compare two recordings.
fn recorded(run: &Run) -> String {
    let trace = run.trace();
    let history: Vec<_> = trace.history.iter().map(|(_, op)| op).collect();
    let fates: Vec<_> = trace.messages.iter().map(|message| (message.due, message.fate)).collect();
    let facts: Vec<_> = trace.facts.iter().collect();
    format!(
        "{history:?} {fates:?} {facts:?} {:?} {:?} {:?}",
        trace.cuts, trace.phases, trace.broken
    )
}

#[test]
fn a_paused_node_answers_after_its_pause_and_its_clocks_go_on() {
    let mut lines = vec![at(1000, Action::Pause(nodes(&[0, 1, 2, 3, 4]), Some(Span::ms(500))))];
    lines.push(at(1100, get(5, &[0], "x")));
    let mut run = play(story(7, lines));
    run.seek(Time::ms(1300));
    assert_eq!(run.world().person(Id(0)).phase, Phase::Paused);
    assert_eq!(run.world().person(Id(0)).clock.mono(run.at()), Time::ms(1300));
    let silent = |event: &netsplit_core::run::trace::EventRecord| {
        !(Time::ms(1000) < event.at && event.at < Time::ms(1500)) || event.node.0 >= N
    };
    let acts = |event: &netsplit_core::run::trace::EventRecord| {
        matches!(event.what, netsplit_core::run::trace::What::Act { .. })
    };
    assert!(run.trace().events.iter().all(|event| silent(event) || acts(event)));
    let (_, read) = run.trace().history.iter().next().unwrap();
    assert!(read.end.as_ref().is_some_and(|end| end.at > Time::ms(1500)));
}

#[test]
fn a_crash_drops_what_was_not_synced_and_keeps_what_was() {
    let kept = |mode| {
        let write = put(5, &[], "x", "a");
        let all = nodes(&[0, 1, 2, 3, 4]);
        let mut lines = vec![at(0, Action::Disk(all.clone(), mode))];
        lines.push(at(1000, write));
        lines.push(at(1500, Action::Crash(all.clone())));
        lines.push(at(1600, Action::Restart(all)));
        let read = Op { verb: "get", key: "x".into(), args: vec![] };
        lines.push(at(2900, ask(5, &[], read)));
        let mut run = play(Scenario { lines, ..story(7, vec![]) });
        run.seek(Time::ms(END));
        let facts = |id: u16| {
            let mut facts = netsplit_core::facts::Facts::default();
            run.world().machine().facts(Id(id), &mut facts);
            facts.logs().first().map_or(0, |log| log.last)
        };
        assert!(matches!(
            run.trace().history.iter().next().unwrap().1.end.as_ref().unwrap().outcome,
            Outcome::Ok(_)
        ));
        let entries = run.trace().facts.iter().filter(|change| {
            let a = netsplit_core::base::Value::text("a");
            change.at > Time::ms(1600)
                && matches!(
                    &change.fact,
                    netsplit_core::facts::Fact::Entry { value, .. } if *value == a
                )
        });
        (entries.count() > 0, facts(0))
    };
    assert!(kept(DiskMode::Sync(Span::ZERO)).0, "durable before anybody heard of it");
    assert!(kept(DiskMode::Sync(Span::ms(2))).0, "the answer waited for the disk");
    assert!(kept(DiskMode::Every(Span::ms(100))).0, "synced before the crash");
    assert!(!kept(DiskMode::Every(Span::ms(2000))).0, "acknowledged, and lost");
    assert!(!kept(DiskMode::None).0, "nothing is ever durable");
}

#[test]
fn what_waits_for_a_disk_dies_with_its_node() {
    let text = "system cap nodes=3 clients=1 end=400\nat 0 disk a sync:20\n\
                at 100 c1@a put(x, 1)\nat 120 crash a\n";
    let story = Scenario::parse(text, netsplit_core::protocols::ALL).expect("a scenario");
    let run = play(story);
    let of_a: Vec<Fate> =
        run.trace().messages.iter().filter(|m| m.from == Id(0)).map(|m| m.fate).collect();
    // a wrote at 110, and what it said then would have left at 130.
    let unsent = Fate::Lost(Time::ms(130), Loss::Unsent);
    assert_eq!(of_a, [unsent; 2], "nobody hears of what was never written");
}

#[test]
fn messages_to_a_node_that_is_down_are_lost_and_nobody_plays_its_role() {
    let lines = vec![at(1000, Action::Crash(vec![Target::Role("leader".into())]))];
    let run = play(story(7, lines));
    let down = run.trace().phases.iter().find(|record| record.phase == Phase::Down).unwrap();
    let arrived = run.trace().messages.iter().any(|message| {
        message.to == down.node && message.due > down.at && matches!(message.fate, Fate::Arrived(_))
    });
    assert!(!arrived);
    assert!(run.trace().events.iter().all(|e| e.node != down.node || e.at <= down.at));
}
