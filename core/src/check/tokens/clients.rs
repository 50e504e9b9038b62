//! What clients got.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::measure::Measured;
use super::scene::Scene;
use crate::base::{Id, Set, Span, Value, sort};
use crate::check::answers::{asked, falls_short};
use crate::check::phases::Phases;
use crate::history::{AttemptEnd, OpRecord};
use crate::kernel::Phase;
use crate::op::Outcome;
use crate::scenario::ast::Arg;

/// How an operation stands, in words, and whether it is as wanted.
fn stands(scene: &Scene, args: &[Arg], wanted: impl Fn(&OpRecord, &Outcome) -> bool) -> Measured {
    let Some(Arg::Op(label)) = args.first() else {
        return Measured::Undecided("no operation is named".into());
    };
    let Some((_, record)) = scene.op(label) else {
        return Measured::Truth(false, format!("{label} was not called"));
    };
    let Some(end) = scene.end(record) else {
        return Measured::Truth(false, format!("{label} is pending"));
    };
    let outcome = match &end.outcome {
        Outcome::Ok(value) => format!("answered {value}"),
        Outcome::Fail(reason) => format!("refused, {reason}"),
        Outcome::Unknown => "given up".into(),
    };
    let text = format!("{label} {outcome} at {}", end.at);
    Measured::Truth(wanted(record, &end.outcome), text)
}

/// Whether an answer is the expected one, or a list that contains it.
pub fn is_value(answer: &Value, expected: &str) -> bool {
    let contains = |list: &[Value]| list.iter().any(|value| value.to_string() == expected);
    answer.to_string() == expected || matches!(answer, Value::List(list) if contains(list))
}

pub fn ack(scene: &Scene, args: &[Arg]) -> Measured {
    stands(scene, args, |_, outcome| match (outcome, args.get(1)) {
        (Outcome::Ok(answer), Some(Arg::Value(expected))) => is_value(answer, expected),
        (Outcome::Ok(_), _) => true,
        _ => false,
    })
}

pub fn fail(scene: &Scene, args: &[Arg]) -> Measured {
    stands(scene, args, |_, outcome| match (outcome, args.get(1)) {
        (Outcome::Fail(reason), Some(Arg::Word(expected))) => **expected == **reason,
        (Outcome::Fail(_), _) => true,
        _ => false,
    })
}

pub fn unknown(scene: &Scene, args: &[Arg]) -> Measured {
    stands(scene, args, |_, outcome| *outcome == Outcome::Unknown)
}

pub fn timeout(scene: &Scene, args: &[Arg]) -> Measured {
    stands(scene, args, |record, outcome| {
        let last = record.attempts.last().and_then(|attempt| attempt.end.as_ref());
        *outcome == Outcome::Unknown && matches!(last, Some((_, AttemptEnd::TimedOut)))
    })
}

pub fn pending(scene: &Scene, args: &[Arg]) -> Measured {
    let Some(Arg::Op(label)) = args.first() else {
        return Measured::Undecided("no operation is named".into());
    };
    match scene.op(label) {
        None => Measured::Truth(false, format!("{label} was not called")),
        Some((_, record)) => match scene.end(record) {
            None => Measured::Truth(true, format!("{label} is pending")),
            Some(end) => Measured::Truth(false, format!("{label} ended at {}", end.at)),
        },
    }
}

fn count(scene: &Scene, args: &[Arg], wanted: fn(&Outcome) -> bool) -> Measured {
    let chosen = scene.chosen(args);
    let ended = |record| scene.end(record).is_some_and(|end| wanted(&end.outcome));
    let n = chosen.iter().filter(|(_, record)| ended(record)).count();
    Measured::Count(n as u64, format!("of {} called", chosen.len()))
}

pub fn acks(scene: &Scene, args: &[Arg]) -> Measured {
    count(scene, args, |outcome| matches!(outcome, Outcome::Ok(_)))
}

pub fn fails(scene: &Scene, args: &[Arg]) -> Measured {
    count(scene, args, |outcome| matches!(outcome, Outcome::Fail(_)))
}

pub fn unknowns(scene: &Scene, args: &[Arg]) -> Measured {
    count(scene, args, |outcome| *outcome == Outcome::Unknown)
}

pub fn uptime(scene: &Scene, args: &[Arg]) -> Measured {
    let (mut well, mut all) = (0, 0);
    for (_, record) in scene.chosen(args) {
        let end = scene.end(record);
        let overdue = scene.at.since(record.called) > scene.evidence.patience(record);
        all += u64::from(end.is_some() || overdue);
        well += u64::from(end.is_some_and(|end| matches!(end.outcome, Outcome::Ok(_))));
    }
    if all == 0 {
        return Measured::Undecided("no operation has come to anything".into());
    }
    Measured::Share(well, all)
}

