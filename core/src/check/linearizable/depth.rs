//! The search for one linearization of one datum, in depth: for operations so entangled that all
//! candidates together are too many.
//!
//! Wing and Gong's search with Lowe's memory, told all answers beforehand:
//!
//! - What only reads is linearized as soon as it answers rightly. It stands in nobody's way.
//! - Of what may come next, what must come soonest is tried first.
//! - Of operations that do the same and whose clients gave up, the oldest is tried. Of two ways
//!   that differ in such operations alone, the one that used fewer stands for both.
//! - A way on which an answer can no longer come about is left at once ([`Needs`]).

use alloc::vec::Vec;

use super::View;
use super::deeds::{Deed, Deeds, Entry};
use super::needs::Needs;
use super::search::Found;
use super::states::{NIL, States};
use super::table::Table;
use crate::base::mix;
use crate::op::OpId;

/// The search over one datum, which can be continued.
#[derive(Clone, Debug)]
pub(super) struct Depth {
    deeds: Deeds,
    states: States,
    needs: Needs,
    /// The calls and ends that are left, as a ring; its first place is after the last entry.
    ring: Ring,
    /// Per group of given-up deeds, how many are linearized.
    spent: Vec<usize>,
    state: u32,
    /// How many deeds with an answer are not linearized.
    left: u32,
    /// What is linearized.
    done: Done,
    steps: Vec<Step>,
    ways: Vec<Ways>,
    /// What may come next, of all ways.
    next: Vec<u32>,
    /// Where the search has been: the places in `been`, by a hash.
    seen: Table,
    been: Vec<Done>,
    /// Whether it is known how the search ends.
    found: Found,
}

/// A set of deeds: of the first given-up ones which, of all others a hash of 128 bits.
#[derive(Clone, Copy, Debug, Default)]
struct Done {
    hash: u64,
    check: u64,
    given_up: u64,
}

impl Done {
    /// Adds a deed, or takes it away.
    fn toggle(&mut self, id: u32, deed: &Deed) {
        if deed.group.is_some() && deed.rank < u64::BITS {
            self.given_up ^= 1 << deed.rank;
        } else {
            let id = u64::from(id) + 1;
            self.hash ^= mix(id);
            self.check ^= mix(id << 32);
        }
    }

    /// Whether, in the same state, these can do whatever `other` can: they differ in given-up deeds
    /// alone, and used fewer.
    fn no_worse(&self, other: &Done) -> bool {
        self.check == other.check && self.given_up & !other.given_up == 0
    }
}

/// A deed was linearized.
#[derive(Clone, Copy, Debug)]
struct Step {
    deed: u32,
    before: u32,
}

/// What may come next at one point of the search.
#[derive(Clone, Copy, Debug)]
struct Ways {
    /// Where they begin in [`Depth::next`], and the next of them to try.
    from: usize,
    at: usize,
    /// How many steps led here.
    steps: usize,
    /// How many steps led to the point before.
    steps_before: usize,
    /// The state without the last step, if that was a given-up deed that nothing has needed yet.
    without: Option<u32>,
}

impl Depth {
    /// The search for a linearization of what happened to `key`.
    pub fn new(view: &View, key: &str, relaxed: &dyn Fn(OpId) -> bool) -> Depth {
        let deeds = Deeds::of(view, key, relaxed);
        let mut states = States::default();
        let needs = Needs::of(&deeds, &mut states);
        let hopeless = needs.contradict(&deeds, &mut states);
        let found = if hopeless { Found::None } else { Found::NotDecided };
        let mut depth = Depth {
            ring: Ring::new(deeds.row.len()),
            spent: deeds.given_up.iter().map(|_| 0).collect(),
            state: NIL,
            left: deeds.all.iter().filter(|deed| deed.answer.is_some()).count() as u32,
            done: Done::default(),
            steps: Vec::new(),
            ways: Vec::new(),
            next: Vec::new(),
            seen: Table::default(),
            been: Vec::new(),
            deeds,
            states,
            needs,
            found,
        };
        depth.absorb();
        depth.branch(0, None);
        depth
    }

    /// Goes on for `budget` steps; says whether a linearization exists.
    pub fn advance(&mut self, mut budget: u32) -> Found {
        while self.found == Found::NotDecided && budget > 0 {
            budget -= 1;
            let Some(ways) = self.ways.last_mut() else {
                self.found = Found::None;
                break;
            };
            if let Some(&deed) = self.next.get(ways.at) {
                ways.at += 1;
                let ways = *ways;
                self.attempt(deed, ways);
            } else {
                let ways = *ways;
                self.undo(ways.steps_before);
                self.next.truncate(ways.from);
                self.ways.pop();
            }
        }
        self.found
    }

