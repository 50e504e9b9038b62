//! A search, from the request to what was found.

use alloc::vec::Vec;

use super::bounds::Bounds;
use super::finding::finding;
use super::plan::Plan;
use super::property::{self, Property, Wanted};
use super::random::{RandomSearch, peaceful};
use super::refusal::Refusal;
use super::shrink::Shrinker;
use crate::run::play;
use crate::scenario::Scenario;

/// What is asked of a search.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// The system with its settings, its clients, its end; and lines that every run has. Where it
    /// asks for no operation, operations are drawn.
    pub scenario: Scenario,
    /// What is sought.
    pub wanted: Wanted,
    /// How far to go.
    pub bounds: Bounds,
    /// How.
    pub mode: Mode,
}

/// How a search goes about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// A run of the ordinary kernel for each seed from the first on, before the second.
    Random(u64, u64),
}

/// A search that goes on in slices. To cancel it, drop it.
///
/// ```
/// use netsplit_core::explore::{Bounds, Mode, Request, Search, Stage, Wanted};
/// use netsplit_core::{protocols::ALL, scenario::Scenario};
///
/// let text = "system setnx clients=2 end=6000\n";
/// let scenario = Scenario::parse(text, ALL).expect("a scenario");
/// let wanted = Wanted::named("unblocked", &scenario).expect("a property");
/// let bounds = Bounds::parse("crashes=1").expect("bounds");
/// let request = Request { scenario, wanted, bounds, mode: Mode::Random(0, 2000) };
/// let mut search = Search::new(request).expect("it applies to locks");
/// while search.slice(20_000).stage != Stage::Done {}
/// let found = search.found().expect("who dies with a lock keeps it");
/// assert!(netsplit_core::scenario::verdict::verify(&found).passes());
/// ```
pub struct Search {
    wanted: Wanted,
    state: State,
    progress: Progress,
}

enum State {
    Random(RandomSearch),
    Shrinking(Shrinker),
    Done(Option<Scenario>),
}

/// How far a search has come. Rates are the caller's: core knows no clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// What it does.
    pub stage: Stage,
    /// How many runs have come to their ends, at random.
    pub tried: u64,
    /// How many events have happened in all of them, those of shrinking included.
    pub steps: u64,
    /// How many runs are left to try.
    pub left: u64,
    /// The lines of the smallest run so far, while it shrinks and after that; 0 before.
    pub lines: u32,
}

/// What a search does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// It seeks.
    Searching,
    /// It has found something, and leaves out what is not needed.
    Shrinking,
    /// It has ended: [`Search::found`] has what was found; else there was nothing within the bounds.
    Done,
}

impl Search {
    /// A search that has not begun. Plays one run without faults.
    ///
    /// # Errors
    ///
    /// A sentence, and smaller bounds where those would do.
    pub fn new(request: Request) -> Result<Search, Refusal> {
        let Request { scenario, wanted, bounds, mode } = request;
        let plan = Plan::new(bare(scenario), bounds, &wanted);
        if let Wanted::Breaks(property) = wanted
            && !wanted.applies(&play(peaceful(&plan)))
        {
            return Err(Refusal::DoesNotApply(property.id));
        }
        let state = match mode {
            Mode::Random(first, end) if first >= end => return Err(Refusal::NoSeeds),
            Mode::Random(first, end) => {
                State::Random(RandomSearch::new(plan, wanted.clone(), (first, end)))
            }
        };
        let (stage, tried, steps, left, lines) = (Stage::Searching, 0, 0, 0, 0);
        let progress = Progress { stage, tried, steps, left, lines };
        Ok(Search { wanted, state, progress })
    }

    /// Goes on for about `budget` events; 20,000 are some milliseconds. Where it stands after that.
    pub fn slice(&mut self, budget: u32) -> Progress {
        match &mut self.state {
            State::Random(search) => {
                let before = search.events;
                let found = search.slice(budget);
                self.progress.steps += search.events - before;
                (self.progress.tried, self.progress.left) = (search.runs, search.left());
                if let Some(found) = found {
                    self.shrink(found);
                } else if search.left() == 0 {
                    self.state = State::Done(None);
                    self.progress.stage = Stage::Done;
                }
            }
            State::Shrinking(shrinker) => {
                let before = shrinker.events;
                let more = shrinker.slice(budget);
                self.progress.steps += shrinker.events - before;
                self.progress.lines = shrinker.best().lines.len() as u32;
                if !more {
                    self.state = State::Done(finding(shrinker.best(), &self.wanted));
                    self.progress.stage = Stage::Done;
                }
            }
            State::Done(_) => {}
        }
        self.progress
    }

    /// Where it stands.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// What was found, as a scenario that passes: the smallest once the search is done, the
    /// smallest so far while it shrinks.
    pub fn found(&self) -> Option<Scenario> {
        match &self.state {
            State::Random(_) => None,
            State::Shrinking(shrinker) => finding(shrinker.best(), &self.wanted),
            State::Done(found) => found.clone(),
        }
    }

    fn shrink(&mut self, found: Scenario) {
        self.progress.stage = Stage::Shrinking;
        self.progress.lines = found.lines.len() as u32;
        self.state = State::Shrinking(Shrinker::new(found, self.wanted.clone()));
    }
}

/// The properties that say something about the system of `scenario`, by a run of it without faults.
pub fn applying(scenario: &Scenario) -> Vec<&'static Property> {
    let any = Wanted::Fails(Vec::new());
    let plan = Plan::new(bare(scenario.clone()), Bounds::calm(), &any);
    property::applying(&play(peaceful(&plan))).collect()
}

/// The scenario without its story: what is found has another one.
fn bare(scenario: Scenario) -> Scenario {
    let mut bare = scenario.without_narration();
    bare.variants.clear();
    bare.expects.clear();
    bare
}
