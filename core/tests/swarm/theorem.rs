//! The situation of Theorem 1: what a replica can know, and what it is asked.

use std::collections::BTreeSet;

use netsplit_core::base::Id;
use netsplit_core::check::evidence::Evidence;
use netsplit_core::check::phases::Phases;
use netsplit_core::history::OpRecord;
use netsplit_core::kernel::Phase;
use netsplit_core::op::Outcome;

/// Whether the run has, on one key, a write that was acknowledged and a read called after that,
/// such that nothing could pass from the replica of the one to the replica of the other between
/// the call of the write and the end of the read, both replicas being up. Every other write of the
/// key that was called before the read ended had come to a certain end before the write was
/// called: else an older value might be the right answer.
pub fn separates(evidence: &Evidence) -> bool {
    any_pair(evidence, |write, read, others| {
        let before = |other: &OpRecord| certain(other).is_some_and(|end| end < write.call);
        acknowledged(write).is_some_and(|end| end < read.call)
            && others.iter().all(|other| other.call == write.call || before(other))
    })
}

/// The same of a write that was called before the read, whatever came of it.
pub fn tries(evidence: &Evidence) -> bool {
    any_pair(evidence, |write, read, _| write.call < read.call)
}

/// Whether there are a write and a read of one key of whose replicas the second can have heard
/// nothing of the first, and that `fit`; with the write come all that were called before the read
/// ended.
fn any_pair(evidence: &Evidence, fit: impl Fn(&OpRecord, &OpRecord, &[&OpRecord]) -> bool) -> bool {
    let records: Vec<&OpRecord> = evidence.trace.history.iter().map(|(_, record)| record).collect();
    let mut reads = records.iter().filter(|record| evidence.is_read(record));
    reads.any(|read| {
        let Some(over) = read.end.as_ref().map(|end| end.event) else { return false };
        let of_key = |record: &&&OpRecord| record.op.key == read.op.key && record.call < over;
        let writes = records.iter().filter(|record| evidence.write_model(record).is_some());
        let writes: Vec<&OpRecord> = writes.filter(of_key).copied().collect();
        let mut pairs = writes.iter();
        pairs.any(|write| fit(write, read, &writes) && unheard(evidence, write, read, over))
    })
}

/// The event in which a write ended well.
fn acknowledged(record: &OpRecord) -> Option<u32> {
    let end = record.end.as_ref()?;
    matches!(end.outcome, Outcome::Ok(_)).then_some(end.event)
}

/// The event in which its outcome became certain.
fn certain(record: &OpRecord) -> Option<u32> {
    let end = record.end.as_ref()?;
    (end.outcome != Outcome::Unknown).then_some(end.event)
}

/// Whether the replica that was asked to read can have heard nothing of the write.
fn unheard(evidence: &Evidence, write: &OpRecord, read: &OpRecord, over: u32) -> bool {
    let (from, to) = (write.attempts[0].node, read.attempts[0].node);
    let alive = up(evidence, from, write.call, over) && up(evidence, to, write.call, over);
    if !alive || read.attempts.len() > 1 {
        return false;
    }
    let replicas: Vec<Id> = evidence.cast.ids().filter(|id| evidence.cast.is_role(*id)).collect();
    let mut heard: BTreeSet<Id> = write.attempts.iter().map(|attempt| attempt.node).collect();
    for links in cuts(evidence, write.call, over) {
        loop {
            let told = |to: &&Id| heard.iter().any(|from| !links.contains(&(*from, **to)));
            let Some(next) = replicas.iter().filter(|id| !heard.contains(id)).find(told) else {
                break;
            };
            heard.insert(*next);
        }
    }
    !heard.contains(&to)
}

/// What was cut, as it was at event `from` and after each change up to `to`.
fn cuts(evidence: &Evidence, from: u32, to: u32) -> Vec<Vec<(Id, Id)>> {
    let cuts = &evidence.trace.cuts;
    let before = cuts.partition_point(|cut| cut.event <= from);
    let until = cuts.partition_point(|cut| cut.event <= to);
    let first = before.checked_sub(1).map_or(Vec::new(), |place| cuts[place].links.clone());
    let later = cuts[before..until].iter().map(|cut| cut.links.clone());
    [first].into_iter().chain(later).collect()
}

/// Whether `id` was up from one event to another.
fn up(evidence: &Evidence, id: Id, from: u32, to: u32) -> bool {
    let records = &evidence.trace.phases;
    let mut phases = Phases::new(&evidence.cast);
    while phases.advance(records, from + 1).is_some() {}
    let mut up = phases.of(id) == Phase::Up;
    while phases.advance(records, to + 1).is_some() {
        up &= phases.of(id) == Phase::Up;
    }
    up
}
