//! Recording in slices, so that the page never waits for it.

use netsplit_core::base::{Id, Time};
use netsplit_core::facts::Fact;
use netsplit_core::rule::Weight;
use netsplit_core::run::Run;
use netsplit_core::run::Trace;
use netsplit_core::run::trace::What;
use netsplit_core::scenario::link::short_digest;

use super::model::{Model, Notice};
use super::watch::Topic;

/// How many events are recorded at once where somebody waits for it: a few milliseconds.
const SLICE: u32 = 2000;
/// How far the recording runs ahead by itself, in events.
const AHEAD: u32 = 200_000;

/// What is sought beyond the recording.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Goal {
    /// An instant.
    At(Time),
    /// The first event of interest from this one on.
    Interesting(u32),
}

impl Goal {
    /// The latest instant at which it will be found.
    pub(super) fn instant(&self, run: &Run) -> Time {
        match self {
            Goal::At(at) => *at,
            Goal::Interesting(_) => run.head().end(),
        }
    }
}

impl Model {
    /// Whether there is something to record.
    pub fn has_work(&self) -> bool {
        self.goal.is_some() || self.has_probes() || self.has_levels() || self.records_ahead()
    }

    /// Whether the recording runs ahead by itself.
    pub(super) fn records_ahead(&self) -> bool {
        self.panes().any(|pane| is_behind(&pane.run))
    }

    /// Records one slice; says what has changed.
    pub(super) fn work(&mut self) -> Vec<Topic> {
        if self.goal.is_none() && self.has_probes() {
            return self.probe();
        }
        if self.goal.is_none() && self.has_levels() {
            return self.climb();
        }
        let Some(goal) = self.goal else {
            if let Some(pane) = self.panes_mut().find(|pane| is_behind(&pane.run)) {
                pane.run.record(SLICE / 4);
            }
            return self.when_complete();
        };
        self.pursue(goal)
    }

    /// Looks for `goal`, as far as one slice goes; the rest is left to later slices.
    pub(super) fn pursue(&mut self, goal: Goal) -> Vec<Topic> {
        self.goal = None;
        let there = match goal {
            Goal::At(at) => self.record_towards(at),
            Goal::Interesting(_) => true,
        };
        let Some(loaded) = &mut self.loaded else { return Vec::new() };
        let run = &mut loaded.run;
        let more = !run.is_complete();
        let found = match goal {
            Goal::At(at) => there.then(|| run.seek(at)),
            Goal::Interesting(from) => match interesting(run.trace(), from) {
                Some(event) => {
                    run.seek_event(event + 1);
                    Some(())
                }
                None if more => {
                    let next = run.head().n_events();
                    run.record(SLICE);
                    self.goal = Some(Goal::Interesting(next.max(from)));
                    return vec![Topic::Work];
                }
                None => {
                    run.seek(run.head().end());
                    Some(())
                }
            },
        };
        if found.is_none() {
            self.goal = Some(goal);
            return vec![Topic::Work];
        }
        self.keep_pace();
        self.follow_story();
        vec![Topic::Step, Topic::Lesson, Topic::Work]
    }

    /// Records a slice of the first run that does not reach `at`; says whether all do then.
    fn record_towards(&mut self, at: Time) -> bool {
        if let Some(pane) = self.panes_mut().find(|pane| !pane.reaches(at)) {
            pane.run.record(SLICE);
        }
        self.panes().all(|pane| pane.reaches(at))
    }

    /// What is known once everything is recorded: the digest, and whether it is the promised one.
    fn when_complete(&mut self) -> Vec<Topic> {
        let Some(loaded) = self.loaded.as_mut().filter(|loaded| loaded.run.is_complete()) else {
            return Vec::new();
        };
        match loaded.digest.take() {
            Some(promised) if promised != short_digest(loaded.run.digest()) => {
                self.notice = Some(Notice::note("notice.other-engine"));
                vec![Topic::Notice, Topic::Work]
            }
            _ => vec![Topic::Work],
        }
    }
}

/// Whether the recording of a run goes on by itself.
fn is_behind(run: &Run) -> bool {
    !run.is_complete() && run.head().n_events() < AHEAD
}

/// The first event from `from` on that says something to a learner.
pub(super) fn interesting(trace: &Trace, from: u32) -> Option<u32> {
    (from..trace.events.len() as u32).find(|&event| is_interesting(trace, event))
}

/// Whether an event says something to a learner: a milestone, a refusal, a change of roles, or
/// something that was done by hand or by the script.
fn is_interesting(trace: &Trace, event: u32) -> bool {
    let Some(record) = trace.events.get(event as usize) else { return false };
    let told = || trace.fired_in(event).any(|fired| fired.rule.weight >= Weight::Refusal);
    matches!(record.what, What::Act { .. } | What::Limit(_))
        || told()
        || leads_or_not(trace, event, record.node)
}

/// Whether a node became the leader in an event, or ceased to be.
fn leads_or_not(trace: &Trace, event: u32, node: Id) -> bool {
    let facts = &trace.facts;
    let from = facts.partition_point(|change| change.event < event);
    facts.iter_from(from).take_while(|change| change.event == event).any(|change| {
        change.node == node && matches!(change.fact, Fact::Role { name: "leader", .. })
    })
}
