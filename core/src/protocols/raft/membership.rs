//! Changes of the membership: one server at a time (dissertation §4.1, with the correction of
//! 2015), or to any other set through joint consensus (§6).

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::entry::{Command, Config};
use super::{Cx, Node, Progress, Timer, knobs, replication, rules, terms};
use crate::base::{Id, IdSet, Time, Value, sort_by_key};
use crate::op::{Op, Reply, Request, Ticket};

/// How many rounds a new server has to catch up (diss. §4.2.1).
const ROUNDS: u64 = 10;

/// A server that catches up before it gets a vote.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Joining {
    /// Which server.
    pub server: Id,
    /// Who asked for it.
    pub ticket: Ticket,
    /// The round of catching up, from 1.
    pub round: u64,
    /// The round ends when the server stores this entry: the last one when it began.
    pub goal: u64,
    /// When the round began, by the leader's clock.
    pub began: Time,
}

/// `add`, `remove`, `members`: the leader is asked for another membership.
pub fn on_asked(cx: &mut Cx, node: &mut Node, request: &Request) {
    let wanted = match wanted(cx, node.memory.config(), &request.op) {
        Ok(wanted) => wanted,
        Err(reason) => {
            cx.rule(&rules::CONFIG_REFUSE_SAME, []);
            return cx.reply(request.ticket, Reply::Fail(reason));
        }
    };
    if let Err(reason) = may_change(cx, node) {
        return cx.reply(request.ticket, Reply::Fail(reason));
    }
    match wanted.server {
        Some(server) if request.op.verb == "add" && cx.knobs.on(knobs::LEARNER) => {
            start_learner(cx, node, server, request.ticket);
        }
        _ => {
            change(cx, node, wanted, Some(request.ticket));
            replication::broadcast(cx, node);
        }
    }
}

/// The configuration that `op` asks for.
fn wanted(cx: &Cx, now: &Config, op: &Op) -> Result<Config, &'static str> {
    let mut voters = now.voters.clone();
    let server = server(cx, &op.arg(0));
    match (op.verb, server, op.arg(0)) {
        ("add", Some(server), _) if voters.insert(server) => {
            Ok(Config { voters, old: None, name: "add", server: Some(server) })
        }
        ("add", Some(_), _) => Err("already-a-member"),
        ("remove", Some(server), _) if !voters.remove(server) => Err("not-a-member"),
        ("remove", Some(_), _) if voters.is_empty() => Err("last-member"),
        ("remove", server @ Some(_), _) => Ok(Config { voters, old: None, name: "remove", server }),
        ("members", _, Value::List(list)) => {
            let servers = list.iter().map(|value| self::server(cx, value));
            let voters: IdSet =
                servers.collect::<Option<Vec<Id>>>().ok_or("no-such-server")?.into_iter().collect();
            if voters.is_empty() {
                return Err("last-member");
            }
            let direct = cx.knobs.on(knobs::DIRECT_SWITCH);
            let (old, name) =
                if direct { (None, "C_new") } else { (Some(now.voters.clone()), "C_old_new") };
            Ok(Config { voters, old, name, server: None })
        }
        _ => Err("no-such-server"),
    }
}

/// The server that an argument names.
pub fn server(cx: &Cx, value: &Value) -> Option<Id> {
    match value {
        Value::Int(number) => usize::try_from(*number).ok(),
        _ => None,
    }
    .filter(|&index| index < cx.setup.roles.len())
    .map(Id::at)
}

/// One change at a time, and none before the leader has committed an entry of its term: without
/// that, two leaders can each change a configuration that the other does not know of (2015).
fn may_change(cx: &mut Cx, node: &Node) -> Result<(), &'static str> {
    let (index, config) = &node.memory.config;
    let joining = node.memory.as_leader().is_some_and(|leader| leader.joining.is_some());
    if *index > node.memory.commit_index || config.old.is_some() || joining {
        cx.rule(&rules::CONFIG_REFUSE_BUSY, []);
        return Err("change-in-progress");
    }
    if !node.memory.term_has_commit(&node.disk) && !cx.knobs.on(knobs::EARLY_CHANGE) {
        cx.rule(&rules::CONFIG_REFUSE_TERM, [&node.disk.current_term]);
        return Err("no-commit-in-term");
    }
    Ok(())
}

/// Appends the configuration. It is in force at each server as soon as it is in that server's log.
/// The caller broadcasts.
fn change(cx: &mut Cx, node: &mut Node, config: Config, ticket: Option<Ticket>) {
    let (voters, old) = (config.voters.len(), config.old.as_ref().map(IdSet::len));
    let direct = config.server.is_none() && cx.knobs.on(knobs::DIRECT_SWITCH);
    let index = replication::append(cx, node, Command::Config(Rc::new(config)));
    match old {
        Some(old) => cx.rule(&rules::CONFIG_JOINT, [&index, &old, &voters]),
        None if direct => cx.rule(&rules::CONFIG_DIRECT, [&index, &voters]),
        None => cx.rule(&rules::CONFIG_APPEND, [&index, &voters]),
    }
    match (ticket, node.memory.leader_mut()) {
        // Answered when C_new is committed.
        (Some(ticket), Some(leader)) if old.is_some() => leader.change = Some(ticket),
        (Some(ticket), Some(leader)) => leader.waiting.push((index, ticket)),
        _ => {}
    }
}

