//! One hand over several runs.

use alloc::vec::Vec;

use crate::base::Time;
use crate::run::{Branch, Hand};
use crate::scenario::Error;
use crate::scenario::ast::{Line, Pane, Scenario};

/// The learner's hand over the runs that a story compares. Its lines are one list: those that
/// belong to one pane say so (`only`), and the others are of all panes and name the participants of
/// the story as told. Every line makes sense in every pane that it belongs to.
#[derive(Clone, Debug)]
pub struct OneHand {
    /// With `compare`, and without the learner's lines.
    story: Scenario,
    hand: Hand,
}

impl OneHand {
    /// The hand over the runs that `compare` names in `story`, with the learner's lines that are in
    /// it.
    ///
    /// # Errors
    ///
    /// When they are fewer than two, or a line of the learner's makes no sense in a pane.
    pub fn new(story: &Scenario) -> Result<OneHand, Error> {
        let mut story = story.compared(&story.compare)?;
        let (own, told) = story.lines.drain(..).partition(|line| line.own);
        story.lines = told;
        let mut hand = OneHand { story, hand: Hand::default() };
        hand.take(own)?;
        Ok(hand)
    }

    /// The story with what stands side by side, without the learner's lines.
    pub fn story(&self) -> &Scenario {
        &self.story
    }

    /// The story with the learner's lines: its text, and its link, open this comparison again.
    pub fn scenario(&self) -> Scenario {
        let mut scenario = self.story.clone();
        scenario.lines.extend(self.own().iter().cloned());
        scenario
    }

    /// The same story in other words.
    pub fn retell(&mut self, story: &Scenario) {
        self.story = story.clone();
    }

    /// The learner's lines on this branch, in the order of time.
    pub fn own(&self) -> &[Line] {
        self.hand.own()
    }

    /// What the learner did elsewhere, oldest first.
    pub fn branches(&self) -> &[Branch] {
        self.hand.branches()
    }

    /// The learner's lines as they stand in a pane.
    pub fn lines_in(&self, pane: &Pane) -> Vec<Line> {
        self.story.own_lines_in(self.own(), pane).unwrap_or_default()
    }

    /// Adds a timed line that names the participants of `pane`, of that pane alone or of all. Lines
    /// that come later stay behind on a branch, with where one looked, `at`.
    ///
    /// # Errors
    ///
    /// When it makes no sense in some other pane; then nothing is done, and it can be done alone.
    pub fn add(&mut self, pane: &Pane, line: Line, alone: bool, at: Time) -> Result<(), Error> {
        let line = match alone {
            true => Line { only: Some(pane.clone()), ..line },
            false => self.story.moved_line(&line, pane, &Pane::Told)?,
        };
        self.check(core::slice::from_ref(&line))?;
        self.hand.add(line, at);
        Ok(())
    }

    /// Whether the learner's last step was to move lines or to take some away.
    pub fn is_changed(&self) -> bool {
        self.hand.is_changed()
    }

    /// Takes back the last step; says whether there was one.
    pub fn undo(&mut self) -> bool {
        self.hand.undo()
    }

    /// Takes these lines in the place of those that there are.
    ///
    /// # Errors
    ///
    /// When one makes no sense in a pane; then all stays as it was.
    pub fn take(&mut self, own: Vec<Line>) -> Result<(), Error> {
        self.check(&own)?;
        self.hand.take(own);
        Ok(())
    }

    /// Goes to the branch at `place`, leaving the present one in its place, with where one looked,
    /// `at`. Answers where one looked there.
    pub fn switch_to(&mut self, place: usize, at: Time) -> Option<Time> {
        self.hand.switch_to(place, at)
    }

    fn check(&self, own: &[Line]) -> Result<(), Error> {
        let mut panes = self.story.compare.iter();
        panes.try_for_each(|pane| self.story.own_lines_in(own, pane).map(drop))
    }
}
