//! Which events the list shows.

use netsplit_core::base::Id;
use netsplit_core::rule::Weight;
use netsplit_core::run::Run;
use netsplit_core::run::trace::What;

use crate::session::Filter;

/// The newest events up to the cursor that pass, newest first, at most `limit`; and whether there
/// are more before them.
pub fn newest(run: &Run, filter: Filter, node: Option<Id>, limit: usize) -> (Vec<u32>, bool) {
    let mut passing = (0..run.cursor()).rev().filter(|&event| passes(run, filter, node, event));
    let shown = passing.by_ref().take(limit).collect();
    (shown, passing.next().is_some())
}

/// Whether the filter lets an event through.
pub fn passes(run: &Run, filter: Filter, node: Option<Id>, event: u32) -> bool {
    let trace = run.trace();
    let Some(record) = trace.events.get(event as usize) else { return false };
    let mut fired = trace.fired_in(event).map(|fired| fired.rule.weight);
    match filter {
        Filter::All => true,
        Filter::Story => match record.what {
            What::Boot => record.at.0 > 0,
            What::Deliver { .. } | What::Timeout(_) => fired.any(|weight| weight > Weight::Routine),
            _ => true,
        },
        Filter::Refusals => match record.what {
            What::Act { idle, .. } => idle.is_some(),
            What::Impatient(_) | What::Limit(_) => true,
            _ => fired.any(|weight| weight == Weight::Refusal),
        },
        Filter::Node => match record.what {
            What::Act { .. } | What::Limit(_) => false,
            What::Deliver { message } => {
                let from = trace.messages.get(message as usize).map(|message| message.from);
                node.is_some_and(|node| record.node == node || from == Some(node))
            }
            _ => Some(record.node) == node,
        },
        Filter::Acts => matches!(record.what, What::Act { .. } | What::Limit(_)),
    }
}
