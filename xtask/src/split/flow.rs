//! A function's body as a list of operators, and how they nest: where control may come to
//! something new, what is live where, and what is reached at all.

use super::module::{Module, said};
use crate::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{BlockType, FunctionBody, Operator, ValType};

/// Where a construct stands among the operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The body itself: a branch to it returns.
    Body,
    Block,
    Loop,
    If,
}

/// A block, a loop, an `if`, or the whole body.
#[derive(Clone, Debug)]
pub struct Construct {
    pub kind: Kind,
    /// What it leaves on the stack.
    pub results: Vec<ValType>,
    /// Around this one; none around the body.
    pub parent: Option<usize>,
    /// The place of its `end`.
    pub end: usize,
}

/// One body, taken apart.
pub struct Flow<'a> {
    pub operators: Vec<Operator<'a>>,
    /// Where each operator begins in the module, and the end of the last.
    pub offsets: Vec<u64>,
    /// The type of each local, parameters first.
    pub locals: Vec<ValType>,
    /// The body first, then in the order of opening.
    pub constructs: Vec<Construct>,
    /// The innermost construct that each operator stands in; one that opens or closes a construct
    /// stands in that construct.
    pub inside: Vec<usize>,
}

impl<'a> Flow<'a> {
    /// `function` is counted as wasm counts.
    pub fn read(module: &Module<'a>, function: u32, body: &FunctionBody<'a>) -> Outcome<Flow<'a>> {
        let ty = &module.types[module.type_of[function as usize] as usize];
        let mut locals = ty.params().to_vec();
        for group in body.get_locals_reader().map_err(said)? {
            let (count, ty) = group.map_err(said)?;
            locals.extend(std::iter::repeat_n(ty, count as usize));
        }
        let whole =
            Construct { kind: Kind::Body, results: ty.results().to_vec(), parent: None, end: 0 };
        let mut flow = Flow {
            operators: Vec::new(),
            offsets: Vec::new(),
            locals,
            constructs: vec![whole],
            inside: Vec::new(),
        };
        let mut open = vec![0];
        for operator in body.get_operators_reader().map_err(said)?.into_iter_with_offsets() {
            let (operator, offset) = operator.map_err(said)?;
            flow.take(module, &mut open, operator, offset)?;
        }
        flow.offsets.push(body.range().end);
        Ok(flow)
    }

    fn take(
        &mut self,
        module: &Module,
        open: &mut Vec<usize>,
        operator: Operator<'a>,
        offset: u64,
    ) -> Outcome {
        let place = self.operators.len();
        if let Some((kind, ty)) = opens(&operator) {
            let results = match ty {
                BlockType::Empty => Vec::new(),
                BlockType::Type(ty) => vec![ty],
                BlockType::FuncType(index) => {
                    let ty = &module.types[index as usize];
                    if !ty.params().is_empty() {
                        return Err("a block of the wasm takes operands.".to_owned());
                    }
                    ty.results().to_vec()
                }
            };
            let parent = open.last().copied();
            open.push(self.constructs.len());
            self.constructs.push(Construct { kind, results, parent, end: 0 });
        }
        let inside = *open.last().unwrap_or(&0);
        self.inside.push(inside);
        if matches!(operator, Operator::End) {
            self.constructs[inside].end = place;
            open.pop();
        }
        self.offsets.push(offset);
        self.operators.push(operator);
        Ok(())
    }

    /// The construct whose body an operator is a part of: for what opens or closes a construct,
    /// the one around it.
    pub fn around(&self, place: usize) -> usize {
        let inside = self.inside[place];
        match self.operators[place] {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                self.constructs[inside].parent.unwrap_or(0)
            }
            _ => inside,
        }
    }

    /// The end of the sequence that `place` is in: its `else` or `end`.
    pub fn end_of_sequence(&self, place: usize) -> usize {
        let around = self.around(place);
        let closes = |at: &usize| {
            self.inside[*at] == around
                && matches!(self.operators[*at], Operator::Else | Operator::End)
        };
        (place..self.operators.len()).find(closes).unwrap_or(self.operators.len() - 1)
    }

    /// The construct that a branch out of `inside` by `depth` goes to.
    pub fn target(&self, inside: usize, depth: u32) -> usize {
        self.out_of(inside).nth(depth as usize).unwrap_or(0)
    }

    /// Whether `inner` is `outer` or stands in it.
    pub fn is_within(&self, inner: usize, outer: usize) -> bool {
        self.out_of(inner).any(|construct| construct == outer)
    }

    /// How far one branches from `inner` to `outer`, which it stands in.
    pub fn depth(&self, inner: usize, outer: usize) -> u32 {
        self.out_of(inner).take_while(|construct| *construct != outer).count() as u32
    }

    /// A construct, the one around it, and so on to the body.
    fn out_of(&self, construct: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(construct), |construct| self.constructs[*construct].parent)
    }

    /// A number that tells the operators apart, but not what they count, call or address: those
    /// numbers change from build to build.
    pub fn fingerprint(&self) -> u32 {
        let mut text = Vec::new();
        for operator in &self.operators {
            // The discriminant has no stable number; what it prints begins with its name.
            let shown = format!("{operator:?}");
            let name = shown.split([' ', '(']).next().unwrap_or_default();
            text.extend_from_slice(name.as_bytes());
        }
        super::names::hash(&text)
    }

    /// Which locals are live before each of `places`, and after each construct.
    pub fn live<T>(&self, places: &BTreeMap<usize, T>) -> Liveness {
        let n = self.constructs.len();
        let mut live = Liveness {
            before: Default::default(),
            after: vec![Set::default(); n],
            heads: vec![Set::default(); n],
        };
        while self.scan(places, &mut live) {}
        live
    }

    /// From the end to the beginning; whether something new is live at the head of a loop.
    fn scan<T>(&self, places: &BTreeMap<usize, T>, found: &mut Liveness) -> bool {
        let mut changed = false;
        let mut live = Set::default();
        // What is live at the beginning of an `else`, by construct.
        let mut at_else: BTreeMap<usize, Set> = Default::default();
        for (place, operator) in self.operators.iter().enumerate().rev() {
            let inside = self.inside[place];
            let to = |depth: u32| self.label(self.target(inside, depth), found);
            match operator {
                Operator::End => found.after[inside] = live.clone(),
                Operator::Else => {
                    at_else.insert(inside, live);
                    live = found.after[inside].clone();
                }
                Operator::If { .. } => {
                    let other = at_else.remove(&inside);
                    live.extend(other.as_ref().unwrap_or(&found.after[inside]));
                }
                Operator::Loop { .. } if found.heads[inside] != live => {
                    found.heads[inside] = live.clone();
                    changed = true;
                }
                Operator::Br { relative_depth } => live = to(*relative_depth).clone(),
                Operator::BrIf { relative_depth } => live.extend(to(*relative_depth)),
                Operator::BrTable { targets } => {
                    live = to(targets.default()).clone();
                    for depth in targets.targets().flatten() {
                        live.extend(to(depth));
                    }
                }
                Operator::Return | Operator::Unreachable => live = Set::default(),
                Operator::LocalGet { local_index } => live.insert(*local_index),
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    live.remove(*local_index);
                }
                _ => {}
            }
            if places.contains_key(&place) {
                found.before.insert(place, live.clone());
            }
        }
        changed
    }

    /// What is live where a branch to a construct arrives.
    pub fn label<'l>(&self, construct: usize, live: &'l Liveness) -> &'l Set {
        match self.constructs[construct].kind {
            Kind::Loop => &live.heads[construct],
            _ => &live.after[construct],
        }
    }

    /// Whether the end of the sequence that begins at `start` and ends at `end` is reached by
    /// going on, and not by a branch to the construct around it.
    pub fn falls_through(&self, start: usize, end: usize) -> bool {
        let mut reached = true;
        // Ends that are come to from elsewhere, and what was reached when it was opened.
        let mut joined = BTreeSet::new();
        let mut entered = BTreeSet::new();
        for place in start..end {
            let inside = self.inside[place];
            if reached {
                entered.insert(inside);
                for depth in branches(&self.operators[place]) {
                    joined.insert(self.target(inside, depth));
                }
            }
            match self.operators[place] {
                Operator::Br { .. }
                | Operator::BrTable { .. }
                | Operator::Return
                | Operator::Unreachable => reached = false,
                // Without an `else`, what follows is reached whenever the `if` is.
                Operator::If { .. } if reached => {
                    let is_else = |at: &usize| {
                        self.inside[*at] == inside && matches!(self.operators[*at], Operator::Else)
                    };
                    if !(place..self.constructs[inside].end).any(|at| is_else(&at)) {
                        joined.insert(inside);
                    }
                }
                Operator::Else => {
                    if reached {
                        joined.insert(inside);
                    }
                    reached = entered.contains(&inside);
                }
                Operator::End => {
                    reached |=
                        self.constructs[inside].kind != Kind::Loop && joined.contains(&inside);
                }
                _ => {}
            }
        }
        reached
    }
}

