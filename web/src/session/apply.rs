//! What each action does to the model.

use std::rc::Rc;

use netsplit_core::base::{Str, Time};
use netsplit_core::kernel::Cast;
use netsplit_core::run::Run;
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::ast::{Edit, Line, Pane};

use super::action::{Action, Story};
use super::model::{Loaded, Model, Thing};
use super::panes::{Handling, begin};
use super::watch::Topic;
use super::work::Goal;
use crate::text;

impl Model {
    /// Does it; says what has changed.
    pub fn apply(&mut self, action: Action) -> Vec<Topic> {
        self.touched |= touches(&action);
        let changed = self.perform(action);
        self.keep_pace();
        changed
    }

    fn perform(&mut self, action: Action) -> Vec<Topic> {
        use Topic::*;
        match action {
            Action::Fetch(name) => {
                self.fetching = Some(name);
                vec![Lesson]
            }
            Action::Load(story) => self.load(*story),
            Action::Found(story) => self.show_found(*story),
            Action::Aside(place) => self.go_back(place),
            Action::Retell(scenario) => self.retell(*scenario),
            Action::Variant(name) => self.vary(name),
            Action::Compare(told) => self.compare(told.map(|told| *told)),
            Action::Focus(place) => self.focus(place),
            Action::Alone(alone) => {
                self.alone = alone;
                vec![Layout]
            }
            Action::Restart(key, setting) => self.rerun(|scenario, pane| {
                let variant = scenario.variants.iter_mut().find(|v| &*v.name == pane.name());
                if let (Pane::Variant(_), Some(variant)) = (pane, variant) {
                    return variant.edits.push(Edit::Set(None, key, setting));
                }
                let settings = &mut scenario.system.settings;
                settings.retain(|(node, known, _)| node.is_some() || *known != key);
                settings.push((None, key, setting));
            }),
            Action::Seed(seed) => self.rerun(|scenario, _| scenario.seed = seed),
            Action::Play(playing) => self.play(playing, None),
            Action::RunTo(at) => self.play(true, Some(at)),
            Action::Speed(ms_per_s) => {
                self.playback.ms_per_s = ms_per_s.clamp(1, 1_000_000);
                vec![Playback]
            }
            Action::Seek(at) => self.seek(Goal::At(at)),
            Action::Rewind => self.seek(Goal::At(Time::ZERO)),
            Action::Step(by) => self.with_run(|run| {
                let events = run.cursor().saturating_add_signed(by);
                run.seek_event(events);
            }),
            Action::NextInteresting => {
                let from = self.run().map_or(0, Run::cursor);
                self.seek(Goal::Interesting(from))
            }
            Action::Do(action) => self.change_run(Handling::Do(action)),
            Action::Add(line) => self.change_run(Handling::Add(*line)),
            Action::Own(lines) => self.change_run(Handling::Take(lines)),
            Action::Undo => self.change_run(Handling::Undo),
            Action::Branch(place) => self.change_run(Handling::Branch(place)),
            Action::Choose(answer) => self.choose(answer),
            Action::ToStep(step) => self.tell_step(step),
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
            other => self.arrange(other),
        }
    }

    /// What concerns the page and not the run.
    fn arrange(&mut self, action: Action) -> Vec<Topic> {
        use Topic::*;
        match action {
            Action::View(view) => self.view = view,
            Action::Window(from, to) => self.window = Some((from, to)),
            Action::Point(thing) => {
                self.pointed = thing;
                return vec![Pointed];
            }
            Action::Tab(tab) => self.tab = tab,
            Action::Menu(menu) => self.menu = menu,
            Action::Dialog(dialog) => self.dialog = dialog,
            Action::Filter(filter) => self.filter = filter,
            Action::Sheet(sheet) => self.sheet = sheet,
            Action::Theme(theme) => self.theme = theme,
            Action::Locale(locale) => {
                self.locale = locale;
                return vec![Locale];
            }
            Action::Words => return vec![Locale],
            Action::Seen(seen) => {
                self.unseen = !seen;
                return vec![Playback];
            }
            Action::Announce(sentence) => {
                self.announced = sentence;
                return vec![Announced];
            }
            Action::Notice(notice) => {
                self.fetching = None;
                self.notice = notice;
                return vec![Notice, Lesson];
            }
            _ => return Vec::new(),
        }
        vec![Layout]
    }

