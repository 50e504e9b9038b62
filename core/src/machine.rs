//! How a protocol meets the kernel: typed at both ends, erased in flight. [`Cluster`] is the one
//! adapter, and holds the only downcast.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::OnceCell;
use core::marker::PhantomData;

use crate::base::{Id, Renamer, Time, Value, mix};
use crate::describe::Pen;
use crate::facts::{Fact, Facts, LogExtent};
use crate::knob::{Key, Knob, Knobs};
use crate::op::{OpSpec, Request};
use crate::protocol::{
    Cx, Effect, Event, Given, Links, Message, News, Node, Parcel, Probe, Protocol, Role, Setup,
    Timer, TimerKey, When,
};
use crate::rule::Rule;

/// One line of the registry. What is known of a system is asked for by a call, so that the page
/// need not load it for systems that nobody looks at.
pub struct Entry {
    /// [`Protocol::ID`].
    pub id: &'static str,
    system: fn() -> &'static System,
}

impl core::ops::Deref for Entry {
    type Target = System;

    fn deref(&self) -> &System {
        (self.system)()
    }
}

/// Everything that is known of a system before it runs.
pub struct System {
    /// [`Protocol::RULES`].
    pub rules: &'static [&'static Rule],
    /// [`Protocol::OPS`].
    pub ops: &'static [OpSpec],
    /// [`Protocol::KNOBS`].
    pub knobs: &'static [Knob],
    /// [`Message::KINDS`].
    pub kinds: &'static [&'static str],
    /// [`Timer::NAMES`].
    pub timers: &'static [&'static str],
    /// [`Protocol::LINKS`].
    pub links: Links,
    /// [`Protocol::PROBE`].
    pub probe: Option<Probe>,
    /// [`Protocol::ROLES`].
    pub roles: &'static [&'static str],
    /// [`Protocol::DIRECTED`].
    pub directed: bool,
    /// [`Protocol::ASKED`].
    pub asked: &'static [&'static str],
    /// [`Protocol::reads_clocks`].
    pub reads_clocks: fn(&Knobs) -> bool,
    /// [`Protocol::alike`].
    pub alike: fn(&Setup) -> Vec<Vec<Id>>,
    /// [`Protocol::topology`].
    pub topology: fn(&Knobs) -> Vec<Role>,
    /// The names of its properties, with their citations.
    pub properties: fn() -> Vec<PropertyName>,
    /// A cluster of it, with nothing booted.
    pub build: fn(Setup) -> Box<dyn Machine>,
}

impl core::fmt::Debug for Entry {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        f.write_str(self.id)
    }
}

/// The name of a property.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PropertyName {
    /// Its id, a key of the system's texts.
    pub id: &'static str,
    /// Paper and section.
    pub cite: &'static str,
    /// When it must hold.
    pub when: When,
}

/// The registry's line for `P`.
pub const fn entry<P: Protocol>() -> Entry {
    Entry { id: P::ID, system: system::<P> }
}

fn system<P: Protocol>() -> &'static System {
    &Of::<P>::SYSTEM
}

struct Of<P>(PhantomData<P>);

impl<P: Protocol> Of<P> {
    const SYSTEM: System = System {
        rules: P::RULES,
        ops: P::OPS,
        knobs: P::KNOBS,
        kinds: P::Msg::KINDS,
        timers: P::Timer::NAMES,
        links: P::LINKS,
        probe: P::PROBE,
        roles: P::ROLES,
        directed: P::DIRECTED,
        asked: P::ASKED,
        reads_clocks: P::reads_clocks,
        alike: P::alike,
        topology: P::topology,
        properties: property_names::<P>,
        build: |setup| Box::new(Cluster::<P>::new(setup)),
    };
}

fn property_names<P: Protocol>() -> Vec<PropertyName> {
    P::properties().iter().map(|p| PropertyName { id: p.id, cite: p.cite, when: p.when }).collect()
}

/// What reaches a node, with the protocol's own types erased.
#[derive(Clone, Debug)]
pub enum Input {
    /// See [`Event::Deliver`].
    Deliver {
        /// The sender.
        from: Id,
        /// The message.
        parcel: Rc<dyn Parcel>,
    },
    /// See [`Event::Timeout`].
    Timeout(TimerKey),
    /// See [`Event::Request`].
    Request(Request),
    /// See [`Event::Reset`].
    Reset(Id),
    /// See [`Event::Told`].
    Told(News),
    /// See [`Event::Configured`].
    Configured(Key),
}

