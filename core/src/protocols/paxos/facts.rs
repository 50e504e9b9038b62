//! What is so at a node, in words that every system shares.

use crate::base::{Value, hash_of};
use crate::facts::{Fact, Facts, LogExtent};

use super::proposer::Stage;
use super::{Memory, Node};

/// The log of one place that says what an acceptor has accepted.
pub const ACCEPTED: &str = "accepted";
/// The log of one place that says what a node knows to be chosen.
pub const CHOSEN: &str = "chosen";

/// Reports a node. A proposer whose proposal is chosen is the `leader` of its number: it has won.
pub fn facts(node: &Node, out: &mut Facts) {
    let (name, epoch) = role(node);
    out.role(name, epoch);
    for log in [ACCEPTED, CHOSEN] {
        if let Some((epoch, value)) = content(node, log) {
            let committed = (log == CHOSEN).into();
            let hash = hash_of(epoch, &value);
            out.log(LogExtent { log, first: 1, last: 1, committed, hash });
        }
    }
}

/// Reports the one entry of a log.
pub fn entry(node: &Node, log: &'static str) -> Option<Fact> {
    let (epoch, value) = content(node, log)?;
    let value = value.clone();
    Some(Fact::Entry { log, index: 1, epoch, value, committed: log == CHOSEN })
}

/// The role that a node plays, and in which number.
pub fn role(node: &Node) -> (&'static str, u64) {
    let number = node.disk.number;
    match &node.memory {
        Memory::Proposer(proposer) => match &proposer.stage {
            Stage::Idle => ("idle", 0),
            Stage::Preparing { .. } => ("preparing", number),
            Stage::Thinking(..) | Stage::Accepting(..) => ("accepting", number),
            Stage::Waiting(_) => ("waiting", number),
            Stage::Chosen(_) => ("leader", number),
        },
        Memory::Acceptor(_) => ("acceptor", node.acceptor().promised),
        Memory::Learner(_) => ("learner", 0),
    }
}

/// What is chosen is a value, whatever number it was chosen under: that stands without one.
fn content<'a>(node: &'a Node, log: &str) -> Option<(u64, &'a Value)> {
    if log == CHOSEN {
        return node.chosen().map(|value| (0, value));
    }
    let Memory::Acceptor(_) = node.memory else { return None };
    node.acceptor().accepted.as_ref().map(|proposal| (proposal.number, &proposal.value))
}
