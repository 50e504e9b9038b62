//! Single commands: those that a script asks for by name, and the one that gives a lock back.

use crate::base::Str;
use crate::op::Reply;
use crate::protocol::Cx;

use super::super::message::{Answer, Command as _, Meaning};
use super::super::{Lock, Locking, Timer, knobs, rules, word};
use super::acquire::believe;
use super::{Client, Goal, Stage, Task, finish};

/// Sends the command that the task is for. A release counts from the sending.
pub(super) fn ask<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, task: Task<L>) {
    let Goal::Command(command) = task.goal.clone() else { return };
    match command.meaning() {
        Meaning::Releases(resource) => give_up(cx, client, &task, &resource),
        Meaning::Extends { .. } => cx.rule(&rules::LEASE_EXTEND, []),
        Meaning::Acquires { .. } => cx.rule(&rules::ACQUIRE_TRY, []),
        Meaning::Nothing => {}
    }
    super::command(cx, client, task, command);
}

/// The service answers it.
pub(super) fn answered<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    task: Task<L>,
    answer: &Answer,
) {
    if let Goal::Command(command) = &task.goal {
        believe(cx, client, &task, command, answer);
    }
    finish(cx, &task, reply_of(answer));
}

/// Gives back the lock that was acquired last.
pub(super) fn unlock<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, mut task: Task<L>) {
    let Some(hold) = client.held(&task.resource) else {
        cx.rule(&rules::RELEASE_DENY_NOT_HELD, []);
        return finish(cx, &task, Reply::Fail("not-held"));
    };
    task.mine = hold.mine.clone();
    release(cx, client, task, None);
}

/// Gives the lock of `task.mine` back; then the task ends with `reply`, or with the service's
/// answer.
pub(super) fn release<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    mut task: Task<L>,
    reply: Option<Reply>,
) {
    give_up(cx, client, &task, &task.resource);
    if cx.knobs.count(knobs::MUTEX) == knobs::LOCAL {
        return finish(cx, &task, reply.unwrap_or(Reply::Ok(word("OK"))));
    }
    let release = L::release(cx.knobs, &task.resource, &task.mine);
    task.stage = Stage::Releasing(reply);
    super::command(cx, client, task, release);
}

/// The service answers the release.
pub(super) fn released<L: Lock>(cx: &mut Cx<Locking<L>>, task: Task<L>, answer: &Answer) {
    let reply = match &task.stage {
        Stage::Releasing(Some(reply)) => reply.clone(),
        _ => reply_of(answer),
    };
    finish(cx, &task, reply);
}

/// The client believes no more that it holds `resource`, or holds it once less.
fn give_up<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    task: &Task<L>,
    resource: &Str,
) {
    cx.rule(&rules::RELEASE_ASK, []);
    let Some(place) = client.place_of(task, resource, L::reentrant(cx.knobs)) else { return };
    client.holds[place].count -= 1;
    if client.holds[place].count == 0 {
        let hold = client.holds.remove(place);
        cx.disarm(Timer::Lease(hold.task));
        cx.disarm(Timer::Renew(hold.task));
    }
}

fn reply_of(answer: &Answer) -> Reply {
    match answer {
        Ok(value) => Reply::Ok(value.clone()),
        Err(reason) => Reply::Fail(reason),
    }
}
