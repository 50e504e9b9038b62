//! Which constants of the wasm only the rest refers to, so that they can wait with it.

use super::module::{Module, said};
use crate::Outcome;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasmparser::Operator;

/// Fewer bytes than this are not worth a segment of their own.
const LEAST: u32 = 8;

/// What the linker says of the constants.
#[derive(Default)]
pub struct Constants {
    /// Where they are, by address; the linker lays some over others.
    pub symbols: Vec<Range<u32>>,
    /// The symbols that each symbol points to.
    points_to: BTreeMap<usize, BTreeSet<usize>>,
    /// Those that code names.
    in_code: BTreeSet<usize>,
    /// Those that data which may change points to.
    always: BTreeSet<usize>,
    /// Addresses in code that mean a symbol and do not lie in it: its end, or what is behind.
    outside: BTreeMap<u32, BTreeSet<usize>>,
}

impl Constants {
    /// Code names a symbol, with something added to its address.
    pub fn named_in_code(&mut self, symbol: usize, added: i64) {
        self.in_code.insert(symbol);
        let range = &self.symbols[symbol];
        let number = (i64::from(range.start) + added) as u32;
        if !range.contains(&number) {
            self.outside.entry(number).or_default().insert(symbol);
        }
    }

    /// Data names a symbol at this address.
    pub fn named_in_data(&mut self, symbol: usize, at: u32) {
        let from = self.symbols.iter().enumerate();
        let from: Vec<usize> =
            from.filter(|(_, range)| range.contains(&at)).map(|(from, _)| from).collect();
        if from.is_empty() {
            self.always.insert(symbol);
        }
        for from in from {
            self.points_to.entry(from).or_default().insert(symbol);
        }
    }

    /// The addresses of what only the rest refers to: everything that is not reached from what the
    /// code of the first module names. `first` are the numbers in that code, `later` those in the
    /// code of the rest.
    pub fn waiting(&self, first: &BTreeSet<u32>, later: &BTreeSet<u32>) -> Vec<Range<u32>> {
        let named = first.iter().flat_map(|number| self.meant_by(*number));
        // An address that the optimiser has hidden somehow could be in either.
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
        ranges(&waits)
    }

    fn end(&self) -> u32 {
        self.symbols.iter().map(|range| range.end).max().unwrap_or(0)
    }

    /// The symbols that a number in the code may mean: that it lies in, or that the linker says it
    /// means, such as the end of a loop. Some additions are written as subtractions of the negative
    /// number, which the linker does not know.
    fn meant_by(&self, number: u32) -> Vec<usize> {
        let negative = number.wrapping_neg();
        let is_meant = |range: &Range<u32>| {
            range.contains(&number) || range.contains(&negative) || range.end == negative
        };
        let symbols = self.symbols.iter().enumerate();
        let inside = symbols.filter(|(_, range)| is_meant(range)).map(|(symbol, _)| symbol);
        inside.chain(self.outside.get(&number).into_iter().flatten().copied()).collect()
    }
}

/// The numbers in the code of these functions that may be addresses.
pub fn numbers_of(module: &Module, functions: impl Iterator<Item = u32>) -> Outcome<BTreeSet<u32>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn constants(symbols: &[Range<u32>]) -> Constants {
        Constants { symbols: symbols.to_vec(), ..Default::default() }
    }

    fn waiting(constants: &Constants, first: &[u32], later: &[u32]) -> Vec<(u32, u32)> {
        let set = |numbers: &[u32]| numbers.iter().copied().collect();
        let ranges = constants.waiting(&set(first), &set(later));
        ranges.into_iter().map(|range| (range.start, range.end)).collect()
    }

    #[test]
    fn an_end_is_meant_only_where_the_linker_says_so() {
        let mut constants = constants(&[1000..1040, 1040..1080, 1080..1120]);
        constants.named_in_code(0, 40);
        constants.named_in_code(1, 0);
        constants.named_in_code(2, 0);
        let later = [1000, 1040, 1080];
        let end_and_second = waiting(&constants, &[1040], &later);
        assert_eq!(end_and_second, [(1080, 1120)], "an end of the first, and the second");
        assert_eq!(waiting(&constants, &[1080], &later), [(1000, 1080)], "the third alone");
        assert_eq!(waiting(&constants, &[7], &later), [(1000, 1120)]);
    }

    #[test]
    fn what_a_constant_points_to_comes_with_it() {
        let mut constants = constants(&[1000..1040, 1040..1080]);
        constants.named_in_code(0, 0);
        constants.named_in_data(1, 1008);
        assert_eq!(waiting(&constants, &[1000], &[1000]), []);
        assert_eq!(waiting(&constants, &[], &[1000]), [(1000, 1080)]);
    }
}