/// What the kernel gives a step, and where the step says what it did.
pub struct Ports<'a> {
    /// The settings of the node.
    pub knobs: &'a Knobs,
    /// Its monotonic clock.
    pub mono: Time,
    /// Its wall clock.
    pub wall: Time,
    /// How chance is looked up or enumerated.
    pub choose: &'a mut dyn FnMut(u32) -> u32,
    /// What the step wants to happen, in order.
    pub effects: &'a mut Vec<Effect>,
    /// The entries that appeared in the node's logs (`true`), vanished (`false`), or changed;
    /// filled only when somebody watches.
    pub entries: Option<&'a mut Vec<(bool, Fact)>>,
}

/// What a step changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Changed {
    /// Whether the disk differs.
    pub disk: bool,
    /// Whether anything differs.
    pub any: bool,
}

/// A cluster whose protocol is not known: the whole object-safe face.
pub trait Machine {
    /// A copy that shares what is equal.
    fn fork(&self) -> Box<dyn Machine>;
    /// Starts `me` from its disk.
    fn boot(&mut self, me: Id, ports: Ports);
    /// One atomic step of `me`, which must be up.
    fn step(&mut self, me: Id, input: Input, ports: Ports) -> Changed;
    /// Drops the memory of `me`.
    fn crash(&mut self, me: Id);
    /// Drops the memory of `me` and formats its disk.
    fn wipe(&mut self, me: Id);
    /// Remembers the disk of `me` as it is now, and answers a number for it.
    fn keep_disk(&mut self, me: Id) -> u32;
    /// Puts the disk of `me`, which must be down, back to what was kept under `number`; formats it
    /// when nothing was. Forgets what was kept before.
    fn restore_disk(&mut self, me: Id, number: Option<u32>);
    /// Forgets the disks of `me` that were kept before `number`.
    fn forget_disks(&mut self, me: Id, number: u32);
    /// Writes a field onto the disk of `me` before its first boot.
    fn given(&mut self, me: Id, field: &str, value: &Given) -> Result<(), &'static str>;
    /// Whether `me` is up.
    fn is_up(&self, me: Id) -> bool;
    /// What is so at `me`; nothing when it is down.
    fn facts(&self, me: Id, out: &mut Facts);
    /// An entry of a log of `me`.
    fn entry(&self, me: Id, log: &'static str, index: u64) -> Option<Fact>;
    /// See [`Protocol::context`]; `Nil` when `me` is down.
    fn context(&self, me: Id) -> Value;
    /// Draws `me`; its disk alone when it is down.
    fn describe(&self, me: Id, pen: &mut Pen);
    /// The positions of the properties that do not hold now.
    fn broken(&self, out: &mut Vec<usize>);
    /// A hash of all nodes and of the ghost, good within one process.
    fn fingerprint(&self) -> u64;
    /// Hashes of the node `me` alone, one with participants by each of these lists of names; as
    /// they are called where a list is empty. They are kept while the node stays as it is, so
    /// that the lists must be the same each time.
    fn node_fingerprints(&self, me: Id, names: &[Vec<Id>]) -> Rc<[u64]>;
    /// See [`Protocol::is_late`]; not of a node that is down.
    fn is_late(&self, me: Id, knobs: &Knobs, parcel: &dyn Parcel) -> bool;
    /// A hash of the ghost alone, with participants by these names.
    fn ghost_fingerprint(&self, names: &[Id]) -> u64;
}

/// The one adapter from a protocol to the kernel.
pub struct Cluster<P: Protocol> {
    setup: Setup,
    slots: Vec<Slot<P>>,
    ghost: P::Ghost,
    /// What was and what is reported of a node, kept only for their memory.
    scratch: (Facts, Facts),
}

struct Slot<P: Protocol> {
    state: State<P>,
    /// Disks that the kernel asked to keep, oldest first.
    kept: Vec<(u32, P::Disk)>,
    next_kept: u32,
    /// Its fingerprints, once somebody has asked for them.
    fingerprints: OnceCell<Rc<[u64]>>,
}

enum State<P: Protocol> {
    Up(Rc<Node<P>>),
    Down(P::Disk),
}

impl<P: Protocol> Clone for Slot<P> {
    fn clone(&self) -> Self {
        let state = match &self.state {
            State::Up(node) => State::Up(node.clone()),
            State::Down(disk) => State::Down(disk.clone()),
        };
        let fingerprints = self.fingerprints.clone();
        Slot { state, kept: self.kept.clone(), next_kept: self.next_kept, fingerprints }
    }
}

impl<P: Protocol> Slot<P> {
    fn new(state: State<P>) -> Slot<P> {
        Slot { state, kept: Vec::new(), next_kept: 0, fingerprints: OnceCell::new() }
    }

