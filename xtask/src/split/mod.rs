//! Cuts the page's wasm in two: what the first lesson needs, and the rest, which the page fetches
//! when somebody touches it or when a function is called that is not here yet. Both run on one
//! memory. `web/src/rest.rs` and `static/boot.js` are the other half of this.
//!
//! Which functions wait stands in `web/rest.txt`, as `cargo xtask first` has observed it in a
//! browser. A function that is new since then does not wait: an old list costs bytes, never more.

mod data;
mod encode;
mod flow;
mod linked;
mod module;
mod names;
mod order;
mod outline;
mod packed;
mod plan;
mod points;
mod short;
mod slots;

pub use names::{Names, hash};

use crate::files::{read, read_bytes, write};
use crate::{Outcome, paths};
use linked::Linked;
use module::Module;
use plan::Plan;
use short::Short;
use std::path::{Path, PathBuf};

/// The names of the functions that wait.
pub fn list() -> PathBuf {
    paths::root().join("web/rest.txt")
}

/// Cuts `wasm`, whose functions still have their names; the rest is written beside it.
///
/// `linked` is the linker's own output, before wasm-bindgen.
pub fn cut(wasm: &Path, linked: &Path) -> Outcome {
    let bytes = read_bytes(wasm)?;
    let waiting = Names::read(&list())?;
    let mut module = Module::read(&bytes)?;
    let mut names = std::mem::take(&mut module.names);
    let whole = |function: u32| waiting.has(&names[function as usize]);
    let outlined = outline::outline(&module, &names, &bytes, |key| waiting.has_key(key), whole)?;
    names.resize(names.len() + outlined.type_of.len(), plan::REGION.to_owned());
    let bytes = encode::outlined(&module, outlined)?;
    let mut module = Module::read(&bytes)?;
    module.names = names;
    let waits = |name: &str| name == plan::REGION || waiting.has(name);
    let short = Short::of(&module);
    let Some(mut plan) = Plan::new(module, waits)? else {
        return Err(
            "nothing in the wasm fetches the rest: web/src/rest.rs has lost its import.".to_owned()
        );
    };
    let linker = read_bytes(linked)?;
    let linked = Linked::read(&linker)?;
    if let Some(constants) = linked.constants() {
        let first = data::numbers_of(&plan.module, plan.kept.iter().copied())?;
        let later = data::numbers_of(&plan.module, plan.deferred.iter().copied())?;
        plan.waiting = constants.waiting(&first, &later);
        plan.leave_empty(&linked.pointers(&linker)?.silent(&plan.waiting, &first));
    }
    short.rename(&mut plan.module);
    let glue = wasm.with_file_name(format!("{}.js", stem(wasm)));
    write(&glue, short.in_glue(&read(&glue)?))?;
    let rest = encode::rest(&plan)?;
    // The name tells the contents, so that no browser joins two builds from its cache.
    let file = format!("{}_rest-{:08x}.wasm", stem(wasm), names::hash(&rest));
    let first = encode::first(&plan, &file)?;
    let (n_first, n_rest) = (first.len() / 1000, rest.len() / 1000);
    println!("-- cut: {n_first} KB for the first lesson, {n_rest} KB wait.");
    write(&wasm.with_file_name(file), &rest)?;
    write(wasm, &first)
}

/// Makes `wasm` remember where it came to, for `cargo xtask first`; what it remembers is told in a
/// file beside it.
pub fn watch(wasm: &Path) -> Outcome {
    let bytes = read_bytes(wasm)?;
    let (watched, points) = encode::watched(&Module::read(&bytes)?)?;
    write(&wasm.with_file_name("points.txt"), points)?;
    write(wasm, &watched)
}

