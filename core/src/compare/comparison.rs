//! Runs in step, under one hand.

use alloc::vec::Vec;

use super::divergence::{Divergence, Fork};
use super::hand::OneHand;
use super::names::{Counterparts, counterparts, people};
use super::tally::{Tallies, Tally};
use crate::base::{Id, Time};
use crate::check::evidence::Evidence;
use crate::kernel::action::Action;
use crate::run::trace::Limit;
use crate::run::{Branch, Run, first_difference, instant, own_line};
use crate::scenario::Error;
use crate::scenario::ast::{Line, Pane, Scenario};

/// So many events of one pane are recorded before it is another's turn.
const TURN: u32 = 256;

/// Two to four runs of one story in step.
pub struct Comparison {
    sides: Vec<Side>,
    hand: OneHand,
    at: Time,
    fork: Fork,
}

/// One pane: a run and what it costs.
pub struct Side {
    /// Which of the story's runs.
    pub pane: Pane,
    /// The run.
    pub run: Run,
    /// Who stands in this pane for each participant of the first.
    of_first: Counterparts,
    tallies: Tallies,
}

impl Comparison {
    /// The runs that `compare` names in `story`, with the learner's lines that are in it.
    ///
    /// # Errors
    ///
    /// When they are fewer than two, or a line of the learner's makes no sense in a pane.
    pub fn new(story: &Scenario) -> Result<Comparison, Error> {
        let hand = OneHand::new(story)?;
        let mut sides: Vec<Side> = Vec::new();
        for pane in &hand.story().compare {
            let Some(scenario) = hand.story().pane(pane) else { continue };
            let run = Run::new(scenario);
            let cast = run.head().cast().clone();
            let first = sides.first().map_or(&run, |side| &side.run).head().cast();
            let strangers = first.entry.id != cast.entry.id;
            let of_first = counterparts(&people(first), &people(&cast), strangers);
            sides.push(Side { pane: pane.clone(), run, of_first, tallies: Tallies::new(cast) });
        }
        let mut comparison = Comparison { sides, hand, at: Time::ZERO, fork: Fork::default() };
        comparison.follow(Time::ZERO);
        Ok(comparison)
    }

    /// The story with what stands side by side, without the learner's lines.
    pub fn story(&self) -> &Scenario {
        self.hand.story()
    }

    /// The story with the learner's lines: its text, and its link, open this comparison again.
    pub fn scenario(&self) -> Scenario {
        self.hand.scenario()
    }

    /// The panes in their order.
    pub fn sides(&self) -> &[Side] {
        &self.sides
    }

    /// The instant that is looked at.
    pub fn at(&self) -> Time {
        self.at
    }

    /// When the last of the runs ends.
    pub fn end(&self) -> Time {
        self.sides.iter().map(|side| side.run.head().end()).max().unwrap_or_default()
    }

    /// Records up to `budget` further events of each pane, the one that is furthest behind first;
    /// says whether there is more to record.
    pub fn record(&mut self, budget: u32) -> bool {
        let mut left = (budget as usize).saturating_mul(self.sides.len()) as u64;
        while left > 0 {
            let open = self.sides.iter_mut().filter(|side| !side.run.is_complete());
            let Some(side) = open.min_by_key(|side| side.run.head().now()) else { return false };
            let turn = TURN.min(left as u32);
            side.run.record(turn);
            left -= u64::from(turn);
        }
        self.sides.iter().any(|side| !side.run.is_complete())
    }

    /// Whether every pane is recorded to its end.
    pub fn is_complete(&self) -> bool {
        self.sides.iter().all(|side| side.run.is_complete())
    }

    /// Looks at the instant `at` in every pane. A pane that ended before stays at its end.
    pub fn seek(&mut self, at: Time) {
        self.at = at.min(self.end());
        self.sides.iter_mut().for_each(|side| side.run.seek(at));
    }

    /// The learner's lines on this branch, in the order of time. Lines of all panes name the
    /// participants of the story as told.
    pub fn own(&self) -> &[Line] {
        self.hand.own()
    }

