//! Leader election (§5.2, §5.4.1), and what the dissertation adds to keep it quiet: PreVote (§9.6),
//! CheckQuorum (§6.2) and stickiness (§4.2.3).

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::entry::Command;
use super::message::{Msg, RequestVote, VoteResponse};
use super::{
    Ballots, Cx, Node, Progress, Role, Timer, knobs, membership, replication, rules, terms,
};
use crate::base::{Id, Time};

/// The election timer has run out: no leader was heard of.
pub fn timeout(cx: &mut Cx, node: &mut Node) {
    if !may_stand(node, cx.me) {
        cx.rule(&rules::ELECTION_NOT_MEMBER, []);
    } else if cx.knobs.on(knobs::PREVOTE) {
        ask_first(cx, node);
    } else {
        stand(cx, node, false);
    }
}

/// Starts an election: a new term, and RequestVote to all, oneself included.
pub fn stand(cx: &mut Cx, node: &mut Node, transfer: bool) {
    let term = node.disk.current_term + 1;
    let (needed, of) = (node.memory.config().needed(), node.memory.config().voters.len());
    cx.rule(&rules::ELECTION_START, [&term, &needed, &of]);
    terms::enter_term(node, term);
    node.memory.role = Role::Candidate(Ballots::default());
    cx.arm(Timer::Election, cx.knobs.range(knobs::ELECTION));
    let call = Msg::RequestVote(request(cx.me, node, term, transfer));
    cx.send_all(voters(node), call);
}

/// Asks everybody whether an election could succeed, without beginning a term.
fn ask_first(cx: &mut Cx, node: &mut Node) {
    let term = node.disk.current_term + 1;
    let (needed, of) = (node.memory.config().needed(), node.memory.config().voters.len());
    cx.rule(&rules::PREVOTE_START, [&term, &needed, &of]);
    node.memory.role = Role::PreCandidate(Ballots::default());
    node.memory.leader = None;
    cx.arm(Timer::Election, cx.knobs.range(knobs::ELECTION));
    let call = Msg::PreVote(request(cx.me, node, term, false));
    cx.send_all(voters(node), call);
}

/// A candidate asks for the vote.
pub fn on_request_vote(cx: &mut Cx, node: &mut Node, from: Id, call: &RequestVote) {
    if cx.knobs.on(knobs::RESET_ON_REQUEST) && matches!(node.memory.role, Role::Follower) {
        cx.rule(&rules::TIMER_RESET_ANY, [&from, &call.term]);
        cx.arm(Timer::Election, cx.knobs.range(knobs::ELECTION));
    }
    let vote_granted = may_vote(cx, node, from, call);
    if vote_granted {
        cx.rule(&rules::VOTE_GRANT, [&from, &call.term]);
        if cx.knobs.on(knobs::FORGET_VOTE) {
            node.memory.fleeting_vote = Some(from);
        } else {
            node.disk.voted_for = Some(from);
        }
        // A candidate has armed its timer already when it asked itself.
        if from != cx.me {
            cx.arm(Timer::Election, cx.knobs.range(knobs::ELECTION));
        }
    }
    let term = node.disk.current_term;
    cx.send(from, Msg::RequestVoteResponse(VoteResponse { term, vote_granted }));
}

/// One vote a term, first come, first served, and only for a log as up-to-date as one's own.
fn may_vote(cx: &mut Cx, node: &Node, from: Id, call: &RequestVote) -> bool {
    let current = node.disk.current_term;
    if call.term < current {
        cx.rule(&rules::VOTE_DENY_STALE, [&from, &call.term, &current]);
        return false;
    }
    let voted_for = node.disk.voted_for.or(node.memory.fleeting_vote);
    if let Some(other) = voted_for.filter(|&other| other != from) {
        cx.rule(&rules::VOTE_DENY_VOTED, [&from, &call.term, &other]);
        return false;
    }
    if !is_up_to_date(node, call) && !cx.knobs.on(knobs::VOTE_ANY_LOG) {
        let (last_term, last_index) = (call.last_log_term, call.last_log_index);
        let mine = node.disk.last_term();
        cx.rule(&rules::VOTE_DENY_LOG, [&from, &last_term, &last_index, &mine]);
        return false;
    }
    true
}

