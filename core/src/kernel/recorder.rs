//! Takes down what the world does. A muted recorder takes down nothing, so that seeking costs only
//! the simulation.

use alloc::vec::Vec;

use crate::base::{Id, Time};
use crate::facts::{Fact, FactChange, Facts};
use crate::history::{Attempt, AttemptEnd, End, OpRecord, Told};
use crate::machine::Machine;
use crate::op::{OpId, Outcome};
use crate::rule::Fired;
use crate::run::trace::{
    CutRecord, EventRecord, Fate, Idle, Loss, MessageRecord, PhaseRecord, Trace, What,
};

use super::disk::Untold;
use super::flight::Flight;
use super::person::Phase;
use super::world::World;

/// Where the world reports.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    /// What was taken down.
    pub trace: Trace,
    muted: bool,
    /// The number of a message that is sought, and the message once it has been sent.
    sought: Option<u32>,
    found: Option<Flight>,
    /// The operation whose end is listened for, whom its client asked last, and its end.
    awaited: Option<(OpId, Id)>,
    heard: Option<Heard>,
    /// What was last reported of each node, to tell what changed.
    facts: Vec<Facts>,
    scratch: Facts,
}

/// How an operation ended that was listened for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heard {
    /// When.
    pub at: Time,
    /// Whom its client asked last.
    pub asked: Id,
    /// How.
    pub outcome: Outcome,
}

impl Recorder {
    /// A recorder that takes down nothing.
    pub fn muted() -> Recorder {
        Recorder { muted: true, ..Recorder::default() }
    }

    /// A recorder that takes down nothing but the message of this number.
    pub fn seeking(message: u32) -> Recorder {
        Recorder { sought: Some(message), ..Recorder::muted() }
    }

    /// The message that it sought, as it left.
    pub fn found(&self) -> Option<&Flight> {
        self.found.as_ref()
    }

    /// Listens for the end of `op`, whatever else it takes down.
    pub(super) fn listen(&mut self, op: OpId, asked: Id) {
        (self.awaited, self.heard) = (Some((op, asked)), None);
    }

    /// How the operation ended that it listened for, once it has.
    pub fn heard(&self) -> Option<&Heard> {
        self.heard.as_ref()
    }

    /// Whether it takes down nothing.
    pub fn is_muted(&self) -> bool {
        self.muted
    }

    pub(super) fn event(&mut self, at: Time, cause: u32, node: Id, what: What) {
        if self.muted {
            return;
        }
        let fired = self.trace.fired.len() as u32;
        let messages = self.trace.messages.len() as u32;
        if let What::Deliver { message } = what {
            let event = self.trace.events.len() as u32;
            self.trace.messages[message as usize].fate = Fate::Arrived(event);
        }
        self.trace.events.push(EventRecord { at, cause, node, what, fired, messages });
    }

    pub(super) fn idle(&mut self, event: u32, why: Idle) {
        if self.muted {
            return;
        }
        if let What::Act { idle, .. } = &mut self.trace.events[event as usize].what {
            *idle = Some(why);
        }
    }

    pub(super) fn fired(&mut self, fired: Fired) {
        if !self.muted {
            self.trace.fired.push(fired);
        }
    }

    pub(super) fn sent(&mut self, flight: &Flight) {
        if self.muted {
            if self.sought == Some(flight.id) {
                self.found = Some(flight.clone());
            }
            return;
        }
        self.trace.messages.push(MessageRecord {
            sent: flight.cause,
            at: flight.sent,
            due: flight.due,
            from: flight.from,
            to: flight.to,
            kind: flight.packet.kind(),
            shape: flight.packet.shape(),
            epoch: flight.packet.epoch(),
            fate: Fate::Flying,
            duplicate: flight.duplicate,
        });
    }

    pub(super) fn lost(&mut self, message: u32, at: Time, loss: Loss) {
        if !self.muted {
            self.trace.messages[message as usize].fate = Fate::Lost(at, loss);
        }
    }

    pub(super) fn delayed(&mut self, message: u32, due: Time) {
        if !self.muted {
            self.trace.messages[message as usize].due = due;
        }
    }

