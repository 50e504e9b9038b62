//! What a script, or a learner's hand, can do to a running world. Every action is plain data with
//! all names resolved; roles such as `leader` are resolved when the action runs.

use alloc::vec::Vec;

use crate::base::{Id, Ppm, Span, Str};
use crate::knob::{Key, Setting};
use crate::op::Op;
use crate::protocol::TimerKey;

/// One participant, or the one that plays a role when the action runs.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Target {
    /// This one.
    Node(Id),
    /// The node whose fact `Role` has this name; of several, the one of the highest epoch.
    Role(Str),
}

/// Several participants.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Group {
    /// These.
    Targets(Vec<Target>),
    /// Every node of the system (no kernel client) that the line does not name, and these besides.
    Rest(Vec<Target>),
}

/// Links, all in one direction.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct LinkSet {
    /// From each of these ...
    pub from: Vec<Target>,
    /// ... to each of these. The links of a participant to itself do not count.
    pub to: Vec<Target>,
    /// Whether the opposite direction is meant too (`n1--n2` beside `n1->n2`).
    pub both_ways: bool,
}

/// Which messages an action means.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Selector {
    /// On which links.
    pub links: LinkSet,
    /// Of which kind, in the paper's spelling; any when `None`. The kernel's own kinds are
    /// `request`, `reply` and `reset`.
    pub kind: Option<&'static str>,
    /// Which of them.
    pub which: Which,
}

/// Which messages of a link an action means.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Which {
    /// The next ones that are sent, so many per line.
    Next(u32),
    /// All that are sent from now on, until `release` or `heal`.
    All,
    /// The one that is in flight now, counted from 1 in the order of sending.
    Flying(u32),
}

/// What is done to chosen messages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Handling {
    /// It is lost.
    Drop,
    /// It waits until it is released.
    Hold,
    /// It arrives twice.
    Duplicate,
    /// It arrives so much later than it would have.
    Delay(Span),
    /// It arrives now; for messages in flight or held only.
    Deliver,
}

/// How a node's disk writes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DiskMode {
    /// The messages of a step wait so long, until its changes are durable.
    Sync(Span),
    /// Messages do not wait; every so often what is there becomes durable.
    Every(Span),
    /// Nothing ever becomes durable.
    None,
}

/// Which armings of a timer a pin concerns.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Armings {
    /// The next one after the line.
    Next,
    /// All after the line.
    Every,
}

/// An operation that a client is told to ask.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Ask {
    /// Which client: a kernel client, or a node that is one by its part.
    pub client: Target,
    /// Which nodes to ask, in order of preference; a kernel client with none asks the node that
    /// served it last, or the first node.
    pub via: Vec<Target>,
    /// What is asked. In `every` lines a `#` in a written value stands for the running number.
    pub op: Op,
    /// What the script calls the operation.
    pub label: Option<Str>,
    /// How patient and stubborn the client is.
    pub patience: Patience,
}

/// How patient and stubborn a kernel client is with one operation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Patience {
    /// How long it waits for the answer to one attempt.
    pub timeout: Span,
    /// How many times it asks again after a timeout, or where no leader was known.
    pub retries: u32,
    /// Whether it follows a node's hint that another node leads.
    pub redirect: bool,
    /// Whether a retry carries the serial of the first attempt.
    pub same_serial: bool,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience { timeout: Span::ms(1000), retries: 0, redirect: true, same_serial: true }
    }
}

/// One intervention.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// A client asks for an operation.
    Ask(Ask),
    /// Nothing passes between the groups any more, either way; what is in flight between them is
    /// lost. Replaces an earlier partition; single cuts stay. Participants in no group keep all
    /// their links.
    Partition(Vec<Group>),
    /// Every cut is repaired, or those of these links; held messages stay held.
    Heal(Option<LinkSet>),
    /// Nothing passes over these links any more; what is in flight on them is lost.
    Cut(LinkSet),
    /// Messages that are sent from now on take between so long and so long.
    Latency(LinkSet, Span, Span),
    /// Messages that are sent from now on are lost with this probability.
    Loss(LinkSet, Ppm),
    /// Messages that are sent from now on arrive twice with this probability.
    Duplication(LinkSet, Ppm),
    /// Messages that are sent from now on may overtake each other, or not.
    Reorder(LinkSet, bool),
    /// Single messages are handled by hand.
    Handle(Handling, Selector),
    /// Held messages go on: those of these links and this kind, or all.
    Release(Option<(LinkSet, Option<&'static str>)>),
    /// The process dies; peers notice nothing. What it sent before still arrives.
    Crash(Vec<Target>),
    /// The process dies, and its peers are told that the connection broke.
    Kill(Vec<Target>),
    /// A process that is down starts from its disk; also starts a spare.
    Restart(Vec<Target>),
    /// The process dies and its disk is lost; it restarts at once, empty.
    Wipe(Vec<Target>),
    /// The process freezes, for so long or until `resume`; its clocks and its inbox go on.
    Pause(Vec<Target>, Option<Span>),
    /// A frozen process goes on.
    Resume(Vec<Target>),
    /// The wall clock jumps: forward when `true`.
    Jump(Target, bool, Span),
    /// Both clocks run at this rate from now on.
    Drift(Target, Ppm),
    /// Each message takes so long to be handled, one after another.
    Service(Vec<Target>, Span),
    /// How the disk writes from now on.
    Disk(Vec<Target>, DiskMode),
    /// The next arming of a timer, or every one, takes exactly so long; an armed one is armed anew
    /// from the instant that it was armed at.
    Pin(Target, TimerKey, Armings, Span),
    /// An armed timer runs out now.
    Force(Target, TimerKey),
    /// A setting changes, of the cluster or of one node.
    Set(Option<Target>, Key, Setting),
    /// Somebody says something outside the system.
    Tell {
        /// Who.
        from: Target,
        /// To whom.
        to: Target,
        /// What.
        text: Str,
    },
    /// The client's session ends; its next operation opens a new one.
    EndSession(Target),
}

/// When an action runs.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Trigger {
    /// At this instant.
    At(crate::base::Time),
    /// From the first instant to the second (not included), each so often.
    Every {
        /// How often.
        period: Span,
        /// From when.
        from: crate::base::Time,
        /// Until when, not included.
        to: crate::base::Time,
    },
    /// So long after the operation of this label has ended.
    After(Str, Span),
    /// When a rule fires.
    When {
        /// Its id.
        rule: &'static str,
        /// At this node only.
        node: Option<Target>,
        /// The nth time that it does (there), from 1.
        nth: u32,
        /// Whether the step's messages are discarded first: its disk is durable, and nobody heard
        /// of it.
        before_send: bool,
    },
}
