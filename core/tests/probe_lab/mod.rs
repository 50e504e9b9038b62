//! A careless system: every node takes writes and acknowledges them at once, and every 100 ms n1
//! tells the others what it has, which they take over.

use netsplit_core::base::{Id, Span, Str, Value};
use netsplit_core::check::model;
use netsplit_core::describe::{Pen, Shape};
use netsplit_core::facts::Facts;
use netsplit_core::knob::{Knob, Knobs};
use netsplit_core::machine::{Entry, entry};
use netsplit_core::op::{Access, ArgKind, ArgSpec, OpSpec, Reply};
use netsplit_core::protocol::{
    Cx, Event, Links, Message, Node, Part, Probe, Protocol, Role, Setup, Timer, TimerKey,
};
use netsplit_core::rule::Rule;

pub struct Careless;

pub static CARELESS: Entry = entry::<Careless>();

/// What a node has: pairs of key and value.
type Pairs = Vec<(Str, Value)>;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Everything(Pairs);

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Bell;

const KEY: ArgSpec = ArgSpec { name: "key", kind: ArgKind::Key };
const VALUE: ArgSpec = ArgSpec { name: "value", kind: ArgKind::Value };

impl Protocol for Careless {
    const ID: &'static str = "careless";
    const RULES: &'static [&'static Rule] = &[];
    const OPS: &'static [OpSpec] = &[
        OpSpec { verb: "put", args: &[KEY, VALUE], access: Access::Write, model: Some(model::put) },
        OpSpec { verb: "get", args: &[KEY], access: Access::Read, model: Some(model::get) },
    ];
    const KNOBS: &'static [Knob] = &[];
    const LINKS: Links = Links::Fifo;
    const PROBE: Option<Probe> = Some(Probe::pair("put", "get"));
    type Disk = Pairs;
    type Memory = ();
    type Msg = Everything;
    type Timer = Bell;
    type Ghost = ();

    fn topology(_: &Knobs) -> Vec<Role> {
        let peer = |n: u8| Role { name: format!("n{n}").into(), part: Part::Peer, spare: false };
        (1..=3).map(peer).collect()
    }

    fn boot(cx: &mut Cx<Self>, _: &Pairs) {
        if cx.me == Id(0) {
            cx.arm(Bell, (Span::ms(100), Span::ms(100)));
        }
    }

    fn step(cx: &mut Cx<Self>, node: &mut Node<Self>, event: Event<Self>) {
        let has = |node: &Node<Self>, key: &Str| node.disk.iter().position(|pair| pair.0 == *key);
        match event {
            Event::Request(request) => {
                let op = &request.op;
                let place = has(node, &op.key);
                let answer = match (op.verb, place) {
                    ("get", place) => place.map(|place| node.disk[place].1.clone()),
                    (_, Some(place)) => {
                        node.disk[place].1 = op.arg(0);
                        None
                    }
                    (_, None) => {
                        node.disk.push((op.key.clone(), op.arg(0)));
                        None
                    }
                };
                cx.reply(request.ticket, Reply::Ok(answer.unwrap_or_default()));
            }
            Event::Timeout(Bell) => {
                cx.send_all([Id(1), Id(2)], Everything(node.disk.clone()));
                cx.arm(Bell, (Span::ms(100), Span::ms(100)));
            }
            Event::Deliver { msg, .. } => node.disk = msg.0.clone(),
            _ => {}
        }
    }

    fn facts(_: &Node<Self>, _: &mut Facts) {}
    fn describe(_: &Setup, _: &Node<Self>, _: Id, _: &mut Pen) {}
    fn describe_disk(_: &Setup, _: &Pairs, _: Id, _: &mut Pen) {}
}

impl Message for Everything {
    const KINDS: &'static [&'static str] = &["Everything"];
    fn kind(&self) -> usize {
        0
    }
    fn shape(&self) -> Shape {
        Shape::Request
    }
    fn epoch(&self) -> u64 {
        0
    }
    fn describe(&self, _: &mut Pen) {}
}

impl Timer for Bell {
    const NAMES: &'static [&'static str] = &["bell"];
    fn key(self) -> TimerKey {
        TimerKey { name: 0, number: 0 }
    }
    fn of(_: TimerKey) -> Self {
        Bell
    }
}