    pub(super) fn called(&mut self, record: impl FnOnce() -> OpRecord) {
        if !self.muted {
            self.trace.history.call(record());
        }
    }

    pub(super) fn attempted(&mut self, op: OpId, node: Id, at: Time) {
        if let Some((awaited, asked)) = &mut self.awaited
            && *awaited == op
        {
            *asked = node;
        }
        if self.muted {
            return;
        }
        if let Some(record) = self.trace.history.get_mut(op) {
            record.attempts.push(Attempt { node, at, end: None });
        }
    }

    pub(super) fn attempt_ended(&mut self, op: OpId, at: Time, how: AttemptEnd) {
        if self.muted {
            return;
        }
        let attempts = self.trace.history.get_mut(op).map(|record| &mut record.attempts);
        if let Some(attempt) = attempts.and_then(|attempts| attempts.last_mut()) {
            attempt.end = Some((at, how));
        }
    }

    /// Ends the last attempt, unless it ended by an answer before.
    pub(super) fn attempt_timed_out(&mut self, op: OpId, at: Time, how: AttemptEnd) {
        let attempts = self.trace.history.get(op).map(|record| &record.attempts);
        if attempts.and_then(|attempts| attempts.last()).is_some_and(|last| last.end.is_none()) {
            self.attempt_ended(op, at, how);
        }
    }

    pub(super) fn returned(&mut self, op: OpId, at: Time, event: u32, outcome: Outcome) {
        if let Some((awaited, asked)) = self.awaited
            && awaited == op
        {
            self.heard = Some(Heard { at, asked, outcome: outcome.clone() });
        }
        if self.muted {
            return;
        }
        if let Some(record) = self.trace.history.get_mut(op) {
            record.end = Some(End { at, event, outcome });
        }
    }

    pub(super) fn told(&mut self, told: Told) {
        if !self.muted {
            self.trace.history.told.push(told);
        }
    }

    pub(super) fn cuts(&mut self, cut: impl FnOnce() -> CutRecord) {
        if !self.muted {
            self.trace.cuts.push(cut());
        }
    }

    pub(super) fn phase(&mut self, event: u32, at: Time, node: Id, phase: Phase) {
        if !self.muted {
            self.trace.phases.push(PhaseRecord { event, at, node, phase });
        }
    }

    pub(super) fn broken(&mut self, event: u32, machine: &dyn Machine) {
        if self.muted {
            return;
        }
        let mut broken = Vec::new();
        machine.broken(&mut broken);
        for property in broken {
            if !self.trace.broken.iter().any(|&(_, known)| known == property) {
                self.trace.broken.push((event, property));
            }
        }
    }

    /// Takes down how the facts of `node` differ from what was last taken down, and the entries
    /// that its logs gained or lost.
    pub(super) fn facts(
        &mut self,
        event: u32,
        at: Time,
        node: Id,
        machine: &dyn Machine,
        entries: &mut Vec<(bool, Fact)>,
    ) {
        if !self.muted {
            self.scratch.clear();
            machine.facts(node, &mut self.scratch);
            self.change(event, at, node, entries);
        }
    }

    /// Takes down what was kept back until now.
    pub(super) fn late(&mut self, event: u32, at: Time, node: Id, untold: Untold) {
        if !self.muted {
            let Untold { facts, mut entries } = untold;
            self.scratch = facts;
            self.change(event, at, node, &mut entries);
        }
    }

    /// Takes down how the facts in `scratch` differ from what was last told of `node`.
    fn change(&mut self, event: u32, at: Time, node: Id, entries: &mut Vec<(bool, Fact)>) {
        if self.facts.len() <= node.index() {
            self.facts.resize(node.index() + 1, Facts::default());
        }
        core::mem::swap(&mut self.scratch, &mut self.facts[node.index()]);
        let (was, now) = (self.scratch.facts(), self.facts[node.index()].facts());
        let mut change = |holds, fact| {
            self.trace.facts.push(FactChange { event, at, node, holds, fact });
        };
        let (gone, new) = differences(was, now);
        gone.into_iter().for_each(|fact| change(false, fact.clone()));
        new.into_iter().for_each(|fact| change(true, fact.clone()));
        entries.drain(..).for_each(|(holds, fact)| change(holds, fact));
    }

