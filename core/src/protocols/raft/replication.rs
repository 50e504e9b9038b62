//! Log replication and commitment (§5.3, §5.4.2).

use alloc::vec::Vec;

use super::entry::{Command, Entry};
use super::message::{AppendEntries, AppendEntriesResponse, InstallSnapshot, Msg};
use super::{
    Cx, Node, Role, Timer, clients, election, knobs, membership, reads, rules, terms, transfer,
};
use crate::base::Id;

/// The heartbeat is due: AppendEntries to every other server, with entries where they lack some.
pub fn heartbeat(cx: &mut Cx, node: &mut Node) {
    if node.memory.as_leader().is_none() {
        return;
    }
    cx.rule(&rules::HEARTBEAT, [&node.disk.current_term]);
    if reads::rounds_matter(cx) {
        reads::begin_round(cx, node);
    }
    broadcast(cx, node);
    arm_heartbeat(cx);
}

/// Arms the timer of the next heartbeat.
pub fn arm_heartbeat(cx: &mut Cx) {
    let every = cx.knobs.span(knobs::HEARTBEAT);
    cx.arm(Timer::Heartbeat, (every, every));
}

/// Appends a command to the leader's own log, and answers its index. The caller broadcasts.
pub fn append(cx: &mut Cx, node: &mut Node, command: Command) -> u64 {
    let term = node.disk.current_term;
    let config = matches!(command, Command::Config(_));
    node.disk.log.push(Entry { term, command });
    let index = node.disk.last_index();
    if config {
        node.memory.config = node.disk.latest_config();
        membership::enlist(cx.me, node);
    }
    cx.rule(&rules::APPEND_OWN, [&index, &term]);
    acknowledge_own(cx, node);
    index
}

/// The leader tells itself what its disk holds: the message leaves when that is durable, and its
/// own copy is counted by the same rule as everybody's.
pub fn acknowledge_own(cx: &mut Cx, node: &Node) {
    let result = AppendEntriesResponse {
        term: node.disk.current_term,
        success: true,
        match_index: node.disk.last_index(),
        conflict_index: 0,
        round: Default::default(),
    };
    cx.send(cx.me, Msg::AppendEntriesResponse(result));
}

/// AppendEntries to every other server.
pub fn broadcast(cx: &mut Cx, node: &Node) {
    let Some(leader) = node.memory.as_leader() else {
        return;
    };
    let others = || leader.peers.iter().filter(|peer| peer.id != cx.me);
    let (Some(least), Some(most)) =
        (others().map(|peer| peer.next_index).min(), others().map(|peer| peer.next_index).max())
    else {
        return;
    };
    let all: Vec<Id> = others().map(|peer| peer.id).collect();
    if least == most {
        let call = call(cx, node, least);
        cx.send_all(all, call);
    } else {
        all.into_iter().for_each(|to| send(cx, node, to));
    }
}

/// AppendEntries to one server, from its nextIndex on.
pub fn send(cx: &mut Cx, node: &Node, to: Id) {
    if let Some(peer) = node.memory.as_leader().and_then(|leader| leader.peer(to)) {
        let call = call(cx, node, peer.next_index);
        cx.send(to, call);
    }
}

/// What a server needs whose next entry is `next`: entries, or a snapshot where the log no longer
/// holds them.
fn call(cx: &Cx, node: &Node, next: u64) -> Msg {
    let (disk, prev_log_index) = (&node.disk, next - 1);
    let round = node.memory.as_leader().map(|leader| leader.round).unwrap_or_default();
    if let Some(snapshot) = disk.snapshot.as_ref().filter(|_| next < disk.log.first_index()) {
        let (term, snapshot) = (disk.current_term, snapshot.clone());
        let call = InstallSnapshot { term, leader_id: cx.me, snapshot, round };
        return Msg::InstallSnapshot(call);
    }
    let last = disk.last_index().min(prev_log_index + cx.knobs.count(knobs::BATCH));
    Msg::AppendEntries(AppendEntries {
        term: disk.current_term,
        leader_id: cx.me,
        prev_log_index,
        prev_log_term: disk.term_at(prev_log_index).unwrap_or(0),
        entries: disk.log.range(next, last).cloned().collect(),
        leader_commit: node.memory.commit_index,
        round,
    })
}

