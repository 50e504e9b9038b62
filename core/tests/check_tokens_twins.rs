//! Dumb twins of the tokens about copies, over a few hundred random runs.

mod common;
mod puppet;

use common::dice::Dice;
use netsplit_core::base::{Id, Str, Time, Value};
use netsplit_core::check::evidence::Evidence;
use netsplit_core::check::tokens::evaluate;
use netsplit_core::facts::Fact;
use netsplit_core::history::OpRecord;
use netsplit_core::kernel::Phase;
use netsplit_core::op::Outcome;
use netsplit_core::run::{Run, play};
use netsplit_core::scenario::Scenario;
use puppet::PUPPET;

/// Three clients write and read at three nodes whose copies take up to 300 ms, with cuts and
/// crashes now and then.
fn drawn(seed: u64) -> Run {
    let mut dice = Dice::new(seed);
    let mut text = format!(
        "scenario test/twin\nsystem puppet clients=3 end=4000 latency=10..300\nseed {seed}\n"
    );
    for n in 0..12 {
        let (at, node) = (1 + n * 250, 1 + dice.below(3));
        let (client, key) = (1 + dice.below(3), ["x", "y"][dice.below(2) as usize]);
        let what = match dice.below(2) {
            0 => format!("put({key}, v{n})"),
            _ => format!("get({key})"),
        };
        text += &format!("at {at} c{client}@n{node} {what}\n");
        match dice.below(8) {
            0 => text += &format!("at {at} cut n{node}->n{} maybe\n", 1 + node % 3),
            1 => text += &format!("at {at} heal maybe\n"),
            2 => text += &format!("at {at} crash n{node} maybe\n"),
            3 => text += &format!("at {at} restart n{node} maybe\n"),
            _ => {}
        }
    }
    text += "at 3300 heal maybe\nexpect end: window(0) stale(max, 0) conv(diverged)\n";
    play(Scenario::parse(&text, &[&PUPPET]).unwrap_or_else(|errors| panic!("{errors:?}")))
}

fn ended_well(record: &OpRecord) -> Option<(u32, Time, &Value)> {
    let end = record.end.as_ref()?;
    let Outcome::Ok(answer) = &end.outcome else { return None };
    Some((end.event, end.at, answer))
}

/// The copies of each of the three nodes after an event: none of one that is down.
type Copies = [Option<Vec<(Str, Value, u64)>>; 3];

fn copies(evidence: &Evidence, event: u32) -> Copies {
    let mut all: Copies = [const { None }; 3];
    let trace = evidence.trace;
    for (place, copies) in all.iter_mut().enumerate() {
        let id = Id(place as u16);
        let mut phases = trace.phases.iter().rev().filter(|p| p.node == id && p.event <= event);
        if phases.next().is_none_or(|last| last.phase == Phase::Down) {
            continue;
        }
        let mut held = Vec::new();
        let changes = trace.facts.iter().filter(|c| c.node == id && c.event <= event);
        for change in changes {
            let Fact::Copy { key, value, version } = &change.fact else { continue };
            let copy = (key.clone(), value.clone(), *version);
            held.retain(|known| *known != copy);
            if change.holds {
                held.push(copy);
            }
        }
        *copies = Some(held);
    }
    all
}

/// For each acknowledged write, look at every event from then on.
fn window(evidence: &Evidence) -> Option<String> {
    let trace = evidence.trace;
    let mut longest = None;
    for (_, record) in trace.history.iter().filter(|(_, record)| record.op.verb == "put") {
        let Some((event, at, _)) = ended_well(record) else { continue };
        let written = record.op.arg(0);
        let version = trace.facts.iter().find_map(|change| match &change.fact {
            Fact::Copy { value, version, .. } if *value == written => Some(*version),
            _ => None,
        });
        let everywhere = |event: &u32| {
            copies(evidence, *event).iter().flatten().all(|copies| {
                let copy = copies.iter().find(|(key, ..)| *key == record.op.key);
                copy.is_some_and(|(_, value, v)| *value == written || Some(*v) > version)
            })
        };
        let first = (event..trace.events.len() as u32).find(everywhere)?;
        longest = longest.max(Some(trace.events[first as usize].at.since(at)));
    }
    longest.map(|span| format!("{span} ms"))
}

/// For each answered read and each write: whether the write is newer and was acknowledged.
fn stale(evidence: &Evidence) -> String {
    let history = &evidence.trace.history;
    let mut longest = None;
    for (_, read) in history.iter().filter(|(_, record)| record.op.verb == "get") {
        let Some((_, _, answer)) = ended_well(read) else { continue };
        for (_, write) in history.iter().filter(|(_, w)| w.op.verb == "put") {
            let Some((event, at, _)) = ended_well(write) else { continue };
            let mut shown =
                history.iter().filter(|(_, w)| w.op.verb == "put" && w.op.arg(0) == *answer);
            let newer = match shown.next() {
                None => true,
                Some((_, shown)) => shown.end.as_ref().is_some_and(|end| end.event <= write.call),
            };
            if write.op.key == read.op.key && newer && event < read.call {
                longest = longest.max(Some(read.called.since(at)));
            }
        }
    }
    longest.map_or("0 ms".into(), |span| format!("{span} ms"))
}

fn diverged(evidence: &Evidence) -> bool {
    let last = evidence.trace.events.len() as u32;
    let mut shown = copies(evidence, last).into_iter().flatten().map(|mut copies| {
        copies.sort();
        copies.into_iter().map(|(key, value, _)| (key, value)).collect::<Vec<_>>()
    });
    let first = shown.next();
    shown.any(|copies| Some(copies) != first)
}

#[test]
fn copies_are_measured_as_by_looking_at_every_event() {
    let (mut n_decided, mut n_stale, mut n_diverged) = (0, 0, 0);
    for seed in 0..300 {
        let run = drawn(seed);
        let evidence = Evidence::of(&run);
        let expect = &run.scenario().expects[0];
        let measured: Vec<_> =
            expect.tokens.iter().map(|token| evaluate(&evidence, token, expect.moment)).collect();
        match window(&evidence) {
            Some(span) => {
                n_decided += 1;
                assert!(
                    format!("{:?}", measured[0]).contains(&format!("\"{span}\"")),
                    "{seed}: {span} {:?}",
                    measured[0]
                );
            }
            None => {
                let text = format!("{:?}", measured[0]);
                assert!(text.contains("NotDecided"), "{seed}: {text}");
            }
        }
        let span = stale(&evidence);
        n_stale += u32::from(span != "0 ms");
        let text = format!("{:?}", measured[1]);
        assert!(text.contains(&format!("\"{span}\"")), "{seed}: {span} {text}");
        n_diverged += u32::from(diverged(&evidence));
        assert_eq!(measured[2].holds(), diverged(&evidence), "{seed}");
    }
    println!("{n_decided} windows, {n_stale} stale, {n_diverged} diverged of 300");
    assert!(n_decided > 50 && n_stale > 30 && (20..280).contains(&n_diverged));
}
