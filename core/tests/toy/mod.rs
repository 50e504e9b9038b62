//! A system with one of everything that the language can name, and no behaviour.

use netsplit_core::base::{Id, Str};
use netsplit_core::describe::{Pen, Shape};
use netsplit_core::facts::Facts;
use netsplit_core::knobs;
use netsplit_core::machine::{Entry, entry};
use netsplit_core::op::{Access, ArgKind, ArgSpec, OpSpec};
use netsplit_core::protocol::{
    Cx, Event, Given, Links, Message, Node, Part, Property, Protocol, Role, Setup, Timer, TimerKey,
    When,
};
use netsplit_core::rule::Rule;
use netsplit_core::rules;

pub struct Toy;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Note;

impl Message for Note {
    const KINDS: &'static [&'static str] = &["AppendEntries", "RequestVote"];
    fn kind(&self) -> usize {
        0
    }
    fn shape(&self) -> Shape {
        Shape::Request
    }
    fn epoch(&self) -> u64 {
        0
    }
    fn describe(&self, _pen: &mut Pen) {}
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Bell(TimerKey);

impl Timer for Bell {
    const NAMES: &'static [&'static str] = &["election", "heartbeat"];
    fn key(self) -> TimerKey {
        self.0
    }
    fn of(key: TimerKey) -> Self {
        Bell(key)
    }
}

knobs! {
    /// How many.
    NODES "nodes" Count(1, 9) = 3, ;
    /// How long.
    ELECTION "election" MsRange(10, 60_000) = (150, 300), live per_node;
    /// How often.
    HEARTBEAT "heartbeat" Ms(1, 10_000) = 50, live;
    /// Whether.
    PRE_VOTE "prevote" Switch = 0, live per_node;
    /// How.
    READS "reads" Choice(&["log", "read-index", "lease"]) = 0, live;
}

rules! {
    /// An election begins.
    TIMEOUT "election.timeout" "Toy §1" Step (term: Int);
    /// A vote is refused.
    DENY "vote.deny.log-behind" "Toy §2" Refusal (by: Node);
}

const fn arg(name: &'static str, kind: ArgKind) -> ArgSpec {
    ArgSpec { name, kind }
}

const fn op(verb: &'static str, args: &'static [ArgSpec], access: Access) -> OpSpec {
    OpSpec { verb, args, access, model: None }
}

impl Protocol for Toy {
    const ID: &'static str = "toy";
    const RULES: &'static [&'static Rule] = RULES;
    const OPS: &'static [OpSpec] = &[
        op("put", &[arg("key", ArgKind::Key), arg("value", ArgKind::Value)], Access::Write),
        op("get", &[arg("key", ArgKind::Key)], Access::Read),
        op("config", &[arg("members", ArgKind::Nodes)], Access::Admin),
        op("transfer", &[arg("to", ArgKind::Node)], Access::Admin),
        op("ping", &[], Access::Admin),
    ];
    const KNOBS: &'static [netsplit_core::knob::Knob] = KNOBS;
    const LINKS: Links = Links::Fifo;
    const ROLES: &'static [&'static str] = &["leader", "follower", "candidate"];
    type Disk = u64;
    type Memory = ();
    type Msg = Note;
    type Timer = Bell;
    type Ghost = ();

    fn topology(knobs: &netsplit_core::knob::Knobs) -> Vec<Role> {
        let role = |n| {
            let name: Str = format!("n{n}").as_str().into();
            Role { name, part: Part::Peer, spare: false }
        };
        (1..=knobs.count(NODES)).map(role).collect()
    }

    fn given(_disk: &mut u64, field: &str, value: &Given) -> Result<(), &'static str> {
        match (field, value) {
            ("term", Given::Int(_)) | ("votedFor", Given::Node(_)) => Ok(()),
            ("log", Given::Entries(_)) | ("members", Given::Nodes(_)) => Ok(()),
            ("word", Given::Word(_)) => Ok(()),
            _ => Err("term, votedFor, log, members"),
        }
    }

    fn boot(_cx: &mut Cx<Self>, _disk: &u64) {}
    fn step(_cx: &mut Cx<Self>, _node: &mut Node<Self>, _event: Event<Self>) {}
    fn facts(_node: &Node<Self>, _out: &mut Facts) {}
    fn describe(_setup: &Setup, _node: &Node<Self>, _me: Id, _pen: &mut Pen) {}
    fn describe_disk(_setup: &Setup, _disk: &u64, _me: Id, _pen: &mut Pen) {}
    fn properties() -> &'static [Property<Self>] {
        &[Property {
            id: "election-safety",
            cite: "Toy §3",
            when: When::Always,
            holds: |_, _| true,
        }]
    }
}

pub static TOY: Entry = entry::<Toy>();
