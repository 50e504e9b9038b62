//! Which constants of the wasm only the rest refers to, so that they can wait with it. The linker
//! says in its own output what stands where and what points to what (`--emit-relocs`); after
//! wasm-bindgen and wasm-opt the addresses are still the same, and stand in the code as numbers.

use super::module::{Module, number, said};
use crate::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasmparser::{
    DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationType, SymbolInfo,
};

/// The linker's segment of constants that nothing ever writes to.
const CONSTANTS: &str = ".rodata";
/// Fewer bytes than this are not worth a segment of their own.
const LEAST: u32 = 16;

/// What the linker says of the constants.
pub struct Constants {
    /// Where they are, by address; the linker lays some over others.
    symbols: Vec<Range<u32>>,
    /// The symbols that each symbol points to.
    points_to: BTreeMap<usize, BTreeSet<usize>>,
    /// Those that code names.
    in_code: BTreeSet<usize>,
    /// Those that data which may change points to.
    always: BTreeSet<usize>,
    /// Addresses in code that mean a symbol and lie outside of it.
    outside: BTreeMap<u32, usize>,
}

impl Constants {
    /// None where the linker did not say it.
    pub fn read(linked: &[u8]) -> Outcome<Option<Constants>> {
        let mut found = Linked::default();
        for payload in Parser::new(0).parse_all(linked) {
            found.take(payload.map_err(said)?)?;
        }
        Ok(found.constants())
    }

    /// The addresses of what only the rest refers to: everything that is not reached from what the
    /// code of the first module names. `later` is the code of the rest.
    pub fn waiting(
        &self,
        module: &Module,
        first: impl Iterator<Item = u32>,
        later: impl Iterator<Item = u32>,
    ) -> Outcome<Vec<Range<u32>>> {
        let named = numbers_of(module, first)?.into_iter().flat_map(|number| self.meant_by(number));
        // An address that the optimiser has hidden somehow could be in either.
        let later = numbers_of(module, later)?;
        let is_later = |symbol: &usize| later.range(self.symbols[*symbol].clone()).next().is_some();
        let hidden = self.in_code.iter().filter(|symbol| !is_later(symbol));
        let mut new: Vec<usize> = self.always.iter().chain(hidden).copied().chain(named).collect();
        let mut reached: BTreeSet<usize> = BTreeSet::new();
        while let Some(symbol) = new.pop() {
            if reached.insert(symbol) {
                new.extend(self.points_to.get(&symbol).into_iter().flatten());
            }
        }
        let mut waits = vec![false; self.end() as usize];
        let (here, later): (Vec<_>, Vec<_>) =
            self.symbols.iter().enumerate().partition(|(symbol, _)| reached.contains(symbol));
        for (_, range) in later {
            waits[range.start as usize..range.end as usize].fill(true);
        }
        for (_, range) in here {
            waits[range.start as usize..range.end as usize].fill(false);
        }
        Ok(ranges(&waits))
    }

    fn end(&self) -> u32 {
        self.symbols.iter().map(|range| range.end).max().unwrap_or(0)
    }

    /// The symbols that a number in the code may mean: that it lies in, or just behind, where loops
    /// end. Some additions are written as subtractions of the negative number.
    fn meant_by(&self, number: u32) -> Vec<usize> {
        let is_meant = |range: &Range<u32>| {
            [number, number.wrapping_neg()]
                .iter()
                .any(|address| range.contains(address) || range.end == *address)
        };
        let symbols = self.symbols.iter().enumerate();
        let inside = symbols.filter(|(_, range)| is_meant(range)).map(|(symbol, _)| symbol);
        inside.chain(self.outside.get(&number).copied()).collect()
    }
}

/// The numbers in the code of these functions that may be addresses.
fn numbers_of(module: &Module, functions: impl Iterator<Item = u32>) -> Outcome<BTreeSet<u32>> {
    let mut numbers = BTreeSet::new();
    for function in functions {
        for operator in module.body(function).get_operators_reader().map_err(said)? {
            numbers.extend(numbers_in(&operator.map_err(said)?));
        }
    }
    Ok(numbers)
}

/// The numbers of an operator that may be addresses; one of 64 bits may hold one and a length.
fn numbers_in(operator: &Operator) -> Vec<u32> {
    match operator {
        Operator::I32Const { value } => vec![*value as u32],
        Operator::I64Const { value } => vec![*value as u32, (*value >> 32) as u32],
        Operator::I32Load { memarg }
        | Operator::I64Load { memarg }
        | Operator::F32Load { memarg }
        | Operator::F64Load { memarg }
        | Operator::I32Load8S { memarg }
        | Operator::I32Load8U { memarg }
        | Operator::I32Load16S { memarg }
        | Operator::I32Load16U { memarg }
        | Operator::I64Load8S { memarg }
        | Operator::I64Load8U { memarg }
        | Operator::I64Load16S { memarg }
        | Operator::I64Load16U { memarg }
        | Operator::I64Load32S { memarg }
        | Operator::I64Load32U { memarg } => vec![memarg.offset as u32],
        _ => Vec::new(),
    }
}

