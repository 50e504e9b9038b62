//! A client: it coordinates its own reads and writes. An operation asks all replicas and goes on
//! when enough have answered; ABD's go through two such phases. A replica can do the same.

use alloc::vec::Vec;

use crate::base::{Id, IdSet, Str, Value};
use crate::op::{Reply, Request, Ticket};

use super::super::version::Version;
use super::message::{Msg, What};
use super::{Cx, Datum, Node, Timer, knobs, replicas, rules};

/// What a client does. None of it survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Client {
    /// What it was asked to do and has not finished, in the order of asking.
    pub tasks: Vec<Task>,
    /// The number of the last task.
    last_task: u32,
    /// The number of the last question. Begins at the clock, so that an answer to an earlier life
    /// of the process matches nothing.
    last_number: u64,
}

/// One operation in progress.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Task {
    id: u32,
    ticket: Ticket,
    pub(super) key: Str,
    /// What is to be written; `None` for a read.
    put: Option<Value>,
    /// The question that the current phase asks.
    number: u64,
    /// How many must answer it.
    pub needed: u64,
    /// The current phase.
    pub phase: Phase,
}

/// What an operation waits for.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Phase {
    /// The copies of a read quorum, in the order of their arrival.
    Asking(Vec<(Id, Datum)>),
    /// The acknowledgements of a write quorum.
    Storing(Datum, IdSet),
}

impl Client {
    pub(super) fn boot(cx: &Cx) -> Client {
        Client { tasks: Vec::new(), last_task: 0, last_number: cx.mono.0 }
    }

    /// Whether the question of this number was asked, and nobody waits for its answers.
    pub(super) fn is_over(&self, number: u64) -> bool {
        number <= self.last_number && self.tasks.iter().all(|task| task.number != number)
    }
}

impl Task {
    /// Whether it reads.
    pub fn is_read(&self) -> bool {
        self.put.is_none()
    }
}

impl Phase {
    /// Who has answered.
    pub fn heard(&self) -> IdSet {
        match self {
            Phase::Asking(answers) => answers.iter().map(|(replica, _)| *replica).collect(),
            Phase::Storing(_, acks) => acks.clone(),
        }
    }
}

/// The script asks for an operation.
pub(super) fn begin(cx: &mut Cx, node: &mut Node, request: &Request) {
    let client = &mut node.memory;
    client.last_task += 1;
    let put = (request.op.verb == "put").then(|| request.op.arg(0));
    let phase = Phase::Asking(Vec::new());
    let (id, ticket, key) = (client.last_task, request.ticket, request.op.key.clone());
    let task = Task { id, ticket, key, put, number: 0, needed: 0, phase };
    cx.arm(Timer::Timeout(id), exactly(cx.knobs.span(knobs::TIMEOUT)));
    match &task.put {
        None => read(cx, client, task),
        Some(_) if cx.knobs.count(knobs::ORDER) == knobs::order::QUERY => {
            cx.rule(&rules::QUERY, [&knobs::needed(cx.knobs, knobs::R)]);
            ask(cx, client, task);
        }
        Some(_) => write(cx, node, task),
    }
}

fn read(cx: &mut Cx, client: &mut Client, task: Task) {
    let (r, w) = (knobs::needed(cx.knobs, knobs::R), knobs::needed(cx.knobs, knobs::W));
    let n = cx.knobs.count(knobs::NODES);
    cx.rule(&rules::READ, [&r]);
    if r + w <= n {
        cx.rule(&rules::NO_OVERLAP, [&r, &w, &n]);
    }
    ask(cx, client, task);
}

/// Gives the write its version and sends it.
fn write(cx: &mut Cx, node: &mut Node, mut task: Task) {
    let Some(value) = task.put.clone() else { return };
    let needed = knobs::needed(cx.knobs, knobs::W);
    let version = match cx.knobs.count(knobs::ORDER) {
        knobs::order::ARRIVAL => {
            cx.rule(&rules::WRITE_BARE, [&needed]);
            Version::default()
        }
        order => {
            let wall = if order == knobs::order::WALL { cx.wall.0 / 1000 } else { 0 };
            let ts = wall.max(node.disk.clock + 1);
            cx.rule(&rules::WRITE, [&needed, &ts]);
            node.disk.clock = ts;
            Version { ts, writer: cx.me }
        }
    };
    task.phase = Phase::Storing(Datum { value, version }, IdSet::new());
    ask(cx, &mut node.memory, task);
}

/// Begins the phase of `task`: asks all replicas what it asks.
fn ask(cx: &mut Cx, client: &mut Client, mut task: Task) {
    client.last_number += 1;
    task.number = client.last_number;
    task.needed = needed(cx, &task.phase);
    send(cx, &task, replicas(cx.setup).collect());
    arm_resend(cx, &task);
    client.tasks.push(task);
}

/// How many must answer what a phase asks.
fn needed(cx: &Cx, phase: &Phase) -> u64 {
    match phase {
        Phase::Asking(_) => knobs::needed(cx.knobs, knobs::R),
        Phase::Storing(..) => knobs::needed(cx.knobs, knobs::W),
    }
}

/// Sends the question of the current phase.
fn send(cx: &mut Cx, task: &Task, to: Vec<Id>) {
    let key = task.key.clone();
    let what = match &task.phase {
        Phase::Asking(_) => What::Read(key),
        Phase::Storing(datum, _) if task.is_read() => What::WriteBack(key, datum.clone()),
        Phase::Storing(datum, _) => What::Write(key, datum.clone()),
    };
    cx.send_all(to, Msg { number: task.number, what });
}

fn arm_resend(cx: &mut Cx, task: &Task) {
    let span = cx.knobs.span(knobs::RESEND);
    if span.0 > 0 {
        cx.arm(Timer::Resend(task.id), exactly(span));
    }
}

