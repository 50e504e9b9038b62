//! What was chosen: whether it was asked for, when it was known, and in which order it was applied.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::clients::is_value;
use super::entries::{Entry, changes};
use super::measure::Measured;
use super::scene::Scene;
use crate::base::{Id, Map, Span, Value};
use crate::kernel::Phase;
use crate::op::{Access, ArgKind};
use crate::scenario::ast::Arg;

/// The changes by which a node came to know an entry to be committed.
fn known<'a>(scene: &'a Scene) -> impl Iterator<Item = Entry<'a>> + 'a {
    changes(scene).filter(|entry| entry.change.holds && entry.committed)
}

pub fn valid(scene: &Scene, _: &[Arg]) -> Measured {
    let mut n_entries = 0;
    for entry in known(scene) {
        n_entries += 1;
        if *entry.value != Value::Nil && !was_asked_for(scene, &entry) {
            let (node, at) = (scene.evidence.cast.name(entry.change.node), entry.change.at);
            let why = format!("{node} knew {} at {at}, which nobody had asked for", entry.value);
            return Measured::Word("violated", why);
        }
    }
    Measured::Word("ok", format!("{n_entries} entries"))
}

/// Whether a client had asked for an entry before it was committed, or a log held it from the
/// beginning. What comes of a change of members is named by the system, in words of its own.
fn was_asked_for(scene: &Scene, entry: &Entry) -> bool {
    let evidence = scene.evidence;
    let history = &evidence.trace.history;
    let mut before = history.iter().map(|(_, op)| op).filter(|op| op.call <= entry.change.event);
    let asked = before.any(|record| {
        let Some(spec) = evidence.spec(record) else { return false };
        let of_nodes = |kind| matches!(kind, ArgKind::Node | ArgKind::Nodes);
        match spec.access {
            Access::Admin => spec.args.iter().any(|arg| of_nodes(arg.kind)),
            _ if record.op.args.is_empty() => *entry.value == Value::text(record.op.verb),
            _ => record.op.args.iter().any(|arg| holds(entry.value, arg)),
        }
    });
    asked || evidence.cast.given.iter().any(|(_, given)| holds(entry.value, given))
}

fn holds(entry: &Value, value: &Value) -> bool {
    entry == value || matches!(entry, Value::List(list) if list.contains(value))
}

pub fn decided(scene: &Scene, args: &[Arg]) -> Measured {
    let Some(Arg::Value(wanted)) = args.first() else {
        return Measured::Undecided("no value is named".into());
    };
    let told = |entry: Entry| {
        let (node, at) = (scene.evidence.cast.name(entry.change.node), entry.change.at);
        format!("{} known by {node} at {at}", entry.value)
    };
    let mut chosen = known(scene).filter(|entry| *entry.value != Value::Nil);
    if **wanted == *"none" {
        let first = chosen.next();
        return Measured::Truth(first.is_none(), first.map_or("nothing".into(), told));
    }
    match chosen.find(|entry| is_value(entry.value, wanted)) {
        Some(entry) => Measured::Truth(true, told(entry)),
        None => {
            let other = known(scene).find(|entry| *entry.value != Value::Nil);
            Measured::Truth(false, other.map_or("nothing".into(), told))
        }
    }
}

pub fn decides(scene: &Scene, _: &[Arg]) -> Measured {
    match known(scene).find(|entry| *entry.value != Value::Nil) {
        Some(entry) => {
            let (node, at) = (scene.evidence.cast.name(entry.change.node), entry.change.at);
            Measured::Span(Span(at.0), format!("{} known by {node}", entry.value))
        }
        None => Measured::Truth(false, "nothing is decided".into()),
    }
}

pub fn zxid(scene: &Scene, args: &[Arg]) -> Measured {
    let [Arg::Op(label), Arg::Number(by_epoch, epoch), Arg::Number(by_number, number)] = args
    else {
        return Measured::Undecided("no operation, epoch and number are named".into());
    };
    let Some((_, record)) = scene.op(label) else {
        return Measured::Truth(false, format!("{label} was not called"));
    };
    let value = record.op.args.last().cloned().unwrap_or_else(|| Value::text(record.op.verb));
    let place = scene.view.alive().find_map(|(_, node)| {
        let ((log, index), entry) = node.entries.iter().find(|(_, entry)| entry.value == value)?;
        let within = |place: &&((&str, u64), crate::check::view::EntryView)| {
            let ((of, at), other) = place;
            of == log && at <= index && other.epoch == entry.epoch
        };
        Some((entry.epoch, node.entries.iter().filter(within).count() as u64))
    });
    match place {
        Some((e, n)) => Measured::Truth(
            by_epoch.holds(e, *epoch) && by_number.holds(n, *number),
            format!("epoch {e}, number {n}"),
        ),
        None => Measured::Truth(false, format!("nobody holds {value}")),
    }
}

/// What a node applied of a log since it started.
#[derive(Default)]
struct Applied {
    known: Map<u64, u64>,
    last: Option<(u64, u64)>,
}

pub fn order(scene: &Scene, _: &[Arg]) -> Measured {
    let mut applied: Map<(Id, &str), Applied> = Map::default();
    let mut deaths =
        scene.evidence.trace.phases.iter().filter(|p| p.phase == Phase::Down).peekable();
    for entry in known(scene) {
        let (log, index) = entry.place;
        while let Some(death) = deaths.next_if(|death| death.event <= entry.change.event) {
            // Who starts again applies again.
            let logs: Vec<&str> =
                applied.keys().filter(|key| key.0 == death.node).map(|key| key.1).collect();
            logs.into_iter().for_each(|log| {
                applied.remove(&(death.node, log));
            });
        }
        let of = applied.get_or_insert_with((entry.change.node, log), Applied::default);
        if of.known.get(&index) == Some(&entry.epoch) {
            continue;
        }
        if let Some((epoch, before)) = of.last.filter(|last| *last > (entry.epoch, index)) {
            let (node, at) = (scene.evidence.cast.name(entry.change.node), entry.change.at);
            let why = format!(
                "{node} applied {} of {} at {at}, after {before} of {epoch}",
                index, entry.epoch
            );
            return Measured::Word("violated", why);
        }
        of.known.insert(index, entry.epoch);
        of.last = Some((entry.epoch, index));
    }
    Measured::Word("ok", String::new())
}
