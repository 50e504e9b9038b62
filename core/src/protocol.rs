//! The trait that a distributed system implements: a step function that returns its effects as
//! data, in the words of its paper.
//!
//! A protocol cannot send, sleep, read a clock or draw a number. It is told an [`Event`], changes
//! its [`Node`] and says through [`Cx`] what should happen: messages, timers, replies, and which
//! rule of the paper fired. Time enters as ranges, chance as choices; the simulator looks them up
//! in the weather, a search enumerates them.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::fmt::Debug;
use core::hash::Hash;
use core::marker::PhantomData;

use crate::base::{Id, Span, Str, Time, Value};
use crate::describe::{Pen, Shape};
use crate::facts::{Fact, Facts};
use crate::knob::{Key, Knob, Knobs};
use crate::op::{OpSpec, Reply, Request, Ticket};
use crate::rule::{Arg, Fired, Rule};

/// Plain data: can be copied, compared and hashed.
pub trait Data: Clone + Eq + Hash + Debug + 'static {}
impl<T: Clone + Eq + Hash + Debug + 'static> Data for T {}

/// A distributed system.
///
/// The page of a protocol reads: module doc with paper, terms and deviations; `Disk`; `Memory`;
/// `Msg`; `Timer`; this trait with `step` as the table of contents; the actions in the order of
/// the match. Write guard, rule, change, effects, in that order.
pub trait Protocol: Sized + 'static {
    /// One spelling everywhere: folder, scenario header, link, locale key, CSS class.
    const ID: &'static str;
    /// Every rule that it can fire.
    const RULES: &'static [&'static Rule];
    /// What clients can ask of it.
    const OPS: &'static [OpSpec];
    /// Its settings.
    const KNOBS: &'static [Knob];
    /// Whether messages of one link may overtake each other.
    const LINKS: Links;
    /// What a probe asks to learn whether a node would still write and read (`probe`); `None` where
    /// no such pair makes sense, and then nodes show no ports.
    const PROBE: Option<Probe> = None;
    /// The names of the roles that `facts` reports: scripts may use them as targets.
    const ROLES: &'static [&'static str] = &[];

    /// Whether clients that are roles of it ask the server that a script names, and have sessions
    /// that a script ends.
    const DIRECTED: bool = false;

    /// The verbs that a search lets clients ask of it; all of them when it names none. A system
    /// whose clients can also speak to its servers by hand names what a careful client asks.
    const ASKED: &'static [&'static str] = &[];

    /// Whether what it does under these settings depends on what its clocks show, and not only on
    /// which timer runs out first: then no search can leave time out.
    fn reads_clocks(_knobs: &Knobs) -> bool {
        false
    }

    /// Whether a message comes too late at a node: it neither changes anything there nor brings
    /// anything forth, now or ever, whatever happens before it arrives, crashes included. A search
    /// forgets such messages.
    fn is_late(_knobs: &Knobs, _node: &Node<Self>, _msg: &Self::Msg) -> bool {
        false
    }

    /// Those of its participants that are interchangeable under these settings, in groups: to
    /// rename them throughout a state, messages included, renames them in all that can follow. So
    /// it is where no step compares identities or goes by their order, and no [`crate::base::Log`]
    /// holds them. Lists in the order of identities are known again only as they are, so that less
    /// is saved.
    fn alike(_setup: &Setup) -> Vec<Vec<Id>> {
        Vec::new()
    }

    /// What survives a crash.
    type Disk: Data + Default;
    /// What does not.
    type Memory: Data;
    /// What nodes send each other.
    type Msg: Message;
    /// What a node can wait for.
    type Timer: Timer;
    /// What properties remember of the past; never read by the protocol.
    type Ghost: Data + Default;

    /// Who takes part, under these settings. The order gives the identities.
    fn topology(knobs: &Knobs) -> Vec<Role>;

    /// What the disk of a node holds that never ran.
    fn format(_setup: &Setup, _me: Id) -> Self::Disk {
        Self::Disk::default()
    }

    /// Writes `given n1 FIELD=VALUE` onto a disk before the first boot (the paper's figures begin
    /// in the middle of a story). The error says what was expected.
    fn given(_disk: &mut Self::Disk, _field: &str, _value: &Given) -> Result<(), &'static str> {
        Err("this system's disks cannot be given")
    }

    /// Starts a node, or restarts it from what its disk holds.
    fn boot(cx: &mut Cx<Self>, disk: &Self::Disk) -> Self::Memory;

    /// One atomic step: the node's disk is durable before any effect leaves.
    fn step(cx: &mut Cx<Self>, node: &mut Node<Self>, event: Event<Self>);

    /// What is so at this node, in words that every system shares.
    fn facts(node: &Node<Self>, out: &mut Facts);

    /// The entry of a log that [`Facts::log`] reported, as [`Fact::Entry`]; `None` outside.
    fn entry(_node: &Node<Self>, _log: &'static str, _index: u64) -> Option<Fact> {
        None
    }

    /// The last index up to which two states of a node hold the same entries of a log.
    fn common_prefix(_before: &Node<Self>, _after: &Node<Self>, _log: &'static str) -> u64 {
        0
    }

    /// What a participant hands along with whatever it says outside the system: a token of its
    /// session, say.
    fn context(_node: &Node<Self>) -> Value {
        Value::Nil
    }

    /// Draws a node.
    fn describe(setup: &Setup, node: &Node<Self>, me: Id, pen: &mut Pen);

    /// Draws what is left of a node that is down.
    fn describe_disk(setup: &Setup, disk: &Self::Disk, me: Id, pen: &mut Pen);

    /// Remembers what properties need of a step. `before` is `None` when the node has just
    /// booted.
    fn observe(
        _ghost: &mut Self::Ghost,
        _me: Id,
        _before: Option<&Node<Self>>,
        _after: &Node<Self>,
    ) {
    }

    /// What the paper promises, checked from outside after every step.
    fn properties() -> &'static [Property<Self>] {
        &[]
    }
}