    /// What the learner did elsewhere, oldest first.
    pub fn branches(&self) -> &[Branch] {
        self.hand.branches()
    }

    /// Does something in the pane at `place`, right after the instant that is looked at: in that
    /// pane alone, or in all. Answers the instant of the line.
    ///
    /// # Errors
    ///
    /// When it makes no sense in some other pane; then nothing is done, and it can be done alone.
    pub fn act(&mut self, place: usize, action: Action, alone: bool) -> Result<Time, Error> {
        let line = own_line(self.at, action);
        let at = instant(&line);
        self.add(place, line, alone)?;
        Ok(at)
    }

    /// Adds a timed line that names the participants of the pane at `place`, which must not lie
    /// before the instant that is looked at.
    ///
    /// # Errors
    ///
    /// As [`Comparison::act`].
    pub fn add(&mut self, place: usize, line: Line, alone: bool) -> Result<(), Error> {
        let Some(side) = self.sides.get(place) else { return Ok(()) };
        let at = instant(&line);
        self.hand.add(&side.pane, line, alone, self.at)?;
        self.follow(at);
        Ok(())
    }

    /// Takes back the learner's last step; says whether there was one. One looks no further than
    /// the instant of the first line that is another one.
    pub fn undo(&mut self) -> bool {
        let before = self.hand.own().to_vec();
        let undone = self.hand.undo();
        if let Some(first) = first_difference(&before, self.hand.own()) {
            self.follow(first);
        }
        undone
    }

    /// Takes all of the learner's lines in the place of those that there are.
    ///
    /// # Errors
    ///
    /// When one makes no sense in a pane; then all stays as it was.
    pub fn set_own(&mut self, own: Vec<Line>) -> Result<(), Error> {
        self.hand.take(own)?;
        self.follow(self.at);
        Ok(())
    }

    /// Goes to the branch at `place`, leaving the present one in its place. Answers where one
    /// looked there.
    pub fn switch_to(&mut self, place: usize) -> Option<Time> {
        let there = self.hand.switch_to(place, self.at)?;
        self.follow(self.at);
        Some(there)
    }

    /// Who stands in the pane at `to` for a participant of the pane at `from`, if anybody does.
    pub fn counterpart(&self, from: usize, to: usize, id: Id) -> Option<Id> {
        let (from, to) = (self.sides.get(from)?, self.sides.get(to)?);
        let first = from.of_first.iter().position(|other| *other == Some(id))?;
        to.of_first.get(first).copied().flatten()
    }

    /// Where the panes first differ, as far as all of them are recorded.
    pub fn divergence(&mut self) -> Option<&Divergence> {
        let evidence: Vec<Evidence> =
            self.sides.iter().map(|side| Evidence::of(&side.run)).collect();
        let all: Option<Vec<Time>> = self.sides.iter().map(|side| side.run.recorded()).collect();
        if let Some(until) = all.and_then(|all| all.into_iter().min()) {
            self.fork.extend(&evidence, until);
        }
        self.fork.found()
    }

    /// What the pane at `place` has cost and kept, where one looks.
    pub fn tally(&mut self, place: usize) -> Option<Tally> {
        let Side { run, tallies, .. } = self.sides.get_mut(place)?;
        tallies.extend(run);
        Some(tallies.at(run))
    }

    /// The limit that the pane at `place` met, if it did: it ends there, and the others go on.
    pub fn stopped(&self, place: usize) -> Option<Limit> {
        self.sides.get(place)?.run.head().stopped()
    }

    /// Hands every pane its lines, and looks no further than `at`.
    fn follow(&mut self, at: Time) {
        for side in &mut self.sides {
            let own = self.hand.lines_in(&side.pane);
            let Some(from) = first_difference(side.run.own(), &own) else { continue };
            side.run.set_own(own);
            side.tallies.rewind(&side.run, from);
            self.fork.rewind(from);
        }
        self.seek(self.at.min(at));
    }
}
