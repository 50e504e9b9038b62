//! The recording of a run: every event with its cause and the rules that fired, every message
//! with its fate, every fact that changed, and the history of the clients' operations. Checkers
//! and views read it; the world never does.

use alloc::vec::Vec;

use crate::base::{Chunked, Id, Str, Time};
use crate::describe::Shape;
use crate::facts::FactChange;
use crate::history::History;
use crate::kernel::Phase;
use crate::rule::Fired;

/// No event: the cause of what the script does.
pub const NOBODY: u32 = u32::MAX;

/// Everything that happened, in order. An event's number is its place in `events`.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// What happened.
    pub events: Chunked<EventRecord>,
    /// The rules that fired; each event knows where its own begin.
    pub fired: Chunked<Fired>,
    /// The messages that were sent; each event knows where its own begin.
    pub messages: Chunked<MessageRecord>,
    /// The facts that changed, in order.
    pub facts: Chunked<FactChange>,
    /// The operations of the clients.
    pub history: History,
    /// The cuts, by the events that made them.
    pub cuts: Vec<CutRecord>,
    /// Who started, died, froze and thawed, in order. Kernel clients are up from the beginning.
    pub phases: Vec<PhaseRecord>,
    /// The properties that broke: the event, and the position in the system's list.
    pub broken: Vec<(u32, usize)>,
}

/// One event.
#[derive(Clone, Debug)]
pub struct EventRecord {
    /// When.
    pub at: Time,
    /// The event that brought it about; [`NOBODY`] for what the script does.
    pub cause: u32,
    /// Where it happened; for an act that concerns no single node, any.
    pub node: Id,
    /// What.
    pub what: What,
    /// Its rules begin here in [`Trace::fired`].
    pub fired: u32,
    /// Its messages begin here in [`Trace::messages`].
    pub messages: u32,
}

/// What an event is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// A node starts, or restarts.
    Boot,
    /// A message arrives.
    Deliver {
        /// Its place in [`Trace::messages`].
        message: u32,
    },
    /// A timer runs out; the position of its name in the system's list, and its number.
    Timeout(crate::protocol::TimerKey),
    /// An operation begins at a client.
    Call(crate::op::OpId),
    /// A client's patience with an attempt ends.
    Impatient(crate::op::OpId),
    /// A client hears something outside the system.
    Told {
        /// From whom.
        from: Id,
    },
    /// A setting changes at a node.
    Configured(crate::knob::Key),
    /// A line of the script runs: its place among the run's unrolled lines, and what came of it.
    Act {
        /// The place.
        line: u32,
        /// `None` when it took effect; otherwise why it had none.
        idle: Option<Idle>,
    },
    /// A pause ends by itself.
    Resume,
    /// A limit was met, and the run ends here.
    Limit(Limit),
}

/// Why an intervention had no effect.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Idle {
    /// Nobody plays the role.
    NobodyPlays,
    /// The node is down already.
    IsDown,
    /// The node is up already.
    IsUp,
    /// The node is not paused.
    NotPaused,
    /// The node is paused already.
    IsPaused,
    /// The timer is not armed.
    NotArmed,
    /// No such message is in flight, or held.
    NoMessage,
    /// Nothing is cut there.
    NotCut,
    /// It is so already.
    AlreadySo,
    /// The participant is no client.
    NoClient,
}

/// Which limit a run met.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Limit {
    /// [`crate::kernel::limits::EVENTS`]
    Events,
    /// [`crate::kernel::limits::EVENTS_PER_INSTANT`]
    EventsPerInstant,
    /// [`crate::kernel::limits::IN_FLIGHT`]
    InFlight,
    /// [`crate::kernel::limits::OPERATIONS`]
    Operations,
}

/// One message and what became of it.
#[derive(Clone, Debug)]
pub struct MessageRecord {
    /// The event that sent it.
    pub sent: u32,
    /// When.
    pub at: Time,
    /// When it arrives, as far as is known.
    pub due: Time,
    /// Who sent it.
    pub from: Id,
    /// To whom.
    pub to: Id,
    /// Its kind, in the paper's spelling; the kernel's own are `request`, `reply` and `reset`.
    pub kind: &'static str,
    /// What it is to the protocol.
    pub shape: Shape,
    /// The sender's epoch; 0 for a system without.
    pub epoch: u64,
    /// What became of it.
    pub fate: Fate,
    /// Whether it is the second copy of a message.
    pub duplicate: bool,
}

/// What became of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It is on its way, or held.
    Flying,
    /// The event that it brought about.
    Arrived(u32),
    /// It was lost, then and so.
    Lost(Time, Loss),
}

/// How a message was lost.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Loss {
    /// The link was cut when it was sent, or while it was under way.
    Cut,
    /// The weather took it.
    Chance,
    /// Somebody dropped it by hand.
    Hand,
    /// The receiver was down.
    Down,
    /// Its sender died before its disk was durable, or by `before-send`.
    Unsent,
}

/// Which links are cut from an event on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CutRecord {
    /// The event.
    pub event: u32,
    /// When.
    pub at: Time,
    /// Every cut link, one direction each, sorted.
    pub links: Vec<(Id, Id)>,
    /// The islands of the partition in force, if there is one: groups of participants.
    pub islands: Vec<Vec<Id>>,
}

/// Whether a participant runs, from an event on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PhaseRecord {
    /// The event.
    pub event: u32,
    /// When.
    pub at: Time,
    /// Who.
    pub node: Id,
    /// Whether it runs.
    pub phase: Phase,
}

impl Trace {
    /// The rules that fired in an event.
    pub fn fired_in(&self, event: u32) -> impl Iterator<Item = &Fired> + '_ {
        let event = event as usize;
        let from = self.events.get(event).map_or(self.fired.len(), |e| e.fired as usize);
        let to = self.events.get(event + 1).map_or(self.fired.len(), |e| e.fired as usize);
        (from..to).map(|index| &self.fired[index])
    }

    /// The messages that an event sent, with their numbers.
    pub fn sent_in(&self, event: u32) -> impl Iterator<Item = (u32, &MessageRecord)> + '_ {
        let event = event as usize;
        let end = self.messages.len();
        let from = self.events.get(event).map_or(end, |e| e.messages as usize);
        let to = self.events.get(event + 1).map_or(end, |e| e.messages as usize);
        (from..to).map(|index| (index as u32, &self.messages[index]))
    }

    /// How many events happened up to and including the instant `at`.
    pub fn events_until(&self, at: Time) -> usize {
        self.events.partition_point(|event| event.at <= at)
    }

    /// The cuts in force after `event`.
    pub fn cuts_after(&self, event: u32) -> Option<&CutRecord> {
        self.cuts.iter().rev().find(|cut| cut.event <= event)
    }

    /// The label that the script gave an operation, if any.
    pub fn label(&self, op: crate::op::OpId) -> Option<&Str> {
        self.history.get(op)?.label.as_ref()
    }
}
