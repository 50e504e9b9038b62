//! Raft: a replicated log, as a cluster of servers that elect one leader at a time.
//!
//! Papers: Ongaro and Ousterhout, *In Search of an Understandable Consensus Algorithm* (USENIX ATC
//! 2014, extended version), whose Figure 2 this module spells out, and Ongaro's dissertation
//! *Consensus: Bridging Theory and Practice* (2014) for everything that is called "diss." here.
//!
//! Terms: a *term* numbers a reign; in each at most one *leader* is elected by a majority of
//! *votes*. The leader appends commands to its *log*, followers copy it, and an entry is
//! *committed* once a majority stores it in the leader's own term.
//!
//! Deviations, and why:
//! - A candidate sends RequestVote to itself too, and a leader an AppendEntriesResponse: its own
//!   vote and its own copy count when they are on its disk, by the same rule as everybody's.
//! - Results carry what a connection would tell in practice: AppendEntriesResponse echoes the
//!   refused prevLogIndex and says `matchIndex` (as the TLA+ specification does), and calls carry
//!   the `round` of heartbeats that they belong to (diss. §6.4 needs to know it).
//! - A leader that commits tells its followers at once instead of with its next heartbeat.
//! - A follower that lags gets the next batch when it has answered the last one.
//! - A snapshot travels in one InstallSnapshot (§7 cuts it into pieces).
//! - Clients need not register: their first operation opens their session (diss. §6.3).

pub mod entry;
pub mod knobs;
pub mod message;
pub mod rules;
pub mod snapshot;
pub mod store;

mod clients;
mod describe;
mod election;
mod facts;
mod given;
mod membership;
mod properties;
mod reads;
mod replication;
mod terms;
mod transfer;

use alloc::rc::Rc;
use alloc::vec::Vec;

use self::entry::{Config, Entry};
use self::message::Msg;
use self::snapshot::Snapshot;
use self::store::Store;
use crate::base::{Id, IdSet, Log, Time};
use crate::describe::Pen;
use crate::facts::{Fact, Facts};
use crate::knob::{Key, Knob, Knobs};
use crate::op::{OpSpec, Ticket};
use crate::protocol::{
    self, Event, Given, Links, Part, Probe, Property, Protocol, Setup, TimerKey,
};
use crate::rule::Rule;

/// Raft.
#[derive(Debug)]
pub struct Raft;

type Cx<'a> = protocol::Cx<'a, Raft>;
type Node = protocol::Node<Raft>;

/// Persistent state (Figure 2): updated on stable storage before responding to RPCs.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Disk {
    /// The latest term that the server has seen; increases only.
    pub current_term: u64,
    /// The candidate that received this server's vote in the current term.
    pub voted_for: Option<Id>,
    /// The entries, from index 1 or from the snapshot on.
    pub log: Log<Entry>,
    /// What stands for the entries before the log.
    pub snapshot: Option<Rc<Snapshot>>,
    /// The configuration before any entry changes it; nobody on a spare server.
    pub first_config: Rc<Config>,
}

/// Volatile state (Figure 2).
///
/// Invariant: `last_applied <= commit_index <= log.last_index()`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Memory {
    /// The highest entry known to be committed.
    pub commit_index: u64,
    /// The highest entry applied to the state machine.
    pub last_applied: u64,
    /// The state machine.
    pub store: Rc<Store>,
    /// The latest configuration in the log, committed or not, and the index of its entry.
    pub config: (u64, Rc<Config>),
    /// Who leads the current term, as far as this server has heard.
    pub leader: Option<Id>,
    /// When it last heard from that leader; kept only where PreVote or stickiness asks for it.
    pub heard: Option<Time>,
    /// The vote of the current term, where the mistake is made to keep it off the disk.
    pub fleeting_vote: Option<Id>,
    /// What the server is in the current term.
    pub role: Role,
}

/// What a server is in a term, and what it knows as such.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// Passive: answers leaders and candidates.
    Follower,
    /// Asks whether an election could succeed (diss. §9.6).
    PreCandidate(Ballots),
    /// Gathers votes.
    Candidate(Ballots),
    /// Serves clients and replicates the log.
    Leader(Rc<Leader>),
}

/// The answers that a candidate has.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Ballots {
    /// Who granted the vote.
    pub granted: IdSet,
    /// Who did not.
    pub refused: IdSet,
}

/// Volatile state on leaders (Figure 2), reinitialised after election.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Leader {
    /// What the leader knows of each server, itself included; sorted.
    pub peers: Vec<Progress>,
    /// Whom to answer when an entry is applied; sorted by index.
    pub waiting: Vec<(u64, Ticket)>,
    /// The latest round of heartbeats.
    pub round: Time,
    /// The latest round that a majority answered.
    pub confirmed: Time,
    /// Reads that wait for a majority to confirm that this server still leads.
    pub reads: Vec<reads::Pending>,
    /// Who asked for the joint change that is under way.
    pub change: Option<Ticket>,
    /// The server that catches up before it gets a vote.
    pub joining: Option<membership::Joining>,
    /// Whom leadership is being handed to, and who asked for that.
    pub transfer: Option<(Id, Ticket)>,
}

