//! Entries of logs: what is held, committed, overwritten, lost.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::clients::is_value;
use super::measure::{Measured, expected_count};
use super::scene::Scene;
use super::transactions;
use crate::base::{Id, Map, Set, Value};
use crate::facts::{Fact, FactChange};
use crate::history::OpRecord;
use crate::op::Outcome;
use crate::scenario::ast::Arg;

/// A change of an entry: where, and what.
pub struct Entry<'a> {
    pub change: &'a FactChange,
    pub place: (&'static str, u64),
    pub epoch: u64,
    pub value: &'a Value,
    pub committed: bool,
}

/// The changes of entries in the first `events` events.
pub fn changes<'a>(scene: &'a Scene) -> impl Iterator<Item = Entry<'a>> + 'a {
    let all = scene.evidence.trace.facts.iter();
    let until = all.take_while(|change| change.event < scene.events);
    until.filter_map(|change| match &change.fact {
        Fact::Entry { log, index, epoch, value, committed } => {
            let (place, epoch, committed) = ((*log, *index), *epoch, *committed);
            Some(Entry { change, place, epoch, value, committed })
        }
        _ => None,
    })
}

fn value_of(args: &[Arg]) -> &str {
    match args.first() {
        Some(Arg::Value(value)) => value,
        _ => "",
    }
}

fn nodes_of(args: &[Arg]) -> Option<&[Id]> {
    match args.get(1) {
        Some(Arg::Nodes(nodes)) => Some(nodes),
        _ => None,
    }
}

fn names(scene: &Scene, ids: impl IntoIterator<Item = Id>) -> String {
    let names: Vec<&str> = ids.into_iter().map(|id| scene.evidence.cast.name(id)).collect();
    if names.is_empty() { "nobody".into() } else { names.join(", ") }
}

/// The live nodes that hold an entry of this value, and whether they know it to be committed.
fn holders(scene: &Scene, value: &str) -> Vec<(Id, bool)> {
    let held = |(id, node): (Id, &crate::check::view::NodeView)| {
        let mut entries = node.entries.values().filter(|entry| is_value(&entry.value, value));
        let committed = entries.clone().any(|entry| entry.committed);
        entries.next().map(|_| (id, committed))
    };
    scene.view.alive().filter_map(held).collect()
}

/// The live nodes that know an entry of this value to be committed, those included that took it
/// in with a snapshot.
fn committers(scene: &Scene, value: &str) -> Set<Id> {
    let held = holders(scene, value).into_iter().filter(|(_, committed)| *committed);
    let mut nodes: Set<Id> = held.map(|(id, _)| id).collect();
    let known = changes(scene).filter(|entry| entry.committed && is_value(entry.value, value));
    if let Some((_, index)) = known.map(|entry| entry.place).next() {
        let snapshots = scene.view.alive().filter(|(_, node)| node.mark("snapshot") >= index);
        nodes.extend(snapshots.map(|(id, _)| id));
    }
    nodes
}

pub fn committed(scene: &Scene, args: &[Arg]) -> Measured {
    let value = value_of(args);
    let now = committers(scene, value);
    let text = format!("known by {}", names(scene, now.iter().copied()));
    if let Some(nodes) = nodes_of(args) {
        return Measured::Truth(nodes.iter().all(|id| now.contains(id)), text);
    }
    if expected_count(args).is_some() || matches!(args.get(1), Some(Arg::Aggregate(..))) {
        return Measured::Count(now.len() as u64, text);
    }
    let first = changes(scene)
        .find(|entry| entry.change.holds && entry.committed && is_value(entry.value, value));
    match first {
        Some(entry) => {
            let (node, at) = (scene.evidence.cast.name(entry.change.node), entry.change.at);
            Measured::Truth(true, format!("known by {node} at {at}"))
        }
        None => {
            let held = names(scene, holders(scene, value).into_iter().map(|(id, _)| id));
            Measured::Truth(false, format!("known by nobody, held by {held}"))
        }
    }
}

pub fn uncommitted(scene: &Scene, args: &[Arg]) -> Measured {
    let value = value_of(args);
    let held = holders(scene, value);
    let known = changes(scene)
        .find(|entry| entry.change.holds && entry.committed && is_value(entry.value, value));
    let mut text = format!("held by {}", names(scene, held.iter().map(|(id, _)| *id)));
    if let Some(entry) = &known {
        let (node, at) = (scene.evidence.cast.name(entry.change.node), entry.change.at);
        text = format!("{text}, known to be committed by {node} at {at}");
    }
    let truth = match nodes_of(args) {
        Some(nodes) => nodes.iter().all(|id| held.contains(&(*id, false))),
        None => {
            let ever =
                changes(scene).any(|entry| entry.change.holds && is_value(entry.value, value));
            ever && known.is_none()
        }
    };
    Measured::Truth(truth, text)
}

pub fn absent(scene: &Scene, args: &[Arg]) -> Measured {
    let held = holders(scene, value_of(args)).into_iter().map(|(id, _)| id);
    let among = |id: &Id| nodes_of(args).is_none_or(|nodes| nodes.contains(id));
    let held: Vec<Id> = held.filter(among).collect();
    Measured::Truth(held.is_empty(), format!("held by {}", names(scene, held)))
}

