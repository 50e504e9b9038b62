//! What each action does to the model.

use netsplit_core::base::Time;
use netsplit_core::run::Run;

use super::action::Action;
use super::model::{Loaded, Model, Thing};
use super::watch::Topic;

impl Model {
    /// Does it; says what has changed.
    pub fn apply(&mut self, action: Action) -> Vec<Topic> {
        use Topic::*;
        match action {
            Action::Load(scenario) => {
                let chosen = vec![None; scenario.steps.len()];
                let run = Run::new((*scenario).clone());
                let told = (*scenario).into();
                self.loaded = Some(Loaded { told, variant: None, run, chosen, step: 0 });
                self.selection.clear();
                self.playback.playing = false;
                vec![Lesson, Step, Playback, Selection, Layout]
            }
            Action::Play(playing) => {
                self.playback.playing = playing;
                self.playback.until = None;
                vec![Playback]
            }
            Action::RunTo(at) => {
                self.playback.playing = true;
                self.playback.until = Some(at);
                vec![Playback]
            }
            Action::Speed(ms_per_s) => {
                self.playback.ms_per_s = ms_per_s;
                vec![Playback]
            }
            Action::Seek(at) => self.with_run(|run| run.seek(at)),
            Action::Rewind => self.with_run(|run| run.seek(Time::ZERO)),
            Action::Step(by) => self.with_run(|run| {
                let events = run.cursor().saturating_add_signed(by);
                run.seek_event(events);
            }),
            Action::Do(action) => self.with_run(|run| {
                let at = run.act(action);
                run.seek(at);
            }),
            Action::Undo => self.with_run(|run| {
                run.undo();
            }),
            Action::Branch(place) => self.with_run(|run| run.switch_to(place)),
            Action::Select(thing) => {
                self.selection = thing.into_iter().collect();
                vec![Selection]
            }
            Action::SelectAlso(thing) => {
                self.select_also(thing);
                vec![Selection]
            }
            Action::Tool(tool) => {
                self.tool = tool;
                vec![Selection]
            }
            Action::View(view) => {
                self.view = view;
                vec![Layout]
            }
            Action::Tab(tab) => {
                self.tab = tab;
                vec![Layout]
            }
            Action::Menu(menu) => {
                self.menu = menu;
                vec![Layout]
            }
            Action::Dialog(dialog) => {
                self.dialog = dialog;
                vec![Layout]
            }
            Action::Filter(filter) => {
                self.filter = filter;
                vec![Layout]
            }
            Action::Locale(locale) => {
                self.locale = locale;
                vec![Locale]
            }
            Action::Announce(sentence) => {
                self.announced = sentence;
                vec![Announced]
            }
            _ => Vec::new(),
        }
    }

    fn with_run(&mut self, change: impl FnOnce(&mut Run)) -> Vec<Topic> {
        if let Some(loaded) = &mut self.loaded {
            change(&mut loaded.run);
        }
        vec![Topic::Step, Topic::Lesson]
    }

    fn select_also(&mut self, thing: Thing) {
        match self.selection.iter().position(|known| *known == thing) {
            Some(place) => {
                self.selection.remove(place);
            }
            None => self.selection.push(thing),
        }
    }
}
