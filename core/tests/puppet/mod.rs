//! A system whose strings the script pulls: nodes that report whatever clients tell them to, and
//! that answer reads and writes from their own copies, which they send each other.
#![allow(dead_code, reason = "each test file uses a part")]

use netsplit_core::base::{Id, IdSet, Str, Value, hash_of};
use netsplit_core::check::model;
use netsplit_core::describe::{Pen, Shape};
use netsplit_core::facts::{Fact, Facts, LogExtent};
use netsplit_core::knob::{Knob, Knobs};
use netsplit_core::knobs;
use netsplit_core::machine::{Entry, entry};
use netsplit_core::op::{Access, ArgKind, ArgSpec, Model, Op, OpSpec, Reply, Request};
use netsplit_core::protocol::{
    Cx, Event, Links, Message, Node, Part, Protocol, Role, Setup, Timer, TimerKey,
};
use netsplit_core::rule::Rule;
use netsplit_core::rules;
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::verdict::{Report, verify};

pub struct Puppet;

/// What a node was told to be.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Strings {
    copies: Vec<(Str, Value, u64)>,
    marks: Vec<(&'static str, u64)>,
    states: Vec<(u64, &'static str)>,
    held: Vec<Str>,
    members: Option<IdSet>,
    log: Vec<(u64, Value)>,
    committed: u64,
}

/// What nodes send each other: a copy, or a notification.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Note {
    Copy(Str, Value, u64),
    Notify,
}

impl Message for Note {
    const KINDS: &'static [&'static str] = &["Copy", "Notify"];
    fn kind(&self) -> usize {
        usize::from(*self == Note::Notify)
    }
    fn shape(&self) -> Shape {
        Shape::Request
    }
    fn epoch(&self) -> u64 {
        0
    }
    fn describe(&self, _pen: &mut Pen) {}
}

/// Nothing is waited for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Never;

impl Timer for Never {
    const NAMES: &'static [&'static str] = &["never"];
    fn key(self) -> TimerKey {
        TimerKey { name: 0, number: 0 }
    }
    fn of(_key: TimerKey) -> Self {
        Never
    }
}

knobs! {
    /// How many nodes.
    NODES "nodes" Count(1, 9) = 3, ;
}

rules! {
    /// A string is pulled.
    PULL "pull" "the script" Step ();
}

/// The words that nodes can report; facts name them for ever.
const WORDS: &[&str] = &[
    "total",
    "dup",
    "lost",
    "oversold",
    "degraded",
    "heuristic",
    "selfpres",
    "init",
    "wait",
    "ready",
    "precommit",
    "commit",
    "abort",
];

const fn arg(name: &'static str, kind: ArgKind) -> ArgSpec {
    ArgSpec { name, kind }
}

const KEY: ArgSpec = arg("key", ArgKind::Key);
const VALUE: ArgSpec = arg("value", ArgKind::Value);
const WORD: ArgSpec = arg("word", ArgKind::Value);
const NUMBER: ArgSpec = arg("number", ArgKind::Value);

const fn op(
    verb: &'static str,
    args: &'static [ArgSpec],
    access: Access,
    model: Option<Model>,
) -> OpSpec {
    OpSpec { verb, args, access, model }
}

const fn pull(verb: &'static str, args: &'static [ArgSpec]) -> OpSpec {
    op(verb, args, Access::Admin, None)
}

impl Protocol for Puppet {
    const ID: &'static str = "puppet";
    const RULES: &'static [&'static Rule] = RULES;
    const OPS: &'static [OpSpec] = &[
        op("put", &[KEY, VALUE], Access::Write, Some(model::put)),
        op("get", &[KEY], Access::Read, Some(model::get)),
        op("incr", &[KEY], Access::Both, Some(model::incr)),
        op("del", &[KEY], Access::Write, Some(model::del)),
        pull("mark", &[WORD, NUMBER]),
        pull("state", &[NUMBER, WORD]),
        pull("hold", &[KEY]),
        pull("free", &[KEY]),
        pull("append", &[NUMBER, VALUE]),
        pull("commit", &[NUMBER]),
        pull("members", &[arg("members", ArgKind::Nodes)]),
        pull("notify", &[arg("to", ArgKind::Node)]),
    ];
    const KNOBS: &'static [Knob] = KNOBS;
    const LINKS: Links = Links::Free;
    type Disk = Strings;
    type Memory = ();
    type Msg = Note;
    type Timer = Never;
    type Ghost = ();

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let role = |n| {
            let name: Str = format!("n{n}").as_str().into();
            Role { name, part: Part::Peer, spare: false }
        };
        (1..=knobs.count(NODES)).map(role).collect()
    }

    fn boot(_cx: &mut Cx<Self>, _disk: &Strings) {}

    fn step(cx: &mut Cx<Self>, node: &mut Node<Self>, event: Event<Self>) {
        match event {
            Event::Request(request) => answer(cx, &mut node.disk, &request),
            Event::Deliver { msg, .. } => {
                if let Note::Copy(key, value, version) = &*msg {
                    node.disk.copy(key, value, *version);
                }
            }
            _ => {}
        }
    }

    fn facts(node: &Node<Self>, out: &mut Facts) {
        let disk = &node.disk;
        for (key, value, version) in &disk.copies {
            let (key, value, version) = (key.clone(), value.clone(), *version);
            out.push(Fact::Copy { key, value, version });
        }
        disk.marks.iter().for_each(|(name, count)| out.mark(name, *count));
        for &(tx, state) in &disk.states {
            out.push(Fact::Decision { tx, state });
        }
        for resource in &disk.held {
            let (resource, holder) = (resource.clone(), Id(0));
            out.push(Fact::Holds { resource, holder, token: 0, until: None });
        }
        if let Some(ids) = &disk.members {
            out.push(Fact::Member { set: "members", ids: ids.clone() });
        }
        let (last, committed, hash) =
            (disk.log.len() as u64, disk.committed, hash_of(0, &disk.log));
        out.log(LogExtent { log: "log", first: 1, last, committed, hash });
    }

    fn entry(node: &Node<Self>, log: &'static str, index: u64) -> Option<Fact> {
        let (epoch, value) = node.disk.log.get(index.checked_sub(1)? as usize)?.clone();
        Some(Fact::Entry { log, index, epoch, value, committed: index <= node.disk.committed })
    }

    fn common_prefix(before: &Node<Self>, after: &Node<Self>, _log: &'static str) -> u64 {
        let (before, after) = (&before.disk.log, &after.disk.log);
        before.iter().zip(after).take_while(|(a, b)| a == b).count() as u64
    }

    fn describe(_setup: &Setup, _node: &Node<Self>, _me: Id, _pen: &mut Pen) {}
    fn describe_disk(_setup: &Setup, _disk: &Strings, _me: Id, _pen: &mut Pen) {}
}

