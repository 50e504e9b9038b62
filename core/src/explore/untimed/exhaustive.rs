//! Every state within the bounds, breadth first or depth first. What waits is kept as a state while
//! there is room, and as the choices that lead to it when there is not.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;

use super::scope::{Choice, Scope};
use super::seen::{Seen, Table};
use super::state::State;
use super::step::{self, Next};
use crate::explore::bounds::Bound;

/// In which order states are visited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// The nearest first: what is found first is shortest.
    Breadth,
    /// The newest first: less waits.
    Depth,
}

/// No step: where a tree begins; its way is the place of what leads there, low half first.
const ROOT: u32 = u32::MAX;
/// A choice among those of a state, and which way chance fell: how a path is written down.
pub type Way = (u16, u16);

/// A search of every state.
pub struct Exhaustive {
    scope: Scope,
    order: Order,
    seen: Box<dyn Seen>,
    /// How many states were new to it.
    states: u64,
    /// The choices that lead to where its trees begin: the root, and what other searches gave.
    begins: Vec<Vec<Way>>,
    /// By state in the order of finding: the one before it, and the way from there.
    tree: Vec<(u32, Way)>,
    waiting: VecDeque<Waiting>,
    /// What the states that wait take, in bytes.
    waiting_bytes: usize,
    choices: Vec<Choice>,
    /// States that broke what is watched and have not been asked for.
    broken: Option<u32>,
    /// How many steps were taken.
    pub steps: u64,
    /// The depth of the deepest state that was visited.
    pub depth: u32,
    /// Whether something was left out because it lay too deep, or there was no more room.
    pub cut_short: bool,
}

/// A state that waits to be visited.
struct Waiting {
    node: u32,
    depth: u32,
    /// The state, while there is room.
    state: Option<State>,
}

impl Exhaustive {
    /// Before the first step.
    pub fn new(scope: Scope, order: Order) -> Exhaustive {
        Exhaustive::sharing(scope, order, Box::new(Table::default()))
    }

    /// One of several searches of one scope, which share what they have seen and give each other
    /// choices to follow.
    pub fn sharing(scope: Scope, order: Order, seen: Box<dyn Seen>) -> Exhaustive {
        let mut search = Exhaustive {
            scope,
            order,
            seen,
            states: 0,
            begins: Vec::from([Vec::new()]),
            tree: Vec::new(),
            waiting: VecDeque::new(),
            waiting_bytes: 0,
            choices: Vec::new(),
            broken: None,
            steps: 0,
            depth: 0,
            cut_short: false,
        };
        let root = step::root(&search.scope);
        search.found(root, ROOT, (0, 0), 0);
        search
    }

    /// The scope.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// How many distinct states it was the first to see.
    pub fn states(&self) -> u64 {
        self.states
    }

    /// How many states wait to be visited.
    pub fn left(&self) -> u64 {
        self.waiting.len() as u64
    }

    /// About how many bytes the search takes.
    pub fn bytes(&self) -> usize {
        let tree = self.tree.capacity() * size_of::<(u32, Way)>();
        let waiting = self.waiting.capacity() * size_of::<Waiting>();
        self.seen.bytes() + tree + waiting + self.waiting_bytes
    }

    /// Takes about so many steps. The choices that lead to a state that broke what is watched, if
    /// one came up; the search can go on after that.
    pub fn slice(&mut self, budget: u32) -> Option<Vec<Way>> {
        let until = self.steps + u64::from(budget.max(1));
        while self.steps < until && self.broken.is_none() {
            let next = match self.order {
                Order::Breadth => self.waiting.pop_front(),
                Order::Depth => self.waiting.pop_back(),
            };
            let Some(waiting) = next else { break };
            self.visit(waiting);
        }
        self.broken.take().map(|node| self.path(node))
    }

