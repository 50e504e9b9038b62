//! Copies: whether they are the same, and how old they are.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::clients::is_value;
use super::measure::Measured;
use super::scene::Scene;
use crate::base::{Id, Span, Time, Value};
use crate::check::evidence::Evidence;
use crate::check::view::{NodeView, View};
use crate::history::OpRecord;
use crate::kernel::Phase;
use crate::kernel::action::Action;
use crate::op::Outcome;
use crate::run::trace::What;
use crate::scenario::ast::Arg;

pub fn value(scene: &Scene, args: &[Arg]) -> Measured {
    let [Arg::Value(key), Arg::Value(expected), rest @ ..] = args else {
        return Measured::Undecided("no key and value are named".into());
    };
    let is = |copy: Option<(&Value, u64)>| copy.map_or(Value::Nil, |(value, _)| value.clone());
    match rest.first() {
        Some(Arg::Nodes(nodes)) => {
            let copies = nodes.iter().map(|&id| (id, is(scene.view.node(id).copy(key))));
            let others = copies.filter(|(_, copy)| !is_value(copy, expected));
            let name = |id| scene.evidence.cast.name(id);
            let others: Vec<String> =
                others.map(|(id, copy)| format!("{copy} at {}", name(id))).collect();
            Measured::none_of(&others, expected)
        }
        _ => {
            let newest = is(scene.view.newest_copy(key));
            Measured::Truth(is_value(&newest, expected), format!("{newest}"))
        }
    }
}

pub fn conv(scene: &Scene, args: &[Arg]) -> Measured {
    let diverged = differing(scene.evidence, &scene.view);
    if let [Arg::Word(word), ..] = args
        && **word == *"diverged"
    {
        let text = diverged.clone().unwrap_or_else(|| "all the same".into());
        return Measured::Truth(diverged.is_some(), text);
    }
    if let Some(text) = diverged {
        return Measured::Truth(false, text);
    }
    if args.len() < 2 {
        return Measured::Truth(true, "all the same".into());
    }
    let from = last_disturbance(scene);
    let since = same_since(scene);
    Measured::Span(since.since(from), format!("the same since {since}, disturbed at {from}"))
}

/// How the copies of two live nodes differ, in words; `None` when all are the same. Where nobody
/// reports copies, logs are compared.
fn differing(evidence: &Evidence, view: &View) -> Option<String> {
    let nodes: Vec<(Id, &NodeView)> =
        view.alive().filter(|(id, _)| !evidence.is_client(*id)).collect();
    let reports = |part| {
        let mut same = nodes.iter().filter(|(id, _)| evidence.part(*id) == part);
        same.any(|(_, node)| node.copies().next().is_some())
    };
    let mut copying = nodes.iter().filter(|(id, _)| reports(evidence.part(*id)));
    if let Some((first, one)) = copying.next() {
        // Of one part: a resource need not be like the servers.
        let part = evidence.part(*first);
        let other = copying.filter(|(id, _)| evidence.part(*id) == part);
        let other = other.into_iter().find(|(_, other)| !same_copies(one, other));
        return other.map(|(id, _)| apart(evidence, *first, *id));
    }
    let mut logging = nodes.iter();
    let (first, one) = logging.next()?;
    let other = logging.find(|(_, other)| !same_logs(one, other));
    other.map(|(id, _)| apart(evidence, *first, *id))
}

fn apart(evidence: &Evidence, a: Id, b: Id) -> String {
    format!("{} and {} differ", evidence.cast.name(a), evidence.cast.name(b))
}

fn same_copies(a: &NodeView, b: &NodeView) -> bool {
    let held =
        |node: &NodeView| node.copies().filter(|(_, value, _)| **value != Value::Nil).count();
    let all = a.copies().all(|(key, value, _)| {
        *value == Value::Nil || b.copy(key).is_some_and(|(other, _)| other == value)
    });
    all && held(a) == held(b)
}

fn same_logs(a: &NodeView, b: &NodeView) -> bool {
    let plain = |node: &NodeView| {
        let entries = node.entries.iter();
        entries.map(|(place, entry)| (*place, entry.epoch, entry.value.clone())).collect::<Vec<_>>()
    };
    plain(a) == plain(b)
}

/// The later of the last acknowledged write and the last repair up to the reference instant.
fn last_disturbance(scene: &Scene) -> Time {
    let (evidence, trace) = (scene.evidence, scene.evidence.trace);
    let writes = scene.ops().filter(|(_, record)| evidence.write_model(record).is_some());
    let ends = writes.filter_map(|(_, record)| scene.end(record));
    let acknowledged = ends.filter(|end| matches!(end.outcome, Outcome::Ok(_))).map(|end| end.at);
    let records = trace.phases.iter().filter(|record| record.event < scene.events);
    let restarts = records.filter(|record| record.phase == Phase::Up).map(|record| record.at);
    let mut healed = Vec::new();
    for pair in trace.cuts.windows(2).filter(|pair| pair[1].event < scene.events) {
        if pair[0].links.iter().any(|link| !pair[1].links.contains(link)) {
            healed.push(pair[1].at);
        }
    }
    let events = trace.events.iter().take(scene.events as usize);
    let released = events.filter(|event| match event.what {
        What::Act { line, idle: None } => {
            let line = evidence.lines.get(line as usize);
            matches!(line.map(|line| &line.action), Some(Action::Release(_)))
        }
        _ => false,
    });
    let released: Vec<Time> = released.map(|event| event.at).collect();
    acknowledged.chain(restarts).chain(healed).chain(released).max().unwrap_or(Time::ZERO)
}

