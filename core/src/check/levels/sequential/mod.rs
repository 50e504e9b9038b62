//! Sequential consistency (Lamport 1979): one order of all operations that keeps the order of each
//! client, and in which every answer is what one copy would answer.
//!
//! Where each write has a value of its own, it is known which write a read shows, and much of the
//! order follows; where that leads to a circle there is none. Otherwise a search looks for one. A
//! write that was given up may stand anywhere after what its client did before it. It is a
//! property of all keys together: each key alone may have it, and the whole not.

mod order;
mod search;

use alloc::rc::Rc;
use alloc::vec;
use alloc::vec::Vec;

use self::order::{Node, Order};
use self::search::{Found, Item, STATES, search};
use super::bits::Bits;
use super::ledger::{Ledger, Scope, Step, counted, marks};
use super::{Doubt, Fault, Finding, Why};
use crate::base::{Id, Map, Str, Value};
use crate::check::linearizable::System;
use crate::check::model;
use crate::check::sequence::Mark;
use crate::history::{History, OpRecord};
use crate::op::{Access, Op, OpId};

/// So many operations are looked at.
const OPERATIONS: usize = 1_000;

/// Of so many values it is tried whether they would have been right.
const TRIED: usize = 8;

/// Whether the first `events` events are sequentially consistent, or those of one key alone.
pub fn sequential(system: &System, history: &History, events: u32, key: Option<&str>) -> Finding {
    let ledger = match (Scope { system, history, events, key }).ledger(true, OPERATIONS) {
        Ok(ledger) => ledger,
        Err(finding) => return finding,
    };
    let whole = Whole { system, history, key };
    let mut order = Order::new(&ledger);
    for (_, step) in ledger.clear_steps() {
        let before = matches!(step, Step::Answered(_)).then(|| order.clone());
        if !order.take(&ledger, step)
            && let (Some(before), Step::Answered(read)) = (before, step)
        {
            return Finding::Broken(whole.circle(&ledger, &before, read));
        }
    }
    let found = match ledger.doubt() {
        None => whole.order(&ledger, &order, events),
        Some(_) => whole.search(events, None),
    };
    match found {
        Found::Some => Finding::Holds,
        Found::None => Finding::Broken(whole.fault(events)),
        Found::NotDecided => ENTANGLED,
    }
}

const ENTANGLED: Finding = Finding::NotDecided(Doubt::Entangled { steps: STATES });

/// A history, or one key of it.
struct Whole<'a> {
    system: &'a System,
    history: &'a History,
    key: Option<&'a str>,
}

/// One operation, taken for something else.
struct Instead {
    op: OpId,
    /// Its client had done only so many of the things that it did before.
    n_done: usize,
    /// It answered this.
    answer: Option<Value>,
}