/// One node: what survives a crash and what does not.
pub struct Node<P: Protocol> {
    /// Survives a crash.
    pub disk: P::Disk,
    /// Does not.
    pub memory: P::Memory,
}

// Derives would ask for `P: Clone` and so on; only the parts need it.
impl<P: Protocol> Clone for Node<P> {
    fn clone(&self) -> Self {
        Node { disk: self.disk.clone(), memory: self.memory.clone() }
    }
}

impl<P: Protocol> PartialEq for Node<P> {
    fn eq(&self, other: &Self) -> bool {
        self.disk == other.disk && self.memory == other.memory
    }
}

impl<P: Protocol> Eq for Node<P> {}

/// What reaches a node.
pub enum Event<P: Protocol> {
    /// A message arrives.
    Deliver {
        /// Who sent it; the node itself for a message to oneself.
        from: Id,
        /// The message.
        msg: Rc<P::Msg>,
    },
    /// A timer has run out.
    Timeout(P::Timer),
    /// An operation is asked for: by a kernel client over a link, or, at a node that is itself a
    /// client, by the script in process.
    Request(Request),
    /// The connection to a peer broke, because its process died loudly.
    Reset(Id),
    /// Somebody says something outside the system (a phone call).
    Told(News),
    /// A setting changed.
    Configured(Key),
}

/// Something said outside the system; an edge of the history.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct News {
    /// Who says it.
    pub from: Id,
    /// What.
    pub text: Str,
    /// What the sender's [`Protocol::context`] was as it said it.
    pub context: Value,
}

/// What nodes send each other.
pub trait Message: Data {
    /// Every kind of message, in the paper's spelling; scripts name messages by it.
    const KINDS: &'static [&'static str];
    /// The position in `KINDS`.
    fn kind(&self) -> usize;
    /// What it is to the protocol.
    fn shape(&self) -> Shape;
    /// The sender's term, ballot or epoch, which gives it its hue; 0 for a system without.
    fn epoch(&self) -> u64;
    /// Its fields in the paper's spelling, as rows of memory.
    fn describe(&self, pen: &mut Pen);
}

/// What a node can wait for. A timer may carry a number, so that there can be one per peer or per
/// transaction.
pub trait Timer: Data + Copy {
    /// Every timer, in the paper's spelling; scripts name timers by it.
    const NAMES: &'static [&'static str];
    /// The position in `NAMES`, and the number.
    fn key(self) -> TimerKey;
    /// The inverse of `key`.
    fn of(key: TimerKey) -> Self;
}

