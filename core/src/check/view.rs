//! What was so at an event: the facts of every node, folded from their changes.

use alloc::vec::Vec;

use super::evidence::Evidence;
use super::phases::Phases;
use crate::base::{Id, Map, Str, Value};
use crate::facts::Fact;
use crate::kernel::Phase;

/// The facts of every node after some number of events.
#[derive(Clone, Debug)]
pub struct View {
    phases: Phases,
    nodes: Vec<NodeView>,
    /// How many changes of facts were taken in.
    taken: usize,
}

/// The facts of one node; none while it is down.
#[derive(Clone, Debug, Default)]
pub struct NodeView {
    /// All but log entries.
    pub facts: Vec<Fact>,
    /// The entries of its logs, by log and index. What a snapshot took in stays, as far as the
    /// node held it before.
    pub entries: Map<(&'static str, u64), EntryView>,
}

/// An entry of a log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryView {
    /// The epoch that it was made in.
    pub epoch: u64,
    /// What a client would recognise.
    pub value: Value,
    /// Whether the node knows that it can no longer be lost.
    pub committed: bool,
}

impl View {
    /// Before the first event.
    pub fn new(evidence: &Evidence) -> View {
        let n = evidence.cast.names.len();
        let nodes = core::iter::repeat_with(NodeView::default).take(n).collect();
        View { phases: Phases::new(&evidence.cast), nodes, taken: 0 }
    }

    /// After the first `events` events.
    pub fn after(evidence: &Evidence, events: u32) -> View {
        let mut view = View::new(evidence);
        view.advance(evidence, events);
        view
    }

    /// Takes in what happened up to the first `events` events; says whether anything changed.
    pub fn advance(&mut self, evidence: &Evidence, events: u32) -> bool {
        let trace = evidence.trace;
        let mut changed = false;
        loop {
            let change = trace.facts.get(self.taken).filter(|change| change.event < events);
            let before = change.map_or(events, |change| change.event + 1);
            if let Some(record) = self.phases.advance(&trace.phases, before) {
                if record.phase == Phase::Down {
                    self.nodes[record.node.index()].entries.clear();
                }
                changed = true;
                continue;
            }
            let Some(change) = change else { return changed };
            self.nodes[change.node.index()].change(change.holds, &change.fact);
            self.taken += 1;
            changed = true;
        }
    }

    /// What is so at `id`.
    pub fn node(&self, id: Id) -> &NodeView {
        &self.nodes[id.index()]
    }

    /// Whether `id` runs.
    pub fn phase(&self, id: Id) -> Phase {
        self.phases.of(id)
    }

    /// The participants whose memory is there, paused ones included.
    pub fn alive(&self) -> impl Iterator<Item = (Id, &NodeView)> + '_ {
        let all = self.nodes.iter().enumerate().map(|(index, node)| (Id::at(index), node));
        all.filter(|(id, _)| self.phase(*id).is_alive())
    }

    /// The node that leads: of several with the role, the one of the highest epoch.
    pub fn leader(&self) -> Option<Id> {
        let leads = |(id, node): (Id, &NodeView)| {
            node.roles().filter(|(name, _)| *name == "leader").map(|(_, epoch)| (epoch, id)).max()
        };
        let leaders = self.alive().filter_map(leads);
        leaders.max_by_key(|&(epoch, id)| (epoch, core::cmp::Reverse(id))).map(|(_, id)| id)
    }

    /// The newest copy of a datum on live nodes, and its version.
    pub fn newest_copy(&self, key: &str) -> Option<(&Value, u64)> {
        let copies = self.alive().filter_map(|(_, node)| node.copy(key));
        copies.max_by_key(|(_, version)| *version)
    }
}

impl NodeView {
    fn change(&mut self, holds: bool, fact: &Fact) {
        match fact {
            Fact::Entry { log, index, epoch, value, committed } if holds => {
                let (epoch, value, committed) = (*epoch, value.clone(), *committed);
                self.entries.insert((log, *index), EntryView { epoch, value, committed });
            }
            Fact::Entry { log, index, .. } => {
                self.entries.remove(&(*log, *index));
            }
            fact if holds => self.facts.push(fact.clone()),
            fact => {
                if let Some(place) = self.facts.iter().position(|known| known == fact) {
                    self.facts.remove(place);
                }
            }
        }
    }

    /// The roles that it plays, with their epochs.
    pub fn roles(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        self.facts.iter().filter_map(|fact| match fact {
            Fact::Role { name, epoch } => Some((*name, *epoch)),
            _ => None,
        })
    }

    /// Its copies: key, value, version.
    pub fn copies(&self) -> impl Iterator<Item = (&Str, &Value, u64)> + '_ {
        self.facts.iter().filter_map(|fact| match fact {
            Fact::Copy { key, value, version } => Some((key, value, *version)),
            _ => None,
        })
    }

    /// Its copy of one datum, and the version.
    pub fn copy(&self, key: &str) -> Option<(&Value, u64)> {
        let copy = self.copies().find(|(known, ..)| &***known == key);
        copy.map(|(_, value, version)| (value, version))
    }

    /// The count of a mark; 0 without it.
    pub fn mark(&self, wanted: &str) -> u64 {
        let count = |fact: &Fact| match fact {
            Fact::Mark { name, count } if *name == wanted => Some(*count),
            _ => None,
        };
        self.facts.iter().find_map(count).unwrap_or(0)
    }

    /// The highest index that the node knows to be committed; 0 without one.
    pub fn last_committed(&self) -> u64 {
        let committed = self.entries.iter().rev().find(|(_, entry)| entry.committed);
        committed.map_or(0, |((_, index), _)| *index).max(self.mark("snapshot"))
    }

    /// Whether a snapshot stands for what the log held at `index`.
    pub fn has_compacted(&self, log: &str, index: u64) -> bool {
        let mut indices = self.entries.keys().filter(|(name, _)| *name == log);
        index <= self.mark("snapshot") || indices.next().is_some_and(|(_, first)| index < *first)
    }
}
