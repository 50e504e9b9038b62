//! Makes what the first lesson never comes to inside the functions that it calls functions of their
//! own, so that it can wait, too. Such a region is the end of a sequence, from a point on that was
//! never reached. What it finds on the stack and the locals that it reads become parameters; the
//! locals that it writes and that are live afterwards become results; and where it goes on becomes
//! a number, by which its caller branches.

use super::flow::{Flow, Kind, Liveness, Set, branches};
use super::module::{Module, said};
use super::points::points;
use crate::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{BlockType, CodeSection, Function, Instruction};
use wasmparser::{
    FuncType, FuncValidatorAllocations, Operator, Parser, ValType, ValidPayload, Validator,
};

/// Fewer bytes than this are not worth a function of their own, unless they end in a panic.
const LEAST: u64 = 16;

/// A module whose unused regions are functions of their own.
pub struct Outlined {
    /// All functions that are not imported: the old ones in their order, then the regions.
    pub code: CodeSection,
    /// The types of the regions in [`Outlined::types`].
    pub type_of: Vec<u32>,
    /// The types of the module, and those of the regions.
    pub types: Vec<FuncType>,
}

/// `unused` tells by their keys the points that are never reached. Functions that are `whole` stay
/// as they are.
pub fn outline(
    module: &Module,
    names: &[String],
    bytes: &[u8],
    unused: impl Fn(u32) -> bool,
    whole: impl Fn(u32) -> bool,
) -> Outcome<Outlined> {
    let mut outliner = Outliner {
        n_functions: module.type_of.len() as u32,
        types: module.types.clone(),
        type_of: Vec::new(),
        regions: Vec::new(),
    };
    let mut code = CodeSection::new();
    for ((function, body), stack) in module.functions().zip(Stack::of_all(bytes)?) {
        let mut operands = BTreeMap::new();
        let flow = Flow::read(module, function, body)?;
        if !whole(function) {
            let points = points(&names[function as usize], &flow);
            let unused = points.iter().filter(|point| unused(point.key)).map(|point| point.place);
            operands = stack.at(&unused.collect())?;
        }
        let n_params = module.types[module.type_of[function as usize] as usize].params().len();
        code.function(&outliner.function(&flow, n_params, &operands)?);
    }
    for region in &outliner.regions {
        code.function(region);
    }
    Ok(Outlined { code, type_of: outliner.type_of, types: outliner.types })
}

struct Outliner {
    /// Functions before the first region.
    n_functions: u32,
    types: Vec<FuncType>,
    type_of: Vec<u32>,
    regions: Vec<Function>,
}

impl Outliner {
    /// A function without its unused regions.
    fn function(
        &mut self,
        flow: &Flow,
        n_params: usize,
        operands: &BTreeMap<usize, Vec<ValType>>,
    ) -> Outcome<Function> {
        let live = flow.live(operands);
        let mut written = with_locals(&flow.locals[n_params..])?;
        let mut place = 0;
        while place < flow.operators.len() {
            let unused = operands.get(&place);
            match unused.and_then(|operands| Region::new(flow, place, operands, &live)) {
                Some(region) => {
                    self.call(&mut written, &region)?;
                    place = region.end;
                }
                None => {
                    written.instruction(&plain(&flow.operators[place])?);
                    place += 1;
                }
            }
        }
        Ok(written)
    }

    /// What stands in a region's place.
    fn call(&mut self, written: &mut Function, region: &Region) -> Outcome {
        for local in &region.reads {
            written.instruction(&Instruction::LocalGet(*local));
        }
        written.instruction(&Instruction::Call(self.add(region)?));
        for local in region.writes.iter().rev() {
            written.instruction(&Instruction::LocalSet(*local));
        }
        let depths: Vec<u32> = region.exits.iter().map(|exit| region.depth(exit)).collect();
        match (&region.exits[..], &depths[..]) {
            ([], _) => {
                written.instruction(&Instruction::Unreachable);
            }
            ([Exit { falls: true, .. }], _) => {}
            (_, [only]) => {
                written.instruction(&Instruction::Br(*only));
            }
            // Going on behind it has number 0, and the other number 1.
            ([Exit { falls: true, .. }, _], [_, other]) => {
                written.instruction(&Instruction::BrIf(*other));
            }
            (_, [others @ .., last]) => {
                written.instruction(&Instruction::BrTable(others.into(), *last));
            }
            (_, []) => {}
        }
        Ok(())
    }

