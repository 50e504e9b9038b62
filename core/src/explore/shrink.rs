//! Shrinking: a run that shows what is wanted loses what it does not need, until nothing more can
//! go: interventions first, then what is done to single messages, then operations, then whom lines
//! name, then time (Zeller and Hildebrandt, *Simplifying and Isolating Failure-Inducing Input*, TSE
//! 2002: halves, quarters, and so on down to single lines).

use alloc::vec::Vec;

use super::property::Wanted;
use super::random::{in_order, instant};
use super::simpler;
use crate::base::{Span, Time};
use crate::kernel::action::{Action, Trigger};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::scenario::ast::Line;

/// So many runs are tried at the most.
const TRIALS: u32 = 6_000;
/// Rounder times than these are not sought.
const ROUND: [u64; 4] = [1_000_000, 100_000, 50_000, 10_000];

/// A run that becomes smaller.
pub struct Shrinker {
    wanted: Wanted,
    best: Scenario,
    pass: Pass,
    /// Where the pass is, and how much it tries at once.
    place: usize,
    size: usize,
    /// Whether anything went since the passes began anew.
    changed: bool,
    trial: Option<Run>,
    /// How many runs were tried.
    pub trials: u32,
    /// How many events have happened in them.
    pub events: u64,
}

/// What is tried to be left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Pass {
    Faults,
    Messages,
    Asks,
    Simpler,
    End,
    Gaps,
    Rounder,
}

const PASSES: [Pass; 7] =
    [Pass::Faults, Pass::Messages, Pass::Asks, Pass::Simpler, Pass::End, Pass::Gaps, Pass::Rounder];

impl Shrinker {
    /// Begins with a run that shows what is wanted.
    pub fn new(found: Scenario, wanted: Wanted) -> Shrinker {
        let mut shrinker = Shrinker {
            wanted,
            best: found,
            pass: PASSES[0],
            place: 0,
            size: 0,
            changed: false,
            trial: None,
            trials: 0,
            events: 0,
        };
        shrinker.begin(PASSES[0]);
        shrinker
    }

    /// Goes on for so many events; says whether there is more to try.
    pub fn slice(&mut self, budget: u32) -> bool {
        let mut left = budget.max(1);
        while left > 0 {
            let run = match self.trial.take() {
                Some(run) => run,
                None => match self.candidate() {
                    Some(candidate) if self.trials < TRIALS => Run::new(candidate),
                    _ => return false,
                },
            };
            left = self.go_on(run, left);
        }
        true
    }

    /// The smallest run so far.
    pub fn best(&self) -> &Scenario {
        &self.best
    }

    fn go_on(&mut self, mut run: Run, left: u32) -> u32 {
        let before = run.head().n_events();
        let goes_on = run.record(left);
        let events = run.head().n_events() - before;
        self.events += u64::from(events);
        if goes_on {
            self.trial = Some(run);
        } else {
            self.trials += 1;
            let shows = self.wanted.shown_by(&run).is_some();
            self.judged(shows.then(|| run.story().clone()));
        }
        left.saturating_sub(events.max(1))
    }

    /// What was tried came out: it is taken, or the next thing is tried.
    fn judged(&mut self, taken: Option<Scenario>) {
        match taken {
            Some(smaller) => {
                self.best = smaller;
                self.changed = true;
                // What stood here is gone, and the next has moved up; a cut of time can go on.
            }
            None if matches!(self.pass, Pass::End | Pass::Gaps) => self.size /= 2,
            None => self.place += self.size.max(1),
        }
    }

    fn begin(&mut self, pass: Pass) {
        self.pass = pass;
        self.place = 0;
        self.size = match pass {
            Pass::Faults | Pass::Messages | Pass::Asks => {
                (self.lines_of(pass).len().next_power_of_two() / 2).max(1)
            }
            Pass::End => self.best.system.end.0 as usize / 2,
            Pass::Gaps => self.gap(),
            Pass::Simpler | Pass::Rounder => 1,
        };
    }

    /// The next run to try; `None` when nothing more can go.
    fn candidate(&mut self) -> Option<Scenario> {
        loop {
            if let Some(candidate) = self.within_pass() {
                return Some(candidate);
            }
            let place = PASSES.iter().position(|pass| *pass == self.pass)? + 1;
            match PASSES.get(place) {
                Some(next) => self.begin(*next),
                None if self.changed => {
                    self.changed = false;
                    self.begin(PASSES[0]);
                }
                None => return None,
            }
        }
    }

