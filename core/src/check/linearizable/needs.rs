//! What the answers of reads ask for: which states must come about, and which deeds alone can bring
//! them about. A search that knows this leaves a wrong way at its first step instead of at the end
//! of a read, many writes later.
//!
//! It works for operations whose models are those of [`model`]; where there is any other, nothing
//! is asked for.

use alloc::vec;
use alloc::vec::Vec;

use super::deeds::{Deed, Deeds, Entry};
use super::states::{NIL, States};
use crate::base::{Value, sort_by_key};
use crate::check::model;
use crate::op::Model;

/// What is asked for, while deeds are done and undone.
#[derive(Clone, Debug, Default)]
pub(super) struct Needs {
    /// Per state, how many deeds that are not done yet ask for it.
    wanted: Vec<u32>,
    /// Per state, how many deeds that are not done yet may bring it about.
    makers: Vec<u32>,
    deeds: Vec<Need>,
}

/// What one deed has to do with states that are asked for.
#[derive(Clone, Debug, Default)]
struct Need {
    /// It can be done in this state only.
    wants: Option<u32>,
    /// The states that are asked for and that it may bring about.
    makes: Vec<u32>,
    /// It is the only one that can bring this state about.
    must_make: Option<u32>,
}

impl Needs {
    /// What the answers of `deeds` ask for.
    pub fn of(deeds: &Deeds, states: &mut States) -> Needs {
        if !deeds.all.iter().all(|deed| Kind::of(deed.model).is_some()) {
            return Needs { deeds: vec![Need::default(); deeds.all.len()], ..Needs::default() };
        }
        let wants = |deed: &Deed| match (Kind::of(deed.model)?, deed.answer.as_ref()?) {
            (Kind::Get, answer) => Some(answer.clone()),
            (Kind::Cas, Value::Int(1)) => Some(deed.op.arg(0)),
            _ => None,
        };
        let mut needs = Needs::default();
        for deed in &deeds.all {
            let wants = wants(deed).map(|value| states.number(&value));
            needs.deeds.push(Need { wants, ..Need::default() });
        }
        let written = Written::of(deeds, states);
        needs.wanted = vec![0; states.len()];
        needs.makers = vec![0; states.len()];
        for wants in needs.deeds.iter().filter_map(|need| need.wants) {
            needs.wanted[wants as usize] += 1;
        }
        for state in 0..states.len() as u32 {
            if needs.wanted[state as usize] == 0 {
                continue;
            }
            let makers = written.makers(deeds, states, states.value(state));
            needs.makers[state as usize] = makers.len() as u32;
            for &maker in &makers {
                needs.deeds[maker as usize].makes.push(state);
            }
        }
        needs.trace_back(deeds, &written, states);
        needs
    }

    /// A list that is asked for came about entry by entry, and each entry but the first, where only
    /// one deed appends it, by that deed.
    fn trace_back(&mut self, deeds: &Deeds, written: &Written, states: &mut States) {
        for state in 0..self.wanted.len() as u32 {
            let Value::List(list) = states.value(state).clone() else { continue };
            if self.wanted[state as usize] == 0 {
                continue;
            }
            for n in (2..=list.len()).rev() {
                let part = Value::List(list[..n].into());
                let makers = written.makers(deeds, states, &part);
                let [maker] = makers[..] else { break };
                if Kind::of(deeds.all[maker as usize].model) != Some(Kind::Append) {
                    break;
                }
                let part = states.number(&part);
                let need = &mut self.deeds[maker as usize];
                if need.must_make == Some(part) {
                    break;
                }
                need.must_make = Some(part);
            }
        }
    }

    /// Whether what is asked for contradicts itself before anything is tried. A state that one deed
    /// alone can bring about lasts from the end of that deed, at the latest, to the call of the
    /// last deed that asks for it, at the earliest. Meanwhile there is no other, and nothing
    /// happens that would change it (after Gibbons and Korach, "Testing shared memories", 1997).
    pub fn contradict(&self, deeds: &Deeds, states: &mut States) -> bool {
        let Some(mut zones) = self.zones(deeds) else { return true };
        sort_by_key(&mut zones, |zone| zone.from);
        let overlap = |pair: &[Zone]| pair[1].from < pair[0].to;
        zones.windows(2).any(overlap) || zones.iter().any(|zone| zone.is_left(deeds, states))
    }

