//! What servers send each other: the calls of Figure 2 and their results, and the calls that the
//! dissertation adds.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::entry::Entry;
use super::snapshot::Snapshot;
use crate::base::{Id, Time};
use crate::describe::{Pen, Shape};
use crate::protocol::Message;

/// A message between servers.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Msg {
    /// Invoked by candidates to gather votes (§5.2).
    RequestVote(RequestVote),
    /// Its result.
    RequestVoteResponse(VoteResponse),
    /// Invoked by leaders to replicate entries; also used as heartbeat (§5.3).
    AppendEntries(AppendEntries),
    /// Its result.
    AppendEntriesResponse(AppendEntriesResponse),
    /// Asks whether a vote would be granted (dissertation §9.6).
    PreVote(RequestVote),
    /// Its result.
    PreVoteResponse(VoteResponse),
    /// Invoked by leaders to bring a follower to a snapshot (§7).
    InstallSnapshot(InstallSnapshot),
    /// Its result.
    InstallSnapshotResponse(InstallSnapshotResponse),
    /// Asks the receiver to start an election at once (dissertation §3.10).
    TimeoutNow {
        /// The leader's term.
        term: u64,
    },
}

/// The arguments of RequestVote, and of PreVote.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct RequestVote {
    /// The candidate's term; for PreVote the term that it would begin.
    pub term: u64,
    /// The candidate that asks.
    pub candidate_id: Id,
    /// The index of its last entry.
    pub last_log_index: u64,
    /// The term of its last entry.
    pub last_log_term: u64,
    /// Whether the old leader asked for this election, so that nobody protects it
    /// (dissertation §4.2.3).
    pub transfer: bool,
}

/// The result of RequestVote, and of PreVote.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct VoteResponse {
    /// The voter's term; in a granted PreVote the term that was asked about.
    pub term: u64,
    /// Whether the candidate has the vote.
    pub vote_granted: bool,
}

/// The arguments of AppendEntries.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct AppendEntries {
    /// The leader's term.
    pub term: u64,
    /// The leader, so that followers can redirect clients.
    pub leader_id: Id,
    /// The index of the entry just before the new ones.
    pub prev_log_index: u64,
    /// The term of that entry.
    pub prev_log_term: u64,
    /// The entries to store; none for a heartbeat.
    pub entries: Vec<Entry>,
    /// The leader's commitIndex.
    pub leader_commit: u64,
    /// Which round of heartbeats this belongs to: the leader's clock when the round began. Echoed
    /// in the result.
    pub round: Time,
}

/// The result of AppendEntries.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct AppendEntriesResponse {
    /// The follower's term.
    pub term: u64,
    /// Whether the follower's log contained the entry before the new ones.
    pub success: bool,
    /// If so, up to where its log agrees with the leader's; if not, the refused prevLogIndex.
    pub match_index: u64,
    /// If not, the index from which the leader should try again (§5.3).
    pub conflict_index: u64,
    /// The round of the call.
    pub round: Time,
}

/// The arguments of InstallSnapshot. The snapshot travels in one piece.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct InstallSnapshot {
    /// The leader's term.
    pub term: u64,
    /// The leader.
    pub leader_id: Id,
    /// The snapshot.
    pub snapshot: Rc<Snapshot>,
    /// The round, as in AppendEntries.
    pub round: Time,
}

/// The result of InstallSnapshot.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct InstallSnapshotResponse {
    /// The follower's term.
    pub term: u64,
    /// Up to where its log agrees with the leader's now.
    pub match_index: u64,
    /// The round of the call.
    pub round: Time,
}

impl Message for Msg {
    const KINDS: &'static [&'static str] = &[
        "RequestVote",
        "RequestVoteResponse",
        "AppendEntries",
        "AppendEntriesResponse",
        "PreVote",
        "PreVoteResponse",
        "InstallSnapshot",
        "InstallSnapshotResponse",
        "TimeoutNow",
    ];

    fn kind(&self) -> usize {
        match self {
            Msg::RequestVote(_) => 0,
            Msg::RequestVoteResponse(_) => 1,
            Msg::AppendEntries(_) => 2,
            Msg::AppendEntriesResponse(_) => 3,
            Msg::PreVote(_) => 4,
            Msg::PreVoteResponse(_) => 5,
            Msg::InstallSnapshot(_) => 6,
            Msg::InstallSnapshotResponse(_) => 7,
            Msg::TimeoutNow { .. } => 8,
        }
    }

    fn shape(&self) -> Shape {
        match self {
            Msg::AppendEntries(call) if call.entries.is_empty() => Shape::Heartbeat,
            Msg::RequestVoteResponse(result) | Msg::PreVoteResponse(result) => {
                if result.vote_granted { Shape::Answer } else { Shape::Refusal }
            }
            Msg::AppendEntriesResponse(result) if !result.success => Shape::Refusal,
            Msg::AppendEntriesResponse(_) | Msg::InstallSnapshotResponse(_) => Shape::Answer,
            _ => Shape::Request,
        }
    }

    fn epoch(&self) -> u64 {
        match self {
            Msg::RequestVote(call) | Msg::PreVote(call) => call.term,
            Msg::RequestVoteResponse(result) | Msg::PreVoteResponse(result) => result.term,
            Msg::AppendEntries(call) => call.term,
            Msg::AppendEntriesResponse(result) => result.term,
            Msg::InstallSnapshot(call) => call.term,
            Msg::InstallSnapshotResponse(result) => result.term,
            Msg::TimeoutNow { term } => *term,
        }
    }

    fn describe(&self, pen: &mut Pen) {
        super::describe::message(self, pen);
    }
}
