//! A client: it acquires, works, writes and releases, one task for each operation that the script
//! asks of it, and believes what it was told.
//!
//! A task waits for one thing at a time: an answer, or a timer. While a client is paused nothing
//! here runs, and what it believes stays as it was: that is how two clients come to hold one lock.

mod acquire;
mod command;
mod lease;
mod state;
mod work;

use alloc::vec::Vec;

use crate::base::Id;
use crate::describe::{Pen, Tone};
use crate::op::{Op, Reply, Request};
use crate::protocol::{Cx, Event};

use super::message::Msg;
use super::service::Service;
use super::{CommandOf, Lock, Locking, Timer, exactly, knobs, rules};

pub use state::{Client, Hold, Task};
use state::{Goal, Stage};

pub(super) fn step<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    event: Event<Locking<L>>,
) {
    match event {
        Event::Request(request) => begin(cx, client, &request),
        Event::Deliver { msg, .. } => hear(cx, client, &msg),
        Event::Timeout(Timer::Poll(task)) => acquire::again(cx, client, task),
        Event::Timeout(Timer::Hold(task)) => work::write(cx, client, task),
        Event::Timeout(Timer::Answer(task)) => unanswered(cx, client, task),
        Event::Timeout(Timer::Renew(task)) => lease::renew(cx, client, task),
        Event::Timeout(Timer::Lease(task)) => lease::check(cx, client, task),
        Event::Reset(server) => reset(cx, client, server),
        Event::Timeout(_) | Event::Told(_) | Event::Configured(_) => {}
    }
}

/// The script asks for an operation.
fn begin<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, request: &Request) {
    let op = &*request.op;
    let Some(goal) = goal_of::<L>(cx, client, op) else {
        return cx.reply(request.ticket, Reply::Fail("no-command"));
    };
    let task = client.new_task(goal, Some(request.ticket), op.key.clone());
    match task.goal {
        Goal::Lock | Goal::Work => acquire::ask(cx, client, task),
        Goal::Unlock => command::unlock(cx, client, task),
        Goal::Read => work::read(cx, client, task),
        Goal::Write(_) => work::write_alone(cx, client, task),
        Goal::Command(_) => command::ask(cx, client, task),
    }
}

fn goal_of<L: Lock>(cx: &Cx<Locking<L>>, client: &Client<L>, op: &Op) -> Option<Goal<L>> {
    Some(match op.verb {
        "lock" => Goal::Lock,
        "unlock" => Goal::Unlock,
        "work" => Goal::Work,
        "read" => Goal::Read,
        "write" => Goal::Write(op.arg(0)),
        "extend" => {
            let mine = client.held(&op.key).map(|hold| hold.mine.clone()).unwrap_or_default();
            Goal::Command(L::extend(cx.knobs, &op.key, &mine)?)
        }
        _ => Goal::Command(L::Service::command(cx.knobs, op)?),
    })
}

/// An answer arrives. It belongs to the task that waits for its number, if there still is one.
fn hear<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, msg: &Msg<L>) {
    let (Msg::Answer { number, .. }
    | Msg::Content { number, .. }
    | Msg::Written { number, .. }
    | Msg::Rejected { number, .. }) = msg
    else {
        return;
    };
    let Some(task) = client.tasks.iter().find(|task| task.number == *number) else {
        return cx.rule(&rules::ANSWER_LATE, []);
    };
    let Some(task) = client.take_task(task.id) else { return };
    cx.disarm(Timer::Answer(task.id));
    match msg {
        Msg::Answer { answer, .. } => match &task.stage {
            Stage::Acquiring(..) => acquire::answered(cx, client, task, answer),
            Stage::Releasing(_) => command::released(cx, task, answer),
            _ => command::answered(cx, client, task, answer),
        },
        Msg::Content { value, version, .. } => work::content(cx, client, task, value, *version),
        Msg::Written { version, .. } => work::written(cx, client, task, Some(*version)),
        Msg::Rejected { .. } => work::written(cx, client, task, None),
        Msg::Command { .. } | Msg::Read { .. } | Msg::Write { .. } => {}
    }
}

