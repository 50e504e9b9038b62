//! Side by side: several runs of one story in lockstep. One is in focus, and stands where the only
//! run stands otherwise, so that whoever shows or changes "the run" need not know of the others.
//! They follow: to the same instant, and in what is done to the world, if it is not done alone.

use std::rc::Rc;

use netsplit_core::base::Time;
use netsplit_core::compare::OneHand;
use netsplit_core::run::{Branch, Run, instant, own_line};
use netsplit_core::scenario::ast::{Line, Pane, Scenario};

use super::model::{Loaded, Model, Notice};
use super::watch::Topic;
use super::work::Goal;

/// What is another when another pane is in focus.
const EVERYTHING: [Topic; 6] =
    [Topic::Lesson, Topic::Step, Topic::Playback, Topic::Selection, Topic::Layout, Topic::Own];

/// What the learner's hand does to runs side by side.
pub(super) enum Handling {
    /// Something to the world, at the cursor.
    Do(netsplit_core::kernel::action::Action),
    /// It adds a line.
    Add(Line),
    /// It has these lines instead of all.
    Take(Vec<Line>),
    /// It takes the last line back.
    Undo,
    /// It goes to what was done elsewhere.
    Branch(usize),
}

impl Model {
    /// What stands side by side, in its order; one when there is no comparison.
    pub fn panes(&self) -> impl Iterator<Item = &Loaded> {
        let mut panes: Vec<&Loaded> = self.loaded.iter().chain(&self.beside).collect();
        panes.sort_by_key(|pane| pane.place);
        panes.into_iter()
    }

    pub(super) fn panes_mut(&mut self) -> impl Iterator<Item = &mut Loaded> {
        self.loaded.iter_mut().chain(&mut self.beside)
    }

    /// The pane at a place.
    pub fn pane(&self, place: usize) -> Option<&Loaded> {
        self.loaded.iter().chain(&self.beside).find(|pane| pane.place == place)
    }

    /// The place of the pane in focus.
    pub fn focused(&self) -> usize {
        self.loaded.as_ref().map_or(0, |loaded| loaded.place)
    }

    /// Whether several runs stand side by side.
    pub fn compares(&self) -> bool {
        !self.beside.is_empty()
    }

    /// Puts the runs that `told` compares side by side, or ends the comparison. What the learner
    /// did to the run in focus is done to all of them, where it makes sense; one looks at the same
    /// instant.
    pub(super) fn compare(&mut self, told: Option<Scenario>) -> Vec<Topic> {
        let Some(loaded) = &self.loaded else { return Vec::new() };
        let (pane, own, at) = (loaded.pane(), loaded.run.own().to_vec(), loaded.run.at());
        let Some(told) = told else {
            self.end_comparison();
            return EVERYTHING.to_vec();
        };
        let mut hand = match OneHand::new(&told) {
            Ok(hand) => hand,
            Err(error) => return self.refuse(error),
        };
        for line in own {
            let at = instant(&line);
            if hand.add(&pane, line.clone(), false, at).is_err() {
                // Alone it makes the sense that it made.
                let _ = hand.add(&pane, line, true, at);
            }
        }
        self.stand(hand, &pane);
        let mut changed = self.pursue(Goal::At(at));
        changed.extend(EVERYTHING);
        changed
    }

    /// Puts the runs of a story that was just loaded side by side, if it compares some. Its lines
    /// say themselves which pane they belong to.
    pub(super) fn open_comparison(&mut self, own: Vec<Line>) {
        let Some(loaded) = &self.loaded else { return };
        if loaded.told.compare.is_empty() {
            return;
        }
        let hand = OneHand::new(&loaded.told).and_then(|mut hand| hand.take(own).map(|()| hand));
        match hand {
            Ok(hand) => {
                let first = hand.story().compare[0].clone();
                self.stand(hand, &first);
            }
            Err(error) => drop(self.refuse(error)),
        }
    }

    fn refuse(&mut self, error: netsplit_core::scenario::Error) -> Vec<Topic> {
        let notice = Notice::failure("notice.no-comparison", Vec::new());
        self.notice = Some(Notice { errors: vec![error], ..notice });
        vec![Topic::Notice]
    }

    /// Runs under one hand, one of them in focus: the first where this one is not among them.
    fn stand(&mut self, hand: OneHand, in_focus: &Pane) {
        let Some(loaded) = &mut self.loaded else { return };
        let told = Rc::new(hand.story().clone());
        let mut panes: Vec<Loaded> = Vec::new();
        for (place, pane) in told.compare.iter().enumerate() {
            let variant = match pane {
                Pane::Told => None,
                Pane::Variant(name) => Some(name.clone()),
            };
            panes.push(Loaded {
                place,
                edition: loaded.edition + 1,
                step: loaded.step,
                lesson: loaded.lesson.clone(),
                ..Loaded::open(told.clone(), variant, hand.lines_in(pane))
            });
        }
        let focus = told.compare.iter().position(|pane| pane == in_focus).unwrap_or(0);
        let mut in_focus = panes.remove(focus);
        in_focus.chosen = std::mem::take(&mut loaded.chosen);
        in_focus.parked = std::mem::take(&mut loaded.parked);
        in_focus.hand = Some(hand);
        *loaded = in_focus;
        self.beside = panes;
        self.alone = false;
        self.forget_things();
    }

    /// The run in focus stays, with what was done to it.
    pub(super) fn end_comparison(&mut self) {
        self.beside.clear();
        self.alone = false;
        if let Some(loaded) = &mut self.loaded {
            loaded.place = 0;
            loaded.hand = None;
        }
        self.forget_things();
    }

