//! The operations on one datum as a search in depth sees them: all at once, each with the answer
//! that it got in the end.

use alloc::rc::Rc;
use alloc::vec;
use alloc::vec::Vec;

use super::View;
use super::table::Table;
use crate::base::{Value, hash_of};
use crate::check::model;
use crate::op::{Access, Model, Op, OpId, Outcome};

/// One operation.
#[derive(Clone, Debug)]
pub(super) struct Deed {
    pub op: Rc<Op>,
    pub model: Model,
    /// What it answered. Without an answer it may take effect at any time after its call, or never.
    pub answer: Option<Value>,
    /// Whether, with its answer, it changes no state.
    pub reads: bool,
    /// Deeds of one class do and answer the same.
    pub class: u32,
    /// The place of its class in [`Deeds::given_up`]; `None` when it has an answer.
    pub group: Option<u32>,
    /// How many deeds without an answer were called before.
    pub rank: u32,
    /// When it was called and when it ended, as places in the row of calls and ends.
    pub call: u32,
    pub end: u32,
}

/// Calls and ends of deeds, in their order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Entry {
    Call(u32),
    End(u32),
}

/// What happened to one datum.
#[derive(Clone, Debug, Default)]
pub(super) struct Deeds {
    pub all: Vec<Deed>,
    /// The calls and ends of the deeds that have an answer.
    pub row: Vec<Entry>,
    /// The deeds without an answer, by class, each in the order of calls.
    pub given_up: Vec<Vec<u32>>,
    n_given_up: u32,
}

impl Deeds {
    /// What happened to `key` as far as `view` reaches; answers of operations that `relaxed` names
    /// are not believed.
    pub fn of(view: &View, key: &str, relaxed: &dyn Fn(OpId) -> bool) -> Deeds {
        let mut deeds = Deeds::default();
        let mut classes = Classes::default();
        for (_, value) in view.system.given.iter().filter(|(of, _)| **of == *key) {
            let op = Op { verb: "put", key: "".into(), args: vec![value.clone()] };
            deeds.call(&mut classes, (Rc::new(op), model::put, false), None);
        }
        let mut open: Vec<(OpId, u32)> = Vec::new();
        for mark in view.marks.iter().filter(|mark| mark.event < view.events) {
            if mark.end {
                if let Some(place) = open.iter().position(|(op, _)| *op == mark.op) {
                    let deed = open.remove(place).1;
                    deeds.all[deed as usize].end = deeds.row.len() as u32;
                    deeds.row.push(Entry::End(deed));
                }
                continue;
            }
            let Some((record, model, access)) = view.get(mark.op) else { continue };
            if *record.op.key != *key {
                continue;
            }
            let answer = match view.outcome(record).filter(|_| !relaxed(mark.op)) {
                Some(Outcome::Ok(answer)) => Some(answer.clone()),
                Some(Outcome::Fail(_)) => continue,
                // A read without an answer says nothing.
                Some(Outcome::Unknown) | None if access == Access::Read => continue,
                Some(Outcome::Unknown) | None => None,
            };
            let answered = answer.is_some();
            // A swap that failed has read that there was something else.
            let swap = core::ptr::fn_addr_eq(model, model::cas as Model);
            let reads = access == Access::Read || swap && answer == Some(Value::Int(0));
            let deed = deeds.call(&mut classes, (record.op.clone(), model, reads), answer);
            if answered {
                open.push((mark.op, deed));
            }
        }
        deeds
    }

    fn call(
        &mut self,
        classes: &mut Classes,
        (op, model, reads): (Rc<Op>, Model, bool),
        answer: Option<Value>,
    ) -> u32 {
        let (id, call) = (self.all.len() as u32, self.row.len() as u32);
        let answered = answer.is_some();
        let deed = Deed {
            op,
            model,
            answer,
            reads,
            class: 0,
            group: None,
            rank: self.n_given_up,
            call,
            end: u32::MAX,
        };
        let (class, like) = classes.of(&self.all, &deed);
        let mut group = None;
        if answered {
            self.row.push(Entry::Call(id));
        } else {
            let n = self.given_up.len() as u32;
            let known = like.and_then(|like| self.all[like as usize].group).unwrap_or(n);
            group = Some(known);
            if known == n {
                self.given_up.push(Vec::new());
            }
            self.given_up[known as usize].push(id);
            self.n_given_up += 1;
        }
        self.all.push(Deed { class, group, ..deed });
        id
    }
}

/// Deeds that are the same, by what they do and answer.
#[derive(Default)]
struct Classes {
    by_hash: Table,
    n: u32,
}

impl Classes {
    /// The class of a further deed, and an earlier deed of that class.
    fn of(&mut self, all: &[Deed], deed: &Deed) -> (u32, Option<u32>) {
        let hash = hash_of(hash_of(0, &deed.answer), &*deed.op);
        let same = |other: u64| {
            let other: &Deed = &all[other as usize];
            other.op == deed.op
                && other.answer == deed.answer
                && core::ptr::fn_addr_eq(other.model, deed.model)
        };
        if let Some(known) = self.by_hash.find(hash, same) {
            return (all[known as usize].class, Some(known as u32));
        }
        self.by_hash.insert(hash, all.len() as u64);
        self.n += 1;
        (self.n - 1, None)
    }
}
