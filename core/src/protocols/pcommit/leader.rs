//! A leader: it learns what the instances have chosen, and tells the resource managers. One that
//! misses something runs a ballot of its own.

use alloc::vec::Vec;

use super::message::{Accepted, Msg, What};
use super::{
    Cx, Disk, Node, Proposal, State, Tally, Timer, Write, acceptor, acceptors, commit, exactly,
    knobs, leaders, majority, rms, rules,
};
use crate::base::{Id, Map, Span, Value};
use crate::op::{Reply, Request, Ticket};

/// How far a leader is with a transaction.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Lead {
    /// Whom to answer, where a client asked.
    ticket: Option<Ticket>,
    /// What acceptors have said.
    pub tally: Tally,
    /// The ballot that it runs; 0 while the resource managers' own may do.
    pub ballot: u64,
    /// What acceptors have promised for it, by acceptor; `None` in ballot 0, and once a majority
    /// has.
    pub promises: Option<Map<Id, Vec<Accepted>>>,
    /// Who has not been told the outcome yet.
    pub untold: Vec<Id>,
}

/// Restarts a leader: what it began and did not see end, it ends.
pub fn boot(cx: &mut Cx, disk: &Disk) -> Map<u64, Lead> {
    let mut leads = Map::default();
    for &(tx, ballot) in disk.ballots.iter().filter(|(tx, _)| !disk.outcomes.contains_key(tx)) {
        cx.rule(&rules::LEADER_RESTART, [&tx]);
        cx.arm(Timer::Votes(tx as u32), exactly(cx, commit::knobs::VOTE_TIMEOUT));
        leads.insert(tx, Lead { ballot, ..Lead::default() });
    }
    leads
}

/// A client asks for a transaction.
pub fn begin(cx: &mut Cx, node: &mut Node, request: &Request) {
    node.disk.begun += 1;
    let tx = node.disk.begun;
    cx.rule(&rules::BEGIN, [&tx]);
    let lead = Lead { ticket: Some(request.ticket), ..Lead::default() };
    let write = Write { row: request.op.key.clone(), value: request.op.arg(0) };
    ask_to_prepare(cx, node, tx, lead, (&write, None));
}

/// The first resource manager is prepared. A leader that is the acceptor takes this for its
/// proposal.
pub fn begin_commit(cx: &mut Cx, node: &mut Node, tx: u64, (first, write): (Id, &Write)) {
    if node.disk.ballots.contains_key(&tx) {
        return cx.rule(&rules::LATE, [&first]);
    }
    cx.rule(&rules::BEGIN_COMMIT, [&first, &tx]);
    ask_to_prepare(cx, node, tx, Lead::default(), (write, Some(first)));
    if acceptors(cx.setup).contains(&cx.me) {
        acceptor::phase2a(cx, node, tx, (first, 0, &[(first, Proposal::Prepared)]));
    }
}

/// Asks every resource manager to prepare, but for the one that is prepared.
fn ask_to_prepare(
    cx: &mut Cx,
    node: &mut Node,
    tx: u64,
    lead: Lead,
    (write, first): (&Write, Option<Id>),
) {
    let others: Vec<Id> = rms(cx.setup).filter(|rm| Some(*rm) != first).collect();
    cx.send_all(others, Msg { tx, what: What::Prepare(write.clone()) });
    cx.arm(Timer::Votes(tx as u32), exactly(cx, commit::knobs::VOTE_TIMEOUT));
    node.disk.ballots.insert(tx, 0);
    node.memory.leads.insert(tx, lead);
}

/// An acceptor says what it has accepted.
pub fn phase2b(cx: &mut Cx, node: &mut Node, tx: u64, (from, votes): (Id, &[Accepted])) {
    let decided = node.disk.outcomes.contains_key(&tx);
    let lead = node.memory.leads.get_mut(&tx).filter(|_| !decided);
    let Some(lead) = lead else { return cx.rule(&rules::LATE, [&from]) };
    votes.iter().for_each(|&(rm, vote)| lead.tally.note(rm, from, vote));
    let (rms, majority) = (rms(cx.setup).collect::<Vec<Id>>(), majority(cx.setup));
    cx.rule(&rules::LEARN, [&from, &lead.tally.n_chosen(&rms, majority), &rms.len()]);
    match lead.tally.outcome(&rms, majority) {
        Some((State::Commit, _)) => {
            cx.rule(&rules::DECIDE_COMMIT, [&tx]);
            decide(cx, node, tx, State::Commit);
        }
        Some((_, no)) => {
            cx.rule(&rules::DECIDE_ABORT, [&no, &tx]);
            decide(cx, node, tx, State::Abort);
        }
        None => {}
    }
}

fn decide(cx: &mut Cx, node: &mut Node, tx: u64, outcome: State) {
    node.disk.outcomes.insert(tx, outcome);
    cx.disarm(Timer::Votes(tx as u32));
    cx.disarm(Timer::Ballot(tx as u32));
    let lead = node.memory.leads.get_or_insert_with(tx, Lead::default);
    if let Some(ticket) = lead.ticket.take() {
        cx.reply(ticket, reply(outcome));
    }
    if knobs::is_direct(cx) {
        node.memory.leads.remove(&tx);
        return;
    }
    lead.untold = rms(cx.setup).collect();
    tell_next(cx, node, tx);
}

/// What a client is answered.
pub fn reply(outcome: State) -> Reply {
    match outcome {
        State::Commit => Reply::Ok(Value::Nil),
        _ => Reply::Fail("aborted"),
    }
}

