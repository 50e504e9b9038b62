//! What clients ask of every system that keeps values by their keys.

use crate::check::model;
use crate::op::{Access, ArgKind, ArgSpec, OpSpec};

/// The datum that is meant.
pub const KEY: ArgSpec = ArgSpec { name: "key", kind: ArgKind::Key };
/// A value.
pub const VALUE: ArgSpec = ArgSpec { name: "value", kind: ArgKind::Value };

/// Writes a datum.
pub const PUT: OpSpec =
    OpSpec { verb: "put", args: &[KEY, VALUE], access: Access::Write, model: Some(model::put) };
/// Reads a datum.
pub const GET: OpSpec =
    OpSpec { verb: "get", args: &[KEY], access: Access::Read, model: Some(model::get) };
