//! What there is to see of a server and of a message, in the spelling of Figure 2.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::entry::{Command, Config, Entry};
use super::message::{Msg, RequestVote, VoteResponse};
use super::{Ballots, Disk, Leader, Node, Role, facts};
use crate::base::{Id, Time};
use crate::describe::{Cell, Dots, Pen, Tone};

/// Draws a server.
pub fn node(node: &Node, pen: &mut Pen) {
    let (memory, term) = (&node.memory, Some(node.disk.current_term));
    disk(&node.disk, memory.commit_index, pen);
    match &memory.role {
        Role::Follower => pen.role("follower", Tone::Follow, term),
        Role::PreCandidate(ballots) => {
            pen.role("precandidate", Tone::Seek, term);
            pen.dots(dots("pre-votes", ballots, memory.config()));
        }
        Role::Candidate(ballots) => {
            pen.role("candidate", Tone::Seek, term);
            pen.dots(dots("votes", ballots, memory.config()));
        }
        Role::Leader(leader) => {
            pen.role("leader", Tone::Lead, term);
            describe_leader(leader, pen);
        }
    }
    pen.memory_on_card("commitIndex", memory.commit_index);
    pen.memory("lastApplied", memory.last_applied);
    pen.memory_on_card("stateMachine", state_machine(node));
    pen.memory("leaderId", memory.leader);
    pen.memory("configuration", configuration(memory.config(), pen));
    if let Some(heard) = memory.heard {
        pen.memory("heardFromLeader", heard);
    }
    if let Some(vote) = memory.fleeting_vote {
        pen.memory("votedFor", vote);
    }
}

/// Draws what the disk holds; entries up to `commit_index` as committed.
pub fn disk(disk: &Disk, commit_index: u64, pen: &mut Pen) {
    pen.role("down", Tone::Plain, Some(disk.current_term));
    pen.disk("currentTerm", disk.current_term);
    pen.disk("votedFor", disk.voted_for);
    if let Some(snapshot) = &disk.snapshot {
        pen.disk("lastIncludedIndex", snapshot.last_included_index);
        pen.disk("lastIncludedTerm", snapshot.last_included_term);
    }
    let cell = |index| {
        let entry = disk.log.get(index)?;
        let (epoch, text) = (entry.term, print(entry));
        Some(Cell { index, epoch, text, committed: index <= commit_index })
    };
    pen.strip(facts::LOG, disk.log.first_index(), disk.last_index(), cell);
}

fn describe_leader(leader: &Leader, pen: &mut Pen) {
    let next: Vec<(Id, u64)> = leader.peers.iter().map(|peer| (peer.id, peer.next_index)).collect();
    let matched: Vec<(Id, u64)> =
        leader.peers.iter().map(|peer| (peer.id, peer.match_index)).collect();
    pen.memory("nextIndex", next.as_slice());
    pen.memory("matchIndex", matched.as_slice());
    if leader.round > Time::ZERO {
        pen.memory("round", leader.round);
        pen.memory("confirmedRound", leader.confirmed);
    }
    if !leader.reads.is_empty() {
        pen.memory("waitingReads", leader.reads.len() as u64);
    }
    if let Some(joining) = &leader.joining {
        pen.memory("learner", joining.server);
    }
    if let Some((target, _)) = leader.transfer {
        pen.memory("transferTo", target);
    }
}

fn dots(name: &'static str, ballots: &Ballots, config: &Config) -> Dots {
    Dots {
        name,
        of: config.members().as_slice().to_vec(),
        yes: ballots.granted.as_slice().to_vec(),
        needed: config.needed() as u64,
    }
}

/// The datum that was written last, of those that are there.
fn state_machine(node: &Node) -> String {
    let latest = node.memory.store.data.iter().max_by_key(|(_, datum)| datum.version);
    latest.map_or_else(|| "–".into(), |(key, datum)| format!("{key}={}", datum.value))
}

fn configuration(config: &Config, pen: &Pen) -> String {
    let names = |ids: &[Id]| ids.iter().map(|&id| pen.name(id)).collect::<Vec<_>>().join(" ");
    let new = names(config.voters.as_slice());
    match &config.old {
        Some(old) => format!("{{{}}} + {{{new}}}", names(old.as_slice())),
        None => format!("{{{new}}}"),
    }
}

/// An entry, printed short.
fn print(entry: &Entry) -> String {
    match &entry.command {
        Command::NoOp => "no-op".into(),
        Command::Client { op, .. } if op.verb == "put" && op.key.is_empty() => {
            format!("{}", op.arg(0))
        }
        Command::Client { op, .. } if op.verb == "put" => format!("{}={}", op.key, op.arg(0)),
        Command::Client { op, .. } => format!("{op}"),
        Command::Config(config) if config.old.is_some() => "C_old,new".into(),
        Command::Config(_) => format!("{}", entry.command.value()),
    }
}

/// Draws a message.
pub fn message(msg: &Msg, pen: &mut Pen) {
    match msg {
        Msg::RequestVote(call) | Msg::PreVote(call) => vote_call(call, pen),
        Msg::RequestVoteResponse(result) | Msg::PreVoteResponse(result) => {
            vote_result(result, pen);
        }
        Msg::AppendEntries(call) => {
            pen.memory("term", call.term);
            pen.memory("leaderId", call.leader_id);
            pen.memory("prevLogIndex", call.prev_log_index);
            pen.memory("prevLogTerm", call.prev_log_term);
            let entries: Vec<String> = call.entries.iter().take(8).map(print).collect();
            let more = if call.entries.len() > 8 { " …" } else { "" };
            pen.memory("entries", format!("[{}{more}]", entries.join("  ")));
            pen.memory("leaderCommit", call.leader_commit);
        }
        Msg::AppendEntriesResponse(result) => {
            pen.memory("term", result.term);
            pen.memory("success", result.success);
            if result.success {
                pen.memory("matchIndex", result.match_index);
            } else {
                pen.memory("prevLogIndex", result.match_index);
                pen.memory("conflictIndex", result.conflict_index);
            }
        }
        Msg::InstallSnapshot(call) => {
            pen.memory("term", call.term);
            pen.memory("leaderId", call.leader_id);
            pen.memory("lastIncludedIndex", call.snapshot.last_included_index);
            pen.memory("lastIncludedTerm", call.snapshot.last_included_term);
        }
        Msg::InstallSnapshotResponse(result) => {
            pen.memory("term", result.term);
            pen.memory("matchIndex", result.match_index);
        }
        Msg::TimeoutNow { term } => pen.memory("term", *term),
    }
}

fn vote_call(call: &RequestVote, pen: &mut Pen) {
    pen.memory("term", call.term);
    pen.memory("candidateId", call.candidate_id);
    pen.memory("lastLogIndex", call.last_log_index);
    pen.memory("lastLogTerm", call.last_log_term);
    if call.transfer {
        pen.memory("leadershipTransfer", true);
    }
}

fn vote_result(result: &VoteResponse, pen: &mut Pen) {
    pen.memory("term", result.term);
    pen.memory("voteGranted", result.vote_granted);
}
