//! Which function goes where, and how each of the two modules counts them.

use super::module::Module;
use super::order::order;
use crate::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasmparser::{Export, ExternalKind};

/// The import that fetches the rest: `web/src/rest.rs` declares it, wasm-bindgen spells it.
const LOAD: &str = "loadrest";

/// The bytes up to which a function is rather copied than lent.
const SHORT: usize = 200;

/// The name of a function that was a part of another one.
pub const REGION: &str = "~region";

pub struct Plan<'a> {
    pub module: Module<'a>,
    /// The functions of the rest, in their old order.
    pub deferred: Vec<u32>,
    /// Those of them that the first module may come to and that are whole functions.
    pub stubbed: Vec<u32>,
    /// Those of them that were a part of a function of the first module, which calls them by slot.
    pub regions: Vec<u32>,
    /// The functions of the first module that are not imported, in their order there.
    pub kept: Vec<u32>,
    /// Functions of the first module that the rest calls, and imported ones.
    pub lent: Vec<u32>,
    /// Those that the rest has itself: each is shorter than it would be to lend it.
    pub copied: Vec<u32>,
    /// The imported function that fetches the rest.
    pub load: u32,
    /// The addresses of the constants that only the rest refers to.
    pub waiting: Vec<Range<u32>>,
    /// What stands in the table of functions: slot and function, those of stubs included.
    pub slots: Vec<(u32, u32)>,
    /// The slots that are filled only when the rest comes.
    pub late: BTreeSet<u32>,
    /// The functions that the first module or the page calls by name.
    called: BTreeSet<u32>,
    /// How many slots the table has more than before.
    pub n_new_slots: u32,
}

