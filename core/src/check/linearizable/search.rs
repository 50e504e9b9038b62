//! The search for a linearization of one datum in breadth, as the calls and ends come in.
//!
//! Wing and Gong's search with the memory of Lowe ("Testing for linearizability", 2017), turned
//! round: instead of one path with a way back, all states that some linearization of the history
//! so far leads to are kept. An operation is linearized just in time, when an end forces it or
//! another before it. Three observations keep the set small:
//!
//! - A read helps nobody. It is never linearized; each candidate remembers whether the datum was,
//!   at some time since the read's call, as the read's answer says.
//! - An operation whose client gave up need not be linearized. Where the next operation comes to
//!   the same without it, it is left out.
//! - Of two candidates that differ in given-up operations alone, the one that used fewer can do
//!   whatever the other can.

use alloc::collections::BTreeSet;
use alloc::rc::Rc;
use alloc::vec;
use alloc::vec::Vec;

use crate::base::{Value, sort};
use crate::check::model;
use crate::op::{Model, Op};

/// How many times the model is asked for one end before the search gives up.
const STEPS: u32 = 4_000;
/// How many candidates are kept before the search gives up.
const CANDIDATES: usize = 256;

/// How an end left the search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// Some linearization of everything so far exists.
    Some,
    /// None exists.
    None,
    /// The budget ended.
    NotDecided,
}

/// How an operation ended, for the search.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ended {
    /// It took effect before its end, with this answer.
    Well(Value),
    /// It took no effect.
    Refused,
    /// It may take effect at any later time, or never.
    GivenUp,
}

/// The search over one datum.
#[derive(Clone, Debug)]
pub struct Search {
    /// Writes that may still be linearized.
    open: Vec<Write>,
    /// Reads that have not ended, with the answer that each will get.
    reads: Vec<Read>,
    candidates: Vec<Candidate>,
    steps: u32,
}

#[derive(Clone, Debug)]
struct Write {
    id: u32,
    op: Rc<Op>,
    model: Model,
    given_up: bool,
}

#[derive(Clone, Debug)]
struct Read {
    id: u32,
    op: Rc<Op>,
    model: Model,
    answer: Value,
}

impl Read {
    fn is_met_by(&self, state: &Value) -> bool {
        (self.model)(state, &self.op).1 == self.answer
    }
}

/// Where one linearization of the history so far leads.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Candidate {
    state: Value,
    /// The open writes that are linearized, with their answers, by number. A given-up one has
    /// none.
    done: Vec<(u32, Value)>,
    /// The open reads that have met their answer, by number.
    met: Vec<u32>,
}

impl Candidate {
    fn place(&self, id: u32) -> Result<usize, usize> {
        self.done.binary_search_by_key(&id, |done| done.0)
    }
}

/// What the search works towards at an end.
enum Goal<'a> {
    Write(&'a Write, &'a Value),
    Read(u32),
}

impl Default for Search {
    fn default() -> Search {
        let start = Candidate { state: Value::Nil, done: Vec::new(), met: Vec::new() };
        Search { open: Vec::new(), reads: Vec::new(), candidates: vec![start], steps: 0 }
    }
}

impl Search {
    /// A datum that may hold any of these from the beginning, or from any later time: what logs
    /// held before the first operation.
    pub fn with(given: impl Iterator<Item = Value>) -> Search {
        let mut search = Search::default();
        for (place, value) in given.enumerate() {
            let op = Op { verb: "put", key: "".into(), args: vec![value] };
            let id = u32::MAX - place as u32;
            search.open.push(Write { id, op: Rc::new(op), model: model::put, given_up: true });
        }
        search
    }

    /// A write begins, or an operation that does both.
    pub fn write(&mut self, id: u32, op: Rc<Op>, model: Model) {
        self.open.push(Write { id, op, model, given_up: false });
    }

    /// A read begins that will end with `answer`. A read without an answer says nothing, and is
    /// left out.
    pub fn read(&mut self, id: u32, op: Rc<Op>, model: Model, answer: Value) {
        let read = Read { id, op, model, answer };
        for candidate in &mut self.candidates {
            if read.is_met_by(&candidate.state) {
                candidate.met.push(id);
            }
        }
        self.reads.push(read);
    }

    /// An operation ends; says whether a linearization is left.
    pub fn end(&mut self, id: u32, how: Ended) -> Found {
        self.steps = 0;
        if let Some(place) = self.reads.iter().position(|read| read.id == id) {
            let found = self.reach(&Goal::Read(id));
            self.reads.remove(place);
            return found;
        }
        let Some(place) = self.open.iter().position(|write| write.id == id) else {
            return Found::Some;
        };
        match how {
            Ended::Well(answer) => {
                let write = self.open[place].clone();
                let found = self.reach(&Goal::Write(&write, &answer));
                self.open.remove(place);
                self.settle();
                found
            }
            Ended::Refused => {
                self.open.remove(place);
                self.candidates.retain(|candidate| candidate.place(id).is_err());
                self.found()
            }
            Ended::GivenUp => {
                self.open[place].given_up = true;
                for candidate in &mut self.candidates {
                    if let Ok(place) = candidate.place(id) {
                        candidate.done[place].1 = Value::Nil;
                    }
                }
                self.settle();
                self.found()
            }
        }
    }