    /// Makes a region a function, and says which.
    fn add(&mut self, region: &Region) -> Outcome<u32> {
        let types = |locals: &[u32]| -> Vec<ValType> {
            locals.iter().map(|local| region.type_of(*local)).collect()
        };
        let params = [region.operands.to_vec(), types(&region.reads)].concat();
        let mut results = region.results().to_vec();
        if region.exits.len() > 1 {
            results.push(ValType::I32);
        }
        results.extend(types(&region.writes));
        let ty = self.type_index(FuncType::new(params, results));
        self.type_of.push(ty);
        let written = self.body(region, &types(&region.own))?;
        self.regions.push(written);
        Ok(self.n_functions + self.regions.len() as u32 - 1)
    }

    /// The region in a block for each exit, behind which stands what it returns there.
    fn body(&mut self, region: &Region, own: &[ValType]) -> Outcome<Function> {
        let n_operands = region.operands.len() as u32;
        let locals = region.reads.iter().chain(&region.own).copied();
        let new: BTreeMap<u32, u32> = locals.zip(n_operands..).collect();
        let mut written = with_locals(own)?;
        let block = self.block_type(region.results())?;
        for _ in &region.exits {
            written.instruction(&Instruction::Block(block));
        }
        for operand in 0..n_operands {
            written.instruction(&Instruction::LocalGet(operand));
        }
        for place in region.start..region.end {
            written.instruction(&region.inner(place, &new)?);
        }
        for number in 0..region.exits.len() {
            written.instruction(&Instruction::End);
            if region.exits.len() > 1 {
                written.instruction(&Instruction::I32Const(number as i32));
            }
            for local in &region.writes {
                written.instruction(&Instruction::LocalGet(new[local]));
            }
            if number + 1 < region.exits.len() {
                written.instruction(&Instruction::Return);
            }
        }
        written.instruction(&Instruction::End);
        Ok(written)
    }

    fn type_index(&mut self, ty: FuncType) -> u32 {
        let known = self.types.iter().position(|known| *known == ty);
        known.unwrap_or_else(|| {
            self.types.push(ty);
            self.types.len() - 1
        }) as u32
    }

    fn block_type(&mut self, results: &[ValType]) -> Outcome<BlockType> {
        Ok(match results {
            [] => BlockType::Empty,
            [one] => BlockType::Result(encoded_type(*one)?),
            more => {
                BlockType::FunctionType(self.type_index(FuncType::new([], more.iter().copied())))
            }
        })
    }
}

/// One that can be, and is worth being, a function of its own.
struct Region<'f, 'a> {
    flow: &'f Flow<'a>,
    start: usize,
    /// The place of the `else` or `end` behind it.
    end: usize,
    /// The construct whose sequence it ends.
    around: usize,
    /// What it finds on the stack.
    operands: &'f [ValType],
    /// The locals whose values matter when it begins.
    reads: Vec<u32>,
    /// Those that it changes and that matter afterwards.
    writes: Vec<u32>,
    /// Those that it names and does not read first.
    own: Vec<u32>,
    /// Where it goes on; where it goes on behind itself, that comes first.
    exits: Vec<Exit>,
}

struct Exit {
    target: usize,
    /// It goes on behind its own end: for all but loops the same as a branch to what is around it.
    falls: bool,
}

impl<'f, 'a> Region<'f, 'a> {
    /// None where it cannot be one, or is not worth its call.
    fn new(
        flow: &'f Flow<'a>,
        start: usize,
        operands: &'f [ValType],
        live: &Liveness,
    ) -> Option<Region<'f, 'a>> {
        let end = flow.end_of_sequence(start);
        let mut region = Region {
            flow,
            start,
            end,
            around: flow.around(start),
            operands,
            reads: Vec::new(),
            writes: Vec::new(),
            own: Vec::new(),
            exits: Vec::new(),
        };
        region.find_exits();
        region.find_locals(live);
        let size = flow.offsets[end] - flow.offsets[start];
        (region.can_be() && size >= region.least_size()).then_some(region)
    }

