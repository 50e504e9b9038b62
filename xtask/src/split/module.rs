//! A wasm module as the split needs it: what stands where, who calls whom, and what it is called.

use super::names::without_hashes;
use crate::Outcome;
use std::collections::BTreeSet;
use wasmparser::{
    ConstExpr, DataKind, ElementItems, ElementKind, Export, FuncType, FunctionBody, Global, Import,
    KnownCustom, MemoryType, Name, Operator, Parser, Payload, TableType, TypeRef,
};

/// One module, read once. Functions are counted as wasm counts them: the imported ones first.
#[derive(Default)]
pub struct Module<'a> {
    pub types: Vec<FuncType>,
    pub imports: Vec<Import<'a>>,
    /// The type of every function, by its index.
    pub type_of: Vec<u32>,
    pub n_imported: u32,
    pub tables: Vec<TableType>,
    pub memory: Option<MemoryType>,
    pub globals: Vec<Global<'a>>,
    pub exports: Vec<Export<'a>>,
    /// What stands in the table of functions: its slot, then the function.
    pub slots: Vec<(u32, u32)>,
    /// The bodies, of the first function that is not imported onwards.
    pub bodies: Vec<FunctionBody<'a>>,
    /// What the memory holds at first: where, and the bytes.
    pub data: Vec<(u32, &'a [u8])>,
    pub names: Vec<String>,
}

impl<'a> Module<'a> {
    /// Fails on what rustc and wasm-bindgen do not write today, and names it.
    pub fn read(bytes: &'a [u8]) -> Outcome<Module<'a>> {
        let mut module = Module::default();
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.map_err(said)?;
            module.take(payload)?;
        }
        module.names.resize(module.type_of.len(), String::new());
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'a>) -> Outcome {
        match payload {
            Payload::TypeSection(types) => {
                for ty in types.into_iter_err_on_gc_types() {
                    self.types.push(ty.map_err(said)?);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import.map_err(said)?;
                    let TypeRef::Func(ty) = import.ty else {
                        return Err(format!("the wasm imports {}, no function.", import.name));
                    };
                    self.type_of.push(ty);
                    self.imports.push(import);
                }
                self.n_imported = self.type_of.len() as u32;
            }
            Payload::FunctionSection(types) => {
                for ty in types {
                    self.type_of.push(ty.map_err(said)?);
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    self.tables.push(table.map_err(said)?.ty);
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    self.memory = Some(memory.map_err(said)?);
                }
            }
            Payload::GlobalSection(globals) => {
                for global in globals {
                    self.globals.push(global.map_err(said)?);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    self.exports.push(export.map_err(said)?);
                }
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    self.take_slots(element.map_err(said)?)?;
                }
            }
            Payload::DataSection(segments) => {
                for segment in segments {
                    let segment = segment.map_err(said)?;
                    let at = match segment.kind {
                        DataKind::Active { memory_index: 0, offset_expr } => number(&offset_expr),
                        _ => None,
                    };
                    let at = at.ok_or("a part of the wasm's data has no place of its own.")?;
                    self.data.push((at as u32, segment.data));
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    self.take_names(names)?;
                }
            }
            Payload::StartSection { .. } | Payload::TagSection(_) => {
                return Err("the wasm has a start function or exceptions.".to_owned());
            }
            _ => {}
        }
        Ok(())
    }

    fn take_slots(&mut self, element: wasmparser::Element<'a>) -> Outcome {
        let unknown = || "a table of the wasm is not filled with functions alone.".to_owned();
        let ElementKind::Active { table_index: None | Some(0), offset_expr } = element.kind else {
            return Err(unknown());
        };
        let value = number(&offset_expr).ok_or_else(unknown)?;
        let ElementItems::Functions(functions) = element.items else { return Err(unknown()) };
        for (slot, function) in (value as u32..).zip(functions) {
            self.slots.push((slot, function.map_err(said)?));
        }
        Ok(())
    }

    fn take_names(&mut self, names: wasmparser::NameSectionReader<'a>) -> Outcome {
        for name in names {
            if let Name::Function(names) = name.map_err(said)? {
                for naming in names {
                    let naming = naming.map_err(said)?;
                    let at = naming.index as usize;
                    if self.names.len() <= at {
                        self.names.resize(at + 1, String::new());
                    }
                    self.names[at] = without_hashes(naming.name);
                }
            }
        }
        Ok(())
    }

    /// The functions that a body names.
    pub fn called_by(&self, body: &FunctionBody<'a>) -> Outcome<BTreeSet<u32>> {
        let mut called = BTreeSet::new();
        let mut operators = body.get_operators_reader().map_err(said)?;
        while !operators.eof() {
            match operators.read().map_err(said)? {
                Operator::Call { function_index }
                | Operator::ReturnCall { function_index }
                | Operator::RefFunc { function_index } => {
                    called.insert(function_index);
                }
                _ => {}
            }
        }
        Ok(called)
    }

    /// The body of a function that is not imported.
    pub fn body(&self, function: u32) -> &FunctionBody<'a> {
        &self.bodies[(function - self.n_imported) as usize]
    }

    /// Every function with a body: its index and the body.
    pub fn functions(&self) -> impl Iterator<Item = (u32, &FunctionBody<'a>)> {
        (self.n_imported..).zip(&self.bodies)
    }
}

/// A constant, where an expression is one.
pub fn number(expression: &ConstExpr) -> Option<i32> {
    match expression.get_operators_reader().read() {
        Ok(Operator::I32Const { value }) => Some(value),
        _ => None,
    }
}

pub fn said(error: impl std::fmt::Display) -> String {
    format!("the wasm cannot be read: {error}.")
}