impl<'a> Plan<'a> {
    /// None where the module has nothing that could fetch the rest.
    pub fn new(module: Module<'a>, waits: impl Fn(&str) -> bool) -> Outcome<Option<Plan<'a>>> {
        let is_load = |name: &str| name.replace('_', "").contains(LOAD);
        let Some(load) = module.imports.iter().position(|import| is_load(import.name)) else {
            return Ok(None);
        };
        let waits = |function: &u32| waits(&module.names[*function as usize]);
        let deferred: BTreeSet<u32> =
            module.functions().map(|(function, _)| function).filter(waits).collect();

        let exported = module.exports.iter().filter(is_function).map(|export| export.index);
        let mut called: BTreeSet<u32> = exported.collect();
        let mut called_later = BTreeSet::new();
        for (function, body) in module.functions() {
            let calls = module.called_by(body)?;
            if deferred.contains(&function) {
                called_later.extend(calls.difference(&deferred).copied());
            } else {
                called.extend(calls);
            }
        }
        let mut reached = called.clone();
        reached.extend(module.slots.iter().map(|(_, function)| *function));
        let (lent, copied) = lent_and_copied(&module, &deferred, called_later)?;
        let is_region = |function: &u32| module.names[*function as usize] == REGION;
        let (regions, stubbed): (Vec<u32>, Vec<u32>) =
            reached.intersection(&deferred).partition(|function| is_region(function));
        let slots = with_slots_for(&module, stubbed.iter().chain(&regions));
        let all = module.functions().map(|(function, _)| function);
        let mut kept: Vec<u32> = all.filter(|function| !deferred.contains(function)).collect();
        let body = |function: &u32| module.body(*function).as_bytes();
        kept.sort_by_key(|function| (module.type_of[*function as usize], body(function)));
        let order = order(&kept.iter().map(body).collect::<Vec<_>>());
        let kept = order.into_iter().map(|place| kept[place]).collect();
        Ok(Some(Plan {
            waiting: Vec::new(),
            late: BTreeSet::new(),
            called,
            kept,
            load: load as u32,
            deferred: deferred.into_iter().collect(),
            lent: lent.into_iter().collect(),
            copied: copied.into_iter().collect(),
            n_new_slots: (slots.len() - module.slots.len()) as u32,
            stubbed,
            regions,
            slots,
            module,
        }))
    }

    /// Leaves the slots empty that nothing calls before the rest is here, and does without the
    /// stubs that would have stood there.
    pub fn leave_empty(&mut self, silent: &BTreeSet<u32>) {
        let can_wait = |function: u32| !self.keeps(function) || self.lent.contains(&function);
        let late = self.slots.iter().filter(|(slot, f)| silent.contains(slot) && can_wait(*f));
        self.late = late.map(|(slot, _)| *slot).collect();
        let early = self.slots.iter().filter(|(slot, _)| !self.late.contains(slot));
        let early: BTreeSet<u32> = early.map(|(_, function)| *function).collect();
        self.stubbed.retain(|stub| self.called.contains(stub) || early.contains(stub));
    }

    /// Whether a slot of the table is filled by the rest alone.
    pub fn is_late(&self, slot: u32, function: u32) -> bool {
        self.is_region(function) || self.late.contains(&slot)
    }

    /// Whether the rest fills a slot of the table, be it anew.
    pub fn is_of_rest(&self, slot: u32, function: u32) -> bool {
        !self.keeps(function) || self.late.contains(&slot)
    }

    pub fn keeps(&self, function: u32) -> bool {
        self.deferred.binary_search(&function).is_err()
    }

    /// The index of each function in the first module; of a stub, where the function has gone.
    pub fn first_indices(&self) -> Vec<u32> {
        let mut map = vec![u32::MAX; self.module.type_of.len()];
        let all = 0..self.module.type_of.len() as u32;
        let imported = all.filter(|function| *function < self.module.n_imported);
        let kept: Vec<u32> = imported.chain(self.kept.iter().copied()).collect();
        for (index, function) in (0..).zip(&kept) {
            map[*function as usize] = index;
        }
        for (index, function) in (kept.len() as u32 + 1..).zip(&self.stubbed) {
            map[*function as usize] = index;
        }
        map
    }

    /// The function of the first module that makes sure the rest is here: between what is kept and
    /// the stubs.
    pub fn ready_function(&self) -> u32 {
        (self.module.type_of.len() - self.deferred.len()) as u32
    }

    /// The functions whose code the rest has, in its order.
    pub fn of_rest(&self) -> impl Iterator<Item = &u32> {
        self.deferred.iter().chain(&self.copied)
    }

    /// The index of each function in the rest.
    pub fn rest_indices(&self) -> Vec<u32> {
        let mut map = vec![u32::MAX; self.module.type_of.len()];
        for (index, function) in (0..).zip(self.lent.iter().chain(self.of_rest())) {
            map[*function as usize] = index;
        }
        map
    }

    /// The flag that says whether the rest is here: a global behind all others, in both modules.
    pub fn ready_flag(&self) -> u32 {
        self.module.globals.len() as u32
    }

    /// Whether a function was a part of another one.
    pub fn is_region(&self, function: u32) -> bool {
        self.regions.binary_search(&function).is_ok()
    }

    /// The first slot of each function that is called by slot.
    pub fn slot_of(&self) -> BTreeMap<u32, u32> {
        let mut slots = BTreeMap::new();
        for (slot, function) in &self.slots {
            slots.entry(*function).or_insert(*slot);
        }
        slots
    }
}

/// Of the functions of the first module that the rest calls, those that are lent, and those that
/// are copied, with what these call.
fn lent_and_copied(
    module: &Module,
    deferred: &BTreeSet<u32>,
    called: BTreeSet<u32>,
) -> Outcome<(BTreeSet<u32>, BTreeSet<u32>)> {
    let (mut lent, mut copied) = (BTreeSet::new(), BTreeSet::new());
    let mut new: Vec<u32> = called.into_iter().collect();
    while let Some(function) = new.pop() {
        let is_imported = function < module.n_imported;
        if is_imported || module.body(function).as_bytes().len() > SHORT {
            lent.insert(function);
        } else if copied.insert(function) {
            let called = module.called_by(module.body(function))?;
            new.extend(called.difference(deferred));
        }
    }
    Ok((lent, copied))
}

/// The table's slots, and a further one for each function that stands in none.
fn with_slots_for<'f>(module: &Module, called: impl Iterator<Item = &'f u32>) -> Vec<(u32, u32)> {
    let in_table: BTreeSet<u32> = module.slots.iter().map(|(_, function)| *function).collect();
    let end = module.tables.first().map_or(0, |table| table.initial as u32);
    let mut slots = module.slots.clone();
    slots.sort_unstable();
    let missing = called.filter(|function| !in_table.contains(function));
    slots.extend((end..).zip(missing.copied()));
    slots
}

fn is_function(export: &&Export) -> bool {
    export.kind == ExternalKind::Func
}
