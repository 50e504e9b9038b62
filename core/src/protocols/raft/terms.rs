//! The rule for all messages (§5.1): whoever hears of a higher term joins it as a follower.

use super::message::Msg;
use super::{Cx, Node, Role, Timer, election, knobs, reads, rules, transfer};
use crate::base::Id;
use crate::protocol::Message;

/// Whether the message is to be acted upon, after its term was taken over if it is higher.
pub fn admit(cx: &mut Cx, node: &mut Node, from: Id, msg: &Msg) -> bool {
    let (term, current) = (msg.epoch(), node.disk.current_term);
    match msg {
        // A PreVote, and its granting, speak of a term that nobody has begun.
        Msg::PreVote(_) => return true,
        Msg::PreVoteResponse(result) if result.vote_granted => return true,
        Msg::RequestVote(call)
            if term > current && !call.transfer && election::leader_is_alive(cx, node) =>
        {
            election::ignore_vote_request(cx, node, from, call);
            return false;
        }
        _ => {}
    }
    if term > current {
        follow_term(cx, node, from, term);
    }
    if term < current && is_response(msg) {
        cx.rule(&rules::RESPONSE_STALE, [&from, &term]);
        return false;
    }
    true
}

/// Takes over a higher term, and steps down.
pub fn follow_term(cx: &mut Cx, node: &mut Node, from: Id, term: u64) {
    let old = node.disk.current_term;
    if matches!(node.memory.role, Role::Follower) {
        cx.rule(&rules::TERM_ADOPT, [&from, &term, &old]);
    } else {
        cx.rule(&rules::STEP_DOWN_TERM, [&from, &term, &old]);
    }
    enter_term(node, term);
    step_down(cx, node);
}

/// Begins `term` on the disk: nobody has the vote of it yet.
pub fn enter_term(node: &mut Node, term: u64) {
    node.disk.current_term = term;
    node.disk.voted_for = None;
    node.memory.fleeting_vote = None;
    node.memory.leader = None;
}

/// Becomes a follower. A leader has no election timer, so one is armed; others keep theirs.
/// Clients that wait for an entry are not answered: whether it survives is for the next leader.
pub fn step_down(cx: &mut Cx, node: &mut Node) {
    if matches!(node.memory.role, Role::Leader(_)) {
        reads::give_up(cx, node);
        transfer::done(cx, node);
        for timer in [Timer::Heartbeat, Timer::CheckQuorum, Timer::CatchUp, Timer::Transfer] {
            cx.disarm(timer);
        }
        cx.arm(Timer::Election, cx.knobs.range(knobs::ELECTION));
    }
    node.memory.role = Role::Follower;
}

fn is_response(msg: &Msg) -> bool {
    matches!(
        msg,
        Msg::RequestVoteResponse(_)
            | Msg::PreVoteResponse(_)
            | Msg::AppendEntriesResponse(_)
            | Msg::InstallSnapshotResponse(_)
    )
}
