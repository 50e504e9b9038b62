//! The inconsistency window: for how long after a write was acknowledged some copy did not show it.

use alloc::format;
use alloc::vec::Vec;

use super::measure::Measured;
use super::scene::Scene;
use crate::base::{Id, Span, Str, Time};
use crate::check::evidence::Evidence;
use crate::check::view::View;
use crate::facts::Fact;
use crate::op::{OpId, Outcome};
use crate::scenario::ast::Arg;

/// An acknowledged write that some copy does not show yet.
struct Open<'a> {
    op: OpId,
    key: &'a Str,
    version: u64,
    /// Who ever held a copy of the key.
    holders: Vec<Id>,
    event: u32,
    at: Time,
}

pub fn window(scene: &Scene, _: &[Arg]) -> Measured {
    let evidence = scene.evidence;
    let mut open = match acknowledged(scene) {
        Ok(open) if open.is_empty() => return Measured::Undecided("nothing was written".into()),
        Ok(open) => open,
        Err(why) => return Measured::Undecided(why),
    };
    let mut longest = (Span::ZERO, open[0].op);
    let mut view = View::new(evidence);
    for (event, record) in (0..).zip(evidence.trace.events.iter()).take(scene.events as usize) {
        let changed = view.advance(evidence, event + 1);
        open.retain(|write| {
            let looked_at = write.event == event || changed && write.event < event;
            let closes = looked_at && shown(&view, write);
            if closes {
                longest = longest.max((record.at.since(write.at), write.op));
            }
            !closes
        });
    }
    match open.first() {
        Some(write) => {
            let op = evidence.name_op(write.op);
            Measured::Undecided(format!("some copy never showed {op}"))
        }
        None => Measured::Span(longest.0, evidence.name_op(longest.1)),
    }
}

/// Whether every live holder of the key has this version or a newer one.
fn shown(view: &View, write: &Open) -> bool {
    let alive = write.holders.iter().filter(|id| view.phase(**id).is_alive());
    alive.into_iter().all(|&id| {
        view.node(id).copy(write.key).is_some_and(|(_, version)| version >= write.version)
    })
}

/// The writes that were acknowledged, each with the version that its value got.
fn acknowledged<'a>(scene: &Scene<'a>) -> Result<Vec<Open<'a>>, alloc::string::String> {
    let evidence = scene.evidence;
    let mut writes = Vec::new();
    for (op, record) in scene.ops().filter(|(_, record)| evidence.write_model(record).is_some()) {
        let end = scene.end(record).filter(|end| matches!(end.outcome, Outcome::Ok(_)));
        let Some(end) = end else { continue };
        let (key, value) = (&record.op.key, record.op.args.last());
        let copies = || copies(evidence, key);
        let mut versions: Vec<u64> =
            copies().filter(|copy| Some(copy.1) == value).map(|copy| copy.2).collect();
        versions.dedup();
        let [version] = versions[..] else {
            let name = evidence.name_op(op);
            return Err(format!("{} versions are known of {name}", versions.len()));
        };
        let mut holders: Vec<Id> = copies().map(|copy| copy.0).collect();
        crate::base::sort(&mut holders);
        holders.dedup();
        writes.push(Open { op, key, version, holders, event: end.event, at: end.at });
    }
    Ok(writes)
}

/// Every copy of `key` that some node ever held: where, its value, its version.
fn copies<'a>(
    evidence: &Evidence<'a>,
    key: &'a Str,
) -> impl Iterator<Item = (Id, &'a crate::base::Value, u64)> {
    evidence.trace.facts.iter().filter_map(move |change| match &change.fact {
        Fact::Copy { key: of, value, version } if of == key => Some((change.node, value, *version)),
        _ => None,
    })
}
