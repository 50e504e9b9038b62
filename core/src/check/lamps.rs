//! The lamps: C (linearizable so far), A (does every live node answer) and the statement P (what
//! is cut). They are folds over the recording that keep where they changed, so that any cursor
//! looks its state up.

use alloc::vec::Vec;

use super::answers::Answers;
pub use super::answers::{Unanswered, Why};
use super::linearizable::{Fault, Finding, Linearizability, System};
use crate::base::{Id, Time};
use crate::history::History;
use crate::kernel::Cast;
use crate::op::Outcome;
use crate::run::trace::Trace;

/// Which instant is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cursor {
    /// How many events have happened.
    pub events: u32,
    /// The instant, not before the last of them.
    pub at: Time,
}

/// Lamp C.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Consistency {
    /// Whether the history so far is linearizable, or where it broke.
    pub finding: Finding,
    /// How the operations so far ended.
    pub counts: Counts,
}

/// How many operations there were, and how they ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// All that were called.
    pub called: u32,
    /// Those that ended well.
    pub answered: u32,
    /// Those that were refused.
    pub refused: u32,
    /// Those that their client gave up.
    pub given_up: u32,
}

impl Counts {
    /// Those that have not ended.
    pub fn open(&self) -> u32 {
        self.called - self.answered - self.refused - self.given_up
    }
}

/// The statement P: what is cut.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Split {
    /// The groups of the partition in force; none when there is none.
    pub islands: Vec<Vec<Id>>,
    /// Every cut link, one direction each, those between islands included.
    pub links: Vec<(Id, Id)>,
    /// Since when; the beginning when nothing is cut.
    pub since: Time,
}

/// What a lamp shows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Light {
    /// All is well so far; of A: and something was answered.
    Green,
    /// It is broken, or somebody does not answer.
    Red,
    /// The search would take too long.
    NotDecided,
    /// Nothing was asked yet.
    Dark,
}

/// The three of them, over one recording.
#[derive(Clone, Debug)]
pub struct Lamps {
    cast: alloc::rc::Rc<Cast>,
    lin: Linearizability,
    answers: Answers,
    /// The counts after each call and end, with its event.
    counts: Vec<(u32, Counts)>,
    events: u32,
}

impl Lamps {
    /// Over the recording of a run with these participants.
    pub fn new(cast: alloc::rc::Rc<Cast>) -> Lamps {
        Lamps {
            lin: Linearizability::new(System::of(&cast)),
            answers: Answers::new(&cast),
            counts: Vec::new(),
            events: 0,
            cast,
        }
    }

    /// Takes in the first `events` events. `complete`: the recording ends there.
    pub fn extend(&mut self, trace: &Trace, events: u32, complete: bool) {
        let events = events.min(trace.events.len() as u32);
        self.lin.extend(&trace.history, events, complete);
        self.count(&trace.history);
        self.answers.extend(&self.cast, trace, events);
        self.events = events.max(self.events);
    }

    fn count(&mut self, history: &History) {
        let marks = self.lin.sequence().marks();
        for mark in &marks[self.counts.len()..] {
            let mut counts = self.counts.last().map_or(Counts::default(), |last| last.1);
            let end = history.get(mark.op).and_then(|record| record.end.as_ref());
            match end.filter(|_| mark.end).map(|end| &end.outcome) {
                None => counts.called += 1,
                Some(Outcome::Ok(_)) => counts.answered += 1,
                Some(Outcome::Fail(_)) => counts.refused += 1,
                Some(Outcome::Unknown) => counts.given_up += 1,
            }
            self.counts.push((mark.event, counts));
        }
    }

    /// Forgets what happened from event `events` on, before something else is recorded there.
    pub fn rewind(&mut self, trace: &Trace, events: u32) {
        if events < self.events {
            *self = Lamps::new(self.cast.clone());
            self.extend(trace, events, false);
        }
    }

    /// Lamp C at a cursor.
    pub fn consistency(&self, cursor: Cursor) -> Consistency {
        let place = self.counts.partition_point(|(event, _)| *event < cursor.events);
        let counts = place.checked_sub(1).map_or(Counts::default(), |place| self.counts[place].1);
        Consistency { finding: self.lin.at(cursor.events), counts }
    }

    /// Lamp A at a cursor: what was asked of live nodes and not answered, the newest of each node.
    pub fn unanswered(&self, cursor: Cursor) -> &[Unanswered] {
        self.answers.at(cursor)
    }

    /// The statement P at a cursor.
    pub fn split(&self, trace: &Trace, cursor: Cursor) -> Split {
        let place = trace.cuts.partition_point(|cut| cut.event < cursor.events);
        let Some(cut) = place.checked_sub(1).map(|place| &trace.cuts[place]) else {
            return Split::default();
        };
        Split { islands: cut.islands.clone(), links: cut.links.clone(), since: cut.at }
    }

    /// Where linearizability broke, if it did.
    pub fn fault(&self) -> Option<&Fault> {
        self.lin.changes().iter().find_map(|(_, finding)| match finding {
            Finding::Broken(fault) => Some(fault),
            _ => None,
        })
    }

    /// What lamp C shows, from which instants on.
    pub fn band_c(&self, trace: &Trace) -> Vec<(Time, Light)> {
        let at = |event: u32| trace.events.get(event as usize).map_or(Time::ZERO, |e| e.at);
        let mut band = alloc::vec![(Time::ZERO, Light::Dark)];
        band.extend(self.counts.first().map(|first| (at(first.0), Light::Green)));
        band.extend(self.lin.changes().iter().map(|(event, finding)| {
            let light = match finding {
                Finding::Linearizable => Light::Green,
                Finding::Broken(_) => Light::Red,
                Finding::NotDecided { .. } => Light::NotDecided,
            };
            (at(*event), light)
        }));
        band
    }

    /// What lamp A shows, from which instants on.
    pub fn band_a(&self) -> Vec<(Time, Light)> {
        self.answers.band()
    }
}
