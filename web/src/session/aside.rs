//! Runs aside: when a search shows what it found, the run that was on screen stays as it is, and
//! one goes back and forth as between branches.

use netsplit_core::base::Time;

use super::action::Story;
use super::apply::call_by;
use super::model::{Loaded, Model};
use super::watch::Topic;

/// The most that stay; the first is what the learner came from.
const MOST: usize = 6;

/// What stood on screen: the run in focus, and those beside it.
pub struct Aside {
    loaded: Loaded,
    beside: Vec<Loaded>,
}

impl Aside {
    /// What it is called in a language: its title, or else its name.
    pub fn title(&self, locale: &str) -> String {
        let told = &self.loaded.told;
        let title = told.title.get(locale);
        if title.is_empty() { told.name.to_string() } else { title.into() }
    }

    /// How many lines the learner added.
    pub fn n_acts(&self) -> usize {
        self.loaded.own().len()
    }

    /// Where one looked.
    pub fn at(&self) -> Time {
        self.loaded.run.at()
    }
}

impl Model {
    /// What a search found stands in the place of what is on screen, which stays aside.
    pub(super) fn show_found(&mut self, story: Story) -> Vec<Topic> {
        let mut asides = std::mem::take(&mut self.asides);
        let left = self.leave();
        let edition = left.as_ref().map_or(0, |left| left.loaded.edition + 1);
        let changed = self.load(story);
        if let Some(loaded) = &mut self.loaded {
            loaded.edition = edition;
        }
        if asides.len() == MOST {
            asides.remove(1);
        }
        asides.extend(left);
        self.asides = asides;
        changed
    }

    /// What stayed at this place stands on screen again, and what stands there stays.
    pub(super) fn go_back(&mut self, place: usize) -> Vec<Topic> {
        use Topic::*;
        if place >= self.asides.len() {
            return Vec::new();
        }
        let Aside { mut loaded, beside } = self.asides.remove(place);
        if let Some(left) = self.leave() {
            loaded.edition = loaded.edition.max(left.loaded.edition) + 1;
            self.asides.insert(place, left);
        }
        call_by(&loaded.told);
        (self.loaded, self.beside) = (Some(loaded), beside);
        self.notice = None;
        self.window = None;
        self.playback.playing = false;
        self.playback.until = None;
        self.goal = None;
        self.forget_things();
        vec![Lesson, Step, Playback, Selection, Layout, Work, Notice, Own]
    }

    fn leave(&mut self) -> Option<Aside> {
        let loaded = self.loaded.take()?;
        Some(Aside { loaded, beside: std::mem::take(&mut self.beside) })
    }
}