/// From when on the copies were the same up to the reference instant, which they are.
fn same_since(scene: &Scene) -> Time {
    let (evidence, trace) = (scene.evidence, scene.evidence.trace);
    let mut view = View::new(evidence);
    let mut since = Time::ZERO;
    let mut apart = false;
    for (event, record) in trace.events.iter().enumerate().take(scene.events as usize) {
        if view.advance(evidence, event as u32 + 1) {
            let differ = differing(evidence, &view).is_some();
            if apart && !differ {
                since = record.at;
            }
            apart = differ;
        }
    }
    since
}

pub fn stale(scene: &Scene, args: &[Arg]) -> Measured {
    match args {
        [Arg::Node(node), ..] => stale_node(scene, *node),
        [Arg::Op(label), ..] => match scene.op(label) {
            Some((_, record)) => match staleness(scene, record) {
                Ok(Some(span)) => Measured::Span(span, String::new()),
                Ok(None) => Measured::Span(Span::ZERO, "nothing newer was acknowledged".into()),
                Err(why) => Measured::Undecided(why),
            },
            None => Measured::Undecided(format!("{label} was not called")),
        },
        _ => stale_most(scene, args),
    }
}

fn stale_most(scene: &Scene, args: &[Arg]) -> Measured {
    let mut most: Option<(Span, String)> = None;
    for (op, record) in scene.ops().filter(|(_, record)| scene.evidence.is_read(record)) {
        match staleness(scene, record) {
            Ok(Some(span)) if most.as_ref().is_none_or(|(longest, _)| span > *longest) => {
                most = Some((span, scene.evidence.name_op(op)));
            }
            Ok(_) => {}
            Err(why) => return Measured::Undecided(why),
        }
    }
    match (args, most) {
        ([Arg::Word(word), ..], most) if **word == *"none" => match most {
            None => Measured::Truth(true, "none".into()),
            Some((span, op)) => Measured::Truth(false, format!("{span} ms, {op}")),
        },
        (_, Some((span, op))) => Measured::Span(span, op),
        (_, None) => Measured::Span(Span::ZERO, "no stale read".into()),
    }
}

/// How long before the call of a read a newer value was acknowledged; `None` when none was, or
/// when it was not answered.
fn staleness<'a>(scene: &Scene<'a>, record: &'a OpRecord) -> Result<Option<Span>, String> {
    let Some(end) = scene.end(record) else { return Ok(None) };
    let Outcome::Ok(answer) = &end.outcome else { return Ok(None) };
    let newer = first_newer(scene, &record.op.key, answer, (record.call, end.event))?;
    Ok(newer.map(|at| record.called.since(at)))
}

/// When the first write that is newer than `value`, seen in event `seen`, was acknowledged, before
/// event `until`.
fn first_newer(
    scene: &Scene,
    key: &str,
    value: &Value,
    (until, seen): (u32, u32),
) -> Result<Option<Time>, String> {
    let evidence = scene.evidence;
    let of_key = evidence
        .trace
        .history
        .iter()
        .filter(|(_, record)| *record.op.key == *key && evidence.write_model(record).is_some());
    let refused = |record: &&OpRecord| {
        record.end.as_ref().is_some_and(|end| matches!(end.outcome, Outcome::Fail(_)))
    };
    let counted = of_key.map(|(_, record)| record).filter(|record| !refused(record));
    let writes: Vec<&OpRecord> = counted.collect();
    let wrote = |record: &&&OpRecord| {
        record.call <= seen && evidence.written(record).as_ref() == Some(value)
    };
    let mut sources = writes.iter().filter(wrote);
    let source = sources.next();
    if sources.next().is_some() {
        return Err(format!("{value} was written more than once"));
    }
    let after = match (source, value) {
        (Some(source), _) => source.end.as_ref().map_or(u32::MAX, |end| end.event),
        (None, Value::Nil) => 0,
        (None, value) if is_given(evidence, key, value) => 0,
        (None, _) => return Err(format!("no write of {value} is known")),
    };
    let newer = writes
        .iter()
        .filter(|record| record.call >= after && source.is_none_or(|s| s.call != record.call));
    let ends = newer.filter_map(|record| record.end.as_ref());
    let acknowledged =
        ends.filter(|end| end.event < until && matches!(end.outcome, Outcome::Ok(_)));
    Ok(acknowledged.map(|end| end.at).min())
}

/// Whether a log held the value before the first boot.
fn is_given(evidence: &Evidence, key: &str, value: &Value) -> bool {
    evidence.cast.given.iter().any(|(of, given)| **of == *key && given == value)
}

fn stale_node(scene: &Scene, node: Id) -> Measured {
    let evidence = scene.evidence;
    let mut keys: Vec<&str> = Vec::new();
    for (_, record) in scene.ops().filter(|(_, record)| evidence.write_model(record).is_some()) {
        if !keys.contains(&&*record.op.key) {
            keys.push(&record.op.key);
        }
    }
    let mut oldest: Option<Time> = None;
    for key in keys {
        let copy = scene.view.node(node).copy(key).map_or(Value::Nil, |(value, _)| value.clone());
        match first_newer(scene, key, &copy, (scene.events, scene.events)) {
            Ok(newer) => oldest = oldest.into_iter().chain(newer).min(),
            Err(why) => return Measured::Undecided(why),
        }
    }
    let span = oldest.map_or(Span::ZERO, |at| scene.at.since(at));
    Measured::Span(span, evidence.cast.name(node).into())
}
