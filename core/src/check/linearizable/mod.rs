//! Linearizability of the clients' history (Herlihy and Wing 1990), as a fold that says at which
//! end of an operation it broke, and against which earlier operation.
//!
//! The history is split by key, which is sound for linearizability. Time is the order of the
//! trace's events. An operation that was refused took no effect; one whose client gave up, or
//! that is still open, may take effect at any later time, or never.

mod culprit;
mod search;
mod untangle;

mod deeds;
mod depth;
mod needs;
mod states;
mod table;

use alloc::rc::Rc;
use alloc::vec::Vec;

use self::search::{Ended, Found, Search};
pub use self::untangle::THOROUGH as STEPS;
use self::untangle::{Looked, QUICK, THOROUGH, insert, looked, untangled};
use super::sequence::{Mark, Sequence};
use crate::base::{Map, Str, Value};
use crate::history::{History, OpRecord};
use crate::kernel::Cast;
use crate::op::{Access, Model, OpId, OpSpec, Outcome};

/// What is known of the history up to some event.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Finding {
    /// It is linearizable.
    #[default]
    Linearizable,
    /// It is not, and no continuation of it can be.
    Broken(Fault),
    /// The search would take too long.
    NotDecided {
        /// The key whose operations are too entangled.
        key: Str,
    },
}

/// Where linearizability broke.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The datum.
    pub key: Str,
    /// The operation at whose end no linearization was left.
    pub op: OpId,
    /// The operation that ended before `op` was called and that `op`'s answer contradicts: had its
    /// end come later, and those of all that ended after it, a linearization would exist. `None`
    /// when the answer is impossible whatever ended before.
    pub against: Option<OpId>,
}

/// The fold.
#[derive(Clone, Debug)]
pub struct Linearizability {
    system: System,
    sequence: Sequence,
    /// What cannot change any more.
    settled: State,
    /// How many marks are settled.
    n_settled: usize,
    /// The findings, by the events from which on they hold.
    changes: Vec<(u32, Finding)>,
    /// What was found last of entangled data.
    looked: Option<Looked>,
}

/// What is known of a system before its history: the operations that it offers, of which those
/// without a sequential model do not count, and what logs held before the first of them.
#[derive(Clone, Debug)]
pub struct System {
    /// The operations.
    pub ops: &'static [OpSpec],
    /// Keys and values.
    pub given: Rc<[(Str, Value)]>,
}

impl System {
    /// The system of a run.
    pub fn of(cast: &Cast) -> System {
        System { ops: cast.entry.ops, given: cast.given.as_slice().into() }
    }

    fn search(&self, key: &str) -> Search {
        let given = self.given.iter().filter(|(of, _)| **of == *key);
        Search::with(given.map(|(_, value)| value.clone()))
    }
}

#[derive(Clone, Debug, Default)]
struct State {
    searches: Map<Str, Search>,
    /// The data whose candidates became too many, and the events at which they did.
    tangled: Vec<(u32, Str)>,
    changes: Vec<(u32, Finding)>,
}

impl Linearizability {
    /// Before the first operation.
    pub fn new(system: System) -> Linearizability {
        Linearizability {
            system,
            sequence: Sequence::default(),
            settled: State::default(),
            n_settled: 0,
            changes: Vec::new(),
            looked: None,
        }
    }

    /// Takes in the history of the first `events` events. `complete`: nothing will be recorded
    /// after them, so that what is open stays open.
    pub fn extend(&mut self, history: &History, events: u32, complete: bool) {
        self.sequence.extend(history, events);
        let view = View { system: &self.system, history, marks: self.sequence.marks(), events };
        let waits = |mark: &Mark| !complete && view.waits_for_answer(mark);
        let rest = &view.marks[self.n_settled..];
        let ready = rest.iter().position(waits).unwrap_or(rest.len());
        for mark in &rest[..ready] {
            self.settled.take(&view, mark);
        }
        self.n_settled += ready;
        let rest = &view.marks[self.n_settled..];
        if rest.is_empty() || self.settled.is_broken() {
            self.changes.clone_from(&self.settled.changes);
            self.looked = looked(&view, &self.settled, self.looked.take(), complete);
        } else {
            // A read that is open may answer anything: for now it says nothing. When its answer is
            // known, everything since its call is looked at again.
            let mut ahead = self.settled.clone();
            rest.iter().for_each(|mark| ahead.take(&view, mark));
            self.looked = looked(&view, &ahead, self.looked.take(), complete);
            self.changes = ahead.changes;
        }
        let change = self.looked.as_ref().and_then(|looked| looked.change.clone());
        change.into_iter().for_each(|change| insert(&mut self.changes, change));
    }

    /// Forgets what happened from event `events` on.
    pub fn rewind(&mut self, history: &History, events: u32) {
        if events < self.sequence.events() {
            *self = Linearizability::new(self.system.clone());
            self.extend(history, events, false);
        }
    }

    /// What is known of the history of the first `events` events.
    pub fn at(&self, events: u32) -> Finding {
        let place = self.changes.partition_point(|(event, _)| *event < events);
        place.checked_sub(1).map_or(Finding::Linearizable, |place| self.changes[place].1.clone())
    }

    /// The findings other than the first, with the events that brought them.
    pub fn changes(&self) -> &[(u32, Finding)] {
        &self.changes
    }

    /// The calls and ends that were taken in.
    pub fn sequence(&self) -> &Sequence {
        &self.sequence
    }
}

