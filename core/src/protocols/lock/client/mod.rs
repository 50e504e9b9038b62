//! A client: it acquires, works, writes and releases, one task for each operation that the script
//! asks of it, and believes what it was told.
//!
//! A task waits for one thing at a time: an answer, or a timer. While a client is paused nothing
//! here runs, and what it believes stays as it was: that is how two clients come to hold one lock.

mod acquire;
mod command;
mod lease;
mod work;

use alloc::vec::Vec;

use crate::base::{Id, Str, Time, Value};
use crate::describe::{Pen, Tone};
use crate::facts::{Fact, Facts};
use crate::op::{Op, Reply, Request, Ticket};
use crate::protocol::{Cx, Event};

use super::message::Msg;
use super::service::Service;
use super::{CommandOf, Lock, Locking, Timer, exactly, knobs, rules};

/// What a client does and believes. None of it survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Client<L: Lock> {
    /// What it was asked to do and has not finished, in the order of asking.
    pub tasks: Vec<Task<L>>,
    /// The locks that it believes to hold, in the order of acquiring.
    pub holds: Vec<Hold>,
    /// The number of the last task.
    last_task: u32,
    /// The number of the last question. Begins at the clock, so that an answer to an earlier life
    /// of the process matches nothing.
    last_number: u64,
}

/// A lock that the client believes to hold.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Hold {
    /// The task that acquired it.
    pub task: u32,
    /// Which.
    pub resource: Str,
    /// What the service keeps to tell this acquisition from others.
    pub mine: Value,
    /// Its fencing token; 0 when it has none.
    pub token: u64,
    /// How often it was acquired without release, where a holder may do so.
    pub count: u64,
    /// Since when, by the client's monotonic clock.
    pub since: Time,
    /// When the lease is over, by the same clock, counted from the asking.
    pub deadline: Option<Time>,
    /// The version of the resource that was read or written under this lock last.
    pub basis: Option<u64>,
}

/// One operation in progress.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Task<L: Lock> {
    id: u32,
    goal: Goal<L>,
    /// Whom to answer; nobody for what the client does by itself.
    ticket: Option<Ticket>,
    resource: Str,
    /// What tells this acquisition from others.
    mine: Value,
    stage: Stage<L>,
    /// The question whose answer is awaited.
    number: u64,
    /// When it was asked, by the monotonic clock.
    asked: Time,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Goal<L: Lock> {
    /// This command and its answer.
    Command(CommandOf<L>),
    Lock,
    Unlock,
    Work,
    Read,
    Write(Value),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Stage<L: Lock> {
    /// The nth of the acquiring commands was sent.
    Acquiring(u32, CommandOf<L>),
    /// Was refused, and will ask again.
    Waiting,
    /// The goal's own command was sent.
    Asking,
    Reading,
    /// Works on what it read.
    Working(Value),
    Writing,
    /// The lock is given back; then this is the answer.
    Releasing(Option<Reply>),
}

impl<L: Lock> Client<L> {
    pub(super) fn boot(cx: &Cx<Locking<L>>) -> Client<L> {
        let last_number = cx.mono.0;
        Client { tasks: Vec::new(), holds: Vec::new(), last_task: 0, last_number }
    }

    /// What the client believes. `Role` names a holder, so that scripts can aim at it: of several
    /// the one that acquired last is meant.
    pub(super) fn facts(&self, out: &mut Facts) {
        for hold in &self.holds {
            out.role("holder", hold.since.0);
            out.push(Fact::Believes { resource: hold.resource.clone(), token: hold.token });
        }
    }

    /// The hold on `resource` that was acquired last.
    fn held(&self, resource: &Str) -> Option<&Hold> {
        self.holds.iter().rfind(|hold| hold.resource == *resource)
    }

    /// The place of the hold that `task` acquired, extends or gives back: its own, or the one with
    /// its value; the last one on its lock where the service does not tell them apart.
    fn place_of(&self, task: &Task<L>, resource: &Str, reentrant: bool) -> Option<usize> {
        let on = |hold: &Hold| hold.resource == *resource;
        let own = self.holds.iter().position(|hold| on(hold) && hold.task == task.id);
        own.or_else(|| {
            let alike = task.mine == Value::Nil || reentrant;
            self.holds.iter().rposition(|hold| on(hold) && (alike || hold.mine == task.mine))
        })
    }

    fn hold_of(&mut self, task: u32) -> Option<&mut Hold> {
        self.holds.iter_mut().find(|hold| hold.task == task)
    }

    fn take_task(&mut self, id: u32) -> Option<Task<L>> {
        let place = self.tasks.iter().position(|task| task.id == id)?;
        Some(self.tasks.remove(place))
    }

    fn new_task(&mut self, goal: Goal<L>, ticket: Option<Ticket>, resource: Str) -> Task<L> {
        self.last_task += 1;
        Task {
            id: self.last_task,
            goal,
            ticket,
            resource,
            mine: Value::Nil,
            stage: Stage::Asking,
            number: 0,
            asked: Time::ZERO,
        }
    }
}

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
    for hold in &client.holds {
        pen.memory_on_card("believes", &*hold.resource);
        pen.memory_on_card("token", (hold.token > 0).then_some(hold.token));
        pen.memory("mine", hold.mine.clone());
        pen.memory("since", hold.since);
        pen.memory("deadline", hold.deadline);
        pen.memory("basis", hold.basis);
        if hold.count > 1 {
            pen.memory("count", hold.count);
        }
    }
    pen.memory("tasks", client.tasks.len() as u64);
}
