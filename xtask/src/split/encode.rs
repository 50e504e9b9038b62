//! Writes the two modules of a plan.

use super::flow::Flow;
use super::module::{self as read, said};
use super::names::hash;
use super::outline::Outlined;
use super::packed::Packed;
use super::plan::Plan;
use super::points::points;
use crate::Outcome;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::Range;
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType,
    ExportKind, ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection,
    Instruction, MemArg, MemArgTarget, MemorySection, MemoryType, Module, StartSection,
    TableSection, TableType, TypeSection, ValType,
};
use wasmparser::{FuncType, Operator};

/// The rest imports everything from the first module's exports, which it finds under this name.
const FIRST: &str = "first";

/// The module with the regions that were outlined.
pub fn outlined(module: &read::Module, outlined: Outlined) -> Outcome<Vec<u8>> {
    let n_functions = module.type_of.len() + outlined.type_of.len();
    let map: Vec<u32> = (0..n_functions as u32).collect();
    let mut mapped = Mapped(&map);
    let mut functions = FunctionSection::new();
    for ty in module.type_of[module.n_imported as usize..].iter().chain(&outlined.type_of) {
        functions.function(*ty);
    }
    let sections = Sections {
        types: types(&outlined.types)?,
        functions,
        tables: tables(module, &mut mapped, 0)?,
        memories: memories(module, &mut mapped, 0)?,
        globals: globals(module, &mut mapped)?,
        exports: exports(module, &mut mapped)?,
        elements: elements(&module.slots, |_, _| true, &map),
        code: outlined.code,
        data: data(module),
        start: None,
    };
    sections.with_the_rest_of(module, &mut mapped)
}

/// What the first module exports for the rest; no name of wasm-bindgen's begins so.
fn lent_name(kind: &str, place: usize) -> String {
    format!("~{kind}{place:x}")
}

const FLAG: GlobalType = GlobalType { val_type: ValType::I32, mutable: true, shared: false };

/// The first module. `file` is the rest's: it stands in an export's name, `~rest:FILE`, which is
/// how the page learns it.
pub fn first(plan: &Plan, file: &str) -> Outcome<Vec<u8>> {
    let module = &plan.module;
    let map = plan.first_indices();
    let mut mapped = Mapped(&map);

    let mut functions = FunctionSection::new();
    for function in &plan.kept {
        functions.function(module.type_of[*function as usize]);
    }
    functions.function(module.type_of[plan.load as usize]);
    for function in &plan.stubbed {
        functions.function(module.type_of[*function as usize]);
    }
    let mut globals = globals(module, &mut mapped)?;
    globals.global(FLAG, &ConstExpr::i32_const(0));
    let mut code = code_of_first(plan, &mut mapped)?;
    let pieces = pieces_but(module, &plan.waiting);
    let (mut data, mut start) = (DataSection::new(), None);
    match Packed::new(&pieces) {
        Some(packed) => {
            start = Some(module.n_imported + functions.len());
            functions.function(module.type_of[plan.load as usize]);
            code.function(&packed.unpacking());
            data.active(0, &ConstExpr::i32_const(0), packed.bytes);
        }
        None => add_pieces(&mut data, &pieces),
    }

    let sections = Sections {
        types: types(&module.types)?,
        functions,
        tables: tables(module, &mut mapped, plan.n_new_slots)?,
        memories: memories(module, &mut mapped, 0)?,
        globals,
        exports: exports_of_first(plan, &mut mapped, file)?,
        elements: elements(&plan.slots, |slot, function| !plan.is_late(slot, function), &map),
        code,
        data,
        start,
    };
    sections.with_the_rest_of(module, &mut mapped)
}

fn exports_of_first(plan: &Plan, mapped: &mut Mapped, file: &str) -> Outcome<ExportSection> {
    let mut exports = exports(&plan.module, mapped)?;
    for (place, function) in plan.lent.iter().enumerate() {
        exports.export(&lent_name("", place), ExportKind::Func, mapped.0[*function as usize]);
    }
    for place in 0..plan.module.tables.len() {
        exports.export(&lent_name("t", place), ExportKind::Table, place as u32);
    }
    for place in 0..=plan.ready_flag() as usize {
        exports.export(&lent_name("g", place), ExportKind::Global, place as u32);
    }
    exports.export(&lent_name("m", 0), ExportKind::Memory, 0);
    exports.export(&format!("~rest:{file}"), ExportKind::Global, plan.ready_flag());
    Ok(exports)
}

