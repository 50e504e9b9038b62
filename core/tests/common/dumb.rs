//! The dumb twin of the linearizability checker.

use std::rc::Rc;

use netsplit_core::base::Value;
use netsplit_core::history::{History, OpRecord};
use netsplit_core::op::{Op, OpSpec, Outcome};

/// An operation as the dumb twin sees it: its call, its end, and what it is.
type Item = (u32, Option<(u32, Outcome)>, Rc<Op>);

/// Whether the first `events` events are linearizable: tries every order of every subset.
pub fn dumb(specs: &[OpSpec], history: &History, events: u32) -> bool {
    let end = |op: &OpRecord| {
        let end = op.end.clone().filter(|end| end.event < events);
        end.map(|end| (end.event, end.outcome))
    };
    let items = history.iter().map(|(_, op)| (op.call, end(op), op.op.clone()));
    let refused = |item: &Item| matches!(item.1, Some((_, Outcome::Fail(_))));
    let items: Vec<_> = items.filter(|item| item.0 < events && !refused(item)).collect();
    every_order(specs, &Value::Nil, &items)
}

fn every_order(specs: &[OpSpec], state: &Value, rest: &[Item]) -> bool {
    let ended_well = |item: &Item| match &item.1 {
        Some((event, Outcome::Ok(_))) => Some(*event),
        _ => None,
    };
    if rest.iter().all(|item| ended_well(item).is_none()) {
        return true;
    }
    (0..rest.len()).any(|place| {
        let (call, end, op) = &rest[place];
        if rest.iter().any(|other| ended_well(other).is_some_and(|event| event < *call)) {
            return false;
        }
        let spec = specs.iter().find(|spec| spec.verb == op.verb).unwrap();
        let (next, answer) = spec.model.unwrap()(state, op);
        if matches!(end, Some((_, Outcome::Ok(heard))) if *heard != answer) {
            return false;
        }
        let mut rest = rest.to_vec();
        rest.remove(place);
        every_order(specs, &next, &rest)
    })
}