    fn named(&self, names: &[Id]) -> u64 {
        Renamer::hash_of(names, &(self.disk(), self.node().map(|node| &node.memory)))
    }

    fn become_state(&mut self, state: State<P>) {
        self.state = state;
        self.fingerprints.take();
    }

    fn disk(&self) -> &P::Disk {
        match &self.state {
            State::Up(node) => &node.disk,
            State::Down(disk) => disk,
        }
    }

    fn node(&self) -> Option<&Node<P>> {
        match &self.state {
            State::Up(node) => Some(node),
            State::Down(_) => None,
        }
    }
}

impl<P: Protocol> Cluster<P> {
    /// A cluster with formatted disks and nobody up.
    pub fn new(setup: Setup) -> Cluster<P> {
        let slots = (0..setup.roles.len())
            .map(|index| {
                let disk = P::format(&setup, Id::at(index));
                Slot::new(State::Down(disk))
            })
            .collect();
        Cluster { setup, slots, ghost: P::Ghost::default(), scratch: <_>::default() }
    }

    fn set_disk(&mut self, me: Id, disk: P::Disk) {
        self.slots[me.index()].become_state(State::Down(disk));
    }

    fn cx<'a>(setup: &'a Setup, me: Id, ports: &'a mut Ports) -> Cx<'a, P> {
        Cx {
            me,
            setup,
            knobs: ports.knobs,
            mono: ports.mono,
            wall: ports.wall,
            out: ports.effects,
            choose: ports.choose,
            protocol: PhantomData,
        }
    }

    /// Reports how the logs of a node differ from what they were.
    fn watch(
        (was, now): &mut (Facts, Facts),
        before: Option<&Node<P>>,
        after: &Node<P>,
        out: &mut Vec<(bool, Fact)>,
    ) {
        was.clear();
        if let Some(before) = before {
            P::facts(before, was);
        }
        now.clear();
        P::facts(after, now);
        for &now in now.logs() {
            let was = was.logs().iter().find(|extent| extent.log == now.log).copied();
            if was == Some(now) {
                continue;
            }
            let common = before.map_or(0, |before| P::common_prefix(before, after, now.log));
            let old = |index| before.and_then(|before| P::entry(before, now.log, index));
            let new = |index| P::entry(after, now.log, index);
            log_changes(was, now, common, &old, &new, out);
        }
    }
}

/// The entries that differ between two extents of a log: those after the common prefix, and those
/// before it that have become committed.
fn log_changes(
    was: Option<LogExtent>,
    now: LogExtent,
    common: u64,
    old: &dyn Fn(u64) -> Option<Fact>,
    new: &dyn Fn(u64) -> Option<Fact>,
    out: &mut Vec<(bool, Fact)>,
) {
    let (was_last, was_committed) = was.map_or((0, 0), |was| (was.last, was.committed));
    out.extend((common + 1..=was_last).filter_map(old).map(|fact| (false, fact)));
    let newly_committed = was_committed + 1..=now.committed.min(common);
    for index in newly_committed.chain(common + 1..=now.last) {
        if index <= common {
            out.extend(old(index).map(|fact| (false, fact)));
        }
        out.extend(new(index).map(|fact| (true, fact)));
    }
}

impl<P: Protocol> Machine for Cluster<P> {
    fn fork(&self) -> Box<dyn Machine> {
        Box::new(Cluster::<P> {
            setup: self.setup.clone(),
            slots: self.slots.clone(),
            ghost: self.ghost.clone(),
            scratch: <_>::default(),
        })
    }

    fn boot(&mut self, me: Id, mut ports: Ports) {
        let slot = &mut self.slots[me.index()];
        let disk = slot.disk().clone();
        let memory = P::boot(&mut Self::cx(&self.setup, me, &mut ports), &disk);
        let node = Node { disk, memory };
        if let Some(entries) = ports.entries {
            Self::watch(&mut self.scratch, None, &node, entries);
        }
        P::observe(&mut self.ghost, me, None, &node);
        slot.become_state(State::Up(Rc::new(node)));
    }

    fn step(&mut self, me: Id, input: Input, mut ports: Ports) -> Changed {
        let slot = &mut self.slots[me.index()];
        let State::Up(before) = &slot.state else {
            return Changed { disk: false, any: false };
        };
        let mut node = Node::clone(before);
        let event = typed::<P>(input);
        P::step(&mut Self::cx(&self.setup, me, &mut ports), &mut node, event);
        let disk = node.disk != before.disk;
        let any = disk || node.memory != before.memory;
        if any {
            if let Some(entries) = ports.entries {
                Self::watch(&mut self.scratch, Some(before), &node, entries);
            }
            P::observe(&mut self.ghost, me, Some(before), &node);
            slot.become_state(State::Up(Rc::new(node)));
        }
        Changed { disk, any }
    }

