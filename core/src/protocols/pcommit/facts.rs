//! What is so at a process, in words that every system shares, and what Paxos promises.

use alloc::vec::Vec;

use super::{LEADER, Node, Proposal, State, commit};
use crate::base::Id;
use crate::facts::{Fact, Facts};

/// Reports a process: its rows and locks, how far each transaction is here, and whether it leads.
pub fn facts(node: &Node, out: &mut Facts) {
    let (disk, memory) = (&node.disk, &node.memory);
    commit::facts(&disk.rows, &memory.locks, out);
    let mut report = |tx: u64, state: State| {
        out.push(Fact::Decision { tx, state: state.word() });
    };
    disk.records.iter().for_each(|(tx, record)| report(*tx, record.state));
    disk.outcomes.iter().for_each(|(tx, state)| report(*tx, *state));
    let undecided = memory.leads.keys().filter(|tx| !disk.outcomes.contains_key(tx));
    undecided.for_each(|tx| report(*tx, State::Wait));
    let led = disk.outcomes.keys().chain(memory.leads.keys());
    let ballots = led.map(|tx| disk.ballots.get(tx).copied().unwrap_or(0));
    if let Some(ballot) = ballots.max() {
        out.role(LEADER, ballot);
    }
}

/// In one ballot of one instance, acceptors never accept two different values.
pub fn one_value(_: &(), nodes: &[Option<&Node>]) -> bool {
    let ledgers = nodes.iter().flatten().flat_map(|node| node.disk.ledgers.iter());
    let mut votes: Vec<(u64, Id, u64, Proposal)> = Vec::new();
    for (tx, ledger) in ledgers {
        let accepted = ledger.votes.iter().filter_map(|(rm, vote)| vote.accepted.map(|a| (*rm, a)));
        votes.extend(accepted.map(|(rm, (ballot, value))| (*tx, rm, ballot, value)));
    }
    votes.iter().all(|one| {
        let same = |other: &&(u64, Id, u64, Proposal)| {
            (other.0, other.1, other.2) == (one.0, one.1, one.2)
        };
        votes.iter().filter(same).all(|other| other.3 == one.3)
    })
}
