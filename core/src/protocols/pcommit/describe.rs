//! What there is to see of a resource manager, an acceptor and a leader.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::leader::Lead;
use super::message::Accepted;
use super::{Disk, Node, Proposal, State, TM, acceptors, commit, is_rm, majority, rms};
use crate::base::Id;
use crate::describe::{Dots, Pen, Tone};
use crate::protocol::{Part, Setup};

/// Draws a process.
pub fn node(setup: &Setup, node: &Node, me: Id, pen: &mut Pen) {
    if is_rm(setup, me) {
        return resource_manager(node, pen);
    }
    disk(setup, &node.disk, me, pen);
    match setup.roles[me.index()].part {
        Part::Service => leader(setup, node, me, pen),
        _ => pen.role("acceptor", Tone::Follow, None),
    }
    let open = node.disk.ledgers.iter().rev().find(|(_, ledger)| !ledger.told);
    if let Some((_, ledger)) = open
        && setup.roles[me.index()].part == Part::Resource
    {
        let of: Vec<Id> = rms(setup).collect();
        let yes = ledger.accepted().iter().map(|(rm, _)| *rm).collect();
        pen.dots(Dots { name: "instances", needed: of.len() as u64, of, yes });
    }
}

fn resource_manager(node: &Node, pen: &mut Pen) {
    commit::describe(&node.disk.rows, Some(&node.memory.locks), pen);
    state(doubtful(&node.disk), pen);
    pen.memory("asked", node.memory.asked.values().sum::<u64>());
}

/// The transaction that a resource manager has not seen end; else the last one.
fn doubtful(disk: &Disk) -> Option<(u64, State)> {
    let mut records = disk.records.iter().map(|(tx, record)| (*tx, record.state));
    let last = disk.records.iter().next_back().map(|(tx, record)| (*tx, record.state));
    records.find(|(_, state)| !state.is_decided()).or(last)
}

fn state(of: Option<(u64, State)>, pen: &mut Pen) {
    let Some((tx, state)) = of else { return pen.role("working", Tone::Plain, None) };
    let tone = match state {
        State::Ready => Tone::Doubt,
        State::Commit => Tone::Accept,
        State::Abort => Tone::Refuse,
        _ => Tone::Seek,
    };
    pen.role(state.word(), tone, None);
    pen.memory_on_card("tx", tx);
}

fn leader(setup: &Setup, node: &Node, me: Id, pen: &mut Pen) {
    let undecided = |(tx, _): &&(u64, Lead)| !node.disk.outcomes.contains_key(tx);
    let lead = node.memory.leads.iter().rev().find(undecided);
    let Some((tx, lead)) = lead else {
        let outcome = node.disk.outcomes.iter().next_back();
        let ballot = outcome.and_then(|(tx, _)| node.disk.ballots.get(tx).copied());
        return match outcome {
            Some((_, State::Commit)) => pen.role("commit", Tone::Accept, ballot),
            Some(_) => pen.role("abort", Tone::Refuse, ballot),
            None if me == TM => pen.role("leader", Tone::Lead, None),
            None => pen.role("standby", Tone::Plain, None),
        };
    };
    pen.memory_on_card("tx", *tx);
    let (of, needed) = (acceptors(setup), majority(setup) as u64);
    match &lead.promises {
        Some(promises) => {
            pen.role("asking", Tone::Seek, Some(lead.ballot));
            let yes = promises.keys().copied().collect();
            pen.dots(Dots { name: "promises", of, yes, needed });
        }
        None => {
            pen.role("wait", Tone::Lead, Some(lead.ballot));
            let yes = lead.tally.acceptors().as_slice().to_vec();
            pen.dots(Dots { name: "reports", of, yes, needed });
        }
    }
}

/// Draws what a disk holds.
pub fn disk(setup: &Setup, disk: &Disk, me: Id, pen: &mut Pen) {
    pen.role("down", Tone::Plain, None);
    if is_rm(setup, me) {
        commit::describe(&disk.rows, None, pen);
        if let Some((tx, state)) = doubtful(disk) {
            pen.disk("record", format!("{tx}: {}", state.word()));
        }
        return;
    }
    if let Some((tx, ledger)) = disk.ledgers.iter().next_back() {
        pen.disk("promised", ledger.promised());
        let told = accepted(&ledger.accepted(), pen);
        pen.disk_on_card("accepted", format!("{tx}: {told}"));
    }
    if let Some((tx, outcome)) = disk.outcomes.iter().next_back() {
        pen.disk("outcome", format!("{tx}: {}", outcome.word()));
    }
}

/// `rm1 prepared@0`, one after another.
pub fn accepted(accepted: &[Accepted], pen: &Pen) -> String {
    let told = accepted
        .iter()
        .map(|(rm, (ballot, value))| format!("{} {}@{ballot}", pen.name(*rm), word(*value)));
    or_dash(told.collect())
}

/// `rm1 prepared`, one after another.
pub fn values(values: &[(Id, Proposal)], pen: &Pen) -> String {
    let told = values.iter().map(|(rm, value)| format!("{} {}", pen.name(*rm), word(*value)));
    or_dash(told.collect())
}

fn word(value: Proposal) -> &'static str {
    match value {
        Proposal::Prepared => "prepared",
        Proposal::Aborted => "aborted",
    }
}

fn or_dash(told: Vec<String>) -> String {
    if told.is_empty() { "–".into() } else { told.join("  ") }
}