    fn found(&self) -> Found {
        if self.candidates.is_empty() { Found::None } else { Found::Some }
    }

    /// Leads every candidate to the goal, in every way.
    fn reach(&mut self, goal: &Goal) -> Found {
        let mut reached = BTreeSet::new();
        let mut visited = BTreeSet::new();
        for mut candidate in core::mem::take(&mut self.candidates) {
            match goal {
                Goal::Read(id) => {
                    if let Some(place) = candidate.met.iter().position(|met| met == id) {
                        candidate.met.remove(place);
                        reached.insert(candidate);
                        continue;
                    }
                }
                Goal::Write(write, answer) => {
                    if let Ok(place) = candidate.place(write.id) {
                        if candidate.done.remove(place).1 == **answer {
                            reached.insert(candidate);
                        }
                        continue;
                    }
                }
            }
            self.extend(candidate, goal, &mut visited, &mut reached);
            if self.steps > STEPS || reached.len() > CANDIDATES {
                return Found::NotDecided;
            }
        }
        self.candidates = reached.into_iter().collect();
        self.found()
    }

    /// Linearizes open writes after `start` until the goal is reached.
    fn extend(
        &mut self,
        start: Candidate,
        goal: &Goal,
        visited: &mut BTreeSet<Candidate>,
        reached: &mut BTreeSet<Candidate>,
    ) {
        // With each candidate, the state before a given-up write that nothing has needed yet.
        let mut stack = vec![(start, None::<Value>)];
        while let Some((candidate, without)) = stack.pop() {
            for place in 0..self.open.len() {
                let write = &self.open[place];
                let Err(slot) = candidate.place(write.id) else { continue };
                self.steps += 1;
                if self.steps > STEPS {
                    return;
                }
                let (state, answer) = (write.model)(&candidate.state, &write.op);
                if write.given_up && state == candidate.state {
                    continue;
                }
                let same = |before: &Value| {
                    let other = (write.model)(before, &write.op);
                    other.0 == state && (write.given_up || other.1 == answer)
                };
                if without.as_ref().is_some_and(same) {
                    continue;
                }
                let mut met = candidate.met.clone();
                for read in &self.reads {
                    if !met.contains(&read.id) && read.is_met_by(&state) {
                        met.push(read.id);
                    }
                }
                sort(&mut met);
                let mut next = Candidate { state, done: candidate.done.clone(), met };
                match goal {
                    Goal::Write(wanted, expected) if wanted.id == write.id => {
                        if answer == **expected {
                            reached.insert(next);
                        }
                        continue;
                    }
                    _ => {}
                }
                let answer = if write.given_up { Value::Nil } else { answer };
                next.done.insert(slot, (write.id, answer));
                if let Goal::Read(id) = goal
                    && let Some(place) = next.met.iter().position(|met| met == id)
                {
                    next.met.remove(place);
                    reached.insert(next);
                    continue;
                }
                let idle = write.given_up && next.met == candidate.met;
                let without = idle.then(|| candidate.state.clone());
                if visited.insert(next.clone()) {
                    stack.push((next, without));
                }
            }
        }
    }

    /// Forgets candidates that can do no more than another, and given-up writes that every
    /// candidate has used.
    fn settle(&mut self) {
        let given_up: Vec<u32> = self.open.iter().filter(|w| w.given_up).map(|w| w.id).collect();
        if given_up.is_empty() {
            return;
        }
        if self.candidates.len() <= 256 {
            let all = core::mem::take(&mut self.candidates);
            let worse = |place: usize| {
                let beats =
                    |other: usize| other != place && no_worse(&all[other], &all[place], &given_up);
                (0..all.len()).any(beats)
            };
            // Different candidates cannot each be no worse than the other.
            let keep: Vec<bool> = (0..all.len()).map(|place| !worse(place)).collect();
            let kept = all.into_iter().zip(keep).filter(|(_, keep)| *keep);
            self.candidates = kept.map(|(candidate, _)| candidate).collect();
        }
        for id in given_up {
            if self.candidates.iter().all(|candidate| candidate.place(id).is_ok()) {
                self.open.retain(|write| write.id != id);
                for candidate in &mut self.candidates {
                    if let Ok(place) = candidate.place(id) {
                        candidate.done.remove(place);
                    }
                }
            }
        }
    }
}

/// Whether `a` can do whatever `b` can.
fn no_worse(a: &Candidate, b: &Candidate, given_up: &[u32]) -> bool {
    let spare = |done: &&(u32, Value)| !given_up.contains(&done.0);
    a.state == b.state
        && b.met.iter().all(|met| a.met.contains(met))
        && a.done.iter().filter(spare).eq(b.done.iter().filter(spare))
        && a.done.iter().all(|done| b.done.contains(done))
}