/// Makes the leader's list of servers that of the configuration. New ones are tried from the end
/// of the log.
pub fn enlist(me: Id, node: &mut Node) {
    let (next_index, config) = (node.disk.last_index() + 1, node.memory.config.1.clone());
    let Some(leader) = node.memory.leader_mut() else {
        return;
    };
    leader.peers.retain(|peer| peer.id == me || config.votes(peer.id));
    for id in config.members().iter().chain([me]) {
        if leader.peer(id).is_none() {
            leader.peers.push(Progress { id, next_index, match_index: 0, round: Time::ZERO });
        }
    }
    sort_by_key(&mut leader.peers, |peer| peer.id);
}

/// The leader replicates to a new server that does not count yet.
fn start_learner(cx: &mut Cx, node: &mut Node, server: Id, ticket: Ticket) {
    let goal = node.disk.last_index();
    cx.rule(&rules::LEARNER_START, [&server, &goal]);
    let Some(leader) = node.memory.leader_mut() else {
        return;
    };
    leader.joining = Some(Joining { server, ticket, round: 1, goal, began: cx.mono });
    if leader.peer(server).is_none() {
        let (next_index, round) = (goal + 1, Time::ZERO);
        leader.peers.push(Progress { id: server, next_index, match_index: 0, round });
        sort_by_key(&mut leader.peers, |peer| peer.id);
    }
    arm_catch_up(cx);
    replication::send(cx, node, server);
}

/// A server stores more. If it is the one that catches up, a round may be over: a short one shows
/// that it will not hold up the cluster, and it gets its vote.
pub fn caught_up(cx: &mut Cx, node: &mut Node, from: Id, match_index: u64) {
    let goal = node.disk.last_index();
    let joining = node.memory.leader_mut().and_then(|leader| leader.joining.as_mut());
    let Some(joining) = joining.filter(|joining| joining.server == from) else {
        return;
    };
    arm_catch_up(cx);
    if match_index < joining.goal {
        return;
    }
    let (took, round) = (cx.mono.since(joining.began), joining.round);
    if took <= cx.knobs.range(knobs::ELECTION).1 {
        cx.rule(&rules::LEARNER_READY, [&from, &round, &took]);
        promote(cx, node);
    } else if round == ROUNDS {
        give_up(cx, node);
    } else {
        cx.rule(&rules::LEARNER_ROUND, [&from, &round, &took, &goal]);
        (joining.round, joining.goal, joining.began) = (round + 1, goal, cx.mono);
        if match_index >= goal {
            // Nothing was appended meanwhile: the next round is over before it begins.
            caught_up(cx, node, from, match_index);
        }
    }
}

fn promote(cx: &mut Cx, node: &mut Node) {
    cx.disarm(Timer::CatchUp);
    let joining = node.memory.leader_mut().and_then(|leader| leader.joining.take());
    if let Some(Joining { server, ticket, .. }) = joining {
        let mut voters = node.memory.config().voters.clone();
        voters.insert(server);
        let config = Config { voters, old: None, name: "add", server: Some(server) };
        change(cx, node, config, Some(ticket));
        replication::broadcast(cx, node);
    }
}

/// The new server makes no progress: the membership stays what it is.
pub fn give_up(cx: &mut Cx, node: &mut Node) {
    let joining = node.memory.leader_mut().and_then(|leader| leader.joining.take());
    if let Some(Joining { server, ticket, .. }) = joining {
        cx.rule(&rules::LEARNER_GIVE_UP, [&server]);
        cx.disarm(Timer::CatchUp);
        cx.reply(ticket, Reply::Fail("catch-up-timeout"));
        enlist(cx.me, node);
    }
}

fn arm_catch_up(cx: &mut Cx) {
    let (_, longest) = cx.knobs.range(knobs::ELECTION);
    cx.arm(Timer::CatchUp, (longest, longest));
}

/// Once C_old,new is committed, neither set can decide alone, and the leader may append C_new;
/// whichever leader it is by then (§6). The caller broadcasts.
pub fn finish_joint(cx: &mut Cx, node: &mut Node) {
    let (index, config) = node.memory.config.clone();
    if config.old.is_none() || index > node.memory.commit_index || node.memory.as_leader().is_none()
    {
        return;
    }
    let new = Config { voters: config.voters.clone(), name: "C_new", ..Config::default() };
    let ticket = node.memory.leader_mut().and_then(|leader| leader.change.take());
    change(cx, node, new, ticket);
}

/// A leader that is not in the committed configuration steps down (§6).
pub fn leave(cx: &mut Cx, node: &mut Node) {
    let (index, config) = &node.memory.config;
    let committed = *index <= node.memory.commit_index;
    if committed && node.memory.as_leader().is_some() && !config.votes(cx.me) {
        cx.rule(&rules::STEP_DOWN_REMOVED, [index]);
        node.memory.leader = None;
        terms::step_down(cx, node);
    }
}
