//! An acceptor: it keeps, for each instance, the highest ballot that it has promised and what it
//! accepted last. All of it is on disk before anything is said.

use alloc::vec::Vec;

use super::message::{Accepted, Msg, What};
use super::{Cx, Node, Proposal, TM, knobs, leader, rms, rules};
use crate::base::{Id, Map};

/// What an acceptor knows of a transaction.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Ledger {
    /// By instance, its vote there.
    pub votes: Map<Id, Vote>,
    /// Whether it has told a leader what it accepted last.
    pub told: bool,
}

/// What an acceptor has said in one instance.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Vote {
    /// The highest ballot that it has taken part in; `mbal` of the specification.
    pub promised: u64,
    /// The ballot in which it last accepted something, and what; `bal` and `val`.
    pub accepted: Option<(u64, Proposal)>,
}

impl Ledger {
    /// What it has accepted, by instance.
    pub fn accepted(&self) -> Vec<Accepted> {
        self.votes.iter().filter_map(|(rm, vote)| Some((*rm, vote.accepted?))).collect()
    }

    /// The highest ballot that it has promised in any instance.
    pub fn promised(&self) -> u64 {
        self.votes.values().map(|vote| vote.promised).max().unwrap_or(0)
    }
}

/// A leader begins a ballot.
pub fn phase1a(cx: &mut Cx, node: &mut Node, tx: u64, (leader, ballot): (Id, u64)) {
    let ledger = node.disk.ledgers.get_or_insert_with(tx, Ledger::default);
    let promised = ledger.promised();
    if promised >= ballot {
        return cx.rule(&rules::PROMISE_DENY, [&leader, &ballot, &promised]);
    }
    let accepted = ledger.accepted();
    cx.rule(&rules::PROMISE, [&leader, &ballot, &accepted.len()]);
    for rm in rms(cx.setup) {
        ledger.votes.get_or_insert_with(rm, Vote::default).promised = ballot;
    }
    ledger.told = false;
    if leader == cx.me {
        return leader::phase1b(cx, node, tx, (leader, ballot, &accepted));
    }
    cx.send(leader, Msg { tx, what: What::Phase1b(ballot, accepted) });
}

/// Somebody proposes: a resource manager in ballot 0 of its own instance, a leader in a higher one
/// of all.
pub fn phase2a(
    cx: &mut Cx,
    node: &mut Node,
    tx: u64,
    (from, ballot, values): (Id, u64, &[(Id, Proposal)]),
) {
    let ledger = node.disk.ledgers.get_or_insert_with(tx, Ledger::default);
    let mut accepted = Vec::new();
    for &(rm, value) in values {
        let vote = ledger.votes.get_or_insert_with(rm, Vote::default);
        if vote.promised > ballot {
            cx.rule(&rules::ACCEPT_DENY, [&rm, &ballot, &vote.promised]);
            continue;
        }
        match value {
            Proposal::Prepared => cx.rule(&rules::ACCEPT, [&rm, &ballot]),
            Proposal::Aborted => cx.rule(&rules::ACCEPT_ABORT, [&rm, &ballot]),
        }
        *vote = Vote { promised: ballot, accepted: Some((ballot, value)) };
        accepted.push((rm, (ballot, value)));
    }
    if accepted.is_empty() {
        return;
    }
    let leader = if ballot == 0 { TM } else { from };
    let aborts = accepted.iter().any(|(_, (_, value))| *value == Proposal::Aborted);
    let (heard, needed) = (ledger.accepted().len(), rms(cx.setup).count());
    if heard < needed && !aborts {
        return cx.rule(&rules::BUNDLE_WAIT, [&heard, &needed]);
    }
    ledger.told = true;
    let accepted = ledger.accepted();
    cx.rule(&rules::BUNDLE, [&accepted.len(), &tx]);
    tell(cx, node, tx, (leader, accepted));
}

/// Tells a leader, and with `learn=direct` every resource manager, what was accepted.
fn tell(cx: &mut Cx, node: &mut Node, tx: u64, (leader, accepted): (Id, Vec<Accepted>)) {
    if knobs::is_direct(cx) {
        let what = What::Phase2b(accepted.clone());
        cx.send_all(rms(cx.setup), Msg { tx, what });
    }
    if leader == cx.me {
        return leader::phase2b(cx, node, tx, (leader, &accepted));
    }
    cx.send(leader, Msg { tx, what: What::Phase2b(accepted) });
}
