//! What a person can do to the page.

use std::rc::Rc;

use netsplit_core::base::{Str, Time};
use netsplit_core::kernel::action::Action as Intervention;
use netsplit_core::knob::{Key, Setting};
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::ast::Line;

use super::model::{Dialog, Filter, Menu, Notice, Sheet, Tab, Theme, Thing};

/// What a click on the stage does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tool {
    /// Selects.
    #[default]
    Select,
    /// A stroke cuts the links that it crosses.
    Cut,
    /// Crashes a node, or restarts it.
    Crash,
    /// Freezes a node, or lets it go on.
    Pause,
    /// Changes a node's clock.
    Clock,
    /// Drops a message.
    Drop,
}

/// What is drawn where the stage is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum View {
    /// The cluster at one instant.
    #[default]
    Stage,
    /// The gallery of lessons.
    Gallery,
    /// What happened, lane by lane, on the axis of time.
    Spacetime,
}

/// What was fetched, or came in a link.
#[derive(Clone, Debug)]
pub struct Story {
    /// The scenario as it was told.
    pub scenario: Scenario,
    /// The lines that the link adds to it.
    pub own: Vec<Line>,
    /// Which variant runs.
    pub variant: Option<Str>,
    /// Where to look; the first moment of interest when `None`.
    pub at: Option<Time>,
    /// The digest that the link was made with, to tell when the run differs today.
    pub digest: Option<String>,
    /// The lesson of the page's own that it is, as links name it, or was made of.
    pub lesson: Option<Rc<Scenario>>,
}

impl Story {
    /// The scenario and nothing else; those of its lines that are a learner's are apart.
    pub fn new(mut scenario: Scenario) -> Story {
        let (own, told) = scenario.lines.drain(..).partition(|line| line.own);
        scenario.lines = told;
        Story { scenario, own, variant: None, at: None, digest: None, lesson: None }
    }
}

/// What a person does. Every action on the world is an intervention that is appended to the run,
/// so that undo, links and "copy as text" are the same data.
#[derive(Clone, Debug)]
pub enum Action {
    /// A scenario of this name is on its way.
    Fetch(Str),
    /// A scenario was fetched or opened.
    Load(Box<Story>),
    /// What a search found stands in the place of what is on screen, which stays aside.
    Found(Box<Story>),
    /// What stayed aside at this place is on screen again.
    Aside(usize),
    /// The same scenario in other words: the run and all that was done to it stay.
    Retell(Box<Scenario>),
    /// Another variant of the story, from its beginning.
    Variant(Option<Str>),
    /// What a story compares stands side by side; without one the comparison ends.
    Compare(Option<Box<Scenario>>),
    /// The pane that verdicts, panel and hands are about.
    Focus(usize),
    /// What is done is done in the pane in focus alone, or in all of them.
    Alone(bool),
    /// A setting of the whole run is another one: it begins anew, with the learner's lines.
    Restart(Key, Setting),
    /// The same run in other weather, from its beginning.
    Seed(u64),
    /// Time passes, or not.
    Play(bool),
    /// Time passes until this instant.
    RunTo(Time),
    /// Virtual milliseconds per real second.
    Speed(u32),
    /// Looks at this instant.
    Seek(Time),
    /// Looks at the world after one event more (`1`) or one less (`-1`).
    Step(i32),
    /// Looks at the next event that says something to a learner.
    NextInteresting,
    /// Back to the first instant.
    Rewind,
    /// Does something to the world, at the cursor.
    Do(Intervention),
    /// Adds a line of the learner's that names the participants of the run in focus.
    Add(Box<Line>),
    /// Takes these lines in the place of all of the learner's.
    Own(Vec<Line>),
    /// Takes the last own intervention back.
    Undo,
    /// Goes to what was done elsewhere.
    Branch(usize),
    /// Selects one thing, or nothing.
    Select(Option<Thing>),
    /// Selects one thing more, or one less.
    SelectAlso(Thing),
    /// What a click on the stage does.
    Tool(Tool),
    /// What is drawn.
    View(View),
    /// The stretch of time that the space-time diagram shows.
    Window(Time, Time),
    /// Something is pointed at, or nothing.
    Point(Option<Thing>),
    /// What the side panel shows.
    Tab(Tab),
    /// Opens the menu of a thing, or closes it.
    Menu(Option<Menu>),
    /// Opens a dialog, or closes it.
    Dialog(Option<Dialog>),
    /// Shows the events that this filter lets through.
    Filter(Filter),
    /// How high the panel stands on a small screen.
    Sheet(Sheet),
    /// Chooses an answer to the question of the step that is told.
    Choose(usize),
    /// Tells this step of the story, and looks at its instant.
    ToStep(usize),
    /// Speaks this language.
    Locale(&'static str),
    /// Light, dark, or as the system says.
    Theme(Theme),
    /// Words have arrived.
    Words,
    /// The page can be seen, or not: while it cannot, no time passes.
    Seen(bool),
    /// Says something in the live region.
    Announce(String),
    /// Shows a notice, or takes it away.
    Notice(Option<Notice>),
}
