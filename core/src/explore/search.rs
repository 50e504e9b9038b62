//! A search, from the request to what was found.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::bounds::{Bound, Bounds};
use super::dice::Dice;
use super::finding::finding;
use super::plan::Plan;
use super::property::{self, Property, Wanted};
use super::random::{RandomSearch, peaceful};
use super::refusal::Refusal;
use super::shrink::Shrinker;
use super::untimed::{self, Exhaustive, Order, Scope};
use super::workload;
use crate::run::play;
use crate::scenario::Scenario;

/// How many operations an exhaustive search draws where the scenario asks for none.
const ASKED: u32 = 2;
/// What a known state takes at the least: its fingerprint in a table that may just have grown, and
/// its place in the tree.
const BYTES_PER_STATE: u32 = 64;

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
    /// Every state that can be reached when time is left out, in this order.
    Exhaustive(Order),
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
    Random(Box<RandomSearch>),
    Exhaustive(Box<Exhaustive>),
    Shrinking(Box<Shrinker>),
    Done(Option<Box<Scenario>>),
}

/// How far a search has come. Rates are the caller's: core knows no clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// What it does.
    pub stage: Stage,
    /// How many runs have come to their ends, at random; how many distinct states are known.
    pub tried: u64,
    /// How many events have happened, or steps were taken, those of shrinking included.
    pub steps: u64,
    /// How many runs are left to try, or states wait to be visited.
    pub left: u64,
    /// How deep the deepest state lies that was visited; 0 at random.
    pub depth: u32,
    /// About how many bytes the search takes; 0 at random, which keeps one run.
    pub bytes: u64,
    /// Whether something within the other bounds was left out because it lay too deep, or there was
    /// no more room: then that nothing was found says less.
    pub cut_short: bool,
    /// Schedules that looked like a finding and were none in the ordinary kernel.
    pub false_alarms: u32,
    /// The lines of the smallest run so far, while it shrinks and after that; 0 before.
    pub lines: u32,
}

/// What a search does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Stage {
    /// It seeks.
    #[default]
    Searching,
    /// It has found something, and leaves out what is not needed.
    Shrinking,
    /// It has ended: [`Search::found`] has what was found; else there was nothing within the
    /// bounds.
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
                State::Random(Box::new(RandomSearch::new(plan, wanted.clone(), (first, end))))
            }
            Mode::Exhaustive(order) => {
                let scope = scope_of(plan, &wanted)?;
                State::Exhaustive(Box::new(Exhaustive::new(scope, order)))
            }
        };
        Ok(Search { wanted, state, progress: Progress::default() })
    }

    /// A search that has found this already, and shrinks it.
    pub fn shrinking(found: Scenario, wanted: Wanted) -> Search {
        let mut search = Search { wanted, state: State::Done(None), progress: Progress::default() };
        search.shrink(found);
        search
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
            State::Exhaustive(search) => {
                let before = search.steps;
                let found = search.slice(budget);
                self.progress.steps += search.steps - before;
                self.progress.look_at(search);
                // A suspicion, until the ordinary kernel has shown it.
                if let Some(path) = found {
                    match untimed::schedule(search.scope(), &path) {
                        Some((found, _))
                            if self.wanted.shown_by(&play(found.clone())).is_some() =>
                        {
                            self.shrink(found);
                        }
                        _ => self.progress.false_alarms += 1,
                    }
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
                    self.state = State::Done(finding(shrinker.best(), &self.wanted).map(Box::new));
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
            State::Random(_) | State::Exhaustive(_) => None,
            State::Shrinking(shrinker) => finding(shrinker.best(), &self.wanted),
            State::Done(found) => found.as_deref().cloned(),
        }
    }

    fn shrink(&mut self, found: Scenario) {
        self.progress.stage = Stage::Shrinking;
        self.progress.lines = found.lines.len() as u32;
        self.state = State::Shrinking(Box::new(Shrinker::new(found, self.wanted.clone())));
    }
}

impl Progress {
    fn look_at(&mut self, search: &Exhaustive) {
        (self.tried, self.left) = (search.states(), search.left());
        (self.depth, self.bytes) = (search.depth, search.bytes() as u64);
        self.cut_short = search.cut_short;
    }
}

/// What an exhaustive search for this request goes through, for searches that share it.
///
/// # Errors
///
/// As [`Search::new`].
pub fn scope(request: Request) -> Result<Scope, Refusal> {
    let Request { scenario, wanted, bounds, .. } = request;
    scope_of(Plan::new(bare(scenario), bounds, &wanted), &wanted)
}

/// What an exhaustive search goes through. Where nothing is asked, little is drawn.
fn scope_of(mut plan: Plan, wanted: &Wanted) -> Result<Scope, Refusal> {
    let (states, memory) = (plan.bounds.get(Bound::States), plan.bounds.get(Bound::Memory));
    // What each state takes when all that wait are written down as choices.
    let most = memory.saturating_mul(1 << 20) / BYTES_PER_STATE / 1000;
    if states > most {
        return Err(Refusal::TooLarge(plan.bounds.with(Bound::States, most)));
    }
    if plan.asks {
        let n = plan.bounds.get(Bound::Operations).min(ASKED);
        let mut drawn = workload::draw(&plan, &mut Dice::new(0), n, 0, plan.calm);
        workload::in_turn(&plan, &mut drawn);
        plan.base.lines.extend(drawn);
    }
    Scope::new(plan.base, wanted, plan.bounds)
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