impl Whole<'_> {
    /// What is wrong with a read that leads to a circle after `order`.
    fn circle(&self, ledger: &Ledger, order: &Order, read: usize) -> Fault {
        let record = &ledger.reads[read];
        let (op, event) = (record.op, record.end);
        let all = ledger.writes_of[record.key].descending();
        let called = all.filter(|&write| ledger.writes[write].call < record.end);
        let fits = |write: &usize| {
            let mut order = order.clone();
            order.read(ledger, read, *write, usize::MAX)
                && self.order(ledger, &order, event + 1) == Found::Some
        };
        let right = called.filter(fits).take(3);
        let right = right.map(|write| ledger.writes[write].value.clone()).collect();
        let Some(&source) = record.sources.first() else {
            return Fault { op, event, why: Why::Unwritten, right };
        };
        // Nothing of what the client did, then one thing more each time, until it contradicts.
        let done = order.clone().done_by(record.client).clone();
        let contradicts = |n_done: usize| !order.clone().read(ledger, read, source, n_done);
        let n_done = first_where(done.len(), contradicts);
        let after = n_done.checked_sub(1).and_then(|last| order.nodes[done[last]].op);
        Fault { op, event, why: Why::NoOrder { after }, right }
    }

    /// Looks for one order that keeps what is known of it, among the first `events` events.
    fn order(&self, ledger: &Ledger, order: &Order, events: u32) -> Found {
        let is_nil = |node: usize| {
            let Node { write, shows, .. } = order.nodes[node];
            shows.is_none() && ledger.writes[write].is_first
        };
        let counts = |&node: &usize| {
            let is_read = order.readers[node].descending().next().is_some();
            !is_nil(node) && (is_read || !order.nodes[node].is_open)
        };
        let nodes: Vec<usize> = order.by_call().into_iter().filter(counts).collect();
        let mut place_of = vec![None; order.nodes.len()];
        nodes.iter().enumerate().for_each(|(place, &node)| place_of[node] = Some(place));
        let placed = |nodes: &Bits| {
            let mut places = Bits::default();
            let known = nodes.descending().filter_map(|node| place_of[node]);
            known.for_each(|place| places.insert(place));
            places
        };
        let items = nodes.iter().filter_map(|&node| {
            let Node { op, key, write, shows, is_open, .. } = order.nodes[node];
            let value = &ledger.writes[write].value;
            let mut item = match op {
                Some(op) => self.item(op, events, key)?,
                None => given(value, key),
            };
            item.answer = item.answer.filter(|_| !is_open);
            if item.is_read {
                item.answer = Some((item.model)(value, &item.op).1);
            }
            shows.and_then(|shows| place_of[shows]).iter().for_each(|&s| item.shown_by.insert(s));
            Some(Item { before: placed(&order.before[node]), ..item })
        });
        search(&items.collect::<Vec<_>>(), ledger.writes_of.len())
    }

    /// Looks for one order that keeps nothing but each client's own.
    fn search(&self, events: u32, instead: Option<&Instead>) -> Found {
        let mut keys: Vec<Str> = Vec::new();
        let mut number = |key: &Str| {
            keys.iter().position(|known| known == key).unwrap_or_else(|| {
                keys.push(key.clone());
                keys.len() - 1
            })
        };
        let mut items: Vec<Item> = Vec::new();
        for (key, value) in self.system.given.iter().filter(|(key, _)| self.counts(key)) {
            items.push(given(value, number(key)));
        }
        let mut done: Map<Id, Vec<Bits>> = Map::default();
        for (op, record) in self.history.iter().filter(|(_, record)| self.counts(&record.op.key)) {
            if record.call >= events {
                break;
            }
            let Some(mut item) = self.item(op, events, number(&record.op.key)) else { continue };
            let done = done.get_or_insert_with(record.client, || vec![Bits::default()]);
            let mut n_done = done.len() - 1;
            if let Some(instead) = instead.filter(|instead| instead.op == op) {
                n_done = n_done.min(instead.n_done);
                item.answer = instead.answer.clone().or(item.answer);
            }
            item.before = done[n_done].clone();
            if item.answer.is_some() {
                let mut before = done[done.len() - 1].clone();
                before.insert(items.len());
                done.push(before);
            }
            items.push(item);
        }
        let left: Vec<Option<Value>> = items.iter().map(leaves).collect();
        let shown_by = items.iter().map(|item| may_show(item, &items, &left));
        let shown_by: Vec<Bits> = shown_by.collect();
        items.iter_mut().zip(shown_by).for_each(|(item, shown_by)| item.shown_by = shown_by);
        search(&items, keys.len())
    }

    fn counts(&self, key: &str) -> bool {
        self.key.is_none_or(|only| only == key)
    }

    fn item(&self, op: OpId, events: u32, key: usize) -> Option<Item> {
        let counted = counted(self.system, self.history, op, events)?;
        Some(Item {
            op: counted.record.op.clone(),
            model: counted.model,
            is_read: counted.spec.access == Access::Read,
            answer: counted.answer.cloned(),
            key,
            before: Bits::default(),
            shown_by: Bits::default(),
        })
    }

    /// Whether there is an order of the first `events` events.
    fn found(&self, events: u32) -> Found {
        let ledger = Ledger::of(self.system, self.history, events, self.key);
        let mut order = Order::new(&ledger);
        if !ledger.clear_steps().all(|(_, step)| order.take(&ledger, step)) {
            return Found::None;
        }
        match ledger.doubt() {
            None => self.order(&ledger, &order, events),
            Some(_) => self.search(events, None),
        }
    }

    /// The first answer after which there is no order, of which there is none after `events`.
    fn fault(&self, events: u32) -> Fault {
        let counts = |mark: &Mark| {
            let record = self.history.get(mark.op);
            mark.end && record.is_some_and(|record| self.counts(&record.op.key))
        };
        let ends: Vec<Mark> = marks(self.history, events).into_iter().filter(counts).collect();
        let last = ends.len().saturating_sub(1);
        let broken = |n: usize| self.found(ends[n].event + 1) == Found::None;
        let Mark { op, event, .. } = ends[first_where(last, broken)];
        let client = self.history.get(op).map(|record| record.client);
        let mine = |&(_, record): &(OpId, &OpRecord)| {
            Some(record.client) == client && self.counts(&record.op.key)
        };
        let earlier = self.history.iter().filter(mine).take_while(|(other, _)| *other != op);
        let counted = |op| counted(self.system, self.history, op, event + 1);
        let answered = |op: &OpId| counted(*op).is_some_and(|counted| counted.answer.is_some());
        let done: Vec<OpId> = earlier.map(|(op, _)| op).filter(answered).collect();
        let contradicts = |n_done| {
            let instead = Instead { op, n_done, answer: None };
            self.search(event + 1, Some(&instead)) == Found::None
        };
        let n_done = first_where(done.len(), contradicts);
        let after = n_done.checked_sub(1).map(|last| done[last]);
        Fault { op, event, why: Why::NoOrder { after }, right: self.right(op, event) }
    }

    /// What a read could have answered of all that was written, the newest first.
    fn right(&self, op: OpId, event: u32) -> Vec<Value> {
        let ledger = Ledger::of(self.system, self.history, event + 1, self.key);
        let Some(read) = ledger.reads.iter().find(|read| read.op == op) else { return Vec::new() };
        let mut values: Vec<&Value> = Vec::new();
        for write in ledger.writes_of[read.key].descending() {
            let value = &ledger.writes[write].value;
            if !values.contains(&value) {
                values.push(value);
            }
        }
        let fits = |value: &&Value| {
            let instead = Instead { op, n_done: usize::MAX, answer: Some((*value).clone()) };
            self.search(event + 1, Some(&instead)) == Found::Some
        };
        values.into_iter().take(TRIED).filter(fits).take(3).cloned().collect()
    }
}