    /// Goes back to what was taken down when the world was `head`, so that it can go on from there
    /// differently.
    pub fn rewind(&mut self, head: &World) {
        let (events, messages, ops) = (head.n_events(), head.n_messages(), head.n_ops());
        let trace = &mut self.trace;
        let at = match events.checked_sub(1) {
            Some(last) => trace.events[last as usize].at,
            None => Time::ZERO,
        };
        let fired = trace.events.get(events as usize).map_or(trace.fired.len() as u32, |e| e.fired);
        trace.fired.truncate(fired as usize);
        trace.events.truncate(events as usize);
        trace.messages.truncate(messages as usize);
        for index in 0..trace.messages.len() {
            let message = &mut trace.messages[index];
            match message.fate {
                Fate::Arrived(event) if event >= events => message.fate = Fate::Flying,
                Fate::Lost(lost, _) if lost > at => message.fate = Fate::Flying,
                _ => {}
            }
        }
        // What was told late may belong to the last event, and come after it.
        let is_before = |c: &FactChange| c.event < events && c.at <= head.now();
        trace.facts.truncate(trace.facts.partition_point(is_before));
        trace.history.rewind(ops as usize, events, at);
        trace.cuts.retain(|cut| cut.event < events);
        trace.phases.retain(|phase| phase.event < events);
        trace.broken.retain(|&(event, _)| event < events);
        for (index, facts) in self.facts.iter_mut().enumerate() {
            facts.clear();
            head.told(Id::at(index), facts);
        }
    }
}

/// How far what stays is looked for where two lists differ.
const NEAR: usize = 8;

/// What only the one has, and what only the other. Most of what a node reports stays as and where
/// it is, so both are read side by side; only where they part is looked through all.
fn differences<'a>(was: &'a [Fact], now: &'a [Fact]) -> (Vec<&'a Fact>, Vec<&'a Fact>) {
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while i < was.len() || j < now.len() {
        if i < was.len() && was.get(i) == now.get(j) {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let (skipped, added) = parted(&was[i..], &now[j..]);
        gone.extend(was[i..i + skipped].iter().filter(|fact| !now.contains(fact)));
        new.extend(now[j..j + added].iter().filter(|fact| !was.contains(fact)));
        (i, j) = (i + skipped, j + added);
    }
    (gone, new)
}

/// How many of each to leave behind until both go on alike; at least one of one of them.
fn parted(was: &[Fact], now: &[Fact]) -> (usize, usize) {
    for far in 1..=NEAR {
        for (i, j) in [(far, 0), (0, far), (far, far)] {
            if was.get(i).is_some() && was.get(i) == now.get(j) {
                return (i, j);
            }
        }
    }
    (was.len().min(1), now.len().min(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(counts: &[u64]) -> Vec<Fact> {
        counts.iter().map(|&count| Fact::Mark { name: "m", count }).collect()
    }

    /// The same as looking for each among all, whatever moved, and however often it is there.
    #[test]
    fn side_by_side_is_as_good_as_each_with_each() {
        let mut draw = 7_u64;
        for round in 0..4000 {
            let mut list = |most: u64| -> Vec<u64> {
                let mut next = || {
                    draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    draw >> 33
                };
                let len = next() % most;
                (0..len).map(|_| next() % (most * 2)).collect()
            };
            let was = list(if round % 2 == 0 { 6 } else { 40 });
            let mut now = was.clone();
            list(5).iter().for_each(|at| now.insert(*at as usize % (now.len() + 1), at + 90));
            for at in list(5) {
                if (at as usize) < now.len() {
                    now.swap_remove(at as usize);
                }
            }
            let (was, now) = (marks(&was), marks(&now));
            let gone: Vec<&Fact> = was.iter().filter(|fact| !now.contains(fact)).collect();
            let new: Vec<&Fact> = now.iter().filter(|fact| !was.contains(fact)).collect();
            assert_eq!(differences(&was, &now), (gone, new), "{was:?} {now:?}");
        }
    }
}
