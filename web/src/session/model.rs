//! What the page knows.

use std::rc::Rc;

use netsplit_core::base::{Id, Str, Time};
use netsplit_core::run::Run;
use netsplit_core::scenario::Scenario;

use super::action::{Tool, View};

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

/// A dialog of the panel's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialog {
    /// Links and the scenario's text.
    Share,
    /// The same, with the ways to embed first.
    Embed,
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

/// What is loaded.
pub struct Loaded {
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
pub struct Model {
    /// What is loaded; `None` while it is fetched, or when it could not be.
    pub loaded: Option<Loaded>,
    /// Whether time passes.
    pub playback: Playback,
    /// What is selected, the last one last.
    pub selection: Vec<Thing>,
    /// What a click on the stage does.
    pub tool: Tool,
    /// What is drawn where the stage is.
    pub view: View,
    /// What the side panel shows.
    pub tab: Tab,
    /// The menu that is open.
    pub menu: Option<Menu>,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// Which events the list shows.
    pub filter: Filter,
    /// `en` or `zh-CN`.
    pub locale: &'static str,
    /// The last thing that the live region said.
    pub announced: String,
}
