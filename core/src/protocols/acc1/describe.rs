//! What there is to see of a proposer, an acceptor and the learner.

use alloc::vec::Vec;

use crate::base::{Id, Value};
use crate::describe::{Dots, Pen, Tone};
use crate::protocol::{Part, Setup};

use super::tally::{Outcome, Tally, needed};
use super::{Disk, Memory, Node, all, part};

/// Draws what the disk of an acceptor holds.
pub fn disk(setup: &Setup, disk: &Disk, me: Id, pen: &mut Pen) {
    if part(setup, me) == Part::Service {
        pen.disk_on_card("accepted", disk.accepted.clone());
    }
}

/// Draws what a node does.
pub fn memory(setup: &Setup, node: &Node, pen: &mut Pen) {
    match &node.memory {
        Memory::Acceptor if node.disk.accepted.is_some() => {
            pen.role("acceptor", Tone::Accept, None);
        }
        Memory::Acceptor => pen.role("acceptor", Tone::Plain, None),
        Memory::Proposer(own) => {
            let proposal = own.asked.first().map(|(_, value)| value.clone());
            let tone = if proposal.is_some() { Tone::Seek } else { Tone::Plain };
            pen.role("proposer", tone, None);
            pen.memory_on_card("proposal", proposal.clone());
            counted(setup, &own.tally, proposal.as_ref(), pen);
        }
        Memory::Learner(tally) => {
            pen.role("learner", Tone::Follow, None);
            counted(setup, tally, None, pen);
        }
    }
}

/// Draws what somebody has counted, of `value` or of the one that leads.
fn counted(setup: &Setup, tally: &Tally, value: Option<&Value>, pen: &mut Pen) {
    match &tally.outcome {
        Outcome::Chosen(value) => pen.memory_on_card("chosen", value.clone()),
        Outcome::Open => {}
        Outcome::Split => pen.flag("split"),
    }
    let Some(value) = value.or_else(|| tally.leading()) else { return };
    let of: Vec<Id> = all(setup, Part::Service).collect();
    let yes = tally.votes(value).collect();
    pen.dots(Dots { name: "accepted", of, yes, needed: needed(setup) });
}
