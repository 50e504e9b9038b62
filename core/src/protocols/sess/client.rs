//! A client and its library: it notes what it has written and read, and asks replicas for no less.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::base::{Id, Value};
use crate::knob::Key;
use crate::op::{Reply, Request, Ticket};
use crate::protocol::News;
use crate::rule::Rule;

use super::message::{Msg, Question};
use super::vector::Vector;
use super::{Cx, Timer, knobs, replicas, rules};

/// What a client knows. None of it survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Client {
    /// What it wrote, read and was told of, ever.
    pub process: Seen,
    /// What it wrote and read in this session.
    pub session: Seen,
    /// Which session.
    session_number: u32,
    /// The replica that answered last, or the one that it would ask first.
    home: Id,
    /// What it was asked to do and has not finished.
    pub tasks: Vec<Task>,
    /// The number of the last task.
    last_task: u32,
    /// The number of the last question. Begins at the clock, so that an answer to an earlier life
    /// of the process matches nothing.
    last_number: u64,
}

/// The two vectors of a session (Terry et al. 1994).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Seen {
    /// The writes that its reads have shown, and what the replicas had then.
    pub reads: Vector,
    /// Its own writes.
    pub writes: Vector,
}

/// One operation in progress.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Task {
    id: u32,
    ticket: Ticket,
    /// What it asks.
    pub question: Question,
    /// Whom it has asked, the last one last.
    pub asked: Vec<Id>,
}

impl Task {
    /// As the page prints it: `x?`, `x=1`.
    pub(super) fn doing(&self) -> String {
        let key = &self.question.key;
        match &self.question.put {
            None => format!("{key}?"),
            Some(value) => format!("{key}={value}"),
        }
    }
}

impl Seen {
    fn all(&self) -> Vector {
        let mut all = self.reads.clone();
        all.absorb(&self.writes);
        all
    }
}

impl Client {
    pub(super) fn boot(cx: &Cx) -> Client {
        let n_replicas = replicas(cx.setup).count();
        Client {
            process: Seen::default(),
            session: Seen::default(),
            session_number: 0,
            home: Id::at((cx.me.index() - n_replicas) % n_replicas),
            tasks: Vec::new(),
            last_task: 0,
            last_number: cx.mono.0,
        }
    }

    /// What it hands along with whatever it says outside the system: all that it has seen.
    pub(super) fn context(&self) -> Value {
        self.process.all().to_value()
    }
}

/// The script asks for an operation.
pub(super) fn begin(cx: &mut Cx, client: &mut Client, request: &Request) {
    if request.session != client.session_number {
        client.session_number = request.session;
        client.session = Seen::default();
        cx.rule(&rules::SESSION_NEW, [&u64::from(request.session)]);
    }
    let put = (request.op.verb == "put").then(|| request.op.arg(0));
    let needs = if put.is_some() { write_needs(cx, client) } else { read_needs(cx, client) };
    let waits = cx.knobs.count(knobs::MISS) == knobs::miss::WAIT;
    let question = Question { number: 0, key: request.op.key.clone(), put, needs, waits };
    client.last_task += 1;
    let (id, ticket) = (client.last_task, request.ticket);
    let timeout = cx.knobs.span(knobs::TIMEOUT);
    cx.arm(Timer::Timeout(id), (timeout, timeout));
    let task = Task { id, ticket, question, asked: Vec::new() };
    ask(cx, client, task, request.asks.unwrap_or(client.home));
}

/// What a read must show, by the guarantees that are on.
fn read_needs(cx: &mut Cx, client: &Client) -> Vector {
    let Client { process, session, .. } = client;
    let guarantees = [
        (knobs::RYW, &rules::RYW, process.writes.clone()),
        (knobs::MR, &rules::MR, process.reads.clone()),
        (knobs::SESSION, &rules::SESSION, session.all()),
        (knobs::CAUSAL, &rules::CAUSAL, process.all()),
    ];
    needs(cx, guarantees)
}