/// A timer as the kernel knows it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TimerKey {
    /// The position in [`Timer::NAMES`].
    pub name: u8,
    /// Which one of several; 0 when there is one.
    pub number: u32,
}

/// Whether messages of one link may overtake each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Links {
    /// They arrive in the order of sending, as over one connection.
    Fifo,
    /// They may overtake.
    Free,
}

/// A participant of a system.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Role {
    /// What scripts call it (`n1`, `db`, `c2`).
    pub name: Str,
    /// What it is for.
    pub part: Part,
    /// Whether it starts only when a script says so.
    pub spare: bool,
}

/// What a participant is for; the stage places it accordingly.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// One of several equals, around the ring.
    Peer,
    /// A server that others depend on, in the middle.
    Service,
    /// What the system is there to protect or to feed, at the far side.
    Resource,
    /// A client, outside.
    Client,
}

/// What a probe asks a node, and how long it waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Probe {
    /// A write of a key and a value; its verb.
    pub write: &'static str,
    /// A read of a key, which answers the value; its verb.
    pub read: &'static str,
    /// How long a probe waits for the first answer.
    pub patience: Span,
    /// How long everything runs healed before it is asked whether an acknowledged write was kept:
    /// long enough for a leader to be elected, or for copies to be exchanged.
    pub settle: Span,
}

impl Probe {
    /// A pair that answers, or settles, in the usual time: half a second, and one and a half.
    pub const fn pair(write: &'static str, read: &'static str) -> Probe {
        Probe { write, read, patience: Span::ms(500), settle: Span::ms(1500) }
    }
}

/// What `given` may set a field to.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Given {
    /// A number.
    Int(u64),
    /// A participant.
    Node(Id),
    /// A word.
    Word(Str),
    /// Log entries from index 1, `[1:x=0 2:x=1]`: the epoch and the value of each.
    Entries(Vec<(u64, Str, Value)>),
    /// Participants, `{n1 n2}`.
    Nodes(Vec<Id>),
}

/// A promise of the paper, checked from outside.
pub struct Property<P: Protocol> {
    /// The paper's name for it, as a key of the system's texts (`election-safety`).
    pub id: &'static str,
    /// Paper and section.
    pub cite: &'static str,
    /// Whether it must hold always, or come true once the faults have ended.
    pub when: When,
    /// Whether it holds of these nodes (`None`: down) and this past.
    pub holds: Holds<P>,
}

/// Whether a property holds of a past and of the nodes (`None`: down).
pub type Holds<P> = fn(&<P as Protocol>::Ghost, &[Option<&Node<P>>]) -> bool;

/// When a property must hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// After every step.
    Always,
    /// At the end, once the faults have ended.
    Eventually,
}

/// What does not change while a system runs.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Who takes part.
    pub roles: Rc<Vec<Role>>,
    /// The settings that the cluster began with.
    pub knobs: Knobs,
}

/// What a step is given, and where it says what should happen.
pub struct Cx<'a, P: Protocol> {
    /// Who takes the step.
    pub me: Id,
    /// Everybody of the system's roles, `me` included, in order.
    pub setup: &'a Setup,
    /// The settings of this node at this moment.
    pub knobs: &'a Knobs,
    /// This node's monotonic clock: it may run fast or slow, and never jumps. Timers run by it.
    pub mono: Time,
    /// This node's wall clock: it may run fast or slow, and jump.
    pub wall: Time,
    /// Where effects go.
    pub(crate) out: &'a mut Vec<Effect>,
    /// How chance is looked up or enumerated.
    pub(crate) choose: &'a mut dyn FnMut(u32) -> u32,
    pub(crate) protocol: PhantomData<P>,
}