/// The finding on a whole history, or on the operations of one key.
pub fn check(system: &System, history: &History, events: u32, key: Option<&str>) -> Finding {
    let mut sequence = Sequence::default();
    sequence.extend(history, events);
    let view = View { system, history, marks: sequence.marks(), events };
    let mut state = State::default();
    for mark in view.marks {
        let of_key = |record: &OpRecord| key.is_none_or(|key| *record.op.key == *key);
        if history.get(mark.op).is_some_and(of_key) {
            state.take(&view, mark);
        }
    }
    let looked = untangled(&view, &state, THOROUGH);
    looked.into_iter().for_each(|change| insert(&mut state.changes, change));
    state.changes.pop().map_or(Finding::Linearizable, |(_, finding)| finding)
}

/// A check of a whole history in slices.
#[derive(Clone, Debug)]
pub struct Checking {
    system: System,
    history: History,
    sequence: Sequence,
    place: usize,
    state: State,
}

impl Checking {
    /// A check of all of `history`.
    pub fn new(system: System, history: History) -> Checking {
        let mut sequence = Sequence::default();
        sequence.extend(&history, u32::MAX);
        Checking { system, history, sequence, place: 0, state: State::default() }
    }

    /// Goes on for `budget` calls and ends, and takes them off it; the finding at the end.
    pub fn advance(&mut self, budget: &mut u32) -> Option<Finding> {
        let (system, history, marks) = (&self.system, &self.history, self.sequence.marks());
        let view = View { system, history, marks, events: u32::MAX };
        while let Some(mark) = marks.get(self.place) {
            *budget = budget.checked_sub(1)?;
            self.state.take(&view, mark);
            self.place += 1;
        }
        let mut changes = self.state.changes.clone();
        let untangled = untangled(&view, &self.state, QUICK);
        untangled.into_iter().for_each(|change| insert(&mut changes, change));
        Some(changes.pop().map_or(Finding::Linearizable, |(_, finding)| finding))
    }
}

/// What [`check`] finds, by search in depth alone. `check` takes it for those data whose operations
/// are too entangled for the search in breadth.
pub fn check_in_depth(system: &System, history: &History, events: u32) -> Finding {
    let mut sequence = Sequence::default();
    sequence.extend(history, events);
    let view = View { system, history, marks: sequence.marks(), events };
    let mut state = State::default();
    for mark in view.marks {
        let key = view.get(mark.op).map(|(record, ..)| record.op.key.clone());
        let Some(key) = key else { continue };
        if !state.tangled.iter().any(|(_, known)| *known == key) {
            state.tangled.push((mark.event, key));
        }
    }
    untangled(&view, &state, THOROUGH).map_or(Finding::Linearizable, |(_, finding)| finding)
}

/// A history as far as it is looked at.
#[derive(Clone, Copy)]
struct View<'a> {
    system: &'a System,
    history: &'a History,
    marks: &'a [Mark],
    events: u32,
}

impl View<'_> {
    /// The record of an operation that a model describes.
    fn get(&self, op: OpId) -> Option<(&OpRecord, Model, Access)> {
        let record = self.history.get(op)?;
        let spec = self.system.ops.iter().find(|spec| spec.verb == record.op.verb)?;
        Some((record, spec.model?, spec.access))
    }

    /// How an operation ended within what is looked at.
    fn outcome<'a>(&self, record: &'a OpRecord) -> Option<&'a Outcome> {
        let end = record.end.as_ref().filter(|end| end.event < self.events)?;
        Some(&end.outcome)
    }

    /// Whether a read begins whose answer is not known yet.
    fn waits_for_answer(&self, mark: &Mark) -> bool {
        let waits = |(record, _, access): (&OpRecord, Model, Access)| {
            access == Access::Read && self.outcome(record).is_none()
        };
        !mark.end && self.get(mark.op).is_some_and(waits)
    }

    /// Takes a call or an end into a search.
    fn feed(&self, search: &mut Search, mark: &Mark) -> Found {
        let Some((record, model, access)) = self.get(mark.op) else { return Found::Some };
        let (id, op) = (mark.op.0, record.op.clone());
        let outcome = self.outcome(record);
        match (mark.end, access, outcome) {
            (false, Access::Read, Some(Outcome::Ok(answer))) => {
                search.read(id, op, model, answer.clone());
            }
            (false, Access::Read, _) => {}
            (false, _, _) => search.write(id, op, model),
            (true, _, Some(Outcome::Ok(answer))) => {
                return search.end(id, Ended::Well(answer.clone()));
            }
            (true, _, Some(Outcome::Fail(_))) => return search.end(id, Ended::Refused),
            (true, _, Some(Outcome::Unknown) | None) => return search.end(id, Ended::GivenUp),
        }
        Found::Some
    }
}

impl State {
    fn is_broken(&self) -> bool {
        matches!(self.changes.last(), Some((_, Finding::Broken(_))))
    }

    fn take(&mut self, view: &View, mark: &Mark) {
        let Some((record, ..)) = view.get(mark.op) else { return };
        if self.is_broken() {
            return;
        }
        let key = &record.op.key;
        if self.tangled.iter().any(|(_, tangled)| tangled == key) {
            return;
        }
        let search = match self.searches.get_mut(key) {
            Some(search) => search,
            None => self.searches.get_or_insert_with(key.clone(), || view.system.search(key)),
        };
        let key = key.clone();
        match view.feed(search, mark) {
            Found::Some => {}
            Found::None => {
                let until = View { events: mark.event + 1, ..*view };
                let fault = culprit::find(&until, mark, key);
                self.changes.push((mark.event, Finding::Broken(fault)));
            }
            Found::NotDecided => {
                self.searches.remove(&key);
                self.tangled.push((mark.event, key));
            }
        }
    }
}