/// Messages can be lost: asks those again that have not answered.
pub(super) fn resend(cx: &mut Cx, node: &Node, id: u32) {
    let Some(task) = node.memory.tasks.iter().find(|task| task.id == id) else { return };
    let heard = task.phase.heard();
    let missing: Vec<Id> = replicas(cx.setup).filter(|id| !heard.contains(*id)).collect();
    cx.rule(&rules::RESEND, [&missing.len()]);
    send(cx, task, missing);
    arm_resend(cx, task);
}

/// A replica answers. Its answer belongs to the phase that asked it, if that still waits.
pub(super) fn hear(cx: &mut Cx, node: &mut Node, from: Id, msg: &Msg) {
    let (client, clock) = (&mut node.memory, &mut node.disk.clock);
    if let What::RResp(copy) = &msg.what
        && cx.knobs.count(knobs::ORDER) == knobs::order::LAMPORT
    {
        *clock = copy.version.ts.max(*clock);
    }
    let waits = |task: &Task| task.number == msg.number && !task.phase.heard().contains(from);
    let Some(place) = client.tasks.iter().position(waits) else {
        return cx.rule(&rules::EXTRA, [&from]);
    };
    let task = &mut client.tasks[place];
    match (&mut task.phase, &msg.what) {
        (Phase::Asking(answers), What::RResp(copy)) => answers.push((from, copy.clone())),
        (Phase::Storing(_, acks), What::WAck) => {
            acks.insert(from);
        }
        _ => return,
    }
    if task.phase.heard().len() as u64 >= task.needed {
        let task = client.tasks.remove(place);
        enough(cx, node, task);
    }
}

/// The quorum of the current phase is there.
fn enough(cx: &mut Cx, node: &mut Node, mut task: Task) {
    match (&task.phase, &task.put) {
        (Phase::Asking(answers), Some(_)) => {
            let newest = newest(cx, answers);
            node.disk.clock = node.disk.clock.max(newest.version.ts);
            write(cx, node, task);
        }
        (Phase::Asking(answers), None) => {
            let found = newest(cx, answers);
            match cx.knobs.count(knobs::REPAIR) {
                knobs::repair::WRITE_BACK => {
                    let needed = knobs::needed(cx.knobs, knobs::W);
                    cx.rule(&rules::WRITE_BACK, [&needed, &found.version.ts]);
                    task.phase = Phase::Storing(found, IdSet::new());
                    ask(cx, &mut node.memory, task);
                }
                policy => {
                    done(cx, &task, &found);
                    if policy == knobs::repair::ASYNC {
                        repair(cx, &task, found);
                    }
                }
            }
        }
        (Phase::Storing(datum, _), _) => done(cx, &task, datum),
    }
}

/// Of several copies the newest; where nothing orders them, the first to arrive.
fn newest(cx: &mut Cx, answers: &[(Id, Datum)]) -> Datum {
    let Some((first, copy)) = answers.first() else { return Datum::default() };
    let mut newest = copy;
    for (_, other) in answers {
        if other.version > newest.version {
            newest = other;
        }
    }
    let rivals = answers.iter().filter(|(_, other)| other.version == newest.version);
    if rivals.into_iter().any(|(_, other)| other.value != newest.value) {
        cx.rule(&rules::FIRST, [first]);
    } else {
        cx.rule(&rules::NEWEST, [&newest.version.ts, &newest.version.writer]);
    }
    newest.clone()
}

/// Tells those whose answers were older what the newest is; nobody waits for that.
fn repair(cx: &mut Cx, task: &Task, found: Datum) {
    let Phase::Asking(answers) = &task.phase else { return };
    let older = answers.iter().filter(|(_, copy)| copy.version < found.version);
    let behind: Vec<Id> = older.map(|(replica, _)| *replica).collect();
    if !behind.is_empty() {
        cx.rule(&rules::REPAIR, [&behind.len(), &found.version.ts]);
        cx.send_all(behind, Msg { number: 0, what: What::WriteBack(task.key.clone(), found) });
    }
}

/// Answers the caller.
fn done(cx: &mut Cx, task: &Task, datum: &Datum) {
    let answers = task.phase.heard().len();
    let value = if task.is_read() {
        cx.rule(&rules::READ_DONE, [&answers]);
        datum.value.clone()
    } else {
        cx.rule(&rules::WRITE_DONE, [&answers]);
        Value::Nil
    };
    end(cx, task, Reply::Ok(value));
}

/// The time is over. A read had no effect, nor had a write that was still asking for its
/// timestamp; of any other write, nobody knows.
pub(super) fn give_up(cx: &mut Cx, node: &mut Node, id: u32) {
    let client = &mut node.memory;
    let Some(place) = client.tasks.iter().position(|task| task.id == id) else { return };
    let task = client.tasks.remove(place);
    let (heard, needed) = (task.phase.heard().len(), task.needed);
    let reply = if !task.is_read() && matches!(task.phase, Phase::Storing(..)) {
        cx.rule(&rules::PARTIAL, [&heard, &needed]);
        Reply::Unknown
    } else {
        cx.rule(&rules::NO_QUORUM, [&heard, &needed]);
        Reply::Fail("noquorum")
    };
    end(cx, &task, reply);
}

fn end(cx: &mut Cx, task: &Task, reply: Reply) {
    cx.disarm(Timer::Timeout(task.id));
    cx.disarm(Timer::Resend(task.id));
    cx.reply(task.ticket, reply);
}

/// The same length of time, at the least and at the most.
fn exactly(span: crate::base::Span) -> (crate::base::Span, crate::base::Span) {
    (span, span)
}