/// A leader replicates, or says that it is there.
pub fn on_append(cx: &mut Cx, node: &mut Node, from: Id, call: &AppendEntries) {
    let current = node.disk.current_term;
    if call.term < current {
        cx.rule(&rules::APPEND_REFUSE_STALE, [&from, &call.term, &current]);
        return refuse(cx, node, from, call, node.disk.last_index() + 1);
    }
    follow(cx, node, from);
    if !matches(node, call) {
        let last_index = node.disk.last_index();
        let (prev, prev_term) = (call.prev_log_index, call.prev_log_term);
        cx.rule(&rules::APPEND_REFUSE_LOG, [&from, &prev, &prev_term, &last_index]);
        return refuse(cx, node, from, call, first_conflict(node, prev));
    }
    store(cx, node, from, call);
    let match_index = call.prev_log_index + call.entries.len() as u64;
    learn_commit(cx, node, from, call.leader_commit.min(match_index));
    let (term, round) = (current, call.round);
    let result =
        AppendEntriesResponse { term, success: true, match_index, conflict_index: 0, round };
    cx.send(from, Msg::AppendEntriesResponse(result));
}

/// Follows the leader of the current term.
pub fn follow(cx: &mut Cx, node: &mut Node, leader: Id) {
    if !matches!(node.memory.role, Role::Follower) {
        cx.rule(&rules::STEP_DOWN_LEADER, [&leader, &node.disk.current_term]);
        terms::step_down(cx, node);
    }
    election::hear_leader(cx, node, leader);
    cx.arm(Timer::Election, cx.knobs.range(knobs::ELECTION));
}

/// Whether the log contains the entry before the new ones. What a snapshot covers is committed,
/// and so the same at every server.
fn matches(node: &Node, call: &AppendEntries) -> bool {
    call.prev_log_index < node.disk.log.first_index().saturating_sub(1)
        || node.disk.term_at(call.prev_log_index) == Some(call.prev_log_term)
}

fn refuse(cx: &mut Cx, node: &Node, to: Id, call: &AppendEntries, conflict_index: u64) {
    let result = AppendEntriesResponse {
        term: node.disk.current_term,
        success: false,
        match_index: call.prev_log_index,
        conflict_index,
        round: call.round,
    };
    cx.send(to, Msg::AppendEntriesResponse(result));
}

/// The first index of the term that stands at `index`, or the first free one where the log is
/// shorter (§5.3).
fn first_conflict(node: &Node, index: u64) -> u64 {
    let Some(term) = node.disk.term_at(index) else {
        return node.disk.last_index() + 1;
    };
    let log = &node.disk.log;
    let same = |&at: &u64| log.get(at).is_some_and(|entry| entry.term == term);
    (log.first_index()..=index).rev().take_while(same).last().unwrap_or(index)
}

/// Stores what is new. Only an entry that conflicts removes what follows it: a late, short call
/// must not take away what a later one brought.
fn store(cx: &mut Cx, node: &mut Node, leader: Id, call: &AppendEntries) {
    let held = |(at, entry): &(u64, &Entry)| {
        *at < node.disk.log.first_index() || node.disk.term_at(*at) == Some(entry.term)
    };
    let numbered = (call.prev_log_index + 1..).zip(&call.entries);
    let known = numbered.take_while(held).count();
    let new = &call.entries[known..];
    let first = call.prev_log_index + 1 + known as u64;
    if new.is_empty() {
        cx.rule(&rules::APPEND_HEARTBEAT, [&leader, &call.prev_log_index]);
        return;
    }
    let last_index = node.disk.last_index();
    if first <= last_index {
        cx.rule(&rules::APPEND_TRUNCATE, [&leader, &first, &last_index]);
        node.disk.log.truncate_from(first);
    }
    new.iter().for_each(|entry| node.disk.log.push(entry.clone()));
    let configured = new.iter().any(|entry| matches!(entry.command, Command::Config(_)));
    if configured || node.memory.config.0 >= first {
        node.memory.config = node.disk.latest_config();
    }
    cx.rule(&rules::APPEND_STORE, [&leader, &node.disk.last_index(), &new.len()]);
}