    fn crash(&mut self, me: Id) {
        let disk = self.slots[me.index()].disk().clone();
        self.set_disk(me, disk);
    }

    fn wipe(&mut self, me: Id) {
        self.restore_disk(me, None);
    }

    fn keep_disk(&mut self, me: Id) -> u32 {
        let slot = &mut self.slots[me.index()];
        let (number, disk) = (slot.next_kept, slot.disk().clone());
        slot.kept.push((number, disk));
        slot.next_kept += 1;
        number
    }

    fn restore_disk(&mut self, me: Id, number: Option<u32>) {
        let kept = core::mem::take(&mut self.slots[me.index()].kept);
        let disk = kept.into_iter().find(|kept| Some(kept.0) == number);
        self.set_disk(me, disk.map_or_else(|| P::format(&self.setup, me), |kept| kept.1));
    }

    fn forget_disks(&mut self, me: Id, number: u32) {
        self.slots[me.index()].kept.retain(|kept| kept.0 >= number);
    }

    fn given(&mut self, me: Id, field: &str, value: &Given) -> Result<(), &'static str> {
        let mut disk = self.slots[me.index()].disk().clone();
        P::given(&mut disk, field, value)?;
        self.set_disk(me, disk);
        Ok(())
    }

    fn is_up(&self, me: Id) -> bool {
        self.slots.get(me.index()).is_some_and(|slot| slot.node().is_some())
    }

    fn facts(&self, me: Id, out: &mut Facts) {
        if let Some(node) = self.slots[me.index()].node() {
            P::facts(node, out);
        }
    }

    fn entry(&self, me: Id, log: &'static str, index: u64) -> Option<Fact> {
        P::entry(self.slots[me.index()].node()?, log, index)
    }

    fn context(&self, me: Id) -> Value {
        self.slots[me.index()].node().map_or(Value::Nil, |node| P::context(node))
    }

    fn describe(&self, me: Id, pen: &mut Pen) {
        match &self.slots[me.index()].state {
            State::Up(node) => P::describe(&self.setup, node, me, pen),
            State::Down(disk) => P::describe_disk(&self.setup, disk, me, pen),
        }
    }

    fn broken(&self, out: &mut Vec<usize>) {
        let nodes: Vec<_> = self.slots.iter().map(Slot::node).collect();
        let broken = P::properties().iter().enumerate();
        out.extend(broken.filter(|(_, p)| !(p.holds)(&self.ghost, &nodes)).map(|(at, _)| at));
    }

    fn fingerprint(&self) -> u64 {
        let nodes = self.slots.iter().map(|slot| slot.named(&[]));
        nodes.fold(self.ghost_fingerprint(&[]), |all, node| mix(all ^ node))
    }

    fn node_fingerprints(&self, me: Id, names: &[Vec<Id>]) -> Rc<[u64]> {
        let slot = &self.slots[me.index()];
        let all = || names.iter().map(|names| slot.named(names)).collect();
        slot.fingerprints.get_or_init(all).clone()
    }

    fn is_late(&self, me: Id, knobs: &Knobs, parcel: &dyn Parcel) -> bool {
        let (node, msg) = (self.slots[me.index()].node(), parcel.as_any().downcast_ref());
        matches!((node, msg), (Some(node), Some(msg)) if P::is_late(knobs, node, msg))
    }

    fn ghost_fingerprint(&self, names: &[Id]) -> u64 {
        Renamer::hash_of(names, &self.ghost)
    }
}

/// The one downcast: a parcel becomes a message of its protocol again.
///
/// # Panics
///
/// When a parcel of another protocol is delivered, which the kernel never does.
fn typed<P: Protocol>(input: Input) -> Event<P> {
    match input {
        Input::Deliver { from, parcel } => match parcel.into_any().downcast::<P::Msg>() {
            Ok(msg) => Event::Deliver { from, msg },
            Err(_) => unreachable!("a parcel is delivered to the protocol that sent it"),
        },
        Input::Timeout(key) => Event::Timeout(P::Timer::of(key)),
        Input::Request(request) => Event::Request(request),
        Input::Reset(peer) => Event::Reset(peer),
        Input::Told(news) => Event::Told(news),
        Input::Configured(key) => Event::Configured(key),
    }
}
