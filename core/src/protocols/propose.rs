//! What clients ask of systems that choose one value.

use crate::base::Value;
use crate::op::{Access, ArgKind, ArgSpec, Op, OpSpec};

const VALUE: ArgSpec = ArgSpec { name: "value", kind: ArgKind::Value };

/// Asks a proposer to propose a value. The answer is the value that is chosen, which may be
/// somebody else's.
pub const PROPOSE: OpSpec =
    OpSpec { verb: "propose", args: &[VALUE], access: Access::Both, model: Some(choose) };

/// What one object would do that everybody can reach: the first value stays.
fn choose(chosen: &Value, op: &Op) -> (Value, Value) {
    let stays = if *chosen == Value::Nil { op.arg(0) } else { chosen.clone() };
    (stays.clone(), stays)
}