/// Which locals are live.
pub struct Liveness {
    before: BTreeMap<usize, Set>,
    after: Vec<Set>,
    heads: Vec<Set>,
}

impl Liveness {
    pub fn before(&self, place: usize) -> Set {
        self.before.get(&place).cloned().unwrap_or_default()
    }

    /// Where control goes on behind a construct.
    pub fn after(&self, construct: usize) -> &Set {
        &self.after[construct]
    }
}

/// A set of locals.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Set(Vec<u64>);

impl Set {
    pub fn insert(&mut self, local: u32) {
        let word = local as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (local % 64);
    }

    fn remove(&mut self, local: u32) {
        if let Some(word) = self.0.get_mut(local as usize / 64) {
            *word &= !(1 << (local % 64));
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    pub fn extend(&mut self, other: &Set) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    pub fn has(&self, local: u32) -> bool {
        self.0.get(local as usize / 64).is_some_and(|word| word & (1 << (local % 64)) != 0)
    }
}

fn opens(operator: &Operator) -> Option<(Kind, BlockType)> {
    match operator {
        Operator::Block { blockty } => Some((Kind::Block, *blockty)),
        Operator::Loop { blockty } => Some((Kind::Loop, *blockty)),
        Operator::If { blockty } => Some((Kind::If, *blockty)),
        _ => None,
    }
}

/// The depths that an operator may branch by.
pub fn branches(operator: &Operator) -> Vec<u32> {
    match operator {
        Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => {
            vec![*relative_depth]
        }
        Operator::BrTable { targets } => {
            targets.targets().flatten().chain([targets.default()]).collect()
        }
        _ => Vec::new(),
    }
}