/// A voter has answered.
pub fn on_vote(cx: &mut Cx, node: &mut Node, from: Id, result: &VoteResponse) {
    let Role::Candidate(ballots) = &mut node.memory.role else {
        return;
    };
    let config = &node.memory.config.1;
    let needed = config.needed();
    if !result.vote_granted {
        ballots.refused.insert(from);
        cx.rule(&rules::VOTE_REFUSED, [&from, &ballots.granted.len(), &needed]);
        return;
    }
    ballots.granted.insert(from);
    cx.rule(&rules::VOTE_COUNTED, [&from, &ballots.granted.len(), &needed]);
    if config.enough(|id| ballots.granted.contains(id)) {
        lead(cx, node);
    }
}

/// The election is won: the leader tells everybody before anyone else times out.
fn lead(cx: &mut Cx, node: &mut Node) {
    let (term, of) = (node.disk.current_term, node.memory.config().voters.len());
    let votes = match &node.memory.role {
        Role::Candidate(ballots) => ballots.granted.len(),
        _ => 0,
    };
    cx.rule(&rules::LEADER_ELECTED, [&term, &votes, &of]);
    cx.disarm(Timer::Election);
    node.memory.role = Role::Leader(Rc::default());
    membership::enlist(cx.me, node);
    node.memory.leader = Some(cx.me);
    if cx.knobs.on(knobs::NOOP) {
        let index = replication::append(cx, node, Command::NoOp);
        cx.rule(&rules::NOOP_APPEND, [&index, &term]);
    } else {
        replication::acknowledge_own(cx, node);
    }
    arm_check_quorum(cx);
    membership::finish_joint(cx, node);
    replication::heartbeat(cx, node);
}

/// A server asks whether it would get the vote.
pub fn on_pre_vote(cx: &mut Cx, node: &mut Node, from: Id, call: &RequestVote) {
    let vote_granted = would_vote(cx, node, from, call);
    let term = if vote_granted { call.term } else { node.disk.current_term };
    cx.send(from, Msg::PreVoteResponse(VoteResponse { term, vote_granted }));
}

fn would_vote(cx: &mut Cx, node: &Node, from: Id, call: &RequestVote) -> bool {
    let current = node.disk.current_term;
    if call.term <= current {
        cx.rule(&rules::PREVOTE_DENY_STALE, [&from, &call.term, &current]);
        return false;
    }
    if let Some(leader) = node.memory.leader.filter(|_| hears_leader(cx, node)) {
        cx.rule(&rules::PREVOTE_DENY_LEADER, [&from, &leader]);
        return false;
    }
    if !is_up_to_date(node, call) {
        let (last_term, last_index) = (call.last_log_term, call.last_log_index);
        let mine = node.disk.last_term();
        cx.rule(&rules::PREVOTE_DENY_LOG, [&from, &last_term, &last_index, &mine]);
        return false;
    }
    cx.rule(&rules::PREVOTE_GRANT, [&from, &call.term]);
    true
}

/// A server says whether it would vote.
pub fn on_pre_vote_result(cx: &mut Cx, node: &mut Node, from: Id, result: &VoteResponse) {
    let Role::PreCandidate(ballots) = &mut node.memory.role else {
        return;
    };
    let config = &node.memory.config.1;
    let needed = config.needed();
    if !result.vote_granted {
        ballots.refused.insert(from);
        cx.rule(&rules::PREVOTE_REFUSED, [&from, &ballots.granted.len(), &needed]);
        return;
    }
    // An answer to an earlier question does not count.
    if result.term != node.disk.current_term + 1 {
        cx.rule(&rules::RESPONSE_STALE, [&from, &result.term]);
        return;
    }
    ballots.granted.insert(from);
    cx.rule(&rules::PREVOTE_COUNTED, [&from, &ballots.granted.len(), &needed]);
    if config.enough(|id| ballots.granted.contains(id)) {
        stand(cx, node, false);
    }
}