fn answer(cx: &mut Cx<Puppet>, disk: &mut Strings, request: &Request) {
    let op: &Op = &request.op;
    let known = disk.copies.iter().find(|(key, ..)| *key == op.key);
    let now = known.map_or(Value::Nil, |(_, value, _)| value.clone());
    let answer = match op.verb {
        "get" => now,
        "put" | "incr" | "del" => {
            let spec = Puppet::OPS.iter().find(|spec| spec.verb == op.verb);
            let (value, answer) = spec.unwrap().model.unwrap()(&now, op);
            let version = cx.mono.0;
            disk.copy(&op.key, &value, version);
            let others = (0..cx.knobs.count(NODES)).map(|n| Id(n as u16)).filter(|id| *id != cx.me);
            let others: Vec<Id> = others.collect();
            cx.send_all(others, Note::Copy(op.key.clone(), value, version));
            answer
        }
        "notify" => {
            cx.send(node(&op.arg(0)), Note::Notify);
            Value::Nil
        }
        _ => {
            cx.rule(&PULL, []);
            disk.pull(op);
            Value::Nil
        }
    };
    cx.reply(request.ticket, Reply::Ok(answer));
}

impl Strings {
    fn copy(&mut self, key: &Str, value: &Value, version: u64) {
        match self.copies.iter_mut().find(|(known, ..)| known == key) {
            Some(copy) if copy.2 > version => {}
            Some(copy) => *copy = (key.clone(), value.clone(), version),
            None => self.copies.push((key.clone(), value.clone(), version)),
        }
    }

    fn pull(&mut self, op: &Op) {
        match op.verb {
            "mark" => {
                let name = word(&op.arg(0));
                self.marks.retain(|(known, _)| *known != name);
                self.marks.push((name, number(&op.arg(1))));
            }
            "state" => {
                let tx = number(&op.arg(0));
                self.states.retain(|(known, _)| *known != tx);
                self.states.push((tx, word(&op.arg(1))));
            }
            "hold" => self.held.push(op.key.clone()),
            "free" => self.held.retain(|held| *held != op.key),
            "append" => self.log.push((number(&op.arg(0)), op.arg(1))),
            "commit" => self.committed = number(&op.arg(0)),
            _ => {
                let Value::List(ids) = op.arg(0) else { return };
                self.members = Some(ids.iter().map(node).collect());
            }
        }
    }
}

fn word(value: &Value) -> &'static str {
    let word = value.to_string();
    WORDS.iter().find(|known| **known == word).unwrap_or_else(|| panic!("{word} is no word"))
}

fn number(value: &Value) -> u64 {
    let Value::Int(number) = value else { panic!("{value} is no number") };
    *number as u64
}

fn node(value: &Value) -> Id {
    Id(number(value) as u16)
}

pub static PUPPET: Entry = entry::<Puppet>();

fn report(text: &str) -> Report {
    match Scenario::parse(text, &[&PUPPET]) {
        Ok(scenario) => verify(&scenario),
        Err(errors) => {
            let lines: Vec<String> = errors.iter().map(|error| error.to_string()).collect();
            panic!("{}\n{text}", lines.join("\n"));
        }
    }
}

/// All of `holds` holds, and of `fails` nothing does, with these words in the report.
pub fn check(lines: &str, holds: &str, fails: &[(&str, &str)]) {
    let head = "scenario test/puppet\nsystem puppet clients=4 end=3000\n";
    let with = |expects: &str| {
        let moment = if expects.contains(": ") { "" } else { "end: " };
        report(&format!("{head}{lines}\nexpect {moment}{expects}"))
    };
    let good = with(holds);
    assert!(good.passes(), "{good}");
    for (expect, words) in fails {
        let bad = with(expect);
        let text = bad.to_string();
        assert!(!bad.passes(), "{expect} must not hold");
        assert!(text.contains(words), "{expect} should say {words}:\n{text}");
    }
}
