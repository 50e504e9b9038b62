//! The kernel's clients and their operations.

use netsplit_core::base::{Id, Value};
use netsplit_core::history::OpRecord;
use netsplit_core::kernel::action::{Action, Target};
use netsplit_core::op::{Access, Op, OpId, Outcome};

use super::Eye;
use super::nodes::phase;
use crate::scene::view::{ClientView, OpState, OpView};
use crate::text::{self, units};

/// So many operations of a client are shown.
const SHOWN: usize = 4;
/// So many operations are looked through for those of one client.
const LOOKED_THROUGH: usize = 2000;

impl Eye<'_> {
    pub(super) fn clients(&self) -> Vec<ClientView> {
        let cast = self.run.world().cast();
        cast.ids().filter(|&id| !cast.is_role(id)).map(|id| self.client(id)).collect()
    }

    fn client(&self, id: Id) -> ClientView {
        let mut ops: Vec<_> = self.called().filter(|op| op.client == id).take(SHOWN).collect();
        ops.reverse();
        let attempts = ops.iter().rev().flat_map(|op| op.attempts.iter().rev());
        ClientView {
            id,
            name: self.name(id),
            phase: phase(self.run.world().person(id).phase),
            home: self.home(id),
            asks: attempts
                .map(|attempt| (attempt.node, attempt.at))
                .find(|(_, at)| *at <= self.run.at())
                .map(|(node, _)| node),
            ops: ops.into_iter().map(|op| self.op(op)).collect(),
        }
    }

    /// Operations that were called where one looks, the newest first.
    fn called(&self) -> impl Iterator<Item = &OpRecord> + '_ {
        let history = &self.run.trace().history;
        let n = (self.run.world().n_ops() as usize).min(history.len());
        (n.saturating_sub(LOOKED_THROUGH)..n)
            .rev()
            .filter_map(|place| history.get(OpId(place as u32)))
    }

    /// The node that the client asks first by the script or, where that names a role, the one that
    /// it did ask.
    fn home(&self, client: Id) -> Option<Id> {
        let mut asks = self.run.story().lines.iter().filter_map(|line| match &line.action {
            Action::Ask(ask) if ask.client == Target::Node(client) => Some(ask),
            _ => None,
        });
        match asks.next()?.via.first() {
            None => Some(Id(0)),
            Some(Target::Node(node)) => Some(*node),
            Some(Target::Role(_)) => {
                let history = &self.run.trace().history;
                let first = history.iter().take(LOOKED_THROUGH).find(|(_, op)| op.client == client);
                first.and_then(|(_, op)| op.attempts.first()).map(|attempt| attempt.node)
            }
        }
    }

    fn op(&self, record: &OpRecord) -> OpView {
        let end = record.end.as_ref().filter(|end| end.event < self.run.cursor());
        let time = end.map(|end| units::span(end.at.since(record.called))).unwrap_or_default();
        let (state, note) = match end.map(|end| &end.outcome) {
            None => (OpState::Waiting, String::new()),
            Some(Outcome::Ok(Value::Nil)) => {
                (OpState::Answered, self.say("stage.op.answered", &[("time", &time)]))
            }
            Some(Outcome::Ok(value)) => {
                let values = [("value", &*value.to_string()), ("time", &*time)];
                (OpState::Answered, self.say("stage.op.answered.value", &values))
            }
            Some(Outcome::Fail(reason)) => {
                let reason = self.word("reason", reason);
                (OpState::Failed, self.say("stage.op.refused", &[("reason", &reason)]))
            }
            Some(Outcome::Unknown) => {
                (OpState::Unknown, self.say("stage.op.unknown", &[("time", &time)]))
            }
        };
        let (text, brief) = self.ask(&record.op);
        OpView { text, brief, since: record.called, state, note }
    }

    /// What was asked, written out and short.
    fn ask(&self, op: &Op) -> (String, String) {
        let cast = self.run.world().cast();
        let ops = cast.entry.ops;
        let access = ops.iter().find(|spec| spec.verb == op.verb).map(|spec| spec.access);
        match (access, &*op.args) {
            (Some(Access::Write), [value]) => {
                (format!("write {}={value}", op.key), format!("w {}={value}", op.key))
            }
            (Some(Access::Read), []) => (format!("read {}", op.key), format!("r {}", op.key)),
            _ => {
                let told = op.told(ops, &|id| text::called(self.locale, cast.name(id)));
                (told.clone(), told)
            }
        }
    }
}