    pub(super) fn load(&mut self, story: Story) -> Vec<Topic> {
        use Topic::*;
        let told = Rc::new(story.scenario);
        call_by(&told);
        let variant = story.variant.filter(|name| told.variant(name).is_some());
        let pane = variant.clone().map_or(Pane::Told, Pane::Variant);
        let own = match story.own.is_empty() {
            true => Vec::new(),
            // What makes no sense in a variant is not done there.
            false => told.own_lines_in(&story.own, &pane).unwrap_or_default(),
        };
        self.end_comparison();
        self.asides.clear();
        self.loaded = Some(Loaded {
            edition: self.loaded.as_ref().map_or(0, |loaded| loaded.edition + 1),
            digest: story.digest,
            lesson: story.lesson,
            ..Loaded::open(told, variant, own)
        });
        self.notice = None;
        self.open_comparison(story.own);
        self.fetching = None;
        self.window = None;
        self.playback.playing = false;
        self.playback.until = None;
        self.goal = None;
        if let Some(goal) = story.at.map(Goal::At).or_else(|| self.first_moment()) {
            self.seek(goal);
        }
        vec![Lesson, Step, Playback, Selection, Layout, Work, Notice, Own]
    }

    fn retell(&mut self, scenario: Scenario) -> Vec<Topic> {
        let steps = scenario.steps.len();
        let lesson = Rc::new(scenario);
        call_by(&lesson);
        for loaded in self.panes_mut() {
            let told = &loaded.told;
            if told.name != lesson.name || told.steps.len() != steps {
                continue;
            }
            // What the learner made of the lesson stays.
            let mut retold = Scenario::clone(&lesson);
            let known = |name: &Str| lesson.variants.iter().any(|variant| variant.name == *name);
            let further = told.variants.iter().filter(|variant| !known(&variant.name));
            retold.variants.extend(further.cloned());
            retold.compare = told.compare.clone();
            loaded.told = Rc::new(retold);
            loaded.lesson = loaded.lesson.is_some().then(|| lesson.clone());
            if let Some(hand) = &mut loaded.hand {
                hand.retell(&loaded.told);
            }
        }
        vec![Topic::Lesson, Topic::Step]
    }

    /// Leaves the run of one variant, with what was done to it, for that of another.
    fn vary(&mut self, name: Option<Str>) -> Vec<Topic> {
        if let Some(pane) = self.beside.iter().find(|pane| pane.variant == name) {
            return self.focus(pane.place);
        }
        if self.loaded.as_ref().is_some_and(|loaded| loaded.variant == name) {
            return self.seek(Goal::At(Time::ZERO));
        }
        self.end_comparison();
        let Some(loaded) = &mut self.loaded else { return Vec::new() };
        let place = loaded.parked.iter().position(|(parked, _)| *parked == name);
        let run = match place {
            Some(place) => loaded.parked.swap_remove(place).1,
            None => Run::new(varied(&loaded.told, &name)),
        };
        let left = std::mem::replace(&mut loaded.run, run);
        loaded.parked.push((std::mem::replace(&mut loaded.variant, name), left));
        loaded.edition += 1;
        loaded.step = 0;
        self.begin_anew()
    }

    /// Begins the run anew in other circumstances, with the learner's lines. Of runs side by side
    /// the story changes, at the pane in focus.
    fn rerun(&mut self, change: impl FnOnce(&mut Scenario, &Pane)) -> Vec<Topic> {
        if self.compares() {
            return self.retold(change);
        }
        let Some(loaded) = &mut self.loaded else { return Vec::new() };
        let mut scenario = loaded.run.story().clone();
        change(&mut scenario, &Pane::Told);
        loaded.run = begin(scenario, loaded.run.own().to_vec());
        loaded.edition += 1;
        self.begin_anew()
    }

    /// Another run in the place of one: nothing is selected yet, and no time passes.
    pub(super) fn begin_anew(&mut self) -> Vec<Topic> {
        use Topic::*;
        for loaded in self.panes_mut() {
            loaded.probes = Default::default();
        }
        self.forget_things();
        self.playback.playing = false;
        self.seek(Goal::At(Time::ZERO));
        vec![Lesson, Step, Playback, Selection, Layout, Own]
    }

    /// Lets time pass, up to the next step of the story or to `until`.
    fn play(&mut self, playing: bool, until: Option<Time>) -> Vec<Topic> {
        let at_end = self.run().is_some_and(|run| run.at() >= run.head().end());
        self.goal = None;
        if playing && at_end && until.is_none() {
            self.seek(Goal::At(Time::ZERO));
        }
        self.playback.playing = playing && self.loaded.is_some();
        self.playback.until = playing.then(|| until.or_else(|| self.pause_ahead())).flatten();
        vec![Topic::Playback, Topic::Step]
    }