/// Takes over the leader's commitIndex, as far as the log is known to agree.
pub fn learn_commit(cx: &mut Cx, node: &mut Node, leader: Id, index: u64) {
    if index > node.memory.commit_index {
        node.memory.commit_index = index;
        cx.rule(&rules::COMMIT_LEARN, [&leader, &index]);
        clients::apply(cx, node);
    }
}

/// A server answers the leader; the leader too, for its own copy.
pub fn on_append_result(cx: &mut Cx, node: &mut Node, from: Id, result: &AppendEntriesResponse) {
    reads::heard(cx, node, from, result.round);
    if result.success {
        advance(cx, node, from, result.match_index);
    } else {
        back_up(cx, node, from, result);
    }
}

/// The server's log agrees up to `match_index`.
pub fn advance(cx: &mut Cx, node: &mut Node, from: Id, match_index: u64) {
    let last_index = node.disk.last_index();
    let known = node.memory.as_leader().and_then(|leader| leader.peer(from));
    if known.is_none_or(|peer| match_index <= peer.match_index && peer.next_index > match_index) {
        return;
    }
    if let Some(peer) = node.memory.leader_mut().and_then(|leader| leader.peer_mut(from)) {
        peer.match_index = peer.match_index.max(match_index);
        peer.next_index = peer.next_index.max(peer.match_index + 1);
    }
    cx.rule(&rules::MATCH_ADVANCE, [&from, &match_index]);
    membership::caught_up(cx, node, from, match_index);
    transfer::hand_over(cx, node);
    if !commit(cx, node) && match_index < last_index && from != cx.me {
        send(cx, node, from);
    }
}

/// The server's log does not agree yet: try further back.
fn back_up(cx: &mut Cx, node: &mut Node, from: Id, result: &AppendEntriesResponse) {
    let hint = cx.knobs.count(knobs::BACKUP) == knobs::backup::HINT;
    let refused = result.match_index;
    let target = if hint { refused.min(result.conflict_index) } else { refused };
    let Some(peer) = node.memory.leader_mut().and_then(|leader| leader.peer_mut(from)) else {
        return;
    };
    let (was, next) = (peer.next_index, target.max(peer.match_index + 1).max(1));
    // An answer to a call that was overtaken says nothing.
    if next >= was {
        return;
    }
    peer.next_index = next;
    cx.rule(&rules::NEXT_BACK_UP, [&from, &next, &was]);
    send(cx, node, from);
}

/// Commits what a majority stores, if it is of the current term; the entries before it are
/// committed with it (§5.4.2, Figure 8). Says whether something was, and if so tells everybody.
pub fn commit(cx: &mut Cx, node: &mut Node) -> bool {
    let (index, current) = (reached(cx, node), node.disk.current_term);
    if index <= node.memory.commit_index {
        return false;
    }
    let entry_term = node.disk.term_at(index).unwrap_or(0);
    if entry_term == current {
        cx.rule(&rules::COMMIT_ADVANCE, [&index, &current]);
    } else if cx.knobs.on(knobs::COMMIT_OLD_TERMS) {
        cx.rule(&rules::COMMIT_OLD, [&index, &entry_term, &current]);
    } else {
        cx.rule(&rules::COMMIT_WAIT_OLD, [&index, &entry_term, &current]);
        return false;
    }
    node.memory.commit_index = index;
    clients::apply(cx, node);
    membership::finish_joint(cx, node);
    reads::resume(cx, node);
    broadcast(cx, node);
    membership::leave(cx, node);
    true
}

/// Up to where enough servers store the log.
fn reached(cx: &Cx, node: &Node) -> u64 {
    let Some(leader) = node.memory.as_leader() else {
        return 0;
    };
    let stored = |id| leader.peer(id).map_or(0, |peer| peer.match_index);
    if !cx.knobs.on(knobs::COUNT_FOLLOWERS) {
        return node.memory.config().reached(stored);
    }
    let mut followers = node.memory.config().clone();
    followers.voters.remove(cx.me);
    followers.reached(stored)
}