    /// Linearizes `deed` next, unless that leads nowhere.
    fn attempt(&mut self, deed: u32, ways: Ways) {
        let what = &self.deeds.all[deed as usize];
        let before = self.state;
        let Some(state) = self.states.step(before, what) else { return };
        let given_up = what.group.is_some();
        if (given_up && state == before) || !self.needs.allow(deed, state) {
            return;
        }
        if ways.without.is_some_and(|without| self.states.step(without, what) == Some(state)) {
            return;
        }
        self.step(deed, state);
        let steps = self.steps.len();
        self.absorb();
        let idle = given_up && self.steps.len() == steps;
        let here = Done { check: self.done.check ^ mix(u64::from(state)), ..self.done };
        let key = here.hash ^ u64::from(state);
        let known = |place: u64| self.been[place as usize].no_worse(&here);
        if self.needs.is_hopeless(deed, before, state) || self.seen.find(key, known).is_some() {
            self.undo(ways.steps);
            return;
        }
        self.seen.insert(key, self.been.len() as u64);
        self.been.push(here);
        self.branch(ways.steps, idle.then_some(before));
    }

    /// Linearizes the reads that answer what is there.
    fn absorb(&mut self) {
        let mut place = self.ring.first();
        while place != self.ring.end() {
            let Entry::Call(deed) = self.deeds.row[place] else { break };
            let what = &self.deeds.all[deed as usize];
            if what.reads && self.states.step(self.state, what).is_some() {
                self.step(deed, self.state);
            }
            place = self.ring.after(place);
        }
        if self.left == 0 && self.found == Found::NotDecided {
            self.found = Found::Some;
        }
    }

    /// Takes down what may come next: what was called before the first end that is left.
    fn branch(&mut self, steps_before: usize, without: Option<u32>) {
        let from = self.next.len();
        let mut place = self.ring.first();
        while place != self.ring.end() {
            let Entry::Call(deed) = self.deeds.row[place] else { break };
            self.next.push(deed);
            place = self.ring.after(place);
        }
        let ends = |deed: &u32| self.deeds.all[*deed as usize].end;
        sort_few(&mut self.next[from..], &ends);
        for (group, spent) in self.deeds.given_up.iter().zip(&self.spent) {
            let called = |deed: &u32| self.deeds.all[*deed as usize].call as usize <= place;
            self.next.extend(group.get(*spent).filter(|deed| called(deed)));
        }
        let steps = self.steps.len();
        self.ways.push(Ways { from, at: from, steps, steps_before, without });
    }

    fn step(&mut self, deed: u32, state: u32) {
        self.steps.push(Step { deed, before: self.state });
        self.state = state;
        self.needs.done(deed);
        self.done.toggle(deed, &self.deeds.all[deed as usize]);
        let Deed { call, end, group, .. } = self.deeds.all[deed as usize];
        match group {
            Some(group) => self.spent[group as usize] += 1,
            None => {
                // In this order the call still leads on to what comes after both.
                self.ring.remove(end as usize);
                self.ring.remove(call as usize);
                self.left -= 1;
            }
        }
    }

    fn undo(&mut self, steps: usize) {
        while self.steps.len() > steps {
            let Some(Step { deed, before }) = self.steps.pop() else { return };
            self.state = before;
            self.needs.undone(deed);
            self.done.toggle(deed, &self.deeds.all[deed as usize]);
            let Deed { call, end, group, .. } = self.deeds.all[deed as usize];
            match group {
                Some(group) => self.spent[group as usize] -= 1,
                None => {
                    self.ring.restore(call as usize);
                    self.ring.restore(end as usize);
                    self.left += 1;
                }
            }
        }
    }
}

/// Sorts a few items by insertion.
fn sort_few(items: &mut [u32], key: &dyn Fn(&u32) -> u32) {
    for end in 1..items.len() {
        let mut place = end;
        while place > 0 && key(&items[place]) < key(&items[place - 1]) {
            items.swap(place, place - 1);
            place -= 1;
        }
    }
}

/// Places from 0 up in a ring from which each can be taken and put back in reverse order (Knuth's
/// dancing links).
#[derive(Clone, Debug)]
struct Ring {
    before: Vec<u32>,
    after: Vec<u32>,
}

impl Ring {
    fn new(len: usize) -> Ring {
        let n = len as u32 + 1;
        Ring {
            before: (0..n).map(|place| (place + n - 1) % n).collect(),
            after: (0..n).map(|place| (place + 1) % n).collect(),
        }
    }

    fn end(&self) -> usize {
        self.after.len() - 1
    }

    fn first(&self) -> usize {
        self.after(self.end())
    }

    fn after(&self, place: usize) -> usize {
        self.after[place] as usize
    }

    fn remove(&mut self, place: usize) {
        let (before, after) = (self.before[place], self.after[place]);
        self.after[before as usize] = after;
        self.before[after as usize] = before;
    }

    fn restore(&mut self, place: usize) {
        let (before, after) = (self.before[place], self.after[place]);
        self.after[before as usize] = place as u32;
        self.before[after as usize] = place as u32;
    }
}
