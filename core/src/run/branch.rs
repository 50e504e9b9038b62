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

/// The learner's lines, and those that stayed behind.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hand {
    own: Vec<Line>,
    branches: Vec<Branch>,
}

impl Hand {
    /// The lines on this branch, in the order of time.
    pub fn own(&self) -> &[Line] {
        &self.own
    }

    /// What was done elsewhere, oldest first.
    pub fn branches(&self) -> &[Branch] {
        &self.branches
    }

    /// Adds a line. Behind one that is timed, those that come later stay on a branch, with where one
    /// looked, `at`; one that waits for something leaves the others as they are.
    pub fn add(&mut self, line: Line, at: Time) {
        let when = instant(&line);
        let waits = |line: &Line| matches!(line.trigger, Trigger::After(..) | Trigger::When { .. });
        let is_later = |own: &Line| !waits(own) && instant(own) > when;
        if !waits(&line) && self.own.iter().any(is_later) {
            self.branches.push(Branch { own: self.own.clone(), at });
            self.own.retain(|own| !is_later(own));
        }
        self.own.push(line);
    }

    /// Takes back the last line; answers it.
    pub fn undo(&mut self) -> Option<Line> {
        self.own.pop()
    }

    /// Takes these lines in the place of all.
    pub fn take(&mut self, own: Vec<Line>) {
        self.own = own;
        sort_by_key(&mut self.own, instant);
    }

    /// Goes to the branch at `place`, leaving the present one in its place, with where one looked,
    /// `at`. Answers where one looked there.
    pub fn switch_to(&mut self, place: usize, at: Time) -> Option<Time> {
        let branch = self.branches.get_mut(place)?;
        let there = core::mem::replace(branch, Branch { own: self.own.clone(), at });
        self.take(there.own);
        Some(there.at)
    }
}

impl Run {
    /// The learner's lines on this branch, in the order of time.
    pub fn own(&self) -> &[Line] {
        self.hand.own()
    }

    /// When the run begins to be another than the one that is told, if the learner changed it.
    pub fn own_from(&self) -> Option<Time> {
        self.own().first().map(instant)
    }

    /// What the learner did elsewhere, oldest first.
    pub fn branches(&self) -> &[Branch] {
        self.hand.branches()
    }

    /// Does something at the cursor: a line is added right after the instant that is looked at.
    /// Where lines of the learner's come later, they stay behind on a branch. Answers the instant
    /// of the line.
    pub fn act(&mut self, action: Action) -> Time {
        let line = own_line(self.at(), action);
        let at = instant(&line);
        self.add(line);
        at
    }

    /// Adds a line of the learner's. One that is timed must not lie before the cursor.
    pub fn add(&mut self, line: Line) {
        let at = instant(&line);
        self.hand.add(line, self.at());
        self.replay_from(at);
    }

    /// Takes back the learner's last line; answers it. One looks no further than its instant.
    pub fn undo(&mut self) -> Option<Line> {
        let line = self.hand.undo()?;
        self.replay_from(instant(&line));
        Some(line)
    }

    /// Takes all of the learner's lines, such as those of a link. One looks no further than the
    /// instant of the first line that is another one.
    pub fn set_own(&mut self, own: Vec<Line>) {
        let before = self.own().to_vec();
        self.hand.take(own);
        self.replay_difference(&before);
    }

    /// Goes to the branch at `place`, leaving the present one in its place, with where one looked,
    /// `at`. Answers where one looked there.
    pub fn switch_to(&mut self, place: usize, at: Time) -> Option<Time> {
        let before = self.own().to_vec();
        let there = self.hand.switch_to(place, at)?;
        self.replay_difference(&before);
        Some(there)
    }

    fn replay_difference(&mut self, before: &[Line]) {
        if let Some(first) = first_difference(before, self.own()) {
            self.replay_from(first);
        }
    }
}

/// When the first line runs that is in one of two lists, in order of time, and not in the other.
pub fn first_difference(one: &[Line], other: &[Line]) -> Option<Time> {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    one[same..].iter().chain(&other[same..]).map(instant).min()
}

/// A line of the learner's right after `at`.
pub fn own_line(at: Time, action: Action) -> Line {
    let trigger = Trigger::At(at + Span(1));
    Line { label: None, trigger, action, own: true, maybe: false, only: None }
}

/// When a line of the learner's runs; the beginning for one that waits for something.
pub fn instant(line: &Line) -> Time {
    match line.trigger {
        Trigger::At(at) | Trigger::Every { from: at, .. } => at,
        Trigger::After(..) | Trigger::When { .. } => Time::ZERO,
    }
}
