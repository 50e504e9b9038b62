//! The register as a system of this program.

use netsplit_core::base::Id;
use netsplit_core::describe::{Pen, Shape};
use netsplit_core::facts::Facts;
use netsplit_core::knob::{Knob, Knobs};
use netsplit_core::knobs;
use netsplit_core::machine::{Entry, entry};
use netsplit_core::op::OpSpec;
use netsplit_core::protocol::{
    Cx, Event, Links, Message, Node, Part, Property, Protocol, Role, Setup, Timer, TimerKey, When,
};
use netsplit_core::rule::Rule;

use super::history::History;
use super::register::{Msg, Place, State};

/// The mirrored register.
pub struct Mirror;

pub static ENTRY: Entry = entry::<Mirror>();

knobs! {
    /// How many clients there are.
    CLIENTS "clients" Count(1, 9) = 3, fixed;
    /// How many servers.
    SERVERS "servers" Count(1, 9) = 3, fixed;
}

/// There is none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct NoTimer;

impl Timer for NoTimer {
    const NAMES: &'static [&'static str] = &["none"];

    fn key(self) -> TimerKey {
        TimerKey { name: 0, number: 0 }
    }

    fn of(_: TimerKey) -> NoTimer {
        NoTimer
    }
}

impl Message for Msg {
    const KINDS: &'static [&'static str] = &["Message"];

    fn kind(&self) -> usize {
        0
    }

    fn shape(&self) -> Shape {
        Shape::Client
    }

    fn epoch(&self) -> u64 {
        0
    }

    fn describe(&self, _: &mut Pen) {}
}

fn place(cx: &Cx<Mirror>) -> Place {
    Place { me: cx.me.0, n_servers: cx.knobs.count(SERVERS) as u16 }
}

fn send(cx: &mut Cx<Mirror>, out: Vec<(u16, Msg)>) {
    for (to, msg) in out {
        cx.send(Id(to), msg);
    }
}

/// The history variables that its property reads, and how many servers there are.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Ghost {
    history: History,
    n_servers: u16,
}

impl Protocol for Mirror {
    const ID: &'static str = "mirror";
    const RULES: &'static [&'static Rule] = &[];
    const OPS: &'static [OpSpec] = &[];
    const KNOBS: &'static [Knob] = KNOBS;
    const LINKS: Links = Links::Free;
    type Disk = ();
    type Memory = State;
    type Msg = Msg;
    type Timer = NoTimer;
    type Ghost = Ghost;

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let role = |name: String, part| Role { name: name.into(), part, spare: false };
        let servers = (1..=knobs.count(SERVERS)).map(|n| role(format!("s{n}"), Part::Peer));
        let clients = (1..=knobs.count(CLIENTS)).map(|n| role(format!("c{n}"), Part::Client));
        servers.chain(clients).collect()
    }

    fn boot(cx: &mut Cx<Self>, (): &()) -> State {
        let mut out = Vec::new();
        let state = place(cx).start(&mut out);
        send(cx, out);
        state
    }

    fn step(cx: &mut Cx<Self>, node: &mut Node<Self>, event: Event<Self>) {
        if let Event::Deliver { from, msg } = event {
            let mut out = Vec::new();
            place(cx).step(&mut node.memory, from.0, &msg, &mut out);
            send(cx, out);
        }
    }

    fn facts(_: &Node<Self>, _: &mut Facts) {}

    fn describe(_: &Setup, _: &Node<Self>, _: Id, _: &mut Pen) {}

    fn describe_disk(_: &Setup, (): &(), _: Id, _: &mut Pen) {}

    fn observe(ghost: &mut Ghost, me: Id, before: Option<&Node<Self>>, after: &Node<Self>) {
        if before.is_none() && matches!(after.memory, State::Server(_)) {
            ghost.n_servers += 1;
        }
        ghost.history.observe(me, &after.memory);
    }

    fn properties() -> &'static [Property<Self>] {
        &[Property {
            id: "linearizable-register",
            cite: "Herlihy and Wing 1990",
            when: When::Always,
            holds: |ghost, _| ghost.history.is_linearizable(ghost.n_servers),
        }]
    }
}
