//! Work under the lock, as in Kleppmann's example: read the resource, change what was read, write
//! it back, release.

use crate::base::Value;
use crate::op::Reply;
use crate::protocol::Cx;

use super::super::message::Msg;
use super::super::{Lock, Locking, Timer, exactly, knobs, resource, rules};
use super::{Client, Goal, Stage, Task, command, finish, lease, question};

/// The lock is there: reads the resource.
pub(super) fn begin<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, task: Task<L>) {
    let token = client.hold_of(task.id).map_or(0, |hold| hold.token);
    cx.rule(&rules::WORK_BEGIN, [&token]);
    read(cx, client, task);
}

/// Reads the resource.
pub(super) fn read<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, mut task: Task<L>) {
    task.stage = Stage::Reading;
    question(cx, client, task, resource(cx.setup), |number| Msg::Read { number });
}

/// The content of the resource arrives: what is written later under the same lock is founded on
/// it.
pub(super) fn content<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    mut task: Task<L>,
    value: &Value,
    version: u64,
) {
    let works = matches!(task.goal, Goal::Work);
    let hold = if works { client.hold_of(task.id) } else { client.holds.last_mut() };
    if let Some(hold) = hold {
        hold.basis = Some(version);
    }
    if !works {
        return finish(cx, &task, Reply::Ok(value.clone()));
    }
    task.stage = Stage::Working(value.clone());
    task.number = 0;
    cx.arm(Timer::Hold(task.id), exactly(cx.knobs.span(knobs::HOLD)));
    client.tasks.push(task);
}

/// The work is done: writes one more than what was read. Most code does not look at its lease
/// here; and between a look and the arrival of the write time passes all the same.
pub(super) fn write<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, id: u32) {
    lease::check(cx, client, id);
    let Some(mut task) = client.take_task(id) else { return };
    let Stage::Working(read) = &task.stage else { return };
    let Some(hold) = client.hold_of(id) else {
        cx.rule(&rules::WORK_STOP, []);
        return finish(cx, &task, Reply::Fail("lease-over"));
    };
    let (token, basis) = (hold.token, hold.basis);
    let value = match read {
        Value::Int(n) => Value::Int(n.saturating_add(1)),
        _ => Value::Int(1),
    };
    cx.rule(&rules::WORK_WRITE, [&token]);
    task.stage = Stage::Writing;
    let resource = resource(cx.setup);
    question(cx, client, task, resource, |number| Msg::Write { number, value, token, basis });
}

/// Writes what the script says, under the lock that was acquired last, or under none.
pub(super) fn write_alone<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    mut task: Task<L>,
) {
    let Goal::Write(value) = task.goal.clone() else { return };
    if let Some(id) = client.holds.last().map(|hold| hold.task) {
        lease::check(cx, client, id);
        if client.hold_of(id).is_none() {
            cx.rule(&rules::WORK_STOP, []);
            return finish(cx, &task, Reply::Fail("lease-over"));
        }
    }
    let (token, basis) = client.holds.last().map_or((0, None), |hold| (hold.token, hold.basis));
    task.stage = Stage::Writing;
    let resource = resource(cx.setup);
    question(cx, client, task, resource, |number| Msg::Write { number, value, token, basis });
}

/// The resource took the write, as this version, or refused it.
pub(super) fn written<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    mut task: Task<L>,
    version: Option<u64>,
) {
    let reply = match version {
        Some(version) => Reply::Ok(Value::Int(version as i64)),
        None => Reply::Fail("stale-token"),
    };
    let works = matches!(task.goal, Goal::Work);
    let hold = if works { client.hold_of(task.id) } else { client.holds.last_mut() };
    if let (Some(hold), Some(_)) = (hold, version) {
        hold.basis = version;
    }
    if works {
        command::release(cx, client, task, Some(reply));
    } else {
        task.number = 0;
        finish(cx, &task, reply);
    }
}
