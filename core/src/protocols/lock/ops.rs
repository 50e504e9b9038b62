//! What scripts ask of a lock's clients. None has a sequential model: what a lock answers depends
//! on time and on who asks, which no register knows.

use crate::op::{Access, ArgKind, ArgSpec, OpSpec};

/// The lock that is meant.
pub const RESOURCE: ArgSpec = ArgSpec { name: "resource", kind: ArgKind::Key };
/// A value.
pub const VALUE: ArgSpec = ArgSpec { name: "value", kind: ArgKind::Value };

/// An operation without a sequential model.
pub const fn op(verb: &'static str, args: &'static [ArgSpec], access: Access) -> OpSpec {
    OpSpec { verb, args, access, model: None }
}

/// Acquire, asking again while refused.
pub const LOCK: OpSpec = op("lock", &[RESOURCE], Access::Both);
/// Release what `lock` acquired.
pub const UNLOCK: OpSpec = op("unlock", &[RESOURCE], Access::Both);
/// Make the lease longer.
pub const EXTEND: OpSpec = op("extend", &[RESOURCE], Access::Both);
/// Acquire, read the resource, work, write it, release.
pub const WORK: OpSpec = op("work", &[RESOURCE], Access::Both);
/// Read the resource.
pub const READ: OpSpec = op("read", &[], Access::Read);
/// Write the resource, with the token of the lock that the client believes to hold.
pub const WRITE: OpSpec = op("write", &[VALUE], Access::Write);