    fn find_exits(&mut self) {
        let flow = self.flow;
        let mut targets = BTreeSet::new();
        for place in self.start..self.end {
            let to = |depth| flow.target(flow.inside[place], depth);
            targets.extend(branches(&flow.operators[place]).into_iter().map(to));
            if matches!(flow.operators[place], Operator::Return) {
                targets.insert(0);
            }
        }
        let behind = Exit { target: self.around, falls: true };
        let joins =
            |target: usize| target == self.around && flow.constructs[target].kind != Kind::Loop;
        if flow.falls_through(self.start, self.end) || targets.iter().any(|target| joins(*target)) {
            self.exits.push(behind);
        }
        let outside = targets.into_iter().filter(|target| flow.is_within(self.around, *target));
        let exits = outside.filter(|target| !joins(*target));
        self.exits.extend(exits.map(|target| Exit { target, falls: false }));
    }

    fn find_locals(&mut self, live: &Liveness) {
        let mut afterwards = Set::default();
        for exit in &self.exits {
            afterwards.extend(match exit.falls {
                true => live.after(exit.target),
                false => self.flow.label(exit.target, live),
            });
        }
        let (mut named, mut written) = (BTreeSet::new(), BTreeSet::new());
        for operator in &self.flow.operators[self.start..self.end] {
            match operator {
                Operator::LocalGet { local_index } => {
                    named.insert(*local_index);
                }
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    named.insert(*local_index);
                    written.insert(*local_index);
                }
                _ => {}
            }
        }
        // In the order of their types, so that more regions have one type.
        let in_order = |mut locals: Vec<u32>| {
            locals.sort_by_key(|local| (format!("{:?}", self.type_of(*local)), *local));
            locals
        };
        let before = live.before(self.start);
        let reads = in_order(named.iter().copied().filter(|local| before.has(*local)).collect());
        let writes = in_order(written.into_iter().filter(|local| afterwards.has(*local)).collect());
        let own = in_order(named.into_iter().filter(|local| !reads.contains(local)).collect());
        (self.reads, self.writes, self.own) = (reads, writes, own);
    }

    /// Whether its caller can branch to where it goes on.
    fn can_be(&self) -> bool {
        let results = self.results();
        let alike = self.exits.iter().all(|exit| self.left_at(exit) == results);
        // Behind a loop is no label.
        let in_loop = self.flow.constructs[self.around].kind == Kind::Loop;
        alike && !(in_loop && self.exits.len() > 2 && self.exits[0].falls)
    }

    /// What it leaves on the stack, whatever exit it takes.
    fn results(&self) -> &[ValType] {
        self.exits.first().map_or(&[], |exit| self.left_at(exit))
    }

    fn left_at(&self, exit: &Exit) -> &[ValType] {
        let construct = &self.flow.constructs[exit.target];
        if construct.kind == Kind::Loop && !exit.falls { &[] } else { &construct.results }
    }

    /// The bytes that it must have to be worth what stands in its place. What does not go on is a
    /// panic: nobody comes to it, and the constants that it names wait with it. Other short ones
    /// may be come to now and then.
    fn least_size(&self) -> u64 {
        let n_moved = self.reads.len() + self.writes.len();
        match self.exits.len() {
            0 => 9 + 2 * n_moved as u64,
            1 => LEAST.max(11 + 2 * n_moved as u64),
            2 => LEAST.max(12 + 2 * n_moved as u64),
            more => 13 + (more + 2 * n_moved) as u64,
        }
    }

    fn type_of(&self, local: u32) -> ValType {
        self.flow.locals[local as usize]
    }

    /// How far its caller branches to an exit.
    fn depth(&self, exit: &Exit) -> u32 {
        self.flow.depth(self.around, exit.target)
    }

    /// Which exit a branch to a construct takes; none where that is in the region itself.
    fn exit_to(&self, target: usize) -> Option<u32> {
        let is_loop = self.flow.constructs[target].kind == Kind::Loop;
        let leads = |exit: &Exit| exit.target == target && !(exit.falls && is_loop);
        self.exits.iter().position(leads).map(|exit| exit as u32)
    }

    /// An operator as it stands in the region's function, whose locals are `new`.
    fn inner(&self, place: usize, new: &BTreeMap<u32, u32>) -> Outcome<Instruction<'a>> {
        let flow = self.flow;
        let nested = flow.depth(flow.inside[place], self.around);
        let to = |depth: u32| {
            let target = flow.target(flow.inside[place], depth);
            let exit =
                if flow.is_within(self.around, target) { self.exit_to(target) } else { None };
            exit.map_or(depth, |exit| nested + exit)
        };
        Ok(match &flow.operators[place] {
            Operator::LocalGet { local_index } => Instruction::LocalGet(new[local_index]),
            Operator::LocalSet { local_index } => Instruction::LocalSet(new[local_index]),
            Operator::LocalTee { local_index } => Instruction::LocalTee(new[local_index]),
            Operator::Br { relative_depth } => Instruction::Br(to(*relative_depth)),
            Operator::BrIf { relative_depth } => Instruction::BrIf(to(*relative_depth)),
            Operator::BrTable { targets } => {
                let depths: Result<Vec<u32>, _> = targets.targets().collect();
                let depths = depths.map_err(said)?.into_iter().map(to).collect();
                Instruction::BrTable(depths, to(targets.default()))
            }
            Operator::Return => Instruction::Br(nested + self.exit_to(0).unwrap_or(0)),
            other => plain(other)?,
        })
    }
}