fn code_of_first(plan: &Plan, mapped: &mut Mapped) -> Outcome<CodeSection> {
    let mut code = CodeSection::new();
    let slots = plan.slot_of();
    for function in &plan.kept {
        let body = plan.module.body(*function);
        let mut written = encoded(mapped.new_function_with_parsed_locals(body))?;
        for operator in body.get_operators_reader().map_err(said)? {
            match operator.map_err(said)? {
                Operator::Call { function_index } if plan.is_region(function_index) => {
                    let type_index = plan.module.type_of[function_index as usize];
                    written
                        .instruction(&Instruction::Call(plan.ready_function()))
                        .instruction(&Instruction::I32Const(slots[&function_index] as i32))
                        .instruction(&Instruction::CallIndirect { type_index, table_index: 0 });
                }
                operator => {
                    written.instruction(&encoded(mapped.instruction(operator))?);
                }
            }
        }
        code.function(&written);
    }
    code.function(&ready(plan));
    for function in &plan.stubbed {
        code.function(&stub(plan, *function, slots[function]));
    }
    Ok(code)
}

/// Fetches the rest unless it is here.
fn ready(plan: &Plan) -> Function {
    let mut body = Function::new([]);
    body.instruction(&Instruction::GlobalGet(plan.ready_flag()))
        .instruction(&Instruction::I32Eqz)
        .instruction(&Instruction::If(BlockType::Empty))
        .instruction(&Instruction::Call(plan.load))
        .instruction(&Instruction::End)
        .instruction(&Instruction::End);
    body
}

/// Stands for a function of the rest: its slot in the table holds the stub, and the function itself
/// from the moment at which the rest is here.
fn stub(plan: &Plan, function: u32, slot: u32) -> Function {
    let type_index = plan.module.type_of[function as usize];
    let n_params = plan.module.types[type_index as usize].params().len() as u32;
    let mut body = Function::new([]);
    body.instruction(&Instruction::Call(plan.ready_function()));
    for param in 0..n_params {
        body.instruction(&Instruction::LocalGet(param));
    }
    body.instruction(&Instruction::I32Const(slot as i32))
        .instruction(&Instruction::CallIndirect { type_index, table_index: 0 })
        .instruction(&Instruction::End);
    body
}

/// The second module: every other function, on the first one's memory, tables and globals.
pub fn rest(plan: &Plan) -> Outcome<Vec<u8>> {
    let module = &plan.module;
    let map = plan.rest_indices();
    let mut mapped = Mapped(&map);

    let mut functions = FunctionSection::new();
    for function in plan.of_rest() {
        functions.function(module.type_of[*function as usize]);
    }
    functions.function(module.type_of[plan.load as usize]);
    let mut code = CodeSection::new();
    for function in plan.of_rest() {
        encoded(mapped.parse_function_body(&mut code, module.body(*function).clone()))?;
    }
    let mut arrived = Function::new([]);
    arrived
        .instruction(&Instruction::I32Const(1))
        .instruction(&Instruction::GlobalSet(plan.ready_flag()))
        .instruction(&Instruction::End);
    code.function(&arrived);

    let mut written = Module::new();
    written.section(&types(&module.types)?);
    written.section(&imports_of_rest(plan, &mut mapped)?).section(&functions);
    let function_index = (plan.lent.len() + plan.of_rest().count()) as u32;
    written.section(&StartSection { function_index });
    written.section(&elements(&plan.slots, |slot, function| plan.is_of_rest(slot, function), &map));
    let mut data = DataSection::new();
    add_pieces(&mut data, &pieces(module, plan.waiting.iter().cloned()));
    written.section(&code).section(&data);
    Ok(written.finish())
}

