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
    changes: Vec<Change>,
}

/// Lines that were moved or taken away: all lines before, and all lines after.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Change {
    before: Vec<Line>,
    after: Vec<Line>,
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

    /// Adds a line. Behind one that is timed, those that come later stay on a branch, with where
    /// one looked, `at`; one that waits for something leaves the others as they are.
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

    /// Whether what [`Hand::undo`] would take back is that lines were moved or taken away.
    pub fn is_changed(&self) -> bool {
        self.changes.last().is_some_and(|last| last.after == self.own)
    }

    /// Takes back the last step: that lines were moved or taken away, or else the last line. Says
    /// whether there was one.
    pub fn undo(&mut self) -> bool {
        if self.is_changed()
            && let Some(last) = self.changes.pop()
        {
            self.own = last.before;
            return true;
        }
        self.own.pop().is_some()
    }

    /// Takes these lines in the place of all. Where there were some, that is a step of its own.
    pub fn take(&mut self, own: Vec<Line>) {
        let before = self.own.clone();
        self.put(own);
        if !before.is_empty() && before != self.own {
            self.changes.push(Change { before, after: self.own.clone() });
        }
    }

    fn put(&mut self, own: Vec<Line>) {
        self.own = own;
        sort_by_key(&mut self.own, instant);
    }

    /// Goes to the branch at `place`, leaving the present one in its place, with where one looked,
    /// `at`. Answers where one looked there.
    pub fn switch_to(&mut self, place: usize, at: Time) -> Option<Time> {
        let branch = self.branches.get_mut(place)?;
        let there = core::mem::replace(branch, Branch { own: self.own.clone(), at });
        self.put(there.own);
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

    /// Whether the learner's last step was to move lines or to take some away.
    pub fn is_changed(&self) -> bool {
        self.hand.is_changed()
    }

    /// Takes back the learner's last step; says whether there was one. One looks no further than
    /// the instant of the first line that is another one.
    pub fn undo(&mut self) -> bool {
        let before = self.own().to_vec();
        let undone = self.hand.undo();
        self.replay_difference(&before);
        undone
    }

    /// Takes all of the learner's lines, such as those of a link. One looks no further than the
    /// instant of the first line that is another one.
    pub fn set_own(&mut self, own: Vec<Line>) {
        let before = self.own().to_vec();
        self.hand.put(own);
        self.replay_difference(&before);
    }

    /// The same as a step of the learner's, who moved lines or took some away.
    pub fn change_own(&mut self, own: Vec<Line>) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocols;
    use crate::scenario::Scenario;

    fn lines(text: &str) -> Vec<Line> {
        let text = alloc::format!("system raft nodes=3 clients=1 end=1000\n{text}");
        let Ok(scenario) = Scenario::parse(&text, protocols::ALL) else { panic!("{text}") };
        scenario.lines
    }

    #[test]
    fn what_was_moved_or_taken_away_comes_back_by_one_step() {
        let mut hand = Hand::default();
        let first = lines("+ at 5 crash n1\n+ at 9 heal\n");
        hand.take(first.clone());
        assert!(!hand.is_changed(), "what a link brings is no step");
        let moved = lines("+ at 5 heal\n+ at 7 crash n1\n");
        hand.take(moved.clone());
        hand.take(Vec::new());
        assert!(hand.undo() && hand.own() == moved, "what was taken away is back");
        let more = lines("+ at 8 restart n1\n");
        hand.add(more[0].clone(), Time::ZERO);
        assert!(hand.undo() && hand.own() == moved, "a line is a step");
        assert!(hand.undo() && hand.own() == first, "and so is the move before");
        assert!(hand.undo() && hand.own() == &first[..1]);
        assert!(hand.undo() && !hand.undo());
    }
}
