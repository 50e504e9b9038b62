//! Causal consistency, as causal memory (Ahamad, Neiger, Burns, Kohli and Hutto 1995): for each
//! client there is an order of all writes and its own reads that keeps the causal order and in
//! which each of those reads returns the latest value.
//!
//! Every write is known by its value, so that the order is found by necessity, as in Bouajjani,
//! Enea, Guerraoui and Hamza, "On Verifying Causal Consistency" (2017): a write that comes before
//! a read, of the same key, comes before the write which that read shows. What this leads to, for
//! one client, is a circle exactly when there is no order for it.

use alloc::vec::Vec;

use super::bits::Bits;
use super::ledger::{Ledger, Scope, Step};
use super::past::Past;
use super::{Fault, Finding, Why};
use crate::base::{Id, Value};
use crate::check::linearizable::System;
use crate::history::History;
use crate::op::OpId;

/// So many operations are looked at.
const OPERATIONS: usize = 2_000;

/// Whether the first `events` events are causally consistent.
pub fn causal(system: &System, history: &History, events: u32) -> Finding {
    let ledger = match (Scope { system, history, events, key: None }).ledger(true, OPERATIONS) {
        Ok(ledger) => ledger,
        Err(finding) => return finding,
    };
    let mut past = Past::new(&ledger, history, false);
    let mut views: Vec<View> = Vec::new();
    for (event, step) in ledger.clear_steps() {
        let (client, done) = match step {
            Step::Called(_) | Step::Asked(_) | Step::Said(_) => {
                past.take(step);
                continue;
            }
            Step::Acknowledged(write) => {
                (ledger.writes[write].client, ledger.writes[write].op.map(Done::Op))
            }
            Step::Answered(read) => {
                (ledger.reads[read].client, Some(Done::Op(ledger.reads[read].op)))
            }
            Step::Heard(told) => (history.told[told].to, Some(Done::Heard(told))),
        };
        let view = view_of(&mut views, client);
        if let Step::Answered(read) = step
            && let Some(fault) = view.look(&ledger, &past, read)
        {
            return Finding::Broken(fault);
        }
        past.take(step);
        let view = view_of(&mut views, client);
        view.done.extend(done.map(|done| (event, done, past.now(past.process(client, 0)))));
    }
    let doubt = ledger.doubt().map(|(_, doubt)| doubt.clone());
    doubt.map_or(Finding::Holds, Finding::NotDecided)
}

fn view_of(views: &mut Vec<View>, client: Id) -> &mut View {
    let place = views.iter().position(|view| view.client == client).unwrap_or_else(|| {
        views.push(View { client, order: Order::default(), done: Vec::new() });
        views.len() - 1
    });
    &mut views[place]
}

/// What one client has done and seen.
struct View {
    client: Id,
    order: Order,
    /// What it did and heard: the events, and the writes before what it does next.
    done: Vec<(u32, Done, Bits)>,
}

#[derive(Clone, Copy)]
enum Done {
    Op(OpId),
    Heard(usize),
}

impl View {
    /// Takes in a read of the client; says what is wrong with it.
    fn look(&mut self, ledger: &Ledger, past: &Past, read: usize) -> Option<Fault> {
        let record = &ledger.reads[read];
        let Some(&source) = record.sources.first() else {
            let (op, event, right) = (record.op, record.end, self.right(ledger, past, read));
            return Some(Fault { op, event, why: Why::Unwritten, right });
        };
        let now = past.of_read(read).clone();
        self.order.meet(past);
        let before = self.order.clone();
        if self.order.read(ledger, record.key, source, &now) {
            return None;
        }
        self.order = before;
        // Nothing of what the client did, then one thing more each time, until it contradicts.
        let contradicts = |n: usize| {
            let nothing = Bits::default();
            let now = n.checked_sub(1).map_or(&nothing, |last| &self.done[last].2);
            !self.order.clone().read(ledger, record.key, source, now)
        };
        let before = self.done.partition_point(|(event, ..)| *event < record.call);
        let (mut low, mut high) = (0, before);
        while low + 1 < high {
            let middle = low.midpoint(high);
            if contradicts(middle) { high = middle } else { low = middle }
        }
        let why = match self.done.get(high.wrapping_sub(1)) {
            Some((_, Done::Op(op), _)) => Why::NoOrder { after: Some(*op) },
            Some((_, Done::Heard(told), _)) => Why::Heard { told: *told },
            None => Why::NoOrder { after: None },
        };
        let right = self.right(ledger, past, read);
        Some(Fault { op: record.op, event: record.end, why, right })
    }

    /// What the read could have answered, the newest first.
    fn right(&mut self, ledger: &Ledger, past: &Past, read: usize) -> Vec<Value> {
        let record = &ledger.reads[read];
        let now = past.of_read(read).clone();
        self.order.meet(past);
        let all = ledger.writes_of[record.key].descending();
        let called = all.filter(|&write| ledger.writes[write].call < record.end);
        let fits = |write: &usize| self.order.clone().read(ledger, record.key, *write, &now);
        called.filter(fits).take(3).map(|write| ledger.writes[write].value.clone()).collect()
    }
}

/// The order of writes that one client's reads lead to, closed: what comes before something comes
/// before all that comes after it.
#[derive(Clone, Default)]
struct Order {
    /// The writes before each write.
    before: Vec<Bits>,
    /// The client's reads: the key, the write that it shows, and the writes before it.
    reads: Vec<(usize, usize, Bits)>,
}

impl Order {
    /// Learns of the writes that were called.
    fn meet(&mut self, past: &Past) {
        for write in self.before.len()..past.n_called() {
            let before = self.closed(past.of_write(write).clone());
            self.before.push(before);
        }
    }

    /// What is in `writes` and what comes before it.
    fn closed(&self, mut writes: Bits) -> Bits {
        let known = writes.clone();
        for write in known.descending() {
            writes.absorb(&self.before[write]);
        }
        writes
    }

    /// Takes in a read of `key` that shows `source`, after the writes in `now`; says whether an
    /// order is left.
    fn read(&mut self, ledger: &Ledger, key: usize, source: usize, now: &Bits) -> bool {
        let mut before = now.clone();
        before.insert(source);
        let before = self.closed(before);
        self.reads.push((key, source, before));
        loop {
            let mut settled = true;
            for read in 0..self.reads.len() {
                let (key, source, before) = &self.reads[read];
                let source = *source;
                let mut earlier = before.common(&ledger.writes_of[*key]);
                earlier.remove(source);
                if earlier.within(&self.before[source]) {
                    continue;
                }
                let earlier = self.closed(earlier);
                if earlier.contains(source) {
                    return false;
                }
                self.precede(&earlier, source);
                settled = false;
            }
            if settled {
                return true;
            }
        }
    }

    /// All of `earlier` comes before `write`, and so before what comes after it.
    fn precede(&mut self, earlier: &Bits, write: usize) {
        for (place, before) in self.before.iter_mut().enumerate() {
            if place == write || before.contains(write) {
                before.absorb(earlier);
            }
        }
        for (.., before) in self.reads.iter_mut().filter(|(.., before)| before.contains(write)) {
            before.absorb(earlier);
        }
    }
}
