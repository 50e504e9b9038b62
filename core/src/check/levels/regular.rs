//! Regular registers (Lamport 1986), for any number of writers: each read returns the value of the
//! last write that ended before it was called, or of one that overlaps it.
//!
//! Of several writers, *last* is meant in the order of real time: a write that ended before the
//! read was called, such that no other began after its end and ended before that call. Where such
//! writes overlapped each other, the value of any is right. This is the weakest of the conditions
//! in Shao, Welch, Pierce and Lee, "Multiwriter Consistency Conditions for Shared Memory
//! Registers" (2011); every linearizable history has it. A write that was given up overlaps
//! everything after its call. Values need not be unique.

use alloc::vec::Vec;

use super::ledger::{Ledger, Read, Scope};
use super::{Fault, Finding, Why};
use crate::base::Value;
use crate::check::linearizable::System;
use crate::history::History;
use crate::op::OpId;

/// So many operations are looked at.
const OPERATIONS: usize = 10_000;

/// Whether the first `events` events show a regular register per key, or this one.
pub fn regular(system: &System, history: &History, events: u32, key: Option<&str>) -> Finding {
    let ledger = match (Scope { system, history, events, key }).ledger(false, OPERATIONS) {
        Ok(ledger) => ledger,
        Err(finding) => return finding,
    };
    let until = ledger.opaque.as_ref().map_or(u32::MAX, |(event, _)| *event);
    let mut reads = ledger.reads.iter().take_while(|read| read.end < until);
    if let Some(fault) = reads.find_map(|read| look(&ledger, read)) {
        return Finding::Broken(fault);
    }
    ledger.opaque.map_or(Finding::Holds, |(_, doubt)| Finding::NotDecided(doubt))
}

/// What is wrong with a read.
fn look(ledger: &Ledger, read: &Read) -> Option<Fault> {
    let latest = latest(ledger, read);
    let mut sources = read.sources.iter();
    if sources.any(|&source| !is_overwritten(ledger, source, latest)) {
        return None;
    }
    let why = match latest.and_then(|(_, by)| by).filter(|_| !read.sources.is_empty()) {
        Some(by) => Why::Overwritten { by },
        None => Why::Unwritten,
    };
    let known = ledger.writes_of[read.key].descending();
    let called = known.filter(|&write| ledger.writes[write].call < read.end);
    let right = called.filter(|&write| !is_overwritten(ledger, write, latest));
    let mut values: Vec<Value> = Vec::new();
    for value in right.map(|write| &ledger.writes[write].value) {
        if values.len() < 3 && !values.contains(value) {
            values.push(value.clone());
        }
    }
    Some(Fault { op: read.op, event: read.end, why, right: values })
}

/// Of the writes that ended before the read was called, the call that came last.
fn latest(ledger: &Ledger, read: &Read) -> Option<(u32, Option<OpId>)> {
    let writes = ledger.writes_of[read.key].descending().map(|write| &ledger.writes[write]);
    let ended = writes.filter(|write| write.end.is_some_and(|end| end < read.call));
    ended.map(|write| (write.call, write.op)).max()
}

/// Whether another write came wholly between a write and the read.
fn is_overwritten(ledger: &Ledger, write: usize, latest: Option<(u32, Option<OpId>)>) -> bool {
    let write = &ledger.writes[write];
    let later = |end: u32| latest.is_some_and(|(call, _)| call > end);
    if write.is_first { latest.is_some() } else { write.end.is_some_and(later) }
}