/// No round of heartbeats has reached a majority for an election timeout: somebody else may lead.
pub fn quorum_lost(cx: &mut Cx, node: &mut Node) {
    let Some(leader) = node.memory.as_leader() else {
        return;
    };
    if !cx.knobs.on(knobs::CHECK_QUORUM) {
        return;
    }
    let since = cx.mono - cx.knobs.range(knobs::ELECTION).1;
    let heard = |peer: &&Progress| peer.id == cx.me || peer.round >= since;
    let (heard, of) = (leader.peers.iter().filter(heard).count(), leader.peers.len());
    cx.rule(&rules::STEP_DOWN_QUORUM, [&node.disk.current_term, &heard, &of]);
    node.memory.leader = None;
    terms::step_down(cx, node);
}

/// Gives a leader an election timeout to hear from a majority, where it must.
pub fn arm_check_quorum(cx: &mut Cx) {
    if cx.knobs.on(knobs::CHECK_QUORUM) {
        let (_, longest) = cx.knobs.range(knobs::ELECTION);
        cx.arm(Timer::CheckQuorum, (longest, longest));
    } else {
        cx.disarm(Timer::CheckQuorum);
    }
}

/// Whether stickiness protects the leader that this server hears.
pub fn leader_is_alive(cx: &Cx, node: &Node) -> bool {
    cx.knobs.on(knobs::STICKY) && node.memory.leader.is_some() && hears_leader(cx, node)
}

/// A vote request while the leader is alive is not even answered (diss. §4.2.3).
pub fn ignore_vote_request(cx: &mut Cx, node: &Node, from: Id, call: &RequestVote) {
    let leader = node.memory.leader.unwrap_or(cx.me);
    cx.rule(&rules::VOTE_IGNORE_LEADER, [&from, &call.term, &leader]);
}

/// Remembers that the leader was heard, where somebody asks for it.
pub fn hear_leader(cx: &Cx, node: &mut Node, leader: Id) {
    node.memory.leader = Some(leader);
    if cx.knobs.on(knobs::PREVOTE) || cx.knobs.on(knobs::STICKY) {
        node.memory.heard = Some(cx.mono);
    }
}

/// Whether this server leads, or has heard its leader within the shortest election timeout.
fn hears_leader(cx: &Cx, node: &Node) -> bool {
    let (shortest, _) = cx.knobs.range(knobs::ELECTION);
    let recent = |heard: Time| cx.mono.since(heard) < shortest;
    matches!(node.memory.role, Role::Leader(_)) || node.memory.heard.is_some_and(recent)
}

/// §5.4.1: the later last term wins; of equal terms, the longer log.
fn is_up_to_date(node: &Node, call: &RequestVote) -> bool {
    (call.last_log_term, call.last_log_index) >= (node.disk.last_term(), node.disk.last_index())
}

/// Whether this server may ask for votes. One that is being removed still may, until its removal
/// is committed: the others may need it (diss. §4.2.2).
pub fn may_stand(node: &Node, me: Id) -> bool {
    let (index, config) = &node.memory.config;
    let being_removed = || *index > node.memory.commit_index;
    config.votes(me) || (being_removed() && node.disk.config_at(index - 1).1.votes(me))
}

fn voters(node: &Node) -> Vec<Id> {
    node.memory.config().members().iter().collect()
}

fn request(me: Id, node: &Node, term: u64, transfer: bool) -> RequestVote {
    RequestVote {
        term,
        candidate_id: me,
        last_log_index: node.disk.last_index(),
        last_log_term: node.disk.last_term(),
        transfer,
    }
}