/// What a leader knows of one server.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Progress {
    /// Which server.
    pub id: Id,
    /// The next entry to send to it.
    pub next_index: u64,
    /// The highest entry known to be on its disk.
    pub match_index: u64,
    /// The latest round of heartbeats that it answered.
    pub round: Time,
}

/// What a server waits for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Timer {
    /// Without a sign of a leader for so long, a server starts an election (§5.2).
    Election,
    /// A leader's next heartbeat (§5.2).
    Heartbeat,
    /// A leader that hears no majority for so long steps down (diss. §6.2).
    CheckQuorum,
    /// A new server that makes no progress for so long is given up (diss. §4.2.1).
    CatchUp,
    /// A transfer that takes longer than this is given up (diss. §3.10).
    Transfer,
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] =
        &["election", "heartbeat", "checkquorum", "catchup", "transfer"];

    fn key(self) -> TimerKey {
        TimerKey { name: self as u8, number: 0 }
    }

    fn of(key: TimerKey) -> Timer {
        match key.name {
            0 => Timer::Election,
            1 => Timer::Heartbeat,
            2 => Timer::CheckQuorum,
            3 => Timer::CatchUp,
            _ => Timer::Transfer,
        }
    }
}

impl Protocol for Raft {
    const ID: &'static str = "raft";
    const RULES: &'static [&'static Rule] = rules::RULES;
    const OPS: &'static [OpSpec] = store::OPS;
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Fifo;
    const PROBE: Option<Probe> = Some(Probe::pair("put", "get"));
    const ROLES: &'static [&'static str] = &["follower", "precandidate", "candidate", "leader"];

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = properties::Ghost;

    /// Rounds of heartbeats are named after the leader's clock, but counted where it stands still.
    fn reads_clocks(knobs: &Knobs) -> bool {
        let by_clock = [knobs::PREVOTE, knobs::STICKY, knobs::CHECK_QUORUM];
        let lease = knobs.count(knobs::READS) == knobs::reads::LEASE;
        lease || by_clock.iter().any(|key| knobs.on(*key))
    }

    fn topology(knobs: &Knobs) -> Vec<protocol::Role> {
        let nodes = knobs.count(knobs::NODES);
        let all = nodes + knobs.count(knobs::SPARES);
        (1..=all)
            .map(|n| protocol::Role {
                name: alloc::format!("n{n}").into(),
                part: Part::Peer,
                spare: n > nodes,
            })
            .collect()
    }

    fn format(setup: &Setup, me: Id) -> Disk {
        let spare = |id: Id| setup.roles[id.index()].spare;
        let first = (0..setup.roles.len()).map(Id::at).filter(|&id| !spare(id) && !spare(me));
        Disk { first_config: Rc::new(Config::first(first.collect())), ..Disk::default() }
    }

    fn given(disk: &mut Disk, field: &str, value: &Given) -> Result<(), &'static str> {
        given::given(disk, field, value)
    }

    fn boot(cx: &mut Cx, disk: &Disk) -> Memory {
        let memory = disk.recover();
        if !memory.config.1.members().is_empty() {
            cx.arm(Timer::Election, cx.knobs.range(knobs::ELECTION));
        }
        memory
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<Raft>) {
        if let Event::Deliver { from, msg } = &event
            && !terms::admit(cx, node, *from, msg)
        {
            return;
        }
        match event {
            Event::Timeout(Timer::Election) => election::timeout(cx, node),
            Event::Timeout(Timer::Heartbeat) => replication::heartbeat(cx, node),
            Event::Timeout(Timer::CheckQuorum) => election::quorum_lost(cx, node),
            Event::Timeout(Timer::CatchUp) => membership::give_up(cx, node),
            Event::Timeout(Timer::Transfer) => transfer::give_up(cx, node),
            Event::Deliver { from, msg } => match &*msg {
                Msg::RequestVote(call) => election::on_request_vote(cx, node, from, call),
                Msg::RequestVoteResponse(result) => election::on_vote(cx, node, from, result),
                Msg::PreVote(call) => election::on_pre_vote(cx, node, from, call),
                Msg::PreVoteResponse(result) => {
                    election::on_pre_vote_result(cx, node, from, result)
                }
                Msg::AppendEntries(call) => replication::on_append(cx, node, from, call),
                Msg::AppendEntriesResponse(result) => {
                    replication::on_append_result(cx, node, from, result);
                }
                Msg::InstallSnapshot(call) => snapshot::on_install(cx, node, from, call),
                Msg::InstallSnapshotResponse(result) => {
                    snapshot::on_installed(cx, node, from, result);
                }
                Msg::TimeoutNow { .. } => transfer::on_timeout_now(cx, node, from),
            },
            Event::Request(request) => clients::on_request(cx, node, request),
            Event::Configured(key) => configured(cx, node, key),
            // Raft needs neither: silence tells it enough.
            Event::Reset(_) | Event::Told(_) => {}
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        facts::facts(node, out);
    }

    fn entry(node: &Node, log: &'static str, index: u64) -> Option<Fact> {
        facts::entry(node, log, index)
    }

    fn common_prefix(before: &Node, after: &Node, _log: &'static str) -> u64 {
        before.disk.log.common_prefix(&after.disk.log)
    }

    fn describe(_setup: &Setup, node: &Node, _me: Id, pen: &mut Pen) {
        describe::node(node, pen);
    }

    fn describe_disk(_setup: &Setup, disk: &Disk, _me: Id, pen: &mut Pen) {
        describe::disk(disk, 0, pen);
    }

    fn observe(ghost: &mut properties::Ghost, me: Id, before: Option<&Node>, after: &Node) {
        ghost.observe(me, before, after);
    }

    fn properties() -> &'static [Property<Raft>] {
        properties::PROPERTIES
    }
}