    /// How long states must last, as far as that is known; `None` when one cannot come about.
    fn zones(&self, deeds: &Deeds) -> Option<Vec<Zone>> {
        let mut last_calls = vec![0; self.wanted.len()];
        let mut ends = vec![None; self.wanted.len()];
        ends.first_mut().into_iter().for_each(|end| *end = Some(0));
        for (deed, need) in deeds.all.iter().zip(&self.deeds) {
            if let Some(state) = need.wants {
                last_calls[state as usize] = deed.call.max(last_calls[state as usize]);
            }
            for &state in &need.makes {
                ends[state as usize] = deed.answer.as_ref().map(|_| deed.end);
            }
        }
        let mut zones = Vec::new();
        for (state, (&wanted, &makers)) in self.wanted.iter().zip(&self.makers).enumerate() {
            // Nothing is there at the beginning, without anybody's doing.
            let makers = makers + u32::from(state as u32 == NIL);
            if wanted == 0 {
                continue;
            } else if makers == 0 {
                return None;
            }
            let (from, to) = (ends[state], last_calls[state]);
            if let Some(from) = from.filter(|&from| makers == 1 && from < to) {
                zones.push(Zone { state: state as u32, from, to });
            }
        }
        Some(zones)
    }

    /// Whether `deed` may lead to `next`.
    pub fn allow(&self, deed: u32, next: u32) -> bool {
        self.deeds[deed as usize].must_make.is_none_or(|state| state == next)
    }

    /// A deed is done.
    pub fn done(&mut self, deed: u32) {
        let need = &self.deeds[deed as usize];
        if let Some(state) = need.wants {
            self.wanted[state as usize] -= 1;
        }
        for &state in &need.makes {
            self.makers[state as usize] -= 1;
        }
    }

    /// A deed is no longer done.
    pub fn undone(&mut self, deed: u32) {
        let need = &self.deeds[deed as usize];
        if let Some(state) = need.wants {
            self.wanted[state as usize] += 1;
        }
        for &state in &need.makes {
            self.makers[state as usize] += 1;
        }
    }

    /// Whether, now that `deed` has led from one state to another, something that is asked for can
    /// no longer come about.
    pub fn is_hopeless(&self, deed: u32, from: u32, to: u32) -> bool {
        let lost = |state: u32| {
            let place = state as usize;
            state != to
                && self.wanted.get(place).is_some_and(|wanted| *wanted > 0)
                && self.makers[place] == 0
        };
        lost(from) || self.deeds[deed as usize].makes.iter().any(|&state| lost(state))
    }
}

/// How long a state lasts at least: from one place in the row of calls and ends to another.
#[derive(Clone, Copy, Debug)]
struct Zone {
    state: u32,
    from: u32,
    to: u32,
}

impl Zone {
    /// Whether a deed that must happen meanwhile would change the state, or cannot happen in it.
    fn is_left(self, deeds: &Deeds, states: &mut States) -> bool {
        let row = &deeds.row[self.from as usize..self.to as usize];
        row.iter().any(|entry| {
            let Entry::Call(deed) = *entry else { return false };
            let deed = &deeds.all[deed as usize];
            deed.end < self.to && states.step(self.state, deed) != Some(self.state)
        })
    }
}

/// What a deed does, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Get,
    Put,
    Del,
    Append,
    Cas,
}

impl Kind {
    /// Functions that a compiler has merged do the same; one that it has doubled is not recognised,
    /// and then nothing is asked for.
    fn of(model: Model) -> Option<Kind> {
        let known: [(Model, Kind); 5] = [
            (model::get, Kind::Get),
            (model::put, Kind::Put),
            (model::del, Kind::Del),
            (model::append, Kind::Append),
            (model::cas, Kind::Cas),
        ];
        let place = known.iter().position(|(known, _)| core::ptr::fn_addr_eq(*known, model))?;
        Some(known[place].1)
    }
}

/// The deeds by the number of the value that they write.
#[derive(Default)]
struct Written(Vec<Vec<u32>>);

impl Written {
    fn of(deeds: &Deeds, states: &mut States) -> Written {
        let mut written = Written::default();
        for (id, deed) in deeds.all.iter().enumerate() {
            let value = match (Kind::of(deed.model), &deed.answer) {
                (Some(Kind::Put | Kind::Append), _) => deed.op.arg(0),
                // A swap that failed has written nothing.
                (Some(Kind::Cas), None | Some(Value::Int(1))) => deed.op.arg(1),
                (Some(Kind::Del), _) => Value::Nil,
                _ => continue,
            };
            let place = states.number(&value) as usize;
            if written.0.len() <= place {
                written.0.resize(place + 1, Vec::new());
            }
            written.0[place].push(id as u32);
        }
        written
    }

    /// The deeds that may bring `value` about.
    fn makers(&self, deeds: &Deeds, states: &States, value: &Value) -> Vec<u32> {
        let appends = |deed: u32| Kind::of(deeds.all[deed as usize].model) == Some(Kind::Append);
        let writers = |value: &Value| {
            let place = states.find(value).and_then(|number| self.0.get(number as usize));
            place.into_iter().flatten().copied()
        };
        let last = if let Value::List(list) = value { list.last() } else { None };
        let whole = writers(value).filter(|&deed| !appends(deed));
        whole.chain(last.into_iter().flat_map(writers).filter(|&deed| appends(deed))).collect()
    }
}