/// Tells the outcome to who has not been told, one after another where there is a gap between them.
pub fn tell_next(cx: &mut Cx, node: &mut Node, tx: u64) {
    let outcome = node.disk.outcomes.get(&tx).copied();
    let (Some(outcome), Some(lead)) = (outcome, node.memory.leads.get_mut(&tx)) else { return };
    let gap = cx.knobs.span(commit::knobs::GAP);
    let n = if gap == Span::ZERO { lead.untold.len() } else { lead.untold.len().min(1) };
    let now: Vec<Id> = lead.untold.drain(..n).collect();
    if lead.untold.is_empty() {
        node.memory.leads.remove(&tx);
    } else {
        cx.arm(Timer::Tell(tx as u32), (gap, gap));
    }
    cx.send_all(now, Msg { tx, what: telling(outcome) });
}

fn telling(outcome: State) -> What {
    if outcome == State::Commit { What::Commit } else { What::Abort }
}

/// A resource manager in doubt asks. Who is asked leads.
pub fn inquired(cx: &mut Cx, node: &mut Node, tx: u64, rm: Id) {
    if let Some(outcome) = node.disk.outcomes.get(&tx).copied() {
        cx.rule(&rules::TELL, [&rm, &tx]);
        return cx.send(rm, Msg { tx, what: telling(outcome) });
    }
    if let Some(lead) = node.memory.leads.get(&tx) {
        return cx.rule(&rules::TELL_WAIT, [&rm, &lead.ballot]);
    }
    begin_ballot(cx, node, tx);
}

/// Not every instance has chosen in time.
pub fn votes_over(cx: &mut Cx, node: &mut Node, tx: u64) {
    let Some(lead) = node.memory.leads.get(&tx) else { return };
    let rms: Vec<Id> = rms(cx.setup).collect();
    cx.rule(&rules::VOTES_OVER, [&lead.tally.n_chosen(&rms, majority(cx.setup)), &rms.len()]);
    begin_ballot(cx, node, tx);
}

/// A ballot has come to nothing: too few acceptors answer, or another leader's is higher.
pub fn ballot_over(cx: &mut Cx, node: &mut Node, tx: u64) {
    let Some(lead) = node.memory.leads.get(&tx) else { return };
    cx.rule(&rules::BALLOT_OVER, [&lead.ballot]);
    begin_ballot(cx, node, tx);
}

/// Begins a ballot that no leader has had. Ballots above 0 are dealt out to the leaders in turn.
fn begin_ballot(cx: &mut Cx, node: &mut Node, tx: u64) {
    let n = leaders(cx.setup).count() as u64;
    let place = leaders(cx.setup).position(|leader| leader == cx.me).unwrap_or(0) as u64;
    // One that is an acceptor, too, knows what it has promised to others.
    let promised = node.disk.ledgers.get(&tx).map_or(0, acceptor::Ledger::promised);
    let last = node.disk.ballots.get(&tx).copied().unwrap_or(0).max(promised);
    let ballot = (last + n - place - 1) / n * n + place + 1;
    cx.rule(&rules::BALLOT, [&ballot, &tx]);
    node.disk.ballots.insert(tx, ballot);
    let lead = node.memory.leads.get_or_insert_with(tx, Lead::default);
    (lead.ballot, lead.promises) = (ballot, Some(Map::default()));
    cx.arm(Timer::Ballot(tx as u32), cx.knobs.range(knobs::BALLOT));
    propose(cx, node, tx, What::Phase1a(ballot));
}

/// Sends a message of a ballot to all acceptors; a process that is one is spared the way.
fn propose(cx: &mut Cx, node: &mut Node, tx: u64, what: What) {
    let others = acceptors(cx.setup).into_iter().filter(|id| *id != cx.me);
    cx.send_all(others.collect::<Vec<Id>>(), Msg { tx, what: what.clone() });
    let me = cx.me;
    if !acceptors(cx.setup).contains(&me) {
        return;
    }
    match what {
        What::Phase1a(ballot) => acceptor::phase1a(cx, node, tx, (me, ballot)),
        What::Phase2a(ballot, values) => acceptor::phase2a(cx, node, tx, (me, ballot, &values)),
        _ => {}
    }
}

/// An acceptor promises. When a majority has, the leader proposes in every instance: what was
/// accepted there in the highest ballot below, and `Aborted` where nothing was.
pub fn phase1b(
    cx: &mut Cx,
    node: &mut Node,
    tx: u64,
    (from, ballot, accepted): (Id, u64, &[Accepted]),
) {
    let lead = node.memory.leads.get_mut(&tx).filter(|lead| lead.ballot == ballot);
    let promises = lead.and_then(|lead| lead.promises.as_mut());
    let Some(promises) = promises else { return cx.rule(&rules::LATE, [&from]) };
    promises.insert(from, accepted.to_vec());
    if promises.len() == majority(cx.setup) {
        let promises = core::mem::take(promises);
        propose_values(cx, node, tx, (ballot, &promises));
    }
}

fn propose_values(
    cx: &mut Cx,
    node: &mut Node,
    tx: u64,
    (ballot, promises): (u64, &Map<Id, Vec<Accepted>>),
) {
    if let Some(lead) = node.memory.leads.get_mut(&tx) {
        lead.promises = None;
    }
    let values = rms(cx.setup).map(|rm| {
        let votes = promises.values().flatten().filter(|(of, _)| *of == rm);
        match votes.map(|(_, vote)| *vote).max_by_key(|vote| vote.0) {
            Some((earlier, value)) => {
                cx.rule(&rules::ADOPT, [&rm, &ballot, &earlier]);
                (rm, value)
            }
            None => {
                cx.rule(&rules::FREE, [&rm, &ballot]);
                (rm, Proposal::Aborted)
            }
        }
    });
    let values: Vec<_> = values.collect();
    propose(cx, node, tx, What::Phase2a(ballot, values));
}
