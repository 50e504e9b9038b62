//! The order of operations that sequential consistency leads to when it is known which write each
//! read shows.

use alloc::vec;
use alloc::vec::Vec;

use crate::base::{Id, sort_by_key};
use crate::check::levels::bits::Bits;
use crate::check::levels::ledger::{Ledger, Step};
use crate::op::OpId;

/// Operations and what comes before each, closed: what comes before something comes before all
/// that comes after it. Of one key, a write before a read comes before the write that the read
/// shows, and a write after the write that a read shows comes after the read.
#[derive(Clone, Default)]
pub struct Order {
    /// The operations as they were called (writes) or answered (reads).
    pub nodes: Vec<Node>,
    /// What comes before each.
    pub before: Vec<Bits>,
    /// The reads that show each node.
    pub readers: Vec<Bits>,
    /// The nodes that write, per key.
    pub writes_of: Vec<Bits>,
    /// The nodes of the ledger's writes.
    node_of: Vec<usize>,
    /// What each client did, in order.
    pub done: Vec<(Id, Vec<usize>)>,
}

/// An operation.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Which; none for what was there from the beginning.
    pub op: Option<OpId>,
    /// The number of the datum.
    pub key: usize,
    /// The write in the ledger: this one, or for a read the one that it shows.
    pub write: usize,
    /// For a read, the node of that write.
    pub shows: Option<usize>,
    /// Whether it may have taken no effect.
    pub is_open: bool,
    /// The event of its call.
    pub call: u32,
}

impl Order {
    /// Before the first step.
    pub fn new(ledger: &Ledger) -> Order {
        let mut order =
            Order { writes_of: vec![Bits::default(); ledger.writes_of.len()], ..Order::default() };
        let there = ledger.writes.iter().enumerate().take_while(|(_, write)| write.op.is_none());
        for (place, write) in there {
            // A nil is older than anything else; the rest of what was there may appear later.
            let before = if write.is_first { Bits::default() } else { order.first(ledger) };
            order.write(ledger, place, before);
        }
        order
    }

    fn first(&self, ledger: &Ledger) -> Bits {
        let mut first = Bits::default();
        let known = ledger.writes.iter().take(self.node_of.len()).enumerate();
        known.filter(|(_, write)| write.is_first).for_each(|(place, _)| first.insert(place));
        first
    }

    fn write(&mut self, ledger: &Ledger, place: usize, before: Bits) -> usize {
        let write = &ledger.writes[place];
        let (op, key, call) = (write.op, write.key, write.call);
        let node =
            self.push(Node { op, key, write: place, shows: None, is_open: true, call }, before);
        self.writes_of[write.key].insert(node);
        self.node_of.push(node);
        node
    }

    fn push(&mut self, node: Node, before: Bits) -> usize {
        self.nodes.push(node);
        self.before.push(before);
        self.readers.push(Bits::default());
        self.nodes.len() - 1
    }

    /// Takes in what happens next; says whether an order is left.
    pub fn take(&mut self, ledger: &Ledger, step: Step) -> bool {
        match step {
            Step::Called(write) => {
                let before = self.after(ledger, ledger.writes[write].client, usize::MAX);
                let node = self.write(ledger, write, before);
                self.settle(vec![node])
            }
            Step::Acknowledged(write) => {
                let node = self.node_of[write];
                self.nodes[node].is_open = false;
                self.done_by(ledger.writes[write].client).push(node);
                true
            }
            Step::Answered(read) => {
                let record = &ledger.reads[read];
                let Some(&source) = record.sources.first() else { return false };
                let consistent = self.read(ledger, read, source, usize::MAX);
                let node = self.nodes.len() - 1;
                self.done_by(record.client).push(node);
                consistent
            }
            Step::Asked(_) | Step::Said(_) | Step::Heard(_) => true,
        }
    }

    /// Takes in a read as if it showed the write `source`, and its client had done only the first
    /// `n_done` of the things that it did before; says whether an order is left.
    pub fn read(&mut self, ledger: &Ledger, read: usize, source: usize, n_done: usize) -> bool {
        let record = &ledger.reads[read];
        let shows = self.node_of[source];
        let mut before = self.after(ledger, record.client, n_done);
        before.absorb(&self.before[shows]);
        before.insert(shows);
        let (op, key, call) = (Some(record.op), record.key, record.call);
        let shown = Some(shows);
        let node =
            self.push(Node { op, key, write: source, shows: shown, is_open: false, call }, before);
        self.readers[shows].insert(node);
        let writes = self.writes_of[key].descending();
        let mut changed: Vec<usize> =
            writes.filter(|&write| self.before[write].contains(shows)).collect();
        changed.push(node);
        self.settle(changed)
    }

    /// What comes before the next thing that a client does, of whose things only the first
    /// `n_done` count.
    fn after(&mut self, ledger: &Ledger, client: Id, n_done: usize) -> Bits {
        let done = self.done_by(client);
        match done[..n_done.min(done.len())].last().copied() {
            None => self.first(ledger),
            Some(last) => {
                let mut before = self.before[last].clone();
                before.insert(last);
                before
            }
        }
    }

    /// What a client did.
    pub fn done_by(&mut self, client: Id) -> &mut Vec<usize> {
        let place = self.done.iter().position(|(known, _)| *known == client);
        let place = place.unwrap_or_else(|| {
            self.done.push((client, Vec::new()));
            self.done.len() - 1
        });
        &mut self.done[place].1
    }

    /// Draws every conclusion from what comes before `changed`; says whether there is no circle.
    fn settle(&mut self, mut changed: Vec<usize>) -> bool {
        while let Some(node) = changed.pop() {
            let Node { key, shows, .. } = self.nodes[node];
            let mut earlier = self.before[node].common(&self.writes_of[key]);
            let later = match shows {
                Some(shows) => {
                    earlier.remove(shows);
                    shows
                }
                None => {
                    let mut readers = Bits::default();
                    earlier.remove(node);
                    for write in earlier.descending() {
                        readers.absorb(&self.readers[write]);
                    }
                    earlier = readers;
                    node
                }
            };
            if !earlier.within(&self.before[later]) && !self.precede(&earlier, later, &mut changed)
            {
                return false;
            }
        }
        true
    }

    /// All of `earlier` comes before `later`; says whether that is no circle.
    fn precede(&mut self, earlier: &Bits, later: usize, changed: &mut Vec<usize>) -> bool {
        let mut all = earlier.clone();
        for node in earlier.descending() {
            all.absorb(&self.before[node]);
        }
        if all.contains(later) {
            return false;
        }
        for node in 0..self.nodes.len() {
            if node == later || self.before[node].contains(later) {
                if self.before[node].absorb(&all) {
                    changed.push(node);
                }
                if self.before[node].contains(node) {
                    return false;
                }
            }
        }
        true
    }

    /// The nodes in the order of their calls.
    pub fn by_call(&self) -> Vec<usize> {
        let mut nodes: Vec<usize> = (0..self.nodes.len()).collect();
        sort_by_key(&mut nodes, |&node| (self.nodes[node].call, node));
        nodes
    }
}
