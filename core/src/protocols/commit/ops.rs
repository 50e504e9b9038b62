//! What clients ask of a system of atomic commitment.

use crate::op::{Access, ArgKind, ArgSpec, OpSpec};

/// The row that is meant.
pub const ROW: ArgSpec = ArgSpec { name: "row", kind: ArgKind::Key };
/// A value.
pub const VALUE: ArgSpec = ArgSpec { name: "value", kind: ArgKind::Value };

/// Asked of the transaction manager: one transaction that writes the value into this row of every
/// resource manager. Answered when it is decided (and acknowledged, where the system waits for
/// that); an abort is refused as `aborted`.
///
/// Neither this nor `update` has a sequential model: the rows of a name are as many data as there
/// are resource managers.
pub const BEGIN: OpSpec =
    OpSpec { verb: "begin", args: &[ROW, VALUE], access: Access::Write, model: None };
/// Asked of one resource manager: a local transaction that writes its row. It waits for the lock
/// and is refused as `lock-timeout` when that takes too long.
pub const UPDATE: OpSpec =
    OpSpec { verb: "update", args: &[ROW, VALUE], access: Access::Write, model: None };
/// Asked of one resource manager: the last committed value of its row. It waits for nobody.
pub const READ: OpSpec = OpSpec { verb: "read", args: &[ROW], access: Access::Read, model: None };
/// Asked of one resource manager: the value of its row, once the row's lock is free.
pub const READ_FOR_UPDATE: OpSpec =
    OpSpec { verb: "read_for_update", args: &[ROW], access: Access::Read, model: None };
