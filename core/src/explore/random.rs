//! Searching at random: a run for each seed, in the ordinary kernel, with faults, operations and
//! priorities that are drawn for it.

use alloc::vec::Vec;

use super::bounds::Bound;
use super::dice::Dice;
use super::plan::Plan;
use super::property::Wanted;
use super::{faults, workload};
use crate::base::{Time, sort_by_key};
use crate::kernel::action::{Action, Trigger};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::scenario::ast::Line;

/// A search through a range of seeds.
pub struct RandomSearch {
    plan: Plan,
    wanted: Wanted,
    next: u64,
    end: u64,
    trial: Option<Run>,
    /// How many runs have come to their ends.
    pub runs: u64,
    /// How many events have happened in all runs.
    pub events: u64,
}

impl RandomSearch {
    /// Through the seeds from `first` on, before `end`.
    pub fn new(plan: Plan, wanted: Wanted, (first, end): (u64, u64)) -> RandomSearch {
        RandomSearch { plan, wanted, next: first, end, trial: None, runs: 0, events: 0 }
    }

    /// Goes on for so many events; a scenario that shows what is wanted, if one came up.
    pub fn slice(&mut self, budget: u32) -> Option<Scenario> {
        let mut left = budget.max(1);
        while left > 0 && (self.trial.is_some() || self.next < self.end) {
            let run = self.trial.get_or_insert_with(|| {
                self.next += 1;
                Run::new(draw(&self.plan, self.next - 1))
            });
            let before = run.head().n_events();
            let goes_on = run.record(left);
            let events = run.head().n_events() - before;
            self.events += u64::from(events);
            // Judging a run counts as much as some of its events.
            left = left.saturating_sub(events.max(1));
            if goes_on {
                continue;
            }
            self.runs += 1;
            if let Some(run) = self.trial.take()
                && self.wanted.shown_by(&run).is_some()
            {
                return Some(run.story().clone());
            }
        }
        None
    }

    /// How many seeds have not been tried.
    pub fn left(&self) -> u64 {
        self.end - self.next + u64::from(self.trial.is_some())
    }
}

/// The run of `seed`.
pub fn draw(plan: &Plan, seed: u64) -> Scenario {
    let mut dice = Dice::new(seed);
    let mut scenario = plan.base.clone();
    scenario.seed = seed;
    scenario.seeds = None;
    let (n, admin) = (plan.bounds.get(Bound::Operations), plan.bounds.get(Bound::Admin));
    if plan.asks {
        let n = dice.between(u64::from(n > 0), n.into()) as u32;
        scenario.lines.extend(workload::draw(plan, &mut dice, n, admin, plan.calm));
    }
    scenario.lines.extend(workload::spares(plan));
    let asks = scenario.lines.iter().filter(|line| matches!(line.action, Action::Ask(_)));
    let asked: Vec<Time> = asks.map(instant).filter(|at| *at < plan.calm).collect();
    scenario.lines.extend(faults::priorities(plan, &mut dice));
    scenario.lines.extend(faults::timeouts(plan, &mut dice, &asked));
    scenario.lines.extend(faults::draw(plan, &mut dice, &asked));
    scenario.lines.extend(faults::calm(plan, &mut dice));
    scenario.lines.extend(workload::calm(plan, &mut dice, plan.asked_again()));
    in_order(&mut scenario.lines);
    scenario
}

/// The run of `plan` without faults, by which it is seen what a system shows.
pub fn peaceful(plan: &Plan) -> Scenario {
    let mut scenario = plan.base.clone();
    let mut dice = Dice::new(0);
    scenario.seeds = None;
    if plan.asks {
        scenario.lines.extend(workload::draw(plan, &mut dice, 6, 0, plan.calm));
    }
    scenario.lines.extend(workload::calm(plan, &mut dice, plan.asked_again()));
    in_order(&mut scenario.lines);
    scenario
}

/// Puts lines into the order of time; those that wait for something come last.
pub fn in_order(lines: &mut [Line]) {
    sort_by_key(lines, instant);
}

/// When a line runs at first.
pub fn instant(line: &Line) -> Time {
    match line.trigger {
        Trigger::At(at) | Trigger::Every { from: at, .. } => at,
        Trigger::After(..) | Trigger::When { .. } => Time::NEVER,
    }
}
