//! What the scene draws: one instant of a run as plain data, in the reader's language.
//!
//! The session fills it from the world and the trace; nothing here knows a system.

use std::rc::Rc;

use netsplit_core::base::{Id, Time};
use netsplit_core::describe::{Cell, Portrait, Shape};
use netsplit_core::protocol::Part;

/// One instant of a run.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct View {
    /// The instant.
    pub at: Time,
    /// The participants that have a portrait, in the order of their identities.
    pub nodes: Vec<NodeView>,
    /// The kernel's clients, in the order of their identities.
    pub clients: Vec<ClientView>,
    /// Pairs that talk besides the peers, who all do; the smaller identity first.
    pub links: Vec<(Id, Id)>,
    /// Every cut link, one direction each, sorted.
    pub cuts: Vec<(Id, Id)>,
    /// The islands of a partition; empty, or at least two.
    pub islands: Vec<IslandView>,
    /// Messages under way or held, in the order of their numbers.
    pub flights: Vec<FlightView>,
    /// Messages that were lost a moment ago ([`crate::scene::FALL`]), in the order of numbers.
    pub losses: Vec<LossView>,
    /// The few words that the scene writes itself.
    pub words: Rc<Words>,
}

impl View {
    /// The messages that are still on their way: one to a node that is down may be due already,
    /// and is lost as soon as something happens.
    pub fn flying(&self) -> impl Iterator<Item = &FlightView> + Clone {
        self.flights.iter().filter(|flight| !flight.held && self.at <= flight.due)
    }

    /// The messages that wait by hand.
    pub fn held(&self) -> impl Iterator<Item = &FlightView> + Clone {
        self.flights.iter().filter(|flight| flight.held)
    }
}

/// A participant with a portrait.
#[derive(Clone, PartialEq, Debug)]
pub struct NodeView {
    /// Who.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// What it is for, which places it.
    pub part: Part,
    /// Whether it runs.
    pub phase: Phase,
    /// Its role or, when it does not run, that; in words.
    pub role: String,
    /// What there is to see.
    pub portrait: Portrait,
    /// What fields on the card are called in words, where they have some beside the paper's.
    pub fields: Vec<(&'static str, String)>,
    /// The portrait's warnings, and others, in words.
    pub flags: Vec<FlagView>,
    /// Its armed timers; the first is drawn.
    pub timers: Vec<TimerView>,
    /// Whether it answers a read, and a write; `None` where nobody asked.
    pub ports: Option<(Port, Port)>,
    /// What it would answer to a read and to a write, in a sentence each.
    pub answers: [String; 2],
    /// How far its wall clock is off, in words (`+20 ms`).
    pub skew: Option<String>,
    /// Whether it leads while another leads in a higher epoch.
    pub doubtful: bool,
    /// Entries of its log that the last step overwrote.
    pub overwritten: Vec<Cell>,
}

/// A warning on a card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FlagView {
    /// In words (`old term`).
    pub text: String,
    /// The same, where there is little room (`old`).
    pub brief: String,
}

/// Whether a participant runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Phase {
    /// It runs.
    #[default]
    Up,
    /// Its process is dead; its disk is there.
    Down,
    /// Its process is frozen.
    Paused,
    /// It has not been started yet.
    NotStarted,
}

/// An armed timer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimerView {
    /// What it is called.
    pub name: String,
    /// Since when.
    pub armed_at: Time,
    /// When it runs out.
    pub due: Time,
}

/// What a probe found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Port {
    /// It answers, and the answer is good: a read is fresh, a write is kept.
    Good,
    /// It answers, and the answer may mislead: a read is stale, a write may be lost.
    Doubtful,
    /// It does not answer.
    Silent,
    /// It answers; whether the answer is good is not decided.
    Open,
}

/// A client of the kernel.
#[derive(Clone, PartialEq, Debug)]
pub struct ClientView {
    /// Who.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// Whether it runs.
    pub phase: Phase,
    /// The node beside which it stands: the first that it ever asks. It must not change while a
    /// run plays, so that nothing jumps.
    pub home: Option<Id>,
    /// The node that it asks, or asked last.
    pub asks: Option<Id>,
    /// Its last operations, the newest last; one is written out, a few earlier ones are bars.
    pub ops: Vec<OpView>,
}

/// An operation of a client.
#[derive(Clone, PartialEq, Debug)]
pub struct OpView {
    /// What was asked (`write x=caiyang`).
    pub text: String,
    /// The same, where there is little room (`w x=caiyang`).
    pub brief: String,
    /// When it was called.
    pub since: Time,
    /// What came of it.
    pub state: OpState,
    /// What came of it, in words (`answered in 39 ms`); empty while it waits.
    pub note: String,
}

/// What came of an operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OpState {
    /// Nothing yet.
    Waiting,
    /// The answer came.
    Answered,
    /// It was refused and took no effect.
    Failed,
    /// The client gave up; it may or may not have taken effect.
    Unknown,
}

/// Participants that reach each other and nobody else.
#[derive(Clone, PartialEq, Debug)]
pub struct IslandView {
    /// Who, sorted; clients too.
    pub members: Vec<Id>,
    /// What stands on the sheet (`2 of 5`).
    pub title: String,
    /// What that means (`no majority on this side`).
    pub note: String,
    /// The same, shorter (`no majority`).
    pub brief: String,
}

/// A message under way or held.
#[derive(Clone, PartialEq, Debug)]
pub struct FlightView {
    /// Its place in the trace's messages.
    pub number: u32,
    /// Who sent it.
    pub from: Id,
    /// To whom.
    pub to: Id,
    /// When.
    pub sent: Time,
    /// When it arrives.
    pub due: Time,
    /// What stands beside it (its kind in the paper's spelling).
    pub label: String,
    /// What it is to the protocol.
    pub shape: Shape,
    /// The sender's epoch; 0 for a system without.
    pub epoch: u64,
    /// Whether it is the second copy of a message.
    pub duplicate: bool,
    /// Whether it waits until it is released.
    pub held: bool,
}

/// A message that was lost.
#[derive(Clone, PartialEq, Debug)]
pub struct LossView {
    /// The message as it was under way.
    pub flight: FlightView,
    /// When it was lost.
    pub at: Time,
    /// Whether the receiver's end was reached (it was down), or it was lost on the way.
    pub arrived: bool,
    /// What stands beside the cross (`n1 → n3 lost`).
    pub note: String,
    /// The same, where there is little room (`lost`).
    pub brief: String,
}

/// The few words that the scene writes itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    /// For a read: fresh, stale, no answer, not decided.
    pub read: [String; 4],
    /// For a write: kept, may be lost, no answer, not decided.
    pub write: [String; 4],
    /// Before the time that an operation has waited.
    pub waiting: String,
    /// After it.
    pub waiting_unit: String,
}
