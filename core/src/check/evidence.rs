//! What a verdict may look at: the recording of a run and who took part in it.

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::base::{Id, Span, Str, Time, Value};
use crate::history::OpRecord;
use crate::kernel::Cast;
use crate::kernel::action::{Action, Patience};
use crate::op::{Access, Model, OpId, OpSpec};
use crate::protocol::Part;
use crate::run::Run;
use crate::run::trace::{Trace, What};
use crate::scenario::ast::Line;

/// A recorded run, as verdicts see it.
pub struct Evidence<'a> {
    /// What happened.
    pub trace: &'a Trace,
    /// Who took part.
    pub cast: Rc<Cast>,
    /// The lines of the script, where the trace's acts point.
    pub lines: Vec<Line>,
    /// When the run ends.
    pub end: Time,
    /// The properties that do not hold where the recording ends, by their places in the system's
    /// list.
    pub broken_at_end: Vec<usize>,
}

impl<'a> Evidence<'a> {
    /// What was recorded of `run` so far.
    pub fn of(run: &'a Run) -> Evidence<'a> {
        let mut broken_at_end = Vec::new();
        run.head().machine().broken(&mut broken_at_end);
        Evidence {
            trace: run.trace(),
            cast: run.head().cast().clone(),
            lines: run.scenario().lines,
            end: run.head().end(),
            broken_at_end,
        }
    }

    /// What kind of operation this is.
    pub fn spec(&self, record: &OpRecord) -> Option<&'static OpSpec> {
        self.cast.entry.ops.iter().find(|spec| spec.verb == record.op.verb)
    }

    /// The sequential model of an operation that may change its datum.
    pub fn write_model(&self, record: &OpRecord) -> Option<Model> {
        let spec = self.spec(record)?;
        spec.model.filter(|_| matches!(spec.access, Access::Write | Access::Both))
    }

    /// What a write leaves where its answer tells nothing of it: what the datum becomes whatever it
    /// was (nil for a deletion), or else what the client gave last. `None` for an operation that
    /// gives nothing, and for one that writes nothing.
    pub fn written(&self, record: &OpRecord) -> Option<Value> {
        let model = self.write_model(record)?;
        let becomes = |was: Value| model(&was, &record.op).0;
        let (one, other) = (becomes(Value::Nil), becomes(Value::text("\u{0}")));
        if one == other { Some(one) } else { record.op.args.last().cloned() }
    }

    /// Whether the operation reads and does nothing else.
    pub fn is_read(&self, record: &OpRecord) -> bool {
        self.spec(record).is_some_and(|spec| spec.access == Access::Read)
    }

    /// How long the client waits for one attempt.
    pub fn patience(&self, record: &OpRecord) -> Span {
        let line = match self.trace.events.get(record.call as usize).map(|event| &event.what) {
            Some(What::Act { line, .. }) => self.lines.get(*line as usize),
            _ => None,
        };
        match line.map(|line| &line.action) {
            Some(Action::Ask(ask)) => ask.patience.timeout,
            _ => Patience::default().timeout,
        }
    }

    /// Whether `id` is a client, the kernel's or the system's.
    pub fn is_client(&self, id: Id) -> bool {
        self.part(id) == Part::Client
    }

    /// What a participant is for.
    pub fn part(&self, id: Id) -> Part {
        self.cast.setup.roles.get(id.index()).map_or(Part::Client, |role| role.part)
    }

    /// How sentences call an operation: `w1, c1's put(x, a) called at 600`.
    pub fn name_op(&self, op: OpId) -> alloc::string::String {
        let Some(record) = self.trace.history.get(op) else { return "?".into() };
        let label = record
            .label
            .as_ref()
            .map_or(alloc::string::String::new(), |label: &Str| alloc::format!("{label}, "));
        let name = |id: Id| self.cast.name(id).into();
        let (client, what) = (name(record.client), record.op.told(self.cast.entry.ops, &name));
        alloc::format!("{label}{client}'s {what} called at {}", record.called)
    }
}