impl<P: Protocol> Cx<'_, P> {
    /// Sends `msg`; to oneself too, through the front door.
    pub fn send(&mut self, to: Id, msg: P::Msg) {
        self.out.push(Effect::Send { to, parcel: Rc::new(msg) });
    }

    /// Sends `msg` to each of `to`, without copying it.
    pub fn send_all(&mut self, to: impl IntoIterator<Item = Id>, msg: P::Msg) {
        let parcel: Rc<dyn Parcel> = Rc::new(msg);
        for to in to {
            self.out.push(Effect::Send { to, parcel: parcel.clone() });
        }
    }

    /// Arms `timer` to run out between `min` and `max` from now, by this node's monotonic clock.
    /// A timer that is armed already is armed anew.
    pub fn arm(&mut self, timer: P::Timer, (min, max): (Span, Span)) {
        self.out.push(Effect::Arm { timer: timer.key(), min, max });
    }

    /// Disarms `timer`; nothing happens when it is not armed.
    pub fn disarm(&mut self, timer: P::Timer) {
        self.out.push(Effect::Disarm(timer.key()));
    }

    /// A choice between 0 and `n - 1`. `n` must not be 0.
    pub fn choose(&mut self, n: u32) -> u32 {
        (self.choose)(n).min(n - 1)
    }

    /// Answers a request. A second answer to the same attempt is lost.
    pub fn reply(&mut self, ticket: Ticket, reply: Reply) {
        self.out.push(Effect::Reply { ticket, reply });
    }

    /// Says something to `to` outside the system.
    pub fn tell(&mut self, to: Id, text: &str) {
        self.out.push(Effect::Tell { to, text: text.into() });
    }

    /// Reports that a rule fired, with the numbers that it names.
    pub fn rule<const N: usize>(&mut self, rule: &'static Rule, fields: [&dyn ArgRef; N]) {
        debug_assert_eq!(N, rule.fields.len(), "fields of {}", rule.id);
        let mut args = [0; 4];
        for (place, field) in args.iter_mut().zip(fields) {
            *place = field.arg_ref();
        }
        self.out.push(Effect::Rule(Fired { rule, args }));
    }
}

/// [`Arg`] by reference, so that one call can take fields of several types.
pub trait ArgRef {
    /// The number that is recorded.
    fn arg_ref(&self) -> u64;
}

impl<T: Arg + Copy> ArgRef for T {
    fn arg_ref(&self) -> u64 {
        self.arg()
    }
}

/// What a step wants to happen.
#[derive(Clone, Debug)]
pub enum Effect {
    /// A message leaves.
    Send {
        /// Whereto.
        to: Id,
        /// The message, typed again at the far end.
        parcel: Rc<dyn Parcel>,
    },
    /// A timer is armed.
    Arm {
        /// Which.
        timer: TimerKey,
        /// At the earliest, by the node's monotonic clock.
        min: Span,
        /// At the latest.
        max: Span,
    },
    /// A timer is disarmed.
    Disarm(TimerKey),
    /// A request is answered.
    Reply {
        /// Whose.
        ticket: Ticket,
        /// How.
        reply: Reply,
    },
    /// Something is said outside the system.
    Tell {
        /// To whom.
        to: Id,
        /// What.
        text: Str,
    },
    /// A rule fired.
    Rule(Fired),
}

/// A message in flight, whose type only its protocol knows.
pub trait Parcel {
    /// Its kind, in the paper's spelling.
    fn kind(&self) -> &'static str;
    /// What it is to the protocol.
    fn shape(&self) -> Shape;
    /// The sender's epoch; 0 for a system without.
    fn epoch(&self) -> u64;
    /// Its fields.
    fn describe(&self, pen: &mut Pen);
    /// A hash of its content, for fingerprints, with participants by these names.
    fn fingerprint(&self, names: &[Id]) -> u64;
    /// For the one downcast, in `machine`.
    fn into_any(self: Rc<Self>) -> Rc<dyn core::any::Any>;
    /// The same, to look at it.
    fn as_any(&self) -> &dyn core::any::Any;
}

/// Its kind says enough; the derived output of every message would travel to the page.
impl Debug for dyn Parcel {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        f.write_str(self.kind())
    }
}

impl<M: Message> Parcel for M {
    fn kind(&self) -> &'static str {
        M::KINDS[Message::kind(self)]
    }
    fn shape(&self) -> Shape {
        Message::shape(self)
    }
    fn epoch(&self) -> u64 {
        Message::epoch(self)
    }
    fn describe(&self, pen: &mut Pen) {
        Message::describe(self, pen);
    }
    fn fingerprint(&self, names: &[Id]) -> u64 {
        crate::base::Renamer::hash_of(names, self)
    }
    fn into_any(self: Rc<Self>) -> Rc<dyn core::any::Any> {
        self
    }
    fn as_any(&self) -> &dyn core::any::Any {
        self
    }
}