fn imports_of_rest(plan: &Plan, mapped: &mut Mapped) -> Outcome<ImportSection> {
    let module = &plan.module;
    let mut imports = ImportSection::new();
    for (place, function) in plan.lent.iter().enumerate() {
        let ty = EntityType::Function(module.type_of[*function as usize]);
        imports.import(FIRST, &lent_name("", place), ty);
    }
    for (place, table) in module.tables.iter().enumerate() {
        // Of any size: it may have grown by now.
        let table = encoded(mapped.table_type(*table))?;
        imports.import(FIRST, &lent_name("t", place), TableType { maximum: None, ..table });
    }
    for (place, global) in module.globals.iter().enumerate() {
        let ty = encoded(mapped.global_type(global.ty))?;
        imports.import(FIRST, &lent_name("g", place), ty);
    }
    imports.import(FIRST, &lent_name("g", module.globals.len()), FLAG);
    let memory = MemoryType {
        minimum: 0,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    imports.import(FIRST, &lent_name("m", 0), memory);
    Ok(imports)
}

/// The module with a flag for every function and every point in it: a byte of the memory behind
/// what the module has there itself, from the exported global `watched` on. A flag is 1 once
/// control came there. The text has a line for each flag: the key of what it is for, and the line
/// without whose flag this one cannot be 1, counted from 0.
pub fn watched(module: &read::Module) -> Outcome<(Vec<u8>, String)> {
    let map: Vec<u32> = (0..module.type_of.len() as u32).collect();
    let mut mapped = Mapped(&map);
    let memory = module.memory.ok_or("the wasm has no memory.")?;
    let base = memory.initial * PAGE;
    let mut lines = Lines::default();

    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    for (function, body) in module.functions() {
        functions.function(module.type_of[function as usize]);
        let name = &module.names[function as usize];
        let flow = Flow::read(module, function, body)?;
        let mut flags = BTreeMap::from([(0, lines.add(hash(name.as_bytes()), None))]);
        let first = lines.count();
        for point in points(name, &flow) {
            let behind = point.behind.map_or(first - 1, |point| first + point);
            flags.insert(point.place, lines.add(point.key, Some(behind)));
        }
        let mut watched = encoded(mapped.new_function_with_parsed_locals(body))?;
        for (place, operator) in flow.operators.into_iter().enumerate() {
            if let Some(line) = flags.get(&place) {
                let at = (base + *line as u64) as i32;
                let target = MemArgTarget::Memory(0);
                let byte = MemArg { offset: 0, align: 0, target, ordering: None };
                watched.instruction(&Instruction::I32Const(at));
                watched.instruction(&Instruction::I32Const(1));
                watched.instruction(&Instruction::I32Store8(byte));
            }
            watched.instruction(&encoded(mapped.instruction(operator))?);
        }
        code.function(&watched);
    }

    let memories = memories(module, &mut mapped, (lines.count() as u64).div_ceil(PAGE))?;
    let mut globals = globals(module, &mut mapped)?;
    globals.global(GlobalType { mutable: false, ..FLAG }, &ConstExpr::i32_const(base as i32));
    let mut exports = exports(module, &mut mapped)?;
    exports.export("watched", ExportKind::Global, module.globals.len() as u32);
    let tables = tables(module, &mut mapped, 0)?;
    let elements = elements(&module.slots, |_, _| true, &map);
    let types = types(&module.types)?;
    let (data, start) = (data(module), None);
    let sections = Sections {
        types,
        functions,
        tables,
        memories,
        globals,
        exports,
        elements,
        code,
        data,
        start,
    };
    Ok((sections.with_the_rest_of(module, &mut mapped)?, lines.text))
}

/// The bytes of a page of memory.
const PAGE: u64 = 65_536;

#[derive(Default)]
struct Lines {
    text: String,
    count: usize,
}

impl Lines {
    fn count(&self) -> usize {
        self.count
    }

    /// The number of the new line.
    fn add(&mut self, key: u32, behind: Option<usize>) -> usize {
        self.count += 1;
        self.text += &format!("{key:08x}");
        self.text += &behind.map_or_else(|| "\n".to_owned(), |behind| format!(" {behind}\n"));
        self.count - 1
    }
}

/// What a module has of its own.
struct Sections {
    types: TypeSection,
    functions: FunctionSection,
    tables: TableSection,
    memories: MemorySection,
    globals: GlobalSection,
    exports: ExportSection,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
    /// The function that runs before any other.
    start: Option<u32>,
}

impl Sections {
    /// In the order of the format, between those that are as they were.
    fn with_the_rest_of(self, module: &read::Module, mapped: &mut Mapped) -> Outcome<Vec<u8>> {
        let mut imports = ImportSection::new();
        for import in &module.imports {
            encoded(mapped.parse_import(&mut imports, *import))?;
        }
        let mut written = Module::new();
        written.section(&self.types).section(&imports).section(&self.functions);
        written.section(&self.tables).section(&self.memories).section(&self.globals);
        written.section(&self.exports);
        if let Some(function_index) = self.start {
            written.section(&StartSection { function_index });
        }
        written.section(&self.elements);
        written.section(&self.code).section(&self.data);
        Ok(written.finish())
    }
}

fn types(types: &[FuncType]) -> Outcome<TypeSection> {
    let mut written = TypeSection::new();
    for ty in types {
        let ty = encoded(RoundtripReencoder.func_type(ty.clone()))?;
        written.ty().func_type(&ty);
    }
    Ok(written)
}

/// The memory of the whole module, with some pages more.
fn memories(module: &read::Module, mapped: &mut Mapped, n_more: u64) -> Outcome<MemorySection> {
    let mut memories = MemorySection::new();
    if let Some(memory) = &module.memory {
        let memory = wasmparser::MemoryType { initial: memory.initial + n_more, ..*memory };
        memories.memory(encoded(mapped.memory_type(memory))?);
    }
    Ok(memories)
}

/// The globals of the whole module.
fn globals(module: &read::Module, mapped: &mut Mapped) -> Outcome<GlobalSection> {
    let mut globals = GlobalSection::new();
    for global in &module.globals {
        encoded(mapped.parse_global(&mut globals, global.clone()))?;
    }
    Ok(globals)
}

/// The exports of the whole module.
fn exports(module: &read::Module, mapped: &mut Mapped) -> Outcome<ExportSection> {
    let mut exports = ExportSection::new();
    for export in &module.exports {
        encoded(mapped.parse_export(&mut exports, *export))?;
    }
    Ok(exports)
}

/// The tables of the whole module; the table of functions has some slots more.
fn tables(module: &read::Module, mapped: &mut Mapped, n_more: u32) -> Outcome<TableSection> {
    let mut tables = TableSection::new();
    for (place, table) in module.tables.iter().enumerate() {
        let mut table = encoded(mapped.table_type(*table))?;
        if place == 0 {
            table.minimum += u64::from(n_more);
            table.maximum = table.maximum.map(|most| most + u64::from(n_more));
        }
        tables.table(table);
    }
    Ok(tables)
}

/// The functions of these slots that belong here, one segment for neighbours in the table.
fn elements(
    slots: &[(u32, u32)],
    belongs: impl Fn(u32, u32) -> bool,
    map: &[u32],
) -> ElementSection {
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (slot, function) in slots.iter().filter(|(slot, function)| belongs(*slot, *function)) {
        let index = map[*function as usize];
        match runs.last_mut() {
            Some((start, list)) if *start + list.len() as u32 == *slot => list.push(index),
            _ => runs.push((*slot, vec![index])),
        }
    }
    let mut elements = ElementSection::new();
    for (slot, list) in runs {
        let at = ConstExpr::i32_const(slot as i32);
        elements.active(None, &at, Elements::Functions(list.into()));
    }
    elements
}

/// What the memory of the whole module holds at first.
fn data(module: &read::Module) -> DataSection {
    let mut data = DataSection::new();
    add_pieces(&mut data, &module.data);
    data
}

fn add_pieces(data: &mut DataSection, pieces: &[(u32, &[u8])]) {
    for (at, bytes) in pieces {
        data.active(0, &ConstExpr::i32_const(*at as i32), bytes.iter().copied());
    }
}

/// What the memory holds at first, but for some places, which go up.
fn pieces_but<'a>(module: &read::Module<'a>, but: &[Range<u32>]) -> Vec<(u32, &'a [u8])> {
    let from = [0].into_iter().chain(but.iter().map(|place| place.end));
    let to = but.iter().map(|place| place.start).chain([u32::MAX]);
    pieces(module, from.zip(to).map(|(from, to)| from..to))
}

/// What the memory holds in some places at first. Where it holds nothing, no piece is.
fn pieces<'a>(
    module: &read::Module<'a>,
    places: impl Iterator<Item = Range<u32>> + Clone,
) -> Vec<(u32, &'a [u8])> {
    let mut pieces = Vec::new();
    for (start, bytes) in &module.data {
        let end = start + bytes.len() as u32;
        for place in places.clone() {
            let (from, to) = (place.start.max(*start), place.end.min(end));
            if from < to {
                pieces.push((from, &bytes[(from - start) as usize..(to - start) as usize]));
            }
        }
    }
    pieces
}

/// Copies code, functions counted by the map.
struct Mapped<'m>(&'m [u32]);

impl Reencode for Mapped<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.0[function as usize])
    }

    /// How an address is aligned is a hint that changes nothing; the same everywhere is smaller.
    fn mem_arg(&mut self, arg: wasmparser::MemArg) -> Result<MemArg, Error<Infallible>> {
        RoundtripReencoder.mem_arg(wasmparser::MemArg { align: 0, ..arg })
    }
}

fn encoded<T>(result: Result<T, Error<Infallible>>) -> Outcome<T> {
    result.map_err(said)
}
