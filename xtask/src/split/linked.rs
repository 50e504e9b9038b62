//! What the linker says in its own output of what stands where and what points to what
//! (`--emit-relocs`). After wasm-bindgen and wasm-opt the addresses and the slots of functions are
//! still the same, and stand in the code as numbers.

use super::data::Constants;
use super::module::{number, said};
use super::slots::Pointers;
use crate::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{
    BinaryReader, DataKind, KnownCustom, Linking, Name, Parser, Payload, RelocationType, SymbolInfo,
};

/// The linker's segment of constants that nothing ever writes to.
const CONSTANTS: &str = ".rodata";

/// What the sections of the linker's output say, before it is put together.
#[derive(Default)]
pub struct Linked {
    /// The number of the next section.
    n_sections: u32,
    /// The number of the section of code, and where it begins.
    code: Option<(u32, usize)>,
    /// The same of data.
    data: Option<(u32, usize)>,
    /// Of each segment: its address, where its bytes begin in the section, and its name.
    segments: Vec<(u32, u32, String)>,
    /// Of each symbol of data: its segment, its place there, its size. By the symbol's number.
    symbols: BTreeMap<u32, (u32, u32, u32)>,
    /// By the section's number: where, the symbol, and what is added to its address.
    addresses: Vec<(u32, u32, u32, i64)>,
    /// By the section's number: where a slot of the table of functions stands.
    slots: Vec<(u32, u32)>,
}

impl Linked {
    pub fn read(bytes: &[u8]) -> Outcome<Linked> {
        let mut linked = Linked::default();
        for payload in Parser::new(0).parse_all(bytes) {
            linked.take(payload.map_err(said)?)?;
        }
        Ok(linked)
    }

    fn take(&mut self, payload: Payload) -> Outcome {
        let section = self.n_sections;
        let Some((_, range)) = payload.as_section() else { return Ok(()) };
        self.n_sections += 1;
        match payload {
            Payload::CodeSectionStart { .. } => self.code = Some((section, range.start as usize)),
            Payload::DataSection(segments) => {
                let start = range.start;
                self.data = Some((section, start as usize));
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
                KnownCustom::Name(names) => self.take_names(names)?,
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
                        let section = section.section_index();
                        if is_address(entry.ty) {
                            let place = (section, entry.offset, entry.index, entry.addend);
                            self.addresses.push(place);
                        } else if is_slot(entry.ty) {
                            self.slots.push((section, entry.offset));
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn take_names(&mut self, names: wasmparser::NameSectionReader) -> Outcome {
        for name in names {
            let Name::Data(names) = name.map_err(said)? else { continue };
            for naming in names {
                let naming = naming.map_err(said)?;
                if let Some(segment) = self.segments.get_mut(naming.index as usize) {
                    naming.name.clone_into(&mut segment.2);
                }
            }
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

    /// The constants and what points to them; none where the linker did not say it.
    pub fn constants(&self) -> Option<Constants> {
        let segment = self.segments.iter().position(|(.., name)| name == CONSTANTS)?;
        let (address, ..) = self.segments[segment];
        // Places in the list of constants, by the symbol's number.
        let mut places = BTreeMap::new();
        let mut constants = Constants::default();
        for (number, (of, offset, size)) in &self.symbols {
            if *of as usize == segment {
                places.insert(*number, constants.symbols.len());
                constants.symbols.push(address + offset..address + offset + size);
            }
        }
        for (section, offset, symbol, addend) in &self.addresses {
            let Some(to) = places.get(symbol) else { continue };
            if self.is_code(*section) {
                constants.named_in_code(*to, *addend);
            } else if let Some(at) = self.address(*section, *offset) {
                constants.named_in_data(*to, at);
            }
        }
        Some(constants)
    }

    /// Where functions are meant by their slot in the table. `bytes` is the linker's output.
    pub fn pointers(&self, bytes: &[u8]) -> Outcome<Pointers> {
        let (mut in_code, mut in_data) = (BTreeSet::new(), BTreeMap::new());
        for (section, offset) in &self.slots {
            if let Some((_, start)) = self.code.filter(|_| self.is_code(*section)) {
                let at = start + *offset as usize;
                let slot = BinaryReader::new(&bytes[at..], at as u64).read_var_i32();
                in_code.insert(slot.map_err(said)? as u32);
            } else if let (Some((_, start)), Some(address)) =
                (self.data, self.address(*section, *offset))
            {
                let at = start + *offset as usize;
                let slot = BinaryReader::new(&bytes[at..], at as u64).read_u32();
                in_data.insert(address, slot.map_err(said)?);
            }
        }
        Ok(Pointers { in_code, in_data })
    }

    fn is_code(&self, section: u32) -> bool {
        self.code.is_some_and(|(code, _)| code == section)
    }

    /// The address of a place in the section of data.
    fn address(&self, section: u32, offset: u32) -> Option<u32> {
        self.data.filter(|(data, _)| *data == section)?;
        let holds = |(_, bytes, _): &&(u32, u32, String)| *bytes <= offset;
        let (address, bytes, _) = self.segments.iter().rev().find(holds)?;
        Some(address + offset - bytes)
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

/// Whether a relocation puts a function's slot somewhere.
fn is_slot(ty: RelocationType) -> bool {
    matches!(
        ty,
        RelocationType::TableIndexSleb
            | RelocationType::TableIndexI32
            | RelocationType::TableIndexRelSleb
    )
}