    /// Looks somewhere else. What plays goes on from there, up to the step after.
    fn seek(&mut self, goal: Goal) -> Vec<Topic> {
        let mut changed = self.pursue(goal);
        if self.playback.playing {
            self.playback.until = self.pause_ahead();
            changed.push(Topic::Playback);
        }
        changed
    }

    fn tell_step(&mut self, step: usize) -> Vec<Topic> {
        let Some(loaded) = &mut self.loaded else { return Vec::new() };
        let Some(at) = loaded.told.steps.get(step).map(|step| step.at) else { return Vec::new() };
        loaded.step = step;
        self.playback.playing = false;
        let mut changed = self.seek(Goal::At(at));
        changed.extend([Topic::Lesson, Topic::Playback]);
        changed
    }

    fn choose(&mut self, answer: usize) -> Vec<Topic> {
        let Some(loaded) = &mut self.loaded else { return Vec::new() };
        let step = loaded.step;
        let asked = loaded.told_step().and_then(|step| step.predict.as_ref());
        if asked.is_some_and(|asked| answer < asked.options.len()) {
            loaded.chosen[step] = Some(answer);
        }
        vec![Topic::Lesson]
    }

    fn with_run(&mut self, change: impl FnOnce(&mut Run)) -> Vec<Topic> {
        self.goal = None;
        if let Some(loaded) = &mut self.loaded {
            change(&mut loaded.run);
        }
        self.follow_story();
        if self.playback.playing {
            self.playback.until = self.pause_ahead();
        }
        vec![Topic::Step, Topic::Lesson, Topic::Playback]
    }

    /// Makes the script of the run another one, or of all that stand side by side.
    fn change_run(&mut self, handling: Handling) -> Vec<Topic> {
        use Topic::*;
        let Some(loaded) = &mut self.loaded else { return Vec::new() };
        let at = match self.goal {
            Some(Goal::At(at)) => at,
            _ => loaded.run.at(),
        };
        // A note was about the run as it was.
        if self.notice.as_ref().is_some_and(|notice| !notice.failed) {
            self.notice = None;
        }
        let there = match loaded.hand {
            Some(_) => self.handle(handling, at).unwrap_or(at),
            None => loaded.handle(handling, at),
        };
        self.seek(Goal::At(there));
        vec![Step, Lesson, Playback, Work, Own, Notice]
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

/// Participants are called as in this story.
pub(super) fn call_by(told: &Scenario) {
    let cast = Cast::of(told);
    let names = told.system.names.iter();
    text::call(names.map(|(id, texts)| (cast.name(*id).into(), texts.clone())).collect());
}

/// Whether an action is one of somebody who is here, and looks at the run.
fn touches(action: &Action) -> bool {
    use Action::*;
    let moves = matches!(action, Play(true) | RunTo(_) | Seek(_) | Step(_) | NextInteresting);
    let tells = matches!(action, Rewind | ToStep(_) | Choose(_) | Variant(_) | Select(Some(_)))
        || matches!(action, Compare(_) | Focus(_) | Found(_) | Aside(_));
    moves
        || tells
        || matches!(action, Do(_) | Add(_) | Own(_) | Undo | Branch(_) | Restart(..) | Seed(_))
}

impl Loaded {
    /// Does something to the only run, where one looks or wants to look: at `at`. Answers where one
    /// looks then.
    fn handle(&mut self, handling: Handling, at: Time) -> Time {
        self.edition += 1;
        self.digest = None;
        match handling {
            Handling::Do(action) => self.run.act(action),
            Handling::Add(line) => {
                self.run.add(line);
                at
            }
            Handling::Take(own) => {
                self.run.change_own(own);
                at
            }
            Handling::Undo => {
                self.run.undo();
                at
            }
            Handling::Branch(place) => self.run.switch_to(place, at).unwrap_or(at),
        }
    }

    /// A run of the story with what the learner did, at its beginning.
    pub(super) fn open(told: Rc<Scenario>, variant: Option<Str>, own: Vec<Line>) -> Loaded {
        Loaded {
            place: 0,
            chosen: vec![None; told.steps.len()],
            run: begin(varied(&told, &variant), own),
            told,
            variant,
            step: 0,
            edition: 0,
            digest: None,
            lesson: None,
            hand: None,
            parked: Vec::new(),
            verdicts: Default::default(),
            counts: Default::default(),
            notable: Default::default(),
            probes: Default::default(),
            levels: Default::default(),
        }
    }
}

/// The story as told, or a variant of it.
fn varied(told: &Scenario, name: &Option<Str>) -> Scenario {
    name.as_ref().and_then(|name| told.variant(name)).unwrap_or_else(|| told.clone())
}