/// What a write must come after, by the guarantees that are on.
fn write_needs(cx: &mut Cx, client: &Client) -> Vector {
    let Client { process, .. } = client;
    let guarantees = [
        (knobs::MW, &rules::MW, process.writes.clone()),
        (knobs::WFR, &rules::WFR, process.reads.clone()),
        (knobs::CAUSAL, &rules::CAUSAL, process.all()),
    ];
    needs(cx, guarantees)
}

/// What the guarantees need that are on, each with its knob and its rule.
fn needs<const N: usize>(cx: &mut Cx, guarantees: [(Key, &'static Rule, Vector); N]) -> Vector {
    let mut needs = Vector::default();
    for (knob, rule, vector) in guarantees {
        if cx.knobs.on(knob) {
            cx.rule(rule, [&vector.total()]);
            needs.absorb(&vector);
        }
    }
    needs
}

fn ask(cx: &mut Cx, client: &mut Client, mut task: Task, replica: Id) {
    let rule = if task.question.put.is_some() { &rules::WRITE } else { &rules::READ };
    cx.rule(rule, [&replica]);
    client.last_number += 1;
    task.question.number = client.last_number;
    task.asked.push(replica);
    cx.send(replica, Msg::Ask(task.question.clone()));
    client.tasks.push(task);
}

/// A replica answers.
pub(super) fn hear(cx: &mut Cx, client: &mut Client, from: Id, number: u64, answer: &Msg) {
    let Some(place) = client.tasks.iter().position(|task| task.question.number == number) else {
        return cx.rule(&rules::LATE, [&from]);
    };
    let task = client.tasks.remove(place);
    match answer {
        Msg::Reply { value, seen, .. } => done(cx, client, &task, from, value, seen),
        _ => behind(cx, client, task, from),
    }
}

fn done(cx: &mut Cx, client: &mut Client, task: &Task, from: Id, value: &Value, seen: &Vector) {
    client.home = from;
    for noted in [&mut client.process, &mut client.session] {
        let vector = if task.question.put.is_some() { &mut noted.writes } else { &mut noted.reads };
        vector.absorb(seen);
    }
    cx.rule(&rules::DONE, [&from, &client.process.all().total()]);
    end(cx, task, Reply::Ok(value.clone()));
}

/// The replica lacks what the client must see.
fn behind(cx: &mut Cx, client: &mut Client, task: Task, from: Id) {
    let redirects = cx.knobs.count(knobs::MISS) == knobs::miss::REDIRECT;
    let others = core::iter::once(client.home).chain(replicas(cx.setup));
    let mut others = others.filter(|id| !task.asked.contains(id));
    match others.next() {
        Some(next) if redirects => {
            cx.rule(&rules::ELSEWHERE, [&from, &next]);
            ask(cx, client, task, next);
        }
        _ => {
            cx.rule(&rules::BEHIND, [&from]);
            end(cx, &task, Reply::Fail("behind"));
        }
    }
}

/// The time is over. A read had no effect; of a write, nobody knows.
pub(super) fn give_up(cx: &mut Cx, client: &mut Client, id: u32) {
    let Some(place) = client.tasks.iter().position(|task| task.id == id) else { return };
    let task = client.tasks.remove(place);
    let Some(&replica) = task.asked.last() else { return };
    if task.question.put.is_some() {
        cx.rule(&rules::NO_ANSWER_WRITE, [&replica]);
        end(cx, &task, Reply::Unknown);
    } else {
        cx.rule(&rules::NO_ANSWER, [&replica]);
        end(cx, &task, Reply::Fail("no-answer"));
    }
}

/// Somebody says something outside the system.
pub(super) fn told(cx: &mut Cx, client: &mut Client, news: &News) {
    if !cx.knobs.on(knobs::CAUSAL) {
        return cx.rule(&rules::TOLD_BARE, [&news.from]);
    }
    let heard = Vector::of_value(&news.context);
    cx.rule(&rules::TOLD, [&news.from, &heard.total()]);
    client.process.reads.absorb(&heard);
}

fn end(cx: &mut Cx, task: &Task, reply: Reply) {
    cx.disarm(Timer::Timeout(task.id));
    cx.reply(task.ticket, reply);
}
