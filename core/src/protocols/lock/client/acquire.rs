//! Acquiring: ask, and ask again while refused.

use crate::base::{Str, Value};
use crate::op::Reply;
use crate::protocol::Cx;

use super::super::message::{Answer, Command as _, Meaning};
use super::super::{CommandOf, Lock, Locking, Timer, knobs, rules, word};
use super::{Client, Goal, Hold, Stage, Task, command, finish, polls, work};

/// Asks for the lock: at the service, or in this process.
pub(super) fn ask<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, mut task: Task<L>) {
    if cx.knobs.count(knobs::MUTEX) == knobs::LOCAL {
        return ask_locally(cx, client, task);
    }
    task.mine = unique(cx);
    let commands = L::acquire(cx.knobs, &task.resource, &task.mine);
    let Some(first) = commands.into_iter().next() else { return };
    cx.rule(&rules::ACQUIRE_TRY, []);
    task.stage = Stage::Acquiring(0, first.clone());
    command(cx, client, task, first);
}

/// A client that was refused asks again.
pub(super) fn again<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, id: u32) {
    if let Some(task) = client.take_task(id) {
        ask(cx, client, task);
    }
}

/// The service answers one of the acquiring commands. The first answer decides; what follows
/// (an expiry, a token) is not atomic with it.
pub(super) fn answered<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    mut task: Task<L>,
    answer: &Answer,
) {
    let Stage::Acquiring(nth, asked) = task.stage.clone() else { return };
    believe(cx, client, &task, &asked, answer);
    match answer {
        Err(reason) if nth == 0 => return refused(cx, client, task, reason),
        Err(reason) => return finish(cx, &task, Reply::Fail(reason)),
        Ok(_) => {}
    }
    match L::acquire(cx.knobs, &task.resource, &task.mine).into_iter().nth(nth as usize + 1) {
        Some(next) => {
            task.stage = Stage::Acquiring(nth + 1, next.clone());
            command(cx, client, task, next);
        }
        None => acquired(cx, client, task),
    }
}

/// The client believes what it was told, until it gives the lock back or learns that its lease is
/// over. `task` is the one that asked `command`.
pub(super) fn believe<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    task: &Task<L>,
    command: &CommandOf<L>,
    answer: &Answer,
) {
    match (command.meaning(), answer) {
        (Meaning::Acquires { resource, mine, lease }, Ok(value)) => {
            let deadline = lease.map(|lease| task.asked + lease);
            let token = command.fence(value).unwrap_or_default();
            hold(
                cx,
                client,
                Hold {
                    task: task.id,
                    resource,
                    mine,
                    token,
                    count: 1,
                    since: cx.mono,
                    deadline,
                    basis: None,
                },
            );
            cx.rule(&rules::ACQUIRE_GRANTED, [&token]);
        }
        (Meaning::Extends { resource, lease }, answer) => {
            super::lease::extended(cx, client, task, (&resource, lease), answer.is_ok());
        }
        (Meaning::Nothing, Ok(value)) => {
            // A token that is fetched after the grant belongs to the lock of the same task.
            if let (Some(token), Some(hold)) = (command.fence(value), client.hold_of(task.id)) {
                hold.token = token;
            }
        }
        _ => {}
    }
}

/// Takes down a new hold. An older one on the same lock counts on where a holder may acquire
/// again; elsewhere the new grant says that the old one was over, except for a task that is still
/// at work and will not look.
fn hold<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, new: Hold) {
    let again = |hold: &&mut Hold| hold.resource == new.resource && L::reentrant(cx.knobs);
    if let Some(hold) = client.holds.iter_mut().find(again) {
        hold.count += 1;
        return;
    }
    let Client { holds, tasks, .. } = client;
    holds.retain(|hold| {
        hold.resource != new.resource || tasks.iter().any(|task| task.id == hold.task)
    });
    super::lease::watch(cx, &new);
    holds.push(new);
}

/// All that acquiring takes is done.
fn acquired<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, task: Task<L>) {
    super::lease::keep(cx, task.id);
    if matches!(task.goal, Goal::Work) {
        return work::begin(cx, client, task);
    }
    let token = client.held(&task.resource).map_or(0, |hold| hold.token);
    let value = if token > 0 { Value::Int(token as i64) } else { word("OK") };
    finish(cx, &task, Reply::Ok(value));
}

/// Somebody else holds it.
fn refused<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    task: Task<L>,
    reason: &'static str,
) {
    if polls(cx) {
        wait(cx, client, task);
    } else {
        cx.rule(&rules::ACQUIRE_GIVE_UP, []);
        finish(cx, &task, Reply::Fail(reason));
    }
}

/// Waits before asking again.
pub(super) fn wait<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, mut task: Task<L>) {
    cx.rule(&rules::ACQUIRE_RETRY, []);
    task.number = 0;
    task.stage = Stage::Waiting;
    cx.arm(Timer::Poll(task.id), cx.knobs.range(knobs::POLL));
    client.tasks.push(task);
}

/// The lock of this process: no message, and nobody on another host knows of it.
fn ask_locally<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, task: Task<L>) {
    if client.held(&task.resource).is_some() {
        cx.rule(&rules::LOCAL_REFUSED, []);
        return refused(cx, client, task, "locked");
    }
    cx.rule(&rules::LOCAL_GRANTED, []);
    client.holds.push(local(&task.resource, task.id, cx));
    acquired(cx, client, task);
}

fn local<L: Lock>(resource: &Str, task: u32, cx: &Cx<Locking<L>>) -> Hold {
    Hold {
        task,
        resource: resource.clone(),
        mine: word("local"),
        token: 0,
        count: 1,
        since: cx.mono,
        deadline: None,
        basis: None,
    }
}

/// A value that no other acquisition has: who, and when. It stands for the 20 random bytes of the
/// Redis page; that nobody can guess them plays no part here.
fn unique<L: Lock>(cx: &Cx<Locking<L>>) -> Value {
    let name = &cx.setup.roles[cx.me.index()].name;
    word(&alloc::format!("{name}@{}", cx.mono))
}
