//! What was asked and answered, as far as it counts: which operations had ended when another was
//! called, and how each ended. The order of what overlaps is not in the fingerprint.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use super::scope::Scope;
use crate::base::Time;
use crate::check::levels;
use crate::check::linearizable::{Finding, System, check};
use crate::history::{End, History, OpRecord};
use crate::op::{OpId, Outcome};

/// What was asked and answered.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// By operation: which had ended when it was called, and how it ended itself.
    ops: Vec<Option<(u64, Option<Outcome>)>>,
    /// Which have ended.
    ended: u64,
    /// Calls and ends in one order in which they may have come.
    order: Vec<(u8, bool)>,
}

impl Hash for Past {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.ops.hash(state);
    }
}

impl Past {
    /// An operation is called.
    pub fn call(&mut self, op: u8) {
        let op_index = usize::from(op);
        if self.ops.len() <= op_index {
            self.ops.resize(op_index + 1, None);
        }
        self.ops[op_index] = Some((self.ended, None));
        self.order.push((op, false));
    }

    /// An operation ends.
    pub fn end(&mut self, op: u8, outcome: Outcome) {
        if let Some(Some((_, end))) = self.ops.get_mut(usize::from(op)) {
            *end = Some(outcome);
            self.ended |= 1 << op;
            self.order.push((op, true));
        }
    }

    /// The operations that ended well.
    pub fn ended_well(&self) -> impl Iterator<Item = u8> + '_ {
        let well =
            |op: &Option<(u64, Option<Outcome>)>| matches!(op, Some((_, Some(Outcome::Ok(_)))));
        let ops = self.ops.iter().enumerate().filter(move |(_, op)| well(op));
        ops.map(|(place, _)| place as u8)
    }

    /// Whether `first` had ended when `second` was called.
    pub fn is_before(&self, first: u8, second: u8) -> bool {
        let second = self.ops.get(usize::from(second)).and_then(Option::as_ref);
        second.is_some_and(|(before, _)| before & (1 << first) != 0)
    }

    /// Whether one copy could have answered so.
    pub fn is_linearizable(&self, scope: &Scope) -> bool {
        let (history, events) = self.history(scope);
        let system = System::of(&scope.cast);
        !matches!(check(&system, &history, events, None), Finding::Broken(_))
    }

    /// Whether a level of consistency is not known to be broken.
    pub fn keeps(
        &self,
        scope: &Scope,
        level: impl Fn(&System, &History, u32) -> levels::Finding,
    ) -> bool {
        let (history, events) = self.history(scope);
        let finding = level(&System::of(&scope.cast), &history, events);
        !matches!(finding, levels::Finding::Broken(_))
    }

    /// A history in which it may have happened so, and how many events it has.
    fn history(&self, scope: &Scope) -> (History, u32) {
        let mut history = History::default();
        let mut places = [0_u32; 64];
        for (event, &(op, ends)) in self.order.iter().enumerate() {
            let event = event as u32;
            if !ends {
                places[usize::from(op)] = history.len() as u32;
                history.call(record(scope, op, event));
            } else if let Some(Some((_, Some(outcome)))) = self.ops.get(usize::from(op))
                && let Some(record) = history.get_mut(OpId(places[usize::from(op)]))
            {
                record.end = Some(End { at: at(event), event, outcome: outcome.clone() });
            }
        }
        (history, self.order.len() as u32)
    }
}

fn at(event: u32) -> Time {
    Time::ms(event.into())
}

fn record(scope: &Scope, op: u8, event: u32) -> OpRecord {
    let asked = &scope.asks[usize::from(op)];
    OpRecord {
        client: asked.client,
        session: 0,
        serial: u64::from(asked.nth) + 1,
        op: Rc::clone(&asked.op),
        label: None,
        called: at(event),
        call: event,
        attempts: Vec::new(),
        end: None,
    }
}
