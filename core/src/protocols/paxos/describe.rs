//! What there is to see of a node.

use crate::base::Id;
use crate::describe::{Dots, Pen, Tone};
use crate::protocol::Setup;

use super::acceptor::Acceptor;
use super::learner::Learner;
use super::proposer::{Proposer, Stage};
use super::{Disk, Memory, Node, Proposal, acceptors, facts, needed, proposers};

/// Draws a node.
pub fn node(setup: &Setup, node: &Node, me: Id, pen: &mut Pen) {
    match &node.memory {
        Memory::Proposer(of) => {
            disk(setup, &node.disk, me, pen);
            proposer(setup, of, pen);
        }
        Memory::Acceptor(_) => acceptor(node.acceptor(), pen),
        Memory::Learner(of) => learner(setup, of, pen),
    }
    let (role, epoch) = facts::role(node);
    let tone = match role {
        "leader" => Tone::Lead,
        "preparing" | "accepting" => Tone::Seek,
        "waiting" => Tone::Refuse,
        "acceptor" if node.acceptor().accepted.is_some() => Tone::Accept,
        "acceptor" | "learner" => Tone::Follow,
        _ => Tone::Plain,
    };
    pen.role(role, tone, (epoch > 0).then_some(epoch));
}

/// Draws what the disk holds.
pub fn disk(setup: &Setup, disk: &Disk, me: Id, pen: &mut Pen) {
    pen.role("down", Tone::Plain, None);
    if proposers(setup).contains(&me.0) {
        pen.disk("number", disk.number);
    } else if acceptors(setup).any(|id| id == me) {
        acceptor(&disk.acceptor, pen);
    }
}

fn acceptor(acceptor: &Acceptor, pen: &mut Pen) {
    pen.disk_on_card("promised", (acceptor.promised > 0).then_some(acceptor.promised));
    pen.disk_on_card("accepted", acceptor.accepted.as_ref().map(Proposal::told));
}

fn proposer(setup: &Setup, proposer: &Proposer, pen: &mut Pen) {
    match &proposer.stage {
        Stage::Chosen(value) => pen.memory_on_card("chosen", value.clone()),
        Stage::Thinking(value, _) | Stage::Accepting(value, _) => {
            pen.memory_on_card("value", value.clone());
        }
        Stage::Idle | Stage::Preparing { .. } | Stage::Waiting(_) => {
            pen.memory_on_card("own", proposer.own.clone());
        }
    }
    if let Stage::Preparing { highest: Some(proposal), .. } = &proposer.stage {
        pen.memory("highest", proposal.told());
    }
    if let Some(answers) = proposer.stage.answers() {
        let name: &'static str = match proposer.stage {
            Stage::Accepting(..) => "acceptances",
            _ => "promises",
        };
        pen.dots(dots(setup, name, answers.yes.iter()));
    }
}

fn learner(setup: &Setup, learner: &Learner, pen: &mut Pen) {
    pen.memory_on_card("chosen", learner.chosen.clone());
    for (acceptor, proposal) in learner.reports.iter() {
        let told = alloc::format!("{}: {}", pen.name(*acceptor), proposal.told());
        pen.memory("reports", told);
    }
    if !learner.reports.is_empty() {
        pen.dots(dots(setup, "reports", learner.for_highest()));
    }
}

/// Who of the acceptors has said so, of the majority that must.
fn dots(setup: &Setup, name: &'static str, yes: impl Iterator<Item = Id>) -> Dots {
    let needed = needed(setup) as u64;
    Dots { name, of: acceptors(setup).collect(), yes: yes.collect(), needed }
}
