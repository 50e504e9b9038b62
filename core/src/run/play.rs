//! Recording and seeking.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use super::branch::Hand;
use super::trace::Trace;
use crate::base::{Hasher64, Time};
use crate::facts::Facts;
use crate::kernel::{Flight, Recorder, Script, World};
use crate::scenario::ast::{Line, Scenario};

/// How many events lie between two checkpoints: seeking simulates so many at the most.
const STRIDE: u32 = 2048;

/// A scenario that runs, with a cursor.
pub struct Run {
    pub(super) story: Rc<Scenario>,
    pub(super) hand: Hand,
    rec: Recorder,
    /// The world where the recording ends.
    head: World,
    /// Worlds on the way, the first at the beginning, in order.
    checkpoints: Vec<World>,
    /// The world that is looked at, and the instant: not before its last event, and before its
    /// next.
    cursor: World,
    at: Time,
}

/// Runs a scenario to its end.
pub fn play(scenario: Scenario) -> Run {
    let mut run = Run::new(scenario);
    while run.record(u32::MAX) {}
    run
}

impl Run {
    /// A run of `scenario` at its first instant.
    pub fn new(scenario: Scenario) -> Run {
        let mut rec = Recorder::default();
        let head = World::new(&scenario, &mut rec);
        Run {
            cursor: head.clone(),
            checkpoints: alloc::vec![head.clone()],
            at: Time::ZERO,
            story: Rc::new(scenario),
            hand: Hand::default(),
            rec,
            head,
        }
    }

    /// Records up to `budget` further events; says whether there is more to record.
    pub fn record(&mut self, budget: u32) -> bool {
        for _ in 0..budget {
            if !self.head.step(&mut self.rec) {
                self.head.tell_rest(&mut self.rec);
                return false;
            }
            if self.head.n_events() - self.newest_checkpoint().n_events() >= STRIDE {
                self.checkpoints.push(self.head.clone());
            }
        }
        true
    }

    /// Records until everything up to `at` has happened; what comes after may be recorded too.
    pub fn record_until(&mut self, at: Time) {
        while self.head.next_at().is_some_and(|next| next <= at) && self.record(1) {}
        if self.is_complete() {
            self.head.tell_rest(&mut self.rec);
        }
    }

    fn newest_checkpoint(&self) -> &World {
        self.checkpoints.last().unwrap_or(&self.head)
    }

    /// Looks at the instant `at`, after every event up to it. Records what is missing.
    pub fn seek(&mut self, at: Time) {
        let at = at.min(self.head.end());
        self.record_until(at);
        self.seek_event(self.rec.trace.events_until(at) as u32);
        self.at = at;
    }

    /// Looks at the world after its first `events` events, at the instant of the last of them.
    /// What boots before the first event counts.
    pub fn seek_event(&mut self, events: u32) {
        while self.head.n_events() < events && self.record(1) {}
        let events = events.clamp(self.checkpoints[0].n_events(), self.head.n_events());
        let place = self.checkpoints.partition_point(|world| world.n_events() <= events);
        let near = &self.checkpoints[place.max(1) - 1];
        let here = self.cursor.n_events();
        if here > events || here < near.n_events() {
            self.cursor = near.clone();
        }
        let mut muted = Recorder::muted();
        while self.cursor.n_events() < events && self.cursor.step(&mut muted) {}
        self.at = self.cursor.now();
    }

    /// The message of this number, as it left: whatever became of it, what it carried is simulated
    /// anew, no further than one seeks. `None` when no such message is recorded.
    pub fn message(&self, number: u32) -> Option<Flight> {
        let sent = self.rec.trace.messages.get(number as usize)?.sent;
        let place = self.checkpoints.partition_point(|world| world.n_messages() <= number);
        let Some(before) = place.checked_sub(1) else {
            // It left while everybody started.
            return self.checkpoints[0].flights().find(|flight| flight.id == number).cloned();
        };
        let (mut world, mut recorder) =
            (self.checkpoints[before].clone(), Recorder::seeking(number));
        while world.n_messages() <= number && world.n_events() <= sent && world.step(&mut recorder)
        {
        }
        recorder.found().cloned()
    }

    /// The world that is looked at.
    pub fn world(&self) -> &World {
        &self.cursor
    }

    /// The instant that is looked at.
    pub fn at(&self) -> Time {
        self.at
    }

    /// How many events have happened where one looks.
    pub fn cursor(&self) -> u32 {
        self.cursor.n_events()
    }

    /// Everything that was recorded so far.
    pub fn trace(&self) -> &Trace {
        &self.rec.trace
    }

    /// The world where the recording ends.
    pub fn head(&self) -> &World {
        &self.head
    }

    /// Whether everything up to the end is recorded.
    pub fn is_complete(&self) -> bool {
        self.head.stopped().is_some()
            || self.head.next_at().is_none_or(|next| next > self.head.end())
    }

    /// The instant up to which everything that happens is recorded; `None` while not even the first
    /// one is.
    pub fn recorded(&self) -> Option<Time> {
        match self.head.next_at() {
            Some(next) if !self.is_complete() => next.0.checked_sub(1).map(Time),
            _ => Some(Time::NEVER),
        }
    }

    /// The scenario as it was told, without the learner's lines.
    pub fn story(&self) -> &Scenario {
        &self.story
    }

    /// The scenario with the learner's lines.
    pub fn scenario(&self) -> Scenario {
        let mut scenario = Scenario::clone(&self.story);
        scenario.lines.extend(self.own().iter().cloned());
        scenario
    }

    /// The lines of the script, the learner's last.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.story.lines.iter().chain(self.own())
    }

    /// The digest of the whole recording: everything that happened, and the facts at its end. It
    /// is the same on every machine.
    pub fn digest(&self) -> u64 {
        let mut hasher = Hasher64::new(self.head.digest());
        let mut facts = Facts::default();
        for id in self.head.cast().ids().filter(|&id| self.head.cast().is_role(id)) {
            facts.clear();
            self.head.machine().facts(id, &mut facts);
            facts.facts().hash(&mut hasher);
            facts.logs().hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Goes on from before `from` with the lines as they are now. Looks at the same instant, but
    /// not beyond `from`: what comes after that is to be recorded anew, which may take a while.
    pub(super) fn replay_from(&mut self, from: Time) {
        let scenario = self.scenario();
        let keep = self.checkpoints.partition_point(|world| world.now() < from).max(1);
        self.checkpoints.truncate(keep);
        let script = Rc::new(Script::new(scenario.lines));
        let end = scenario.system.end;
        for world in &mut self.checkpoints {
            world.follow(script.clone(), end);
        }
        self.head = self.newest_checkpoint().clone();
        let head = &self.head;
        self.rec.rewind(head);
        self.cursor = head.clone();
        self.seek(self.at.min(from));
    }
}
