//! A learner: it hears what acceptors accept, and learns what a majority accepted.

use crate::base::{Id, Map, Value};

use super::{Cx, Proposal, needed, rules};

/// What a learner has heard.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Learner {
    /// By acceptor, the proposal of the highest number that it has reported; forgotten once
    /// something is known to be chosen.
    pub reports: Map<Id, Proposal>,
    /// What is chosen.
    pub chosen: Option<Value>,
}

impl Learner {
    /// The acceptors that reported the proposal of the highest number.
    pub fn for_highest(&self) -> impl Iterator<Item = Id> + '_ {
        let highest = self.reports.values().max();
        let same = self.reports.iter().filter(move |(_, proposal)| Some(proposal) == highest);
        same.map(|(id, _)| *id)
    }
}

/// An acceptor tells what it has accepted. Only a majority for one proposal counts: three
/// acceptances of one value under three numbers are nothing yet.
pub(super) fn hear(cx: &mut Cx, learner: &mut Learner, from: Id, proposal: &Proposal) {
    let number = proposal.number;
    if learner.chosen.is_some() {
        return cx.rule(&rules::LEARN_KNOWN, [&from]);
    }
    if learner.reports.get(&from).is_some_and(|known| known.number > number) {
        return cx.rule(&rules::STALE, [&from, &number]);
    }
    learner.reports.insert(from, proposal.clone());
    let same = learner.reports.values().filter(|known| *known == proposal).count();
    let needed = needed(cx.setup);
    cx.rule(&rules::REPORT, [&from, &number, &same, &needed]);
    if same >= needed {
        cx.rule(&rules::LEARN, [&number]);
        learner.reports.clear();
        learner.chosen = Some(proposal.value.clone());
    }
}
