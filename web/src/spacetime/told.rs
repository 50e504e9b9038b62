//! The diagram in words: for those who point at something, and for those who do not see it.

use netsplit_core::base::Id;
use netsplit_core::history::OpRecord;
use netsplit_core::op::Outcome;
use netsplit_core::run::Run;
use netsplit_core::run::cone::Cone;

use super::axis::Window;
use crate::panel::{fate, line};
use crate::session::Thing;
use crate::text::units;
use crate::words::Words;

/// So many operations are told; the newest of a window.
const OPS: usize = 60;

/// What a thing in the diagram is, in one or two sentences.
pub fn thing(words: Words, run: &Run, thing: &Thing) -> Option<String> {
    match thing {
        Thing::Event(event) => {
            let line = line::of(words, run, *event)?;
            let said = line.said.iter().max_by_key(|said| said.weight);
            let said = said.map(|said| format!(" · {}", said.text)).unwrap_or_default();
            Some(format!("{}: {}{said}", words.at(line.at), line.head))
        }
        Thing::Message(number) => {
            let record = run.trace().messages.get(*number as usize)?;
            let way = line::way(words, run.world().cast(), record);
            Some(format!("{way} · {}", fate(words, run, *number, record)))
        }
        _ => None,
    }
}

/// What the cone of an event says, in numbers of the run.
pub fn cone(words: Words, run: &Run, cone: &Cone) -> Option<String> {
    let record = run.trace().events.get(cone.event() as usize)?;
    let of = line::of(words, run, cone.event())?;
    let milestone = of.said.iter().max_by_key(|said| said.weight);
    let what = milestone.map_or(of.head, |said| said.text.trim_end_matches(['.', '。']).into());
    let (past, future) = cone.counts();
    let values = [("what", &*what), ("n", &*past.to_string()), ("m", &*future.to_string())];
    let told = words.fill("spacetime.cone", &values);
    let cast = run.world().cast();
    let has_part = |id: &Id| cone.past().get(id.index()).copied().flatten().is_some();
    let strangers: Vec<Id> =
        cast.ids().filter(|id| cast.is_role(*id) && *id != record.node && !has_part(id)).collect();
    if strangers.is_empty() {
        return Some(told);
    }
    let names = words.names(cast, &strangers);
    let apart = if told.ends_with('。') { "" } else { " " };
    Some(told + apart + &words.fill("spacetime.strangers", &[("names", &names)]))
}

/// The operations of a window, in the order of time.
pub fn operations(words: Words, run: &Run, window: Window) -> Vec<String> {
    let n = run.world().n_ops() as usize;
    let seen = run.trace().history.iter().take(n);
    let inside = |op: &OpRecord| {
        let over = op.end.as_ref().is_some_and(|end| end.at < window.from);
        op.called <= window.to && !over
    };
    let mut ops: Vec<_> = seen.map(|(_, op)| op).filter(|op| inside(op)).collect();
    let from = ops.len().saturating_sub(OPS);
    ops.drain(..from);
    ops.into_iter().map(|op| operation(words, run, op)).collect()
}

/// An operation: whose, what, when, and how it ended up to the cursor.
pub fn operation(words: Words, run: &Run, op: &OpRecord) -> String {
    let cast = run.world().cast();
    let name = |id: Id| words.who(cast, id);
    let what = op.op.told(cast.entry.ops, &name);
    let (at, end) = (words.at(op.called), answer(words, run, op));
    let who = name(op.client);
    let values = [("who", &*who), ("op", &what), ("at", &at), ("end", &end)];
    words.fill("spacetime.op", &values)
}

/// How an operation ended up to the cursor.
pub fn answer(words: Words, run: &Run, op: &OpRecord) -> String {
    let Some(end) = op.end.as_ref().filter(|end| end.event < run.cursor()) else {
        let time = units::span(run.at().since(op.called));
        return words.fill("spacetime.silent", &[("time", &time)]);
    };
    let time = units::span(end.at.since(op.called));
    match &end.outcome {
        Outcome::Ok(netsplit_core::base::Value::Nil) => {
            words.fill("stage.op.answered", &[("time", &time)])
        }
        Outcome::Ok(value) => {
            let values = [("value", &*value.to_string()), ("time", &*time)];
            words.fill("stage.op.answered.value", &values)
        }
        Outcome::Fail(reason) => {
            let reason = words.word(run.world().cast().entry.id, "fail", reason);
            words.fill("stage.op.refused", &[("reason", &reason)])
        }
        Outcome::Unknown => words.fill("stage.op.unknown", &[("time", &time)]),
    }
}
