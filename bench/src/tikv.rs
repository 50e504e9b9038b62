//! The yardstick: five nodes of TiKV's `raft`, driven in memory under the same load, without a
//! trace, without clients that wait, without disks.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use raft::eraftpb::{Message, MessageType};
use raft::storage::MemStorage;
use raft::{Config, RawNode, StateRole};

const NODES: u64 = 5;
/// One tick is 10 ms: a heartbeat each 5 ticks, an election after 10 to 20.
const TICK_US: u64 = 10_000;

/// What was done.
pub struct Done {
    /// Messages that arrived.
    pub delivered: u64,
    /// Entries that a leader committed.
    pub committed: u64,
}

struct Cluster {
    nodes: Vec<RawNode<MemStorage>>,
    queue: BinaryHeap<Reverse<(u64, u64)>>,
    flying: Vec<Option<Message>>,
    free: Vec<usize>,
    seq: u64,
    chance: u64,
    done: Done,
}

/// Simulates `seconds`, with one proposal each 100 ms.
pub fn simulate(seconds: u64) -> Done {
    let mut cluster = Cluster::new();
    let (mut tick, mut proposal) = (TICK_US, 500_000);
    let mut written = 0_u64;
    let end = seconds * 1_000_000;
    loop {
        let arrival = cluster.queue.peek().map_or(u64::MAX, |next| next.0.0);
        let now = arrival.min(tick).min(proposal);
        if now >= end {
            return cluster.done;
        }
        if now == proposal {
            proposal += 100_000;
            written += 1;
            cluster.propose(now, format!("put x v{written}"));
        } else if now == tick {
            tick += TICK_US;
            for node in 0..NODES as usize {
                if cluster.nodes[node].tick() {
                    cluster.ready(node, now);
                }
            }
        } else {
            cluster.deliver(now);
        }
    }
}

impl Cluster {
    fn new() -> Cluster {
        let logger = slog::Logger::root(slog::Discard, slog::o!());
        let voters: Vec<u64> = (1..=NODES).collect();
        let nodes = voters.iter().map(|&id| {
            let config = Config {
                id,
                election_tick: 10,
                heartbeat_tick: 5,
                max_inflight_msgs: 256,
                ..Config::default()
            };
            let storage = MemStorage::new_with_conf_state((voters.clone(), vec![]));
            RawNode::new(&config, storage, &logger).expect("a valid configuration")
        });
        Cluster {
            nodes: nodes.collect(),
            queue: BinaryHeap::new(),
            flying: Vec::new(),
            free: Vec::new(),
            seq: 0,
            chance: 1,
            done: Done { delivered: 0, committed: 0 },
        }
    }

    fn propose(&mut self, now: u64, what: String) {
        let leads = |node: &RawNode<MemStorage>| node.raft.state == StateRole::Leader;
        if let Some(leader) = self.nodes.iter().position(leads)
            && self.nodes[leader].propose(vec![], what.into_bytes()).is_ok()
        {
            self.ready(leader, now);
        }
    }

    fn deliver(&mut self, now: u64) {
        let Some(Reverse((_, key))) = self.queue.pop() else { return };
        let slot = (key & 0xffff_ffff) as usize;
        let Some(message) = self.flying[slot].take() else { return };
        self.free.push(slot);
        let to = message.to as usize - 1;
        self.done.delivered += 1;
        if self.nodes[to].step(message).is_ok() {
            self.ready(to, now);
        }
    }

    /// Sends after 10 to 15 ms, as the simulation under test does.
    fn send(&mut self, now: u64, messages: Vec<Message>) {
        for message in messages {
            debug_assert!(message.get_msg_type() != MessageType::MsgHup);
            self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let latency = 10_000 + (self.chance >> 33) % 5_001;
            let slot = self.free.pop().unwrap_or_else(|| {
                self.flying.push(None);
                self.flying.len() - 1
            });
            self.flying[slot] = Some(message);
            self.seq += 1;
            self.queue.push(Reverse((now + latency, self.seq << 32 | slot as u64)));
        }
    }

    fn ready(&mut self, node: usize, now: u64) {
        while self.nodes[node].has_ready() {
            let mut ready = self.nodes[node].ready();
            let messages = ready.take_messages();
            self.send(now, messages);
            let mut committed = ready.take_committed_entries().len();
            {
                let mut store = self.nodes[node].mut_store().wl();
                store.append(ready.entries()).expect("entries follow the log");
                if let Some(state) = ready.hs() {
                    store.set_hardstate(state.clone());
                }
            }
            let messages = ready.take_persisted_messages();
            self.send(now, messages);
            let mut light = self.nodes[node].advance(ready);
            if let Some(commit) = light.commit_index() {
                self.nodes[node].mut_store().wl().mut_hard_state().set_commit(commit);
            }
            let messages = light.take_messages();
            self.send(now, messages);
            committed += light.take_committed_entries().len();
            self.nodes[node].advance_apply();
            if self.nodes[node].raft.state == StateRole::Leader {
                self.done.committed += committed as u64;
            }
        }
    }
}
