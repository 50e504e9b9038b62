//! Everything that can be done from anywhere.

use std::rc::Rc;

use netsplit_core::base::Id;
use netsplit_core::kernel::Phase;
use netsplit_core::kernel::action::{Action as Intervention, Target};

use crate::app::header::choose_theme;
use crate::app::load;
use crate::app::tools::TOOLS;
use crate::gallery::index::Index;
use crate::session::{Action, Dialog, Loaded, Model, Session, Tab, Theme, Thing, View};
use crate::words::Words;

/// One of them.
#[derive(Clone)]
pub struct Command {
    /// What it does.
    pub title: String,
    /// Which key does the same, or where it belongs.
    pub about: String,
    /// Does it.
    pub run: Rc<dyn Fn(&Session)>,
}

/// All of them: first the page's, some of which a small screen has no other room for.
pub fn commands(words: Words, model: &Model, index: Option<&Index>) -> Vec<Command> {
    let mut list = List { words, commands: Vec::new() };
    list.of_page();
    list.of_playback(model);
    list.of_tools();
    if let Some(loaded) = &model.loaded {
        list.of_nodes(loaded);
        list.of_knobs(loaded);
    }
    for entry in index.iter().flat_map(|index| &index.entries) {
        let id = entry.id.clone();
        list.push(entry.title.clone(), &entry.id, move |_| open(&id));
    }
    list.commands
}

struct List {
    words: Words,
    commands: Vec<Command>,
}

impl List {
    fn push(&mut self, title: String, about: &str, run: impl Fn(&Session) + 'static) {
        self.commands.push(Command { title, about: about.into(), run: Rc::new(run) });
    }

    fn act(&mut self, key: &str, about: &str, action: Action) {
        self.push(self.words.say(key), about, move |session| session.dispatch(action.clone()));
    }

    fn of_playback(&mut self, model: &Model) {
        let playing = model.playback.playing;
        self.act(if playing { "pause" } else { "play" }, "Space", Action::Play(!playing));
        self.act("next", "N", Action::NextInteresting);
        self.act("step.back", ",", Action::Step(-1));
        self.act("step.forward", ".", Action::Step(1));
        self.act("key.rewind", "R", Action::Rewind);
        self.act("key.heal", "H", Action::Do(Intervention::Heal(None)));
        self.act("undo", "U", Action::Undo);
    }

    fn of_page(&mut self) {
        self.act("lessons", "G", Action::View(View::Gallery));
        self.act("spacetime", "S", Action::View(View::Spacetime));
        self.act("share", "", Action::Dialog(Some(Dialog::Share)));
        self.act("embed", "", Action::Dialog(Some(Dialog::Embed)));
        self.act("help", "?", Action::Dialog(Some(Dialog::Help)));
        for (theme, key) in [
            (Theme::Auto, "theme.auto"),
            (Theme::Light, "theme.light"),
            (Theme::Dark, "theme.dark"),
        ] {
            self.push(self.words.say(key), "", move |session| choose_theme(session, theme));
        }
        for (locale, name) in [("en", "English"), ("zh-CN", "中文")] {
            self.push(name.into(), "", move |session| load::speak(session, locale));
        }
    }

    fn of_tools(&mut self) {
        for (tool, _, key, letter) in TOOLS {
            let title = self.words.fill("palette.tool", &[("tool", &self.words.say(key))]);
            self.push(title, &letter.to_ascii_uppercase(), move |session| {
                session.dispatch(Action::Tool(tool));
            });
        }
        for (tab, key) in [
            (Tab::Lesson, "tab.lesson"),
            (Tab::Node, "tab.node"),
            (Tab::Events, "tab.events"),
            (Tab::More, "tab.more"),
        ] {
            let title = self.words.fill("palette.tab", &[("tab", &self.words.say(key))]);
            self.push(title, "", move |session| session.dispatch(Action::Tab(tab)));
        }
    }

    fn of_nodes(&mut self, loaded: &Loaded) {
        let world = loaded.run.world();
        let words = self.words;
        for id in world.cast().ids() {
            let name = loaded.name(words.locale(), id);
            let who = [("who", &*name)];
            self.push(words.fill("palette.select", &who), "", move |session| {
                session.dispatch(Action::Select(Some(Thing::Node(id))));
                session.dispatch(Action::Tab(Tab::Node));
            });
            for (key, action) in faults(id, world.person(id).phase) {
                self.push(words.fill(key, &who), "", move |session| {
                    session.dispatch(Action::Do(action.clone()));
                });
            }
        }
    }

    fn of_knobs(&mut self, loaded: &Loaded) {
        for knob in loaded.run.world().cast().entry.knobs {
            let title = self.words.fill("palette.knob", &[("knob", knob.name)]);
            self.push(title, "", |session| session.dispatch(Action::Tab(Tab::More)));
        }
    }
}

fn faults(id: Id, phase: Phase) -> Vec<(&'static str, Intervention)> {
    let who = || vec![Target::Node(id)];
    match phase {
        Phase::Up => vec![
            ("palette.crash", Intervention::Crash(who())),
            ("palette.pause", Intervention::Pause(who(), None)),
        ],
        Phase::Paused => vec![("palette.resume", Intervention::Resume(who()))],
        Phase::Down | Phase::New => vec![("palette.restart", Intervention::Restart(who()))],
    }
}

/// Goes to a lesson; the address does the rest.
fn open(id: &str) {
    if let Some(window) = web_sys::window() {
        // An address that cannot be changed leaves everything as it is.
        let _ = window.location().set_hash(&format!("/{id}"));
    }
}