pub fn overwritten(scene: &Scene, args: &[Arg]) -> Measured {
    let value = value_of(args);
    let gave_up = losers(scene, value);
    let held: Set<Id> = holders(scene, value).into_iter().map(|(id, _)| id).collect();
    let truth = match nodes_of(args) {
        Some(nodes) => nodes.iter().all(|id| gave_up.contains(id) && !held.contains(id)),
        None => !gave_up.is_empty() && held.is_empty(),
    };
    let text = format!(
        "given up by {}, held by {}",
        names(scene, gave_up.iter().copied()),
        names(scene, held)
    );
    Measured::Truth(truth, text)
}

/// The nodes whose log lost an entry of this value, other than by a crash or to a snapshot.
fn losers(scene: &Scene, value: &str) -> Set<Id> {
    let mut losers = Set::default();
    let mut gone: Option<(u32, Id, (&str, u64), u64)> = None;
    for entry in changes(scene).filter(|entry| is_value(entry.value, value)) {
        let at = (entry.change.event, entry.change.node, entry.place, entry.epoch);
        // An entry that becomes committed is reported as gone and there again in one step.
        if entry.change.holds {
            gone = gone.filter(|gone| *gone != at);
        } else if let Some((_, node, ..)) = gone.replace(at) {
            losers.insert(node);
        }
    }
    losers.extend(gone.map(|(_, node, ..)| node));
    losers
}

pub fn agree(scene: &Scene, _: &[Arg]) -> Measured {
    let mut known: Map<(&str, u64), Entry> = Map::default();
    for entry in changes(scene).filter(|entry| entry.change.holds && entry.committed) {
        if let Some(other) = known.get(&entry.place) {
            if (other.epoch, other.value) != (entry.epoch, entry.value) {
                let cast = &scene.evidence.cast;
                let says = |e: &Entry| {
                    let (node, at) = (cast.name(e.change.node), e.change.at);
                    format!("{node} knew {} of {} to be committed at {at}", e.value, e.epoch)
                };
                let place = format!("place {}: {}; {}", entry.place.1, says(other), says(&entry));
                return Measured::Word("violated", place);
            }
        } else {
            known.insert(entry.place, entry);
        }
    }
    match transactions::apart(scene) {
        Some(why) => Measured::Word("violated", why),
        None => Measured::Word("ok", format!("{} places", known.len())),
    }
}

/// A write that was acknowledged, and what it wrote.
struct Write<'a> {
    record: &'a OpRecord,
    value: Value,
}

fn acknowledged<'a>(scene: &Scene<'a>) -> (Vec<Write<'a>>, u64) {
    let evidence = scene.evidence;
    let mut writes: Vec<Write> = Vec::new();
    let mut all: Map<Value, u32> = Map::default();
    let mut n_acknowledged = 0;
    for (_, record) in scene.ops() {
        if evidence.write_model(record).is_none() {
            continue;
        }
        let Some(value) = record.op.args.last().cloned() else { continue };
        *all.get_or_insert_with(value.clone(), || 0) += 1;
        let well = scene.end(record).is_some_and(|end| matches!(end.outcome, Outcome::Ok(_)));
        if well {
            n_acknowledged += 1;
            writes.push(Write { record, value });
        }
    }
    writes.retain(|write| all.get(&write.value) == Some(&1));
    (writes, n_acknowledged)
}

pub fn lostack(scene: &Scene, _: &[Arg]) -> Measured {
    let (writes, n_acknowledged) = acknowledged(scene);
    if scene.view.alive().all(|(id, _)| scene.evidence.is_client(id)) {
        return Measured::Undecided("no node is up".into());
    }
    if writes.is_empty() && n_acknowledged > 0 {
        return Measured::Undecided("no acknowledged write has a value of its own".into());
    }
    let places = places(scene);
    let is_lost = |write: &&Write| {
        if places.is_empty() {
            lost_copy(scene, write, &writes)
        } else {
            lost_entry(scene, write, &places)
        }
    };
    let lost: Vec<String> =
        writes.iter().filter(is_lost).map(|write| format!("{}", write.record.op)).collect();
    let text = format!("{} of {} acknowledged", lost.join(", "), writes.len());
    Measured::Count(lost.len() as u64, text)
}

/// Where each value was in a log.
fn places<'a>(scene: &'a Scene) -> Map<&'a Value, Set<(&'static str, u64)>> {
    let mut places: Map<_, Set<_>> = Map::default();
    for entry in changes(scene).filter(|entry| entry.change.holds) {
        places.get_or_insert_with(entry.value, Default::default).insert(entry.place);
    }
    places
}

/// Whether the log that counts has lost the write.
fn lost_entry(
    scene: &Scene,
    write: &Write,
    places: &Map<&Value, Set<(&'static str, u64)>>,
) -> bool {
    let Some(places) = places.get(&&write.value) else { return false };
    let view = &scene.view;
    let most =
        view.alive().max_by_key(|(id, node)| (node.last_committed(), core::cmp::Reverse(*id)));
    let Some(node) = view.leader().or(most.map(|(id, _)| id)).map(|id| view.node(id)) else {
        return false;
    };
    let has = node.entries.values().any(|entry| entry.value == write.value);
    !has && !places.iter().any(|(log, index)| node.has_compacted(log, *index))
}

/// Whether the newest copy was written by a write that ended before this one was called.
fn lost_copy(scene: &Scene, write: &Write, writes: &[Write]) -> bool {
    let key = &write.record.op.key;
    let Some((newest, _)) = scene.view.newest_copy(key) else { return true };
    let by = writes.iter().find(|other| other.record.op.key == *key && other.value == *newest);
    by.and_then(|by| by.record.end.as_ref()).is_some_and(|end| end.event < write.record.call)
}