/// A setting has changed: timers that run by it are armed anew.
fn configured(cx: &mut Cx, node: &Node, key: Key) {
    let leads = matches!(node.memory.role, Role::Leader(_));
    match key {
        knobs::ELECTION if !leads => {
            cx.arm(Timer::Election, cx.knobs.range(knobs::ELECTION));
        }
        knobs::HEARTBEAT if leads => replication::arm_heartbeat(cx),
        knobs::CHECK_QUORUM if leads => election::arm_check_quorum(cx),
        _ => {}
    }
}

impl Disk {
    /// The index of the last entry, in the log or in the snapshot.
    pub fn last_index(&self) -> u64 {
        self.log.last_index()
    }

    /// The term of the last entry.
    pub fn last_term(&self) -> u64 {
        self.term_at(self.last_index()).unwrap_or(0)
    }

    /// The term of the entry at `index`; 0 before the first entry, `None` where the log does not
    /// reach, at either end.
    pub fn term_at(&self, index: u64) -> Option<u64> {
        if index == 0 {
            return Some(0);
        }
        match &self.snapshot {
            Some(snapshot) if snapshot.last_included_index == index => {
                Some(snapshot.last_included_term)
            }
            _ => self.log.get(index).map(|entry| entry.term),
        }
    }

    /// The latest configuration, and the index of the entry that holds it.
    pub fn latest_config(&self) -> (u64, Rc<Config>) {
        self.config_at(self.last_index())
    }

    /// The latest configuration as of `index`, which must not lie before the snapshot, and the
    /// index of the entry that holds it.
    pub fn config_at(&self, index: u64) -> (u64, Rc<Config>) {
        let in_log = (self.log.first_index()..=index).rev().find_map(|index| {
            match &self.log.get(index)?.command {
                entry::Command::Config(config) => Some((index, config.clone())),
                _ => None,
            }
        });
        let in_snapshot =
            || self.snapshot.as_ref().map(|s| (s.last_included_index, s.config.clone()));
        in_log.or_else(in_snapshot).unwrap_or_else(|| (0, self.first_config.clone()))
    }

    /// Memory as it is after a restart: a follower that knows what the snapshot says.
    fn recover(&self) -> Memory {
        let applied = self.snapshot.as_ref().map_or(0, |snapshot| snapshot.last_included_index);
        Memory {
            commit_index: applied,
            last_applied: applied,
            store: self.snapshot.as_ref().map(|s| s.store.clone()).unwrap_or_default(),
            config: self.latest_config(),
            leader: None,
            heard: None,
            fleeting_vote: None,
            role: Role::Follower,
        }
    }
}

impl Memory {
    /// The configuration in force.
    pub fn config(&self) -> &Config {
        &self.config.1
    }

    /// What a leader knows, to change it; `None` when this server does not lead.
    fn leader_mut(&mut self) -> Option<&mut Leader> {
        match &mut self.role {
            Role::Leader(leader) => Some(Rc::make_mut(leader)),
            _ => None,
        }
    }

    /// Whether the leader has committed an entry of its own term: only then does it know which
    /// entries are committed (§8).
    fn term_has_commit(&self, disk: &Disk) -> bool {
        disk.term_at(self.commit_index) == Some(disk.current_term)
    }

    /// What a leader knows; `None` when this server does not lead.
    pub fn as_leader(&self) -> Option<&Leader> {
        match &self.role {
            Role::Leader(leader) => Some(leader),
            _ => None,
        }
    }
}

impl Leader {
    /// What is known of `id`.
    pub fn peer(&self, id: Id) -> Option<&Progress> {
        self.peers.iter().find(|peer| peer.id == id)
    }

    fn peer_mut(&mut self, id: Id) -> Option<&mut Progress> {
        self.peers.iter_mut().find(|peer| peer.id == id)
    }
}