pub fn latency(scene: &Scene, args: &[Arg]) -> Measured {
    let mut spans: Vec<Span> = Vec::new();
    for (_, record) in scene.chosen(args) {
        if let Some(end) = scene.end(record)
            && matches!(end.outcome, Outcome::Ok(_))
        {
            spans.push(end.at.since(record.called));
        }
    }
    sort(&mut spans);
    if spans.is_empty() {
        return Measured::Undecided("no operation ended well".into());
    }
    let statistic = args.iter().find_map(|arg| match arg {
        Arg::Word(word) if matches!(&**word, "min" | "median" | "p99" | "max") => Some(&**word),
        _ => None,
    });
    let place = match statistic {
        Some("min") => 0,
        Some("median") => (spans.len() - 1) / 2,
        Some("p99") => (spans.len() * 99).div_ceil(100) - 1,
        _ => spans.len() - 1,
    };
    let of = format!("{} of {} operations", statistic.unwrap_or("max"), spans.len());
    Measured::Span(spans[place], of)
}

pub fn throughput(scene: &Scene, args: &[Arg]) -> Measured {
    let well = |record: &OpRecord| {
        record.end.as_ref().is_some_and(|end| {
            matches!(end.outcome, Outcome::Ok(_)) && (scene.start..=scene.at).contains(&end.at)
        })
    };
    let n = scene.chosen(args).iter().filter(|(_, record)| well(record)).count() as u64;
    let us = scene.at.since(scene.start).0.max(1);
    Measured::Count(n * 1_000_000 / us, format!("{n} in {} ms", Span(us)))
}

pub fn avail(scene: &Scene, args: &[Arg]) -> Measured {
    let lost = lost_nodes(scene);
    let names: Vec<&str> = lost.iter().map(|&id| scene.evidence.cast.name(id)).collect();
    let text = if lost.is_empty() { "full".into() } else { format!("lost: {}", names.join(", ")) };
    match args {
        [Arg::Word(word), ..] if **word == *"full" => Measured::Truth(lost.is_empty(), text),
        [_, Arg::Nodes(nodes), ..] => {
            Measured::Truth(nodes.iter().copied().collect::<Set<_>>() == lost, text)
        }
        _ => Measured::Undecided("no node is named".into()),
    }
}

/// The nodes that were up and did not answer something that was asked of them first.
pub fn lost_nodes(scene: &Scene) -> Set<Id> {
    let evidence = scene.evidence;
    let mut lost = Set::default();
    for (_, record) in scene.ops() {
        let end = scene.end(record);
        let short = match end {
            Some(end) => falls_short(&evidence.cast, record, &end.outcome).is_some(),
            None => scene.at.since(record.called) > evidence.patience(record),
        };
        let until = end.map_or(scene.events, |end| end.event);
        if let Some(node) = asked(&evidence.cast, evidence.trace, record)
            && short
            && was_up(scene, node, record.call, until)
        {
            lost.insert(node);
        }
    }
    lost
}

fn was_up(scene: &Scene, node: Id, from: u32, until: u32) -> bool {
    let records = &scene.evidence.trace.phases;
    let mut phases = Phases::new(&scene.evidence.cast);
    while phases.advance(records, from + 1).is_some() {}
    let mut up = phases.of(node) == Phase::Up;
    while phases.advance(records, until + 1).is_some() {
        up &= phases.of(node) == Phase::Up;
    }
    up
}

pub fn load(scene: &Scene, args: &[Arg]) -> Measured {
    let Some(Arg::Node(node)) = args.first() else {
        return Measured::Undecided("no node is named".into());
    };
    let last = scene.at;
    let attempts = scene.ops().flat_map(|(_, record)| &record.attempts);
    let done = attempts.filter(|attempt| {
        let end = attempt.end.as_ref();
        attempt.node == *node
            && end.is_some_and(|(at, how)| {
                *how == AttemptEnd::Done && (scene.interval || *at <= last)
            })
    });
    Measured::count(done.count() as u64)
}

pub fn effect(scene: &Scene, args: &[Arg]) -> Measured {
    let Some(Arg::Op(label)) = args.first() else {
        return Measured::Undecided("no operation is named".into());
    };
    let Some((id, record)) = scene.op(label) else {
        return Measured::Undecided(format!("{label} was not called"));
    };
    let evidence = scene.evidence;
    let Some(model) = evidence.write_model(record) else {
        return Measured::Undecided(format!("no model says what {label} does"));
    };
    let key = &record.op.key;
    let others = scene
        .ops()
        .any(|(other, of)| other != id && of.op.key == *key && evidence.write_model(of).is_some());
    if others {
        return Measured::Undecided(format!("other writes asked for {key}"));
    }
    let newest = scene.view.newest_copy(key).map_or(Value::Nil, |(value, _)| value.clone());
    let mut state = Value::Nil;
    for times in 0..=100 {
        if state == newest {
            return Measured::Count(times, format!("{key} is {newest}"));
        }
        state = model(&state, &record.op).0;
    }
    let why: String = format!("{key} is {newest}, which {} does not lead to", record.op);
    Measured::Undecided(why)
}
