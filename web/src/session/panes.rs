//! Side by side: several runs of one story in lockstep. One is in focus, and stands where the only
//! run stands otherwise, so that whoever shows or changes "the run" need not know of the others.
//! They follow: to the same instant, and in what is done to the world, if it is not done alone.

use std::rc::Rc;

use netsplit_core::base::{Str, Time};
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::ast::Line;

use super::action::Panes;
use super::model::{Loaded, Model, Notice};
use super::watch::Topic;
use super::work::Goal;

/// As many as there is room for.
pub const MOST: usize = 4;

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

    /// Whether several runs stand side by side.
    pub fn compares(&self) -> bool {
        !self.beside.is_empty()
    }

    /// What stands side by side, by the names of variants; empty when nothing does.
    pub fn side_by_side(&self) -> Panes {
        match self.compares() {
            true => self.panes().map(|pane| pane.variant.clone()).collect(),
            false => Panes::new(),
        }
    }

    /// Puts runs of the story, or of `told` in its place, side by side. Each begins with what the
    /// learner did to the one in focus, as far as it makes sense there; one looks at the same
    /// instant.
    pub(super) fn compare(&mut self, told: Option<Scenario>, panes: Panes) -> Vec<Topic> {
        let Some(loaded) = &mut self.loaded else { return Vec::new() };
        if let Some(told) = told {
            loaded.told = Rc::new(told);
            loaded.built_in = false;
        }
        let is_known = |pane: &Option<Str>| match pane {
            Some(name) => loaded.told.variant(name).is_some(),
            None => true,
        };
        let mut known: Panes = Vec::new();
        for pane in panes.into_iter().filter(is_known) {
            if !known.contains(&pane) && known.len() < MOST {
                known.push(pane);
            }
        }
        let at = loaded.run.at();
        self.beside.clear();
        self.alone = false;
        loaded.place = 0;
        if known.len() >= 2 {
            let place = known.iter().position(|pane| *pane == loaded.variant);
            for (other, variant) in known.iter().enumerate() {
                if Some(other) != place {
                    self.beside.push(Loaded::beside(loaded, variant.clone(), other));
                }
            }
            match place {
                Some(place) => loaded.place = place,
                None => {
                    let first = self.beside.remove(0);
                    self.loaded = Some(first);
                }
            }
        }
        self.selection.clear();
        self.pointed = None;
        let mut changed = self.pursue(Goal::At(at));
        changed.extend(EVERYTHING);
        changed
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
        loaded.step = next.step;
        // Numbers of messages and events mean other ones here.
        self.selection.clear();
        self.pointed = None;
        EVERYTHING.to_vec()
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

    /// Does in the other panes what was done in the one in focus. Where it makes no sense, that is
    /// told.
    pub(super) fn mirror(&mut self, before: &[Line]) {
        if self.alone || self.beside.is_empty() {
            return;
        }
        let Some(loaded) = &self.loaded else { return };
        let own = loaded.run.own().to_vec();
        let mut strange = None;
        for pane in &mut self.beside {
            let was = loaded.translated(before, pane);
            let is = loaded.translated(&own, pane);
            if is.len() < own.len() {
                strange = Some(pane.place);
            }
            let mut lines = pane.run.own().to_vec();
            // What was taken back here is taken back there, what was added is added.
            lines.retain(|line| !was.contains(line) || is.contains(line));
            lines.extend(is.into_iter().filter(|line| !was.contains(line)));
            if lines != pane.run.own() {
                pane.run.set_own(lines);
                pane.edition += 1;
                pane.digest = None;
            }
        }
        if let Some(pane) = strange.and_then(|place| self.pane(place)) {
            let title = pane.title(self.locale);
            self.notice = Some(Notice {
                values: vec![("pane", title)],
                ..Notice::note("notice.not-there")
            });
        }
    }
}

/// What is another when another pane is.
const EVERYTHING: [Topic; 6] =
    [Topic::Lesson, Topic::Step, Topic::Playback, Topic::Selection, Topic::Layout, Topic::Own];

impl Loaded {
    /// A run of another variant beside this one, with what the learner did.
    fn beside(&self, variant: Option<Str>, place: usize) -> Loaded {
        let mut pane = Loaded::open(self.told.clone(), variant, Vec::new());
        pane.place = place;
        pane.built_in = self.built_in;
        pane.step = self.step;
        let own = self.translated(self.run.own(), &pane);
        if !own.is_empty() {
            pane.run.set_own(own);
        }
        pane
    }

    /// These lines as they stand in another pane: its participants have the same names, but maybe
    /// other places. Lines that make no sense there are left out.
    fn translated(&self, lines: &[Line], pane: &Loaded) -> Vec<Line> {
        let (from, to) = (self.run.story(), pane.run.story());
        lines.iter().filter_map(|line| from.translate(line, to)).collect()
    }

    /// Whether everything up to `at` is recorded.
    pub(super) fn reaches(&self, at: Time) -> bool {
        self.run.is_complete() || self.run.head().next_at().is_none_or(|next| next > at)
    }

    /// What the variant is called; nothing for the story as told.
    pub fn title(&self, locale: &str) -> String {
        let Some(name) = &self.variant else { return String::new() };
        let mut variants = self.told.variants.iter();
        let title = variants.find(|variant| variant.name == *name).map(|variant| &variant.title);
        match title.map(|title| title.get(locale)).filter(|title| !title.is_empty()) {
            Some(title) => title.into(),
            None => name.to_string(),
        }
    }
}
