//! What is known at the cursor. The recording may go on beyond it; nothing of that may be told.

use netsplit_core::base::{Id, Time, sort};
use netsplit_core::describe::{Pen, Portrait};
use netsplit_core::facts::{Fact, Facts};
use netsplit_core::history::{Attempt, End, OpRecord};
use netsplit_core::kernel::{Phase, World};
use netsplit_core::op::OpId;
use netsplit_core::run::Run;

/// The operations that were called up to the cursor, in order.
pub fn called(run: &Run) -> impl DoubleEndedIterator<Item = (OpId, &OpRecord)> + '_ {
    let n = run.world().n_ops() as usize;
    let history = &run.trace().history;
    (0..n.min(history.len())).filter_map(move |place| {
        let op = OpId(place as u32);
        history.get(op).map(|record| (op, record))
    })
}

/// How an operation has ended up to the cursor.
pub fn end<'a>(run: &Run, op: &'a OpRecord) -> Option<&'a End> {
    op.end.as_ref().filter(|end| end.event < run.cursor())
}

/// The operations that wait, newest first, of the last thousand: what waits longer than that has
/// been given up.
pub fn waiting(run: &Run) -> impl Iterator<Item = (OpId, &OpRecord)> + '_ {
    called(run).rev().take(1000).filter(|(_, op)| end(run, op).is_none())
}

/// The last attempt at an operation up to the cursor.
pub fn attempt<'a>(run: &Run, op: &'a OpRecord) -> Option<&'a Attempt> {
    op.attempts.iter().rev().find(|attempt| attempt.at <= run.at())
}

/// A picture of a node with up to `cells` entries of each log.
pub fn portrait(world: &World, id: Id, cells: usize) -> Portrait {
    let names = |id: Id| world.cast().name(id).to_string();
    let mut pen = Pen::new(cells, &names);
    if world.cast().is_role(id) {
        world.machine().describe(id, &mut pen);
    }
    pen.finish()
}

/// Everything that is so at a node.
pub fn facts(world: &World, id: Id) -> Vec<Fact> {
    let mut facts = Facts::default();
    if world.cast().is_role(id) {
        world.machine().facts(id, &mut facts);
    }
    facts.facts().to_vec()
}

/// The system's nodes.
pub fn roles(world: &World) -> impl DoubleEndedIterator<Item = Id> + use<> {
    (0..world.cast().n_roles()).map(Id::at)
}

/// Whether a participant runs.
pub fn is_up(world: &World, id: Id) -> bool {
    world.person(id).phase == Phase::Up
}

/// The nodes that `id` reaches in both directions, itself included; only those that run.
pub fn reaches(world: &World, id: Id) -> Vec<Id> {
    let reached = |other: &Id| {
        *other == id
            || world.person(*other).phase.is_alive()
                && !world.net().is_cut((id, *other))
                && !world.net().is_cut((*other, id))
    };
    roles(world).filter(reached).collect()
}

/// The nodes that hold an entry with this value at the cursor, and whether one of them knows it to
/// be committed. Looks at what changed since `event` only.
pub fn holders(run: &Run, event: u32, value: &netsplit_core::base::Value) -> (Vec<Id>, bool) {
    let facts = &run.trace().facts;
    let from = facts.partition_point(|change| change.event < event);
    let to = facts.partition_point(|change| change.event < run.cursor());
    let (mut holders, mut knowing) = (Vec::new(), Vec::new());
    for change in facts.iter_from(from).take(to - from) {
        let Fact::Entry { value: entry, committed, .. } = &change.fact else { continue };
        if entry != value {
            continue;
        }
        let list: &mut Vec<Id> = if *committed { &mut knowing } else { &mut holders };
        list.retain(|id| *id != change.node);
        if change.holds {
            list.push(change.node);
        }
    }
    let committed = !knowing.is_empty();
    holders.extend(knowing);
    sort(&mut holders);
    holders.dedup();
    (holders, committed)
}

/// How long ago something was.
pub fn ago(run: &Run, at: Time) -> netsplit_core::base::Span {
    run.at().since(at)
}

/// Looks at the world right after an event.
pub fn look_at(session: &crate::session::Session, event: u32) {
    let by = session.read(|model| {
        let run = model.loaded.as_ref().map(|loaded| &loaded.run);
        run.map_or(0, |run| (i64::from(event) + 1 - i64::from(run.cursor())) as i32)
    });
    session.dispatch(crate::session::Action::Step(by));
}