/// What was there from the beginning or appears later, as somebody's write.
fn given(value: &Value, key: usize) -> Item {
    let op = Rc::new(Op { verb: "put", key: "".into(), args: vec![value.clone()] });
    let (before, shown_by) = (Bits::default(), Bits::default());
    Item { op, model: model::put, is_read: false, answer: None, key, before, shown_by }
}

/// What an item leaves, if that does not depend on what was there.
fn leaves(item: &Item) -> Option<Value> {
    let leaves = |was: Value| (item.model)(&was, &item.op).0;
    let (one, other) = (leaves(Value::Nil), leaves(Value::text("\u{0}")));
    (one == other).then_some(one)
}

/// The writes after which a read may answer as it did: those that leave what it answers, and those
/// of which it is not known what they leave.
fn may_show(read: &Item, items: &[Item], left: &[Option<Value>]) -> Bits {
    let mut shown_by = Bits::default();
    if !read.is_read {
        return shown_by;
    }
    for (place, (write, left)) in items.iter().zip(left).enumerate() {
        let fits = |left: &Value| Some((read.model)(left, &read.op).1) == read.answer;
        if !write.is_read && write.key == read.key && left.as_ref().is_none_or(fits) {
            shown_by.insert(place);
        }
    }
    shown_by
}

/// The least number up to `last` of which something is so, given that it is so of `last`, and of
/// whatever is more than one of which it is so.
fn first_where(last: usize, is_so: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, last);
    while low < high {
        let middle = low.midpoint(high);
        if is_so(middle) { high = middle } else { low = middle + 1 }
    }
    high
}