/// `netsplit-web-93102273` of `netsplit-web-93102273_bg.wasm`.
fn stem(wasm: &Path) -> String {
    let stem = wasm.file_stem().unwrap_or_default().to_string_lossy();
    stem.strip_suffix("_bg").unwrap_or(&stem).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use wasm_encoder::{
        CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
        ExportSection, Function, FunctionSection, ImportSection, Instruction, MemorySection,
        MemoryType, RefType, TableSection, TableType, TypeSection, ValType,
    };
    use wasmparser::{DataKind, Parser, Payload};

    /// Where the memory holds something at first.
    const PLACE: i32 = 40_000;

    /// Function 0 is imported and fetches the rest. 1 calls 2, and 2 calls 3; 4 stands in the
    /// table. Every one takes a number and gives one, but for the first.
    fn whole() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([ValType::I32], [ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import("page", "__wbg_load_rest_0123", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for calls in [Some(2), Some(3), None, None] {
            functions.function(1);
            let mut body = Function::new([]);
            body.instruction(&Instruction::LocalGet(0));
            if let Some(function) = calls {
                body.instruction(&Instruction::Call(function));
            }
            code.function(body.instruction(&Instruction::End));
        }
        let mut tables = TableSection::new();
        let element_type = RefType::FUNCREF;
        let (minimum, maximum) = (2, Some(2));
        tables.table(TableType { element_type, minimum, maximum, table64: false, shared: false });
        let mut data = DataSection::new();
        data.active(0, &ConstExpr::i32_const(PLACE), *b"first and la");
        data.active(0, &ConstExpr::i32_const(PLACE + 12), *b"ter on");
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut exports = ExportSection::new();
        exports.export("start", ExportKind::Func, 1);
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(vec![4].into()));
        let mut module = wasm_encoder::Module::new();
        module.section(&types).section(&imports).section(&functions).section(&tables);
        module.section(&memories).section(&exports).section(&elements).section(&code);
        module.section(&data);
        module.finish()
    }

    fn plan(bytes: &[u8]) -> Plan<'_> {
        let mut module = Module::read(bytes).expect("a module");
        module.names = ["load", "start", "helper", "deep", "late"].map(str::to_owned).into();
        let waits = |name: &str| matches!(name, "helper" | "late");
        Plan::new(module, waits).expect("a plan").expect("something that loads")
    }

    fn n_bodies(module: &[u8]) -> usize {
        let payloads = Parser::new(0).parse_all(module).map(|payload| payload.expect("a payload"));
        payloads.filter(|payload| matches!(payload, Payload::CodeSectionEntry(_))).count()
    }

    /// Where a module puts what into the memory.
    fn data(module: &[u8]) -> Vec<(i32, &[u8])> {
        let mut data = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            let Payload::DataSection(segments) = payload.expect("a payload") else { continue };
            for segment in segments {
                let segment = segment.expect("a segment");
                let DataKind::Active { offset_expr, .. } = &segment.kind else { continue };
                data.push((module::number(offset_expr).expect("a number"), segment.data));
            }
        }
        data
    }

    #[test]
    fn what_waits_is_called_through_a_slot_of_the_table() {
        let bytes = whole();
        let plan = plan(&bytes);
        assert_eq!(plan.deferred, [2, 4]);
        assert_eq!(plan.stubbed, [2, 4], "one is called, the other stands in the table");
        assert_eq!(plan.lent, [0; 0], "nothing that the rest calls is long");
        assert_eq!(plan.copied, [3], "the rest calls it");
        assert_eq!(plan.slots, [(1, 4), (2, 2)], "only the one that is called needs a new slot");
        assert_eq!(plan.n_new_slots, 1);
    }

    #[test]
    fn both_modules_are_sound_and_hold_every_function_once() {
        let bytes = whole();
        let mut plan = plan(&bytes);
        plan.waiting.push(PLACE as u32 + 6..PLACE as u32 + 14);
        let first = encode::first(&plan, "rest.wasm").expect("the first module");
        let rest = encode::rest(&plan).expect("the rest");
        for module in [&first, &rest] {
            wasmparser::Validator::new().validate_all(module).expect("a valid module");
        }
        assert_eq!(n_bodies(&first), 2 + 1 + 2 + 1, "kept, one that fetches, stubs, unpacking");
        assert_eq!(n_bodies(&rest), 2 + 1 + 1, "what waits, the copy, and the mark of arrival");
        assert_eq!(data(&rest), [(PLACE + 6, &b"and la"[..]), (PLACE + 12, b"te")]);
        let (_, packed) = data(&first)[0];
        assert!(packed.starts_with(b"first r on"), "{packed:?}");
        let mut marks = Vec::new();
        for payload in Parser::new(0).parse_all(&first) {
            if let Payload::ExportSection(exports) = payload.expect("a payload") {
                marks.extend(exports.into_iter().map(|export| export.expect("an export").name));
            }
        }
        assert!(marks.contains(&"start") && marks.contains(&"~rest:rest.wasm"), "{marks:?}");
    }

    #[test]
    fn what_nothing_calls_early_has_no_stub() {
        let bytes = whole();
        let mut plan = plan(&bytes);
        plan.leave_empty(&BTreeSet::from([1]));
        assert_eq!(plan.stubbed, [2], "4 stood in the table alone");
        assert!(plan.is_late(1, 4) && plan.is_of_rest(1, 4));
        let first = encode::first(&plan, "rest.wasm").expect("the first module");
        wasmparser::Validator::new().validate_all(&first).expect("a valid module");
        let first = Module::read(&first);
        assert!(first.is_err_and(|said| said.contains("start")), "it unpacks its memory itself");
    }

    #[test]
    fn without_an_import_that_loads_nothing_is_cut() {
        let bytes = whole();
        let mut module = Module::read(&bytes).expect("a module");
        module.imports.clear();
        assert!(Plan::new(module, |_| true).expect("no error").is_none());
    }
}
