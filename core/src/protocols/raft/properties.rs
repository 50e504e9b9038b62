//! What Raft guarantees at all times (Figure 3), checked from outside.

use alloc::rc::Rc;

use super::{Node, Raft};
use crate::base::{Id, Log, Map};
use crate::protocol::{Property, When};

/// How many indexes share a piece of what is remembered.
const PIECE: u64 = 64;

/// What is remembered of the past. It grows with the log, not with time.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Ghost {
    /// Who was seen to lead each term.
    leaders: Rc<Map<u64, Id>>,
    /// The hash of the log up to each entry that was ever seen, by index and term, in pieces of
    /// [`PIECE`] indexes that copies of the ghost share.
    prefixes: Map<u64, Rc<Prefixes>>,
    /// The hash of the log up to each index, as the first server applied it.
    applied: Log<u64>,
    /// The latest commitment by a leader: its term, the index, the hash of the log up to there.
    committed: (u64, u64, u64),
    two_leaders: bool,
    rewritten: bool,
    mismatch: bool,
    diverged: bool,
}

/// From index and term of an entry to the hash of the log up to it.
type Prefixes = Map<(u64, u64), u64>;

/// The five promises of Figure 3.
pub static PROPERTIES: &[Property<Raft>] = &[
    always("election-safety", "Raft Fig. 3, §5.2", |ghost, _| !ghost.two_leaders),
    always("leader-append-only", "Raft Fig. 3, §5.3", |ghost, _| !ghost.rewritten),
    always("log-matching", "Raft Fig. 3, §5.3", |ghost, _| !ghost.mismatch),
    always("leader-completeness", "Raft Fig. 3, §5.4", |ghost, nodes| {
        nodes.iter().flatten().all(|node| ghost.is_complete(node))
    }),
    always("state-machine-safety", "Raft Fig. 3, §5.4.3", |ghost, _| !ghost.diverged),
];

const fn always(
    id: &'static str,
    cite: &'static str,
    holds: fn(&Ghost, &[Option<&Node>]) -> bool,
) -> Property<Raft> {
    Property { id, cite, when: When::Always, holds }
}

impl Ghost {
    /// Remembers a step.
    pub fn observe(&mut self, me: Id, before: Option<&Node>, after: &Node) {
        self.observe_leader(me, before, after);
        self.observe_log(before, after);
        self.observe_commit(before, after);
        self.observe_applied(before, after);
    }

    fn observe_leader(&mut self, me: Id, before: Option<&Node>, after: &Node) {
        if after.memory.as_leader().is_none() {
            return;
        }
        let term = after.disk.current_term;
        match before.filter(|node| node.leads(term)) {
            None => {
                let known = self.leaders.get(&term).copied();
                self.two_leaders |= known.is_some_and(|id| id != me);
                if known.is_none() {
                    Rc::make_mut(&mut self.leaders).insert(term, me);
                }
            }
            Some(before) => {
                let (was, now) = (&before.disk.log, &after.disk.log);
                let last = was.last_index();
                let kept = now.last_index() >= last
                    && (now.first_index() > last + 1
                        || now.prefix_hash(last) == was.prefix_hash(last));
                self.rewritten |= !kept;
            }
        }
    }

    fn observe_log(&mut self, before: Option<&Node>, after: &Node) {
        let log = &after.disk.log;
        if before.is_some_and(|before| before.disk.log == *log) {
            return;
        }
        let common = before.map_or(0, |before| before.disk.log.common_prefix(log));
        for index in log.first_index().max(common + 1)..=log.last_index() {
            let term = after.disk.term_at(index).unwrap_or(0);
            let hash = log.prefix_hash(index);
            let piece = self.prefixes.get_or_insert_with(index / PIECE, Default::default);
            match piece.get(&(index, term)) {
                Some(&known) => self.mismatch |= known != hash,
                None => {
                    Rc::make_mut(piece).insert((index, term), hash);
                }
            }
        }
    }

    fn observe_commit(&mut self, before: Option<&Node>, after: &Node) {
        let index = after.memory.commit_index;
        let was = before.map_or(index, |before| before.memory.commit_index);
        if index > was && after.memory.as_leader().is_some() && index > self.committed.1 {
            let hash = after.disk.log.prefix_hash(index);
            self.committed = (after.disk.current_term, index, hash);
        }
    }

    fn observe_applied(&mut self, before: Option<&Node>, after: &Node) {
        let (log, now) = (&after.disk.log, after.memory.last_applied);
        let was = before.map_or(0, |before| before.memory.last_applied);
        if now == was {
            return;
        }
        for index in was.max(log.first_index() - 1).max(1)..=now {
            let hash = log.prefix_hash(index);
            match self.applied.get(index) {
                Some(&known) => self.diverged |= known != hash,
                None if index == self.applied.last_index() + 1 => self.applied.push(hash),
                // Nobody was seen to apply what comes before: there is nothing to compare with.
                None => {}
            }
        }
    }

    /// Whether a leader's log holds what leaders of earlier terms committed.
    fn is_complete(&self, node: &Node) -> bool {
        let (term, index, hash) = self.committed;
        let log = &node.disk.log;
        node.memory.as_leader().is_none()
            || node.disk.current_term <= term
            || log.first_index() > index + 1
            || (log.last_index() >= index && log.prefix_hash(index) == hash)
    }
}

impl Node {
    fn leads(&self, term: u64) -> bool {
        self.memory.as_leader().is_some() && self.disk.current_term == term
    }
}
