//! The learner's hand: lines added at the cursor, undone, and kept on branches.

use alloc::vec::Vec;

use super::play::Run;
use crate::base::{Span, Time, sort_by_key};
use crate::kernel::action::{Action, Trigger};
use crate::scenario::ast::Line;

/// What the learner did, kept when something else was done at an earlier instant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Branch {
    /// The lines.
    pub own: Vec<Line>,
    /// Where one looked.
    pub at: Time,
}

impl Run {
    /// The learner's lines on this branch, in the order of time.
    pub fn own(&self) -> &[Line] {
        &self.own
    }

    /// When the run begins to be another than the one that is told, if the learner changed it.
    pub fn own_from(&self) -> Option<Time> {
        self.own.first().map(instant)
    }

    /// What the learner did elsewhere, oldest first.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// Does something at the cursor: a line is added right after the instant that is looked at.
    /// Where lines of the learner's come later, they stay behind on a branch. Answers the instant
    /// of the line.
    pub fn act(&mut self, action: Action) -> Time {
        let at = self.at() + Span(1);
        let trigger = Trigger::At(at);
        self.add(Line { label: None, trigger, action, own: true, maybe: false });
        at
    }

    /// Adds a line of the learner's, which must be timed and not lie before the cursor.
    pub fn add(&mut self, line: Line) {
        let at = instant(&line);
        if self.own.iter().any(|own| instant(own) > at) {
            self.branches.push(Branch { own: self.own.clone(), at: self.at() });
            self.own.retain(|own| instant(own) <= at);
        }
        self.own.push(line);
        self.replay_from(at);
    }

    /// Takes back the learner's last line; answers it. One looks no further than its instant.
    pub fn undo(&mut self) -> Option<Line> {
        let line = self.own.pop()?;
        self.replay_from(instant(&line));
        Some(line)
    }

    /// Takes all of the learner's lines, such as those of a link. One looks no further than the
    /// instant of the first line that may be another one.
    pub fn set_own(&mut self, own: Vec<Line>) {
        let first = self.own.iter().chain(&own).map(instant).min();
        self.own = own;
        sort_by_key(&mut self.own, instant);
        if let Some(first) = first {
            self.replay_from(first);
        }
    }

    /// Goes to the branch at `place`, leaving the present one in its place, with where one looked,
    /// `at`. Answers where one looked there.
    pub fn switch_to(&mut self, place: usize, at: Time) -> Option<Time> {
        let branch = self.branches.get_mut(place)?;
        let there = branch.at;
        let own = core::mem::take(&mut branch.own);
        *branch = Branch { own: self.own.clone(), at };
        self.set_own(own);
        Some(there)
    }
}

/// When a line of the learner's runs.
fn instant(line: &Line) -> Time {
    match line.trigger {
        Trigger::At(at) | Trigger::Every { from: at, .. } => at,
        Trigger::After(..) | Trigger::When { .. } => Time::ZERO,
    }
}