/// What stands on the stack at each place of a function.
struct Stack<'a> {
    validator: wasmparser::FuncValidator<wasmparser::ValidatorResources>,
    body: wasmparser::FunctionBody<'a>,
}

impl<'a> Stack<'a> {
    /// Of every function with a body, in their order.
    fn of_all(bytes: &'a [u8]) -> Outcome<Vec<Stack<'a>>> {
        let mut validator = Validator::new();
        let mut all = Vec::new();
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.map_err(said)?;
            if let ValidPayload::Func(function, body) = validator.payload(&payload).map_err(said)? {
                let validator = function.into_validator(FuncValidatorAllocations::default());
                all.push(Stack { validator, body });
            }
        }
        Ok(all)
    }

    /// What the sequence that each of these places is in has put there by then.
    fn at(mut self, places: &BTreeSet<usize>) -> Outcome<BTreeMap<usize, Vec<ValType>>> {
        let mut found = BTreeMap::new();
        self.validator.read_locals(&mut self.body.get_binary_reader()).map_err(said)?;
        let operators = self.body.get_operators_reader().map_err(said)?;
        for (place, operator) in operators.into_iter_with_offsets().enumerate() {
            let (operator, offset) = operator.map_err(said)?;
            if places.contains(&place) {
                found.extend(self.operands().map(|operands| (place, operands)));
            }
            self.validator.op(offset, &operator).map_err(said)?;
        }
        Ok(found)
    }

    /// None in code that nothing reaches.
    fn operands(&self) -> Option<Vec<ValType>> {
        let frame = self.validator.get_control_frame(0)?;
        let height = self.validator.operand_stack_height() as usize - frame.height;
        (0..height).rev().map(|depth| self.validator.get_operand_type(depth)?).collect()
    }
}

/// An operator as it was.
fn plain<'a>(operator: &Operator<'a>) -> Outcome<Instruction<'a>> {
    RoundtripReencoder.instruction(operator.clone()).map_err(said)
}

fn encoded_type(ty: ValType) -> Outcome<wasm_encoder::ValType> {
    RoundtripReencoder.val_type(ty).map_err(said)
}

fn with_locals(locals: &[ValType]) -> Outcome<Function> {
    let locals: Outcome<Vec<_>> = locals.iter().map(|ty| encoded_type(*ty)).collect();
    Ok(Function::new_with_locals_types(locals?))
}
