//! What the page knows.

use std::rc::Rc;

use netsplit_core::base::{Id, Str, Time};
use netsplit_core::compare::OneHand;
use netsplit_core::run::Run;
use netsplit_core::scenario::{Error, Scenario};

use super::action::{Tool, View};
use super::aside::Aside;
use super::levels::Levels;
use super::notable::Notable;
use super::probes::Probes;
use super::tallies::{Counts, Difference};
use super::verdicts::Verdicts;
use super::work::Goal;

/// Something that can be selected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Thing {
    /// A participant.
    Node(Id),
    /// A message, by its number in the run.
    Message(u32),
    /// A link, one direction.
    Link(Id, Id),
    /// An event of the trace.
    Event(u32),
}

/// What the side panel shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tab {
    /// The story, step by step.
    #[default]
    Lesson,
    /// What is selected.
    Node,
    /// What happened, up to the cursor.
    Events,
    /// Settings, seed, text, properties.
    More,
}

/// The menu of one thing: everything that a hand can do to it.
#[derive(Clone, PartialEq, Debug)]
pub struct Menu {
    /// Of what.
    pub thing: Thing,
    /// Where it opens, in CSS pixels of the window.
    pub at: (i32, i32),
}

/// A dialog.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialog {
    /// A search for a run that breaks a property.
    Break,
    /// What the run can be compared with.
    Compare,
    /// Links and the scenario's text.
    Share,
    /// The same, with the ways to embed first.
    Embed,
    /// Every key, and how to begin.
    Help,
    /// Everything that can be done, by typing.
    Palette,
}

/// Which events the list shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Filter {
    /// Those that fired a rule of the story, and what hands did.
    #[default]
    Story,
    /// All of them.
    All,
    /// Those in which something was refused.
    Refusals,
    /// Those at the selected node.
    Node,
    /// What the script and the learner did.
    Acts,
}

/// How high the panel stands on a small screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sheet {
    /// The explanation only.
    Low,
    /// What the stage and the transport leave.
    #[default]
    Half,
    /// Over the stage.
    Full,
}

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Something that the reader should know: a key of the page's words and what fills its places.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// The sentence.
    pub key: &'static str,
    /// Its values.
    pub values: Vec<(&'static str, String)>,
    /// What is wrong with a text, each a sentence of its own.
    pub errors: Vec<Error>,
    /// Whether something failed; otherwise it is only a note.
    pub failed: bool,
    /// Where it leads: an address, and the key of what the way there is called.
    pub way: Option<(String, &'static str)>,
}

impl Notice {
    /// Something failed.
    pub fn failure(key: &'static str, values: Vec<(&'static str, String)>) -> Notice {
        Notice { key, values, errors: Vec::new(), failed: true, way: None }
    }

    /// Something to know.
    pub fn note(key: &'static str) -> Notice {
        Notice { failed: false, ..Notice::failure(key, Vec::new()) }
    }
}

/// What is loaded: a story with one of its runs. Side by side stand several, a run each.
pub struct Loaded {
    /// Its place among those that stand side by side, from 0.
    pub place: usize,
    /// The scenario as it was told, all variants included.
    pub told: Rc<Scenario>,
    /// Which variant runs; the story as told when `None`.
    pub variant: Option<Str>,
    /// The run, with its cursor.
    pub run: Run,
    /// For each step of the story, which answer was chosen.
    pub chosen: Vec<Option<usize>>,
    /// Which step is told.
    pub step: usize,
    /// Counts what was done: while it stays, the script of the run is the same.
    pub edition: u32,
    /// The lesson of the page's own that it is; what is told may be more than that.
    pub lesson: Option<Rc<Scenario>>,
    /// The hand over all runs that stand side by side; the pane in focus has it.
    pub hand: Option<OneHand>,
    /// The digest that a link promised, until it has been compared.
    pub digest: Option<String>,
    /// The runs of other variants, with what was done to them.
    pub(super) parked: Vec<(Option<Str>, Run)>,
    pub(super) verdicts: Verdicts,
    pub(super) counts: Counts,
    pub(super) notable: Notable,
    pub(super) probes: Probes,
    pub(super) levels: Levels,
}

/// Whether time passes, and how fast.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Playback {
    /// Whether it passes.
    pub playing: bool,
    /// Virtual milliseconds per real second; 50 is 1/20.
    pub ms_per_s: u32,
    /// Where it stops by itself: the next step of the story, or where "run to" leads.
    pub until: Option<Time>,
}

impl Default for Playback {
    fn default() -> Playback {
        Playback { playing: false, ms_per_s: 50, until: None }
    }
}

/// Everything that the page knows.
#[derive(Default)]
pub struct Model {
    /// What is loaded; `None` while it is fetched, or when it could not be. Of several panes, the
    /// one in focus.
    pub loaded: Option<Loaded>,
    /// The other panes of a comparison; see [`super::panes`].
    pub(crate) beside: Vec<Loaded>,
    pub(crate) difference: Difference,
    /// What was on screen when a search showed what it found.
    pub asides: Vec<Aside>,
    /// Whether what is done is done in the pane in focus alone.
    pub alone: bool,
    /// The scenario that is on its way.
    pub fetching: Option<Str>,
    /// Whether time passes.
    pub playback: Playback,
    /// Whether the reader has done something yet: until then no node is asked what it would answer.
    pub touched: bool,
    /// Whether the page can be seen.
    pub unseen: bool,
    /// What is selected, the last one last.
    pub selection: Vec<Thing>,
    /// What a click on the stage does.
    pub tool: Tool,
    /// What is pointed at, in the diagram or in a list.
    pub pointed: Option<Thing>,
    /// What is drawn where the stage is.
    pub view: View,
    /// The stretch of time that the space-time diagram shows, once it was opened.
    pub window: Option<(Time, Time)>,
    /// What the side panel shows.
    pub tab: Tab,
    /// The menu that is open.
    pub menu: Option<Menu>,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// Which events the list shows.
    pub filter: Filter,
    /// How high the panel stands on a small screen.
    pub sheet: Sheet,
    /// `en` or `zh-CN`.
    pub locale: &'static str,
    /// Light or dark.
    pub theme: Theme,
    /// Whether the page is a figure in another one.
    pub embed: bool,
    /// Parts of the page that the address asked to leave out.
    pub hidden: Vec<String>,
    /// The last thing that the live region said.
    pub announced: String,
    /// What the reader should know.
    pub notice: Option<Notice>,
    /// What is sought beyond the recording, slice by slice.
    pub(crate) goal: Option<Goal>,
    pub(crate) clock: super::clock::Clock,
}

impl Model {
    /// The run, if there is one.
    pub fn run(&self) -> Option<&Run> {
        self.loaded.as_ref().map(|loaded| &loaded.run)
    }

    /// How much of the way to what is sought is recorded, in percent; `None` when nothing is.
    pub fn progress(&self) -> Option<u8> {
        let there = self.goal.as_ref()?.instant(self.run()?).0.max(1);
        let recorded = |pane: &Loaded| match pane.run.is_complete() {
            true => there,
            false => pane.run.head().now().0.min(there),
        };
        let least = self.panes().map(recorded).min()?;
        Some((least * 100 / there) as u8)
    }
}