    fn within_pass(&mut self) -> Option<Scenario> {
        match self.pass {
            Pass::Faults | Pass::Messages | Pass::Asks => self.without_some(),
            Pass::Simpler => simpler::nth(&self.best, self.place),
            Pass::End => (self.size >= 1000)
                .then(|| {
                    let mut shorter = self.best.clone();
                    let end = shorter.system.end.0 - (self.size as u64).min(shorter.system.end.0);
                    shorter.system.end = Time(end.max(1000).div_ceil(1000) * 1000);
                    shorter
                })
                .filter(|shorter| shorter.system.end < self.best.system.end),
            Pass::Gaps => self.sooner(),
            Pass::Rounder => self.rounder(),
        }
    }

    /// The places of the lines that a pass removes.
    fn lines_of(&self, pass: Pass) -> Vec<usize> {
        let of_pass = |line: &Line| match line.action {
            Action::Ask(_) => Pass::Asks,
            Action::Handle(..)
            | Action::Release(_)
            | Action::Latency(..)
            | Action::Force(..)
            | Action::Pin(..) => Pass::Messages,
            _ => Pass::Faults,
        };
        let lines = self.best.lines.iter().enumerate();
        lines.filter(|(_, line)| of_pass(line) == pass).map(|(place, _)| place).collect()
    }

    /// Without some of the lines, next to each other.
    fn without_some(&mut self) -> Option<Scenario> {
        let lines = self.lines_of(self.pass);
        if self.place >= lines.len() {
            self.place = 0;
            self.size /= 2;
        }
        if self.size == 0 || lines.is_empty() {
            return None;
        }
        let gone = &lines[self.place..lines.len().min(self.place + self.size)];
        let mut smaller = self.best.clone();
        let mut place = 0;
        smaller.lines.retain(|_| {
            place += 1;
            !gone.contains(&(place - 1))
        });
        Some(smaller)
    }

    /// How long nothing is done before the instant at `self.place`.
    fn gap(&self) -> usize {
        let instants = self.instants();
        let Some(at) = instants.get(self.place) else { return 0 };
        let before = self.place.checked_sub(1).map_or(Time::ZERO, |place| instants[place]);
        at.since(before).0 as usize
    }

    /// The instants at which something is done, in order.
    fn instants(&self) -> Vec<Time> {
        let mut instants: Vec<Time> = self.best.lines.iter().map(instant).collect();
        instants.retain(|at| *at < Time::NEVER);
        crate::base::sort(&mut instants);
        instants.dedup();
        instants
    }

    /// With what is done from an instant on done sooner.
    fn sooner(&mut self) -> Option<Scenario> {
        loop {
            let instants = self.instants();
            let from = *instants.get(self.place)?;
            self.size = self.size.min(self.gap());
            let by = Span(self.size as u64 / 1000 * 1000);
            if by == Span::ZERO {
                self.place += 1;
                self.size = self.gap();
                continue;
            }
            let mut shorter = self.best.clone();
            for line in &mut shorter.lines {
                line.trigger = moved(&line.trigger, from, by);
            }
            shorter.system.end = Time(shorter.system.end.0 - by.0);
            return Some(shorter);
        }
    }

    /// With one line at a rounder time.
    fn rounder(&mut self) -> Option<Scenario> {
        loop {
            let (place, round) = (self.place / ROUND.len(), ROUND[self.place % ROUND.len()]);
            let line = self.best.lines.get(place)?;
            if let Trigger::At(at) = line.trigger {
                let rounded = Time((at.0 + round / 2) / round * round);
                // What is round already stays as it is.
                let is_round = ROUND[..=self.place % ROUND.len()].iter().any(|r| at.0 % r == 0);
                if !is_round && rounded < self.best.system.end {
                    let mut rounder = self.best.clone();
                    rounder.lines[place].trigger = Trigger::At(rounded);
                    in_order(&mut rounder.lines);
                    return Some(rounder);
                }
            }
            self.place += 1;
        }
    }
}

/// A trigger so much sooner, if it comes at `from` or after it.
fn moved(trigger: &Trigger, from: Time, by: Span) -> Trigger {
    let sooner = |at: Time| if at >= from { at - by } else { at };
    match *trigger {
        Trigger::At(at) => Trigger::At(sooner(at)),
        Trigger::Every { period, from: begin, to } => {
            Trigger::Every { period, from: sooner(begin), to: sooner(to) }
        }
        ref other => other.clone(),
    }
}