/// No answer came in time. Whatever was asked may have happened, or may happen yet.
fn unanswered<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, id: u32) {
    let Some(mut task) = client.take_task(id) else { return };
    cx.rule(&rules::ANSWER_TIMEOUT, []);
    task.number = 0;
    match task.stage {
        Stage::Acquiring(0, _) if polls(cx) => acquire::wait(cx, client, task),
        Stage::Reading | Stage::Writing if matches!(task.goal, Goal::Work) => {
            command::release(cx, client, task, Some(Reply::Unknown));
        }
        _ => {
            client.holds.retain(|hold| hold.task != id);
            finish(cx, &task, Reply::Unknown);
        }
    }
}

/// The connection to `peer` broke: whoever waits for its answer waits in vain.
fn reset<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, peer: Id) {
    let resource = super::resource(cx.setup);
    let waits_for = |task: &&Task<L>| match task.stage {
        Stage::Acquiring(..) | Stage::Asking | Stage::Releasing(_) => peer != resource,
        Stage::Reading | Stage::Writing => peer == resource,
        Stage::Waiting | Stage::Working(_) => false,
    };
    let waiting: Vec<u32> = client.tasks.iter().filter(waits_for).map(|task| task.id).collect();
    for task in waiting {
        cx.disarm(Timer::Answer(task));
        unanswered(cx, client, task);
    }
}

/// Sends what `question` makes of a new number, and waits for the answer.
fn question<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    mut task: Task<L>,
    to: Id,
    question: impl FnOnce(u64) -> Msg<L>,
) {
    client.last_number += 1;
    task.number = client.last_number;
    task.asked = cx.mono;
    cx.send(to, question(task.number));
    let patience = cx.knobs.span(knobs::ANSWER);
    if patience.0 > 0 {
        cx.arm(Timer::Answer(task.id), exactly(patience));
    }
    client.tasks.push(task);
}

/// Sends `command` to the service, and waits for the answer.
fn command<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    task: Task<L>,
    command: CommandOf<L>,
) {
    let service = L::Service::at(cx.knobs);
    question(cx, client, task, service, |number| Msg::Command { number, command });
}

/// The task is done, and whoever asked for it is answered.
fn finish<L: Lock>(cx: &mut Cx<Locking<L>>, task: &Task<L>, reply: Reply) {
    if let Some(ticket) = task.ticket {
        cx.reply(ticket, reply);
    }
}

fn polls<L: Lock>(cx: &Cx<Locking<L>>) -> bool {
    cx.knobs.range(knobs::POLL).1.0 > 0
}

pub(super) fn describe<L: Lock>(client: &Client<L>, pen: &mut Pen) {
    let does = |stage: fn(&Stage<L>) -> bool| client.tasks.iter().any(|task| stage(&task.stage));
    let (role, tone) = if does(|stage| matches!(stage, Stage::Working(_))) {
        ("working", Tone::Lead)
    } else if !client.holds.is_empty() {
        ("holding", Tone::Lead)
    } else if does(|stage| matches!(stage, Stage::Waiting)) {
        ("waiting", Tone::Refuse)
    } else if does(|stage| matches!(stage, Stage::Acquiring(..) | Stage::Asking)) {
        ("asking", Tone::Seek)
    } else {
        ("idle", Tone::Plain)
    };
    pen.role(role, tone, None);
    if client.holds.is_empty() {
        pen.memory_on_card("believes", None::<&str>);
        pen.memory_on_card("token", None::<u64>);
    }
    for hold in &client.holds {
        pen.memory_on_card("believes", &*hold.resource);
        pen.memory_on_card("token", (hold.token > 0).then_some(hold.token));
        pen.memory("mine", hold.mine.clone());
        pen.memory("since", hold.since);
        pen.memory_on_card("deadline", hold.deadline);
        pen.memory("basis", hold.basis);
        if hold.count > 1 {
            pen.memory("count", hold.count);
        }
    }
    pen.memory("tasks", client.tasks.len() as u64);
}
