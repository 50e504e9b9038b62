//! The inconsistency window: how long an acknowledged write is not to be seen everywhere.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::measure::Measured;
use super::scene::Scene;
use crate::base::{Span, Str, Time, Value};
use crate::check::evidence::Evidence;
use crate::check::view::View;
use crate::facts::{Fact, FactChange};
use crate::op::{OpId, Outcome};
use crate::protocol::Part;
use crate::scenario::ast::Arg;

/// A write that was acknowledged and that some live copy does not show yet.
struct Waiting {
    op: OpId,
    key: Str,
    value: Value,
    /// The version that a copy with this value had; none before one had it.
    version: Option<u64>,
    /// The parts that ought to have a copy.
    keepers: Vec<Part>,
    event: u32,
    at: Time,
}

pub fn window(scene: &Scene, _: &[Arg]) -> Measured {
    let evidence = scene.evidence;
    let mut waiting = acknowledged(scene);
    if waiting.is_empty() {
        return Measured::Undecided("no write was acknowledged".into());
    }
    if let Some(write) = waiting.iter().find(|write| write.keepers.is_empty()) {
        return Measured::Undecided(format!("nobody reports a copy of {}", write.key));
    }
    let mut view = View::new(evidence);
    let mut longest: Option<(Span, OpId)> = None;
    let events = if scene.interval { evidence.trace.events.len() as u32 } else { scene.events };
    for (event, record) in evidence.trace.events.iter().enumerate().take(events as usize) {
        let event = event as u32;
        let changed = view.advance(evidence, event + 1);
        let due = waiting.iter().any(|write| write.event == event);
        if !changed && !due {
            continue;
        }
        waiting.retain(|write| {
            if write.event > event || !is_everywhere(evidence, &view, write) {
                return true;
            }
            longest = longest.max(Some((record.at.since(write.at), write.op)));
            false
        });
    }
    if let Some(write) = waiting.first() {
        let name = evidence.name_op(write.op);
        return Measured::Undecided(format!("some live copy never showed {name}"));
    }
    let (span, op) =
        longest.map_or((Span::ZERO, String::new()), |(span, op)| (span, evidence.name_op(op)));
    Measured::Span(span, op)
}

/// The writes that ended well, in the order of their ends.
fn acknowledged(scene: &Scene) -> Vec<Waiting> {
    let evidence = scene.evidence;
    let writes = scene.ops().filter(|(_, record)| evidence.write_model(record).is_some());
    let ended = writes.filter_map(|(op, record)| {
        let end = scene.end(record).filter(|end| matches!(end.outcome, Outcome::Ok(_)))?;
        let value = evidence.written(record)?;
        let version = first_version(scene, &record.op.key, &value, record.call);
        let (key, keepers) = (record.op.key.clone(), keepers(scene, &record.op.key));
        Some(Waiting { op, key, value, version, keepers, event: end.event, at: end.at })
    });
    ended.collect()
}

/// The version of the first copy that showed a value from event `from` on.
fn first_version(scene: &Scene, key: &str, value: &Value, from: u32) -> Option<u64> {
    let facts = &scene.evidence.trace.facts;
    let first = facts.partition_point(|change| change.event < from);
    facts.iter_from(first).filter(|change| change.holds).find_map(|change| match &change.fact {
        Fact::Copy { key: of, value: shown, version } if **of == *key && shows(shown, value) => {
            Some(*version)
        }
        _ => None,
    })
}

fn shows(copy: &Value, value: &Value) -> bool {
    copy == value || matches!(copy, Value::List(list) if list.contains(value))
}

/// The parts in which somebody ever had a copy of a datum. Who else is of such a part ought to have
/// one too.
fn keepers(scene: &Scene, key: &str) -> Vec<Part> {
    let evidence = scene.evidence;
    let of_key =
        |change: &&FactChange| matches!(&change.fact, Fact::Copy { key: of, .. } if **of == *key);
    let nodes = evidence.trace.facts.iter().filter(of_key).map(|change| change.node);
    let servers = nodes.filter(|id| !evidence.is_client(*id));
    let mut parts: Vec<Part> = Vec::new();
    for part in servers.map(|id| evidence.part(id)) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

/// Whether every live copy shows a write, or something newer.
fn is_everywhere(evidence: &Evidence, view: &View, write: &Waiting) -> bool {
    let mut nodes = view.alive().filter(|(id, _)| write.keepers.contains(&evidence.part(*id)));
    nodes.all(|(_, node)| match node.copy(&write.key) {
        None => write.value == Value::Nil,
        Some((value, version)) => {
            shows(value, &write.value) || write.version.is_some_and(|known| version > known)
        }
    })
}
