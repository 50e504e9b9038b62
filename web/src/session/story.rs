//! The story's place: which step is told, and where playback pauses.

use netsplit_core::base::{Span, Time};
use netsplit_core::scenario::ast::Step;

use super::model::{Loaded, Model};
use super::work::Goal;

impl Loaded {
    /// The step that is told, if the story has steps.
    pub fn told_step(&self) -> Option<&Step> {
        self.told.steps.get(self.step)
    }

    /// The first step after the instant that is looked at.
    pub fn next_step(&self) -> Option<(usize, &Step)> {
        let at = self.run.at();
        self.told.steps.iter().enumerate().find(|(_, step)| step.at > at)
    }

    /// The last step up to `at`.
    fn step_at(&self, at: Time) -> usize {
        self.told.steps.partition_point(|step| step.at <= at).saturating_sub(1)
    }
}

impl Model {
    /// Tells the step of the instant that is looked at; says whether it is another one. Of several
    /// steps at one instant the one that was told stays.
    pub(super) fn follow_story(&mut self) -> bool {
        let Some(loaded) = &mut self.loaded else { return false };
        let at = loaded.run.at();
        let now = loaded.step_at(at);
        let stays = |step: &Step| step.at <= at && loaded.told.steps[now].at == step.at;
        if loaded.told_step().is_some_and(stays) || now == loaded.step {
            return false;
        }
        loaded.step = now;
        true
    }

    /// Where playback pauses by itself: at the next step.
    pub(super) fn pause_ahead(&self) -> Option<Time> {
        self.loaded.as_ref()?.next_step().map(|(_, step)| step.at)
    }

    /// Where a reader who brings no instant begins: where the story does or, when that is the
    /// empty beginning, where the first message is half way. So something moves as soon as time
    /// does, and nothing is decided yet that the first step may ask about.
    pub(super) fn first_moment(&mut self) -> Option<Goal> {
        let loaded = self.loaded.as_mut()?;
        let begin = loaded.told.steps.first().map_or(Time::ZERO, |step| step.at);
        if begin > Time::ZERO {
            return Some(Goal::At(begin));
        }
        let before = loaded.told.steps.get(1).map_or(loaded.run.head().end(), |step| step.at);
        loaded.run.record(500);
        let mut sent = loaded.run.trace().messages.iter();
        let first = sent.find(|message| message.from != message.to)?;
        let at = first.at + Span(first.due.since(first.at).0 / 2);
        (at < before).then_some(Goal::At(at))
    }
}