/// Where a run of places is true, if it is long enough.
fn ranges(places: &[bool]) -> Vec<Range<u32>> {
    let mut ranges: Vec<Range<u32>> = Vec::new();
    for at in (0..places.len() as u32).filter(|at| places[*at as usize]) {
        match ranges.last_mut() {
            Some(range) if range.end == at => range.end += 1,
            _ => ranges.push(at..at + 1),
        }
    }
    ranges.retain(|range| range.end - range.start >= LEAST);
    ranges
}

/// What the sections of the linker's output say, before it is put together.
#[derive(Default)]
struct Linked {
    /// The number of the next section, and of those of code and of data.
    n_sections: u32,
    code: Option<u32>,
    data: Option<u32>,
    /// Of each segment: its address, where its bytes begin in the section, and its name.
    segments: Vec<(u32, u32, String)>,
    /// Of each symbol of data: its segment, its place there, its size. By the symbol's number.
    symbols: BTreeMap<u32, (u32, u32, u32)>,
    /// By the section's number: where, the symbol, and what is added to its address.
    pointers: Vec<(u32, u32, u32, i64)>,
}

impl Linked {
    fn take(&mut self, payload: Payload) -> Outcome {
        let section = self.n_sections;
        self.n_sections += u32::from(payload.as_section().is_some());
        match payload {
            Payload::CodeSectionStart { .. } => self.code = Some(section),
            Payload::DataSection(segments) => {
                self.data = Some(section);
                let start = segments.range().start;
                for segment in segments {
                    let segment = segment.map_err(said)?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else { continue };
                    let address =
                        number(&offset_expr).ok_or("a segment has no fixed place.")? as u32;
                    let bytes = segment.range.end - segment.data.len() as u64 - start;
                    self.segments.push((address, bytes as u32, String::new()));
                }
            }
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Name(names) => {
                    for name in names {
                        if let Name::Data(names) = name.map_err(said)? {
                            for naming in names {
                                let naming = naming.map_err(said)?;
                                if let Some(segment) = self.segments.get_mut(naming.index as usize)
                                {
                                    naming.name.clone_into(&mut segment.2);
                                }
                            }
                        }
                    }
                }
                KnownCustom::Linking(parts) => {
                    for part in parts {
                        if let Linking::SymbolTable(symbols) = part.map_err(said)? {
                            self.take_symbols(symbols)?;
                        }
                    }
                }
                KnownCustom::Reloc(section) => {
                    for entry in section.entries() {
                        let entry = entry.map_err(said)?;
                        if is_address(entry.ty) {
                            let section = section.section_index();
                            self.pointers.push((section, entry.offset, entry.index, entry.addend));
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn take_symbols(&mut self, symbols: wasmparser::SymbolInfoMap) -> Outcome {
        for (number, symbol) in (0..).zip(symbols) {
            if let SymbolInfo::Data { symbol: Some(data), .. } = symbol.map_err(said)? {
                self.symbols.insert(number, (data.index, data.offset, data.size));
            }
        }
        Ok(())
    }

    fn constants(self) -> Option<Constants> {
        let (address, bytes, _) = self.segments.iter().find(|(.., name)| name == CONSTANTS)?;
        let segment = self.segments.iter().position(|(.., name)| name == CONSTANTS)? as u32;
        // Places in the list of constants, by the symbol's number.
        let mut places = BTreeMap::new();
        let mut symbols = Vec::new();
        for (number, (_, offset, size)) in
            self.symbols.iter().filter(|(_, (of, ..))| *of == segment)
        {
            places.insert(*number, symbols.len());
            symbols.push(address + offset..address + offset + size);
        }
        let mut constants = Constants {
            symbols,
            points_to: BTreeMap::new(),
            in_code: BTreeSet::new(),
            always: BTreeSet::new(),
            outside: BTreeMap::new(),
        };
        for (section, offset, symbol, addend) in self.pointers {
            let Some(to) = places.get(&symbol) else { continue };
            if Some(section) == self.code {
                constants.in_code.insert(*to);
                let range = &constants.symbols[*to];
                let number = (i64::from(range.start) + addend) as u32;
                if !range.contains(&number) && range.end != number {
                    constants.outside.insert(number, *to);
                }
            } else if Some(section) == self.data {
                let at = (address + offset).wrapping_sub(*bytes);
                let from = constants.symbols.iter().enumerate();
                let from: Vec<usize> =
                    from.filter(|(_, range)| range.contains(&at)).map(|(from, _)| from).collect();
                if from.is_empty() {
                    constants.always.insert(*to);
                }
                for from in from {
                    constants.points_to.entry(from).or_default().insert(*to);
                }
            }
        }
        Some(constants)
    }
}

/// Whether a relocation puts the address of data somewhere.
fn is_address(ty: RelocationType) -> bool {
    matches!(
        ty,
        RelocationType::MemoryAddrLeb
            | RelocationType::MemoryAddrSleb
            | RelocationType::MemoryAddrI32
            | RelocationType::MemoryAddrRelSleb
    )
}