    /// Tells the story of the runs side by side anew, with what the learner did.
    pub(super) fn retold(&mut self, change: impl FnOnce(&mut Scenario, &Pane)) -> Vec<Topic> {
        let Some(loaded) = &mut self.loaded else { return Vec::new() };
        let Some(hand) = &loaded.hand else { return Vec::new() };
        let mut story = hand.story().clone();
        let pane = loaded.pane();
        change(&mut story, &pane);
        let own = hand.own().to_vec();
        match OneHand::new(&story).and_then(|mut hand| hand.take(own).map(|()| hand)) {
            Ok(hand) => {
                loaded.lesson = None;
                self.stand(hand, &pane);
                self.begin_anew()
            }
            Err(error) => self.refuse(error),
        }
    }

    /// Another pane is in focus; the story goes on where it was.
    pub(super) fn focus(&mut self, place: usize) -> Vec<Topic> {
        let Some(next) = self.beside.iter_mut().find(|pane| pane.place == place) else {
            return Vec::new();
        };
        let Some(loaded) = &mut self.loaded else { return Vec::new() };
        std::mem::swap(next, loaded);
        std::mem::swap(&mut next.chosen, &mut loaded.chosen);
        std::mem::swap(&mut next.parked, &mut loaded.parked);
        std::mem::swap(&mut next.hand, &mut loaded.hand);
        loaded.step = next.step;
        self.forget_things();
        EVERYTHING.to_vec()
    }

    /// Numbers of messages and events, and places of participants, mean other ones in another run.
    pub(super) fn forget_things(&mut self) {
        self.selection.clear();
        self.pointed = None;
        self.menu = None;
    }

    /// The other panes look at the instant that the one in focus looks at; what is not recorded
    /// yet is sought.
    pub(super) fn keep_pace(&mut self) {
        let Some(at) = self.loaded.as_ref().map(|loaded| loaded.run.at()) else { return };
        if self.goal.is_some() {
            return;
        }
        if self.beside.iter().any(|pane| !pane.reaches(at)) {
            self.goal = Some(Goal::At(at));
            return;
        }
        for pane in &mut self.beside {
            if pane.run.at() != at {
                pane.run.seek(at);
            }
        }
    }

    /// Does something to the runs side by side, where one looks or wants to look: at `at`. Answers
    /// where one looks then; `None` where there is nothing to do.
    pub(super) fn handle(&mut self, handling: Handling, at: Time) -> Option<Time> {
        let alone = self.alone;
        let loaded = self.loaded.as_mut()?;
        let (pane, hand) = (loaded.pane(), loaded.hand.as_mut()?);
        let mut strange = false;
        let mut add = |line: Line| {
            if hand.add(&pane, line.clone(), alone, at).is_err() {
                strange = true;
                hand.add(&pane, line, true, at).ok()?;
            }
            Some(())
        };
        let there = match handling {
            Handling::Do(action) => {
                let line = own_line(loaded.run.at(), action);
                let when = instant(&line);
                add(line)?;
                when
            }
            Handling::Add(line) => {
                add(line)?;
                at
            }
            Handling::Take(own) => {
                hand.take(own).ok()?;
                at
            }
            Handling::Undo => {
                if !hand.undo() {
                    return None;
                }
                at
            }
            Handling::Branch(place) => hand.switch_to(place, at)?,
        };
        let hand = loaded.hand.clone()?;
        for pane in self.panes_mut() {
            let own = hand.lines_in(&pane.pane());
            if own != pane.run.own() {
                pane.run.set_own(own);
                pane.edition += 1;
                pane.digest = None;
            }
        }
        if strange {
            self.notice = Some(Notice::note("notice.done-alone"));
        }
        Some(there)
    }
}

impl Loaded {
    /// Which of the story's runs it is.
    pub fn pane(&self) -> Pane {
        self.variant.clone().map_or(Pane::Told, Pane::Variant)
    }

    /// The learner's lines: those of all panes of a comparison.
    pub fn own(&self) -> &[Line] {
        self.hand.as_ref().map_or(self.run.own(), OneHand::own)
    }

    /// Whether the learner's last step was to move lines or to take some away.
    pub fn is_changed(&self) -> bool {
        self.hand.as_ref().map_or_else(|| self.run.is_changed(), OneHand::is_changed)
    }

    /// What the learner did elsewhere, oldest first.
    pub fn branches(&self) -> &[Branch] {
        self.hand.as_ref().map_or(self.run.branches(), OneHand::branches)
    }

    /// Whether everything up to `at` is recorded.
    pub(super) fn reaches(&self, at: Time) -> bool {
        self.run.is_complete() || self.run.head().next_at().is_none_or(|next| next > at)
    }
}

/// What the story calls one of its runs; the story as told has no title of its own.
pub fn run_title(told: &Scenario, pane: &Pane, locale: &str) -> Option<String> {
    let Pane::Variant(name) = pane else { return None };
    let variant = told.variants.iter().find(|variant| variant.name == *name);
    let title = variant.map_or("", |variant| variant.title.get(locale));
    Some(if title.is_empty() { name.to_string() } else { title.into() })
}

/// A run with what the learner did, at its beginning.
pub(super) fn begin(scenario: Scenario, own: Vec<Line>) -> Run {
    let mut run = Run::new(scenario);
    if !own.is_empty() {
        run.set_own(own);
    }
    run
}