    fn visit(&mut self, Waiting { node, depth, state }: Waiting) {
        let state = match state {
            Some(state) => {
                self.waiting_bytes = self.waiting_bytes.saturating_sub(state.bytes());
                state
            }
            None => match replay(&self.scope, &self.path(node)) {
                Some(state) => state,
                None => return,
            },
        };
        self.depth = self.depth.max(depth);
        if depth >= self.scope.most(Bound::Depth) {
            self.cut_short = true;
            return;
        }
        let mut choices = core::mem::take(&mut self.choices);
        state.choices(&self.scope, &mut choices);
        for (place, choice) in choices.iter().enumerate() {
            let mut chance = 0;
            while let Some(next) = step::apply(&self.scope, &state, *choice, chance.into()) {
                self.steps += 1;
                let chances = next.chances.min(1 << 12) as u16;
                self.found(next, node, (place as u16, chance), depth + 1);
                chance += 1;
                if chance >= chances {
                    break;
                }
            }
        }
        self.choices = choices;
    }

    fn found(&mut self, next: Next, from: u32, way: Way, depth: u32) {
        let Next { state, broken, .. } = next;
        if !self.seen.insert(state.fingerprint(&self.scope)) {
            return;
        }
        self.states += 1;
        if self.tree.len() >= self.scope.most(Bound::States) as usize * 1000 || self.is_full() {
            self.cut_short = true;
            return;
        }
        let node = self.tree.len() as u32;
        self.tree.push((from, way));
        if broken || self.scope.watch.is_broken_in(&state) {
            self.broken = self.broken.or(Some(node));
            return;
        }
        self.wait(node, depth, state);
    }

    fn wait(&mut self, node: u32, depth: u32, state: State) {
        let bytes = state.bytes();
        let room = self.room() / 2;
        let state = (self.waiting_bytes + bytes < room).then_some(state);
        if state.is_some() {
            self.waiting_bytes += bytes;
        }
        self.waiting.push_back(Waiting { node, depth, state });
    }

    /// Gives away the older half of what waits, as the choices that lead there.
    pub fn give(&mut self) -> Vec<Vec<Way>> {
        let half = self.waiting.len() / 2;
        let given: Vec<Waiting> = self.waiting.drain(..half).collect();
        let path = |waiting: &Waiting| self.path(waiting.node);
        let paths = given.iter().map(path).collect();
        let bytes = |waiting: &Waiting| waiting.state.as_ref().map_or(0, State::bytes);
        let gone: usize = given.iter().map(bytes).sum();
        self.waiting_bytes = self.waiting_bytes.saturating_sub(gone);
        paths
    }

    /// Takes what another search of the scope gave.
    pub fn take(&mut self, path: Vec<Way>) {
        let Some(state) = replay(&self.scope, &path) else { return };
        let (node, depth) = (self.tree.len() as u32, path.len() as u32);
        let begin = self.begins.len() as u32;
        self.tree.push((ROOT, (begin as u16, (begin >> 16) as u16)));
        self.begins.push(path);
        self.wait(node, depth, state);
    }

    fn room(&self) -> usize {
        self.scope.most(Bound::Memory) as usize * (1 << 20)
    }

    /// Whether a table that grew would not fit.
    fn is_full(&self) -> bool {
        self.tree.len().is_multiple_of(1024) && self.bytes() + self.seen.bytes() > self.room()
    }

    fn path(&self, mut node: u32) -> Vec<Way> {
        let mut path = Vec::new();
        while let Some(&(from, way)) = self.tree.get(node as usize) {
            if from == ROOT {
                let begin = usize::from(way.0) | usize::from(way.1) << 16;
                path.extend(self.begins[begin].iter().rev());
                break;
            }
            path.push(way);
            node = from;
        }
        path.reverse();
        path
    }
}

/// The state that choices lead to.
fn replay(scope: &Scope, path: &[Way]) -> Option<State> {
    let mut state = step::root(scope).state;
    let mut choices = Vec::new();
    for &(place, chance) in path {
        state.choices(scope, &mut choices);
        let choice = *choices.get(usize::from(place))?;
        state = step::apply(scope, &state, choice, chance.into())?.state;
    }
    Some(state)
}
