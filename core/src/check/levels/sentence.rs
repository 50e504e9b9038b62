//! What is known of a level, in words that name the operations.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Contradiction, Doubt, Fault, Finding, Level, Why};
use crate::base::Value;
use crate::check::evidence::Evidence;
use crate::op::{OpId, Outcome};

/// Why a level does not hold, or why that is not decided; empty when it holds.
pub fn explain(evidence: &Evidence, finding: &Finding) -> String {
    match finding {
        Finding::Holds => String::new(),
        Finding::Broken(fault) => broken(evidence, fault),
        Finding::NotDecided(doubt) => doubted(evidence, doubt),
        Finding::Invalid(contradiction) => invalid(evidence, contradiction),
    }
}

/// What a level is called.
pub fn name_level(level: Level) -> &'static str {
    match level {
        Level::Linearizable => "linearizable",
        Level::Sequential => "sequentially consistent",
        Level::Regular => "a regular register",
        Level::Causal => "causally consistent",
        Level::ReadYourWrites => "read your writes",
        Level::MonotonicReads => "monotonic reads",
        Level::MonotonicWrites => "monotonic writes",
        Level::WritesFollowReads => "writes follow reads",
    }
}

fn broken(evidence: &Evidence, fault: &Fault) -> String {
    let name = |op: OpId| evidence.name_op(op);
    let answer = answer(evidence, fault.op);
    let wrong = format!("{} answered {answer}", name(fault.op));
    let why = match fault.why {
        Why::Unwritten => "which nobody had asked to write".into(),
        Why::Overwritten { by } => format!("which {} had overwritten", name(by)),
        Why::OwnWrite { write } => format!("older than its own {}", name(write)),
        Why::OwnRead { read } => {
            format!(
                "older than {}, which {} had answered",
                self::answer(evidence, read),
                name(read)
            )
        }
        Why::WrittenBefore { shown_by, seen, missing } => format!(
            "though {} had shown {}, before which the same client did {}",
            name(shown_by),
            name(seen),
            name(missing)
        ),
        Why::ReadBefore { shown_by, seen, missing } => {
            let missing = missing.map_or("what was there before".into(), name);
            let (shown_by, seen) = (name(shown_by), name(seen));
            format!("though {shown_by} had shown {seen}, whose client had read {missing} before")
        }
        Why::NoOrder { after: Some(after) } => format!("which fits no order after {}", name(after)),
        Why::NoOrder { after: None } => "which fits no order".into(),
        Why::Heard { told } => match evidence.trace.history.told.get(told) {
            Some(told) => {
                let (from, to) = (evidence.cast.name(told.from), evidence.cast.name(told.to));
                format!("which fits no order after {from} told {to} at {}", told.at)
            }
            None => "which fits no order".into(),
        },
    };
    let right: Vec<String> = fault.right.iter().map(ToString::to_string).collect();
    let newer = match fault.why {
        Why::OwnWrite { .. }
        | Why::OwnRead { .. }
        | Why::WrittenBefore { .. }
        | Why::ReadBefore { .. } => ", or newer,",
        _ => "",
    };
    match right.is_empty() {
        true => format!("{wrong}, {why}"),
        false => format!("{wrong}, {why}: {}{newer} would have been right", right.join(" or ")),
    }
}

fn answer(evidence: &Evidence, op: OpId) -> String {
    let end = evidence.trace.history.get(op).and_then(|record| record.end.as_ref());
    match end.map(|end| &end.outcome) {
        Some(Outcome::Ok(value)) => value.to_string(),
        _ => "nothing".into(),
    }
}

fn doubted(evidence: &Evidence, doubt: &Doubt) -> String {
    match doubt {
        Doubt::NotUnique { key, value: Value::Nil } => {
            format!("{key} was nil more than once: which time a read shows is not known")
        }
        Doubt::NotUnique { key, value } => format!(
            "{value} was written to {key} more than once: which write a read shows is not known"
        ),
        Doubt::Opaque { op } => {
            format!("{} is neither a read nor a plain write", evidence.name_op(*op))
        }
        Doubt::TooMany { limit } => format!("not decided beyond {limit} operations"),
        Doubt::Entangled { steps } => format!("not decided within {steps} states of the search"),
    }
}

fn invalid(evidence: &Evidence, contradiction: &Contradiction) -> String {
    match contradiction {
        Contradiction::EndsBeforeCall { op } => {
            format!("the history is invalid: {} ends before it is called", evidence.name_op(*op))
        }
        Contradiction::TwoOpen { op, other } => format!(
            "the history is invalid: {} while the client still waits for {}",
            evidence.name_op(*op),
            evidence.name_op(*other)
        ),
    }
}
