//! The world: everything that exists at one instant of a run, and the step to the next event.

use alloc::boxed::Box;
use alloc::collections::BinaryHeap;
use alloc::rc::Rc;
use alloc::vec;
use alloc::vec::Vec;

use super::action::DiskMode;
use super::cast::Cast;
use super::client::{Client, Open};
use super::disk::Untold;
use super::flight::{Class, Due, Flight, Item, Packet};
use super::guest::Guest;
use super::hands::Trap;
use super::limits;
use super::net::Net;
use super::person::{Person, Phase};
use super::recorder::Recorder;
use super::script::Script;
use super::weather::{self, Nth, Purpose};
use crate::base::{Hasher64, Id, Str, Time, Value};
use crate::facts::{Fact, Facts};
use crate::history::Told;
use crate::knob::{Key, Knobs};
use crate::machine::{Changed, Input, Machine, Ports};
use crate::protocol::{Effect, Links, News};
use crate::rule::Fired;
use crate::run::trace::{Limit, Loss, NOBODY, What};
use crate::scenario::ast::Scenario;

/// Everything that exists at one instant of a run.
pub struct World {
    pub(super) cast: Rc<Cast>,
    pub(super) script: Rc<Script>,
    pub(super) seed: u64,
    pub(super) end: Time,
    pub(super) machine: Box<dyn Machine>,
    pub(super) now: Time,
    pub(super) people: Vec<Person>,
    pub(super) clients: Vec<Client>,
    pub(super) open: Vec<Open>,
    pub(super) net: Rc<Net>,
    /// The latest arrival on each FIFO link.
    pub(super) last_due: Vec<Time>,
    pub(super) queue: BinaryHeap<Due>,
    pub(super) held: Vec<Flight>,
    pub(super) traps: Vec<Trap>,
    pub(super) nth: Nth,
    /// How many timed lines have run.
    pub(super) lines_run: usize,
    /// How often the rule of each `when` line has fired, in the order of the script's list.
    pub(super) when_counts: Vec<u32>,
    pub(super) events: u32,
    events_now: u32,
    pub(super) messages: u32,
    pub(super) ops: u32,
    /// What was written since the last event, and when; it is told with the next one.
    pub(super) late: Vec<(Time, Id, Box<Untold>)>,
    seq: u64,
    pub(super) digest: Hasher64,
    /// The client that stands beside a node, in a fork that a probe asks.
    pub(super) guest: Option<Guest>,
    stopped: Option<Limit>,
    /// What a step says, kept only for its memory.
    scratch: (Vec<Effect>, Vec<(bool, Fact)>),
}

impl Clone for World {
    fn clone(&self) -> World {
        World {
            cast: self.cast.clone(),
            script: self.script.clone(),
            machine: self.machine.fork(),
            people: self.people.clone(),
            clients: self.clients.clone(),
            open: self.open.clone(),
            net: self.net.clone(),
            last_due: self.last_due.clone(),
            queue: self.queue.clone(),
            held: self.held.clone(),
            late: self.late.clone(),
            traps: self.traps.clone(),
            nth: self.nth.clone(),
            when_counts: self.when_counts.clone(),
            scratch: <_>::default(),
            ..*self
        }
    }
}

impl World {
    /// The world of `scenario` at its first instant, with everybody but the spares booted.
    pub fn new(scenario: &Scenario, rec: &mut Recorder) -> World {
        let cast = Rc::new(Cast::of(scenario));
        let system = &scenario.system;
        let n = cast.names.len();
        let mut machine = (system.entry.build)(cast.setup.clone());
        for (node, field, value) in &scenario.given {
            // The parser has tried this; a scenario built by hand that errs here is not given.
            let _ = machine.given(*node, field, value);
        }
        let person = Person::new(cast.setup.knobs.clone(), system.disk);
        let fifo = system.entry.links == Links::Fifo;
        let script = Script::new(scenario.lines.clone());
        let mut world = World {
            seed: scenario.seed,
            end: system.end.min(limits::END),
            machine,
            now: Time::ZERO,
            people: vec![person; n],
            clients: vec![Client::default(); n],
            open: Vec::new(),
            net: Rc::new(Net::new(n, system.latency, fifo)),
            last_due: vec![Time::ZERO; n * n],
            queue: BinaryHeap::new(),
            held: Vec::new(),
            traps: Vec::new(),
            nth: Nth::default(),
            lines_run: 0,
            when_counts: vec![0; script.whens.len()],
            events: 0,
            events_now: 0,
            messages: 0,
            ops: 0,
            late: Vec::new(),
            seq: 0,
            digest: Hasher64::new(scenario.seed),
            guest: None,
            stopped: None,
            scratch: <_>::default(),
            cast,
            script: Rc::new(script),
        };
        for &(node, key, setting) in &system.settings {
            if let Some(node) = node {
                world.people[node.index()].knobs.set(key, setting);
            }
        }
        for id in world.cast.ids() {
            match world.cast.setup.roles.get(id.index()) {
                Some(role) if role.spare => {}
                Some(_) => world.boot(id, NOBODY, rec),
                None => world.people[id.index()].phase = Phase::Up,
            }
        }
        world
    }

    /// Takes a changed script, of which everything that has run already is the same.
    pub fn follow(&mut self, script: Rc<Script>, end: Time) {
        let ran_now = self.lines_run - self.script.runs_before(self.now);
        self.lines_run = script.runs_before(self.now) + ran_now;
        self.when_counts.resize(script.whens.len(), 0);
        self.end = end.min(limits::END);
        self.script = script;
    }

    /// Runs the next event, if there is one before the end; says whether there was.
    pub fn step(&mut self, rec: &mut Recorder) -> bool {
        let Some(at) = self.next_at() else { return false };
        if at > self.end || self.stopped.is_some() {
            return false;
        }
        if at > self.now {
            self.now = at;
            self.events_now = 0;
        }
        if let Some(limit) = self.limit_met() {
            self.stopped = Some(limit);
            self.begin(Id(0), What::Limit(limit), NOBODY, rec);
            return true;
        }
        match self.script.timed(self.lines_run) {
            Some(timed) if timed.at <= self.now => {
                self.lines_run += 1;
                self.act(timed.line, timed.round, NOBODY, rec);
            }
            _ => {
                if let Some(due) = self.queue.pop() {
                    self.meet(due.item, rec);
                }
            }
        }
        true
    }

    /// When the next event happens; `None` when nothing will happen any more.
    pub fn next_at(&self) -> Option<Time> {
        let due = self.queue.peek().map(|due| due.at);
        let line = self.script.timed(self.lines_run).map(|timed| timed.at);
        due.into_iter().chain(line).min()
    }

    fn limit_met(&mut self) -> Option<Limit> {
        self.events_now += 1;
        if self.events >= limits::EVENTS {
            Some(Limit::Events)
        } else if self.events_now > limits::EVENTS_PER_INSTANT {
            Some(Limit::EventsPerInstant)
        } else if self.queue.len() + self.held.len() > limits::IN_FLIGHT {
            Some(Limit::InFlight)
        } else if self.ops >= limits::OPERATIONS {
            Some(Limit::Operations)
        } else {
            None
        }
    }

    /// Something that was due happens, unless it is void by now.
    fn meet(&mut self, item: Item, rec: &mut Recorder) {
        let node = match &item {
            Item::Deliver(flight) => Some(flight.to),
            Item::Timer { node, .. }
            | Item::Told { node, .. }
            | Item::Configured { node, .. }
            | Item::Call { node, .. } => Some(*node),
            Item::Patience { client, .. } => Some(*client),
            _ => None,
        };
        if let Some(node) = node
            && self.people[node.index()].phase == Phase::Paused
        {
            self.people[node.index()].inbox.push(item);
            return;
        }
        match item {
            Item::Deliver(flight) => self.arrive(flight, rec),
            Item::Timer { node, key, arming } => {
                let timers = &mut self.people[node.index()].timers;
                let armed =
                    |armed: &super::person::Armed| armed.key == key && armed.arming == arming;
                if let Some(place) = timers.iter().position(armed) {
                    let cause = timers.remove(place).cause;
                    self.enter(node, Input::Timeout(key), What::Timeout(key), cause, rec);
                }
            }
            Item::Told { node, news, cause } => {
                let (from, heard) = (news.from, self.events);
                let what = What::Told { from };
                if self.cast.is_role(node) {
                    self.enter(node, Input::Told(news), what, cause, rec);
                } else {
                    self.begin(node, what, cause, rec);
                }
                // Who is down hears nothing.
                if self.events > heard {
                    rec.told(Told { from, to: node, at: self.now, said: cause, heard });
                }
            }
            Item::Configured { node, key, cause } => {
                self.enter(node, Input::Configured(key), What::Configured(key), cause, rec);
            }
            Item::Call { node, request, cause } => {
                let what = What::Call(request.ticket.op);
                self.enter(node, Input::Request(request), what, cause, rec);
            }
            Item::Patience { client, op, attempt } => {
                if self.still_waits(op, attempt) {
                    let event = self.begin(client, What::Impatient(op), NOBODY, rec);
                    let how = crate::history::AttemptEnd::TimedOut;
                    self.impatient(op, attempt, how, event, rec);
                }
            }
            Item::Resume { node, pause } => {
                let person = &self.people[node.index()];
                if person.phase == Phase::Paused && person.pauses == pause {
                    let event = self.begin(node, What::Resume, NOBODY, rec);
                    self.thaw(node, event, rec);
                }
            }
            Item::Written { node, life, cause, packets, untold } => {
                // Who died meanwhile never finished writing, and what it said was never said.
                let person = &self.people[node.index()];
                let written = person.life == life && person.phase.is_alive();
                if let Some(untold) = untold.filter(|_| written) {
                    self.late.push((self.now, node, untold));
                }
                for (to, packet) in packets {
                    match written {
                        true => self.send(node, to, packet, cause, rec),
                        false => self.unsend(node, to, packet, cause, rec),
                    }
                }
            }
            Item::Sync { node, mode } => self.sync(node, mode),
            Item::Line(line) => self.act(line, 1, NOBODY, rec),
        }
    }

    /// A message reaches its receiver, who is not paused.
    fn arrive(&mut self, flight: Flight, rec: &mut Recorder) {
        let to = flight.to;
        let person = &mut self.people[to.index()];
        if person.phase != Phase::Up {
            rec.lost(flight.id, self.now, Loss::Down);
            return;
        }
        if person.service.0 > 0 {
            if person.busy_until > self.now {
                let at = person.busy_until;
                self.push(at, Class::Delivery, Item::Deliver(flight));
                return;
            }
            person.busy_until = self.now + person.service;
        }
        let what = What::Deliver { message: flight.id };
        let (from, cause) = (flight.from, flight.cause);
        if self.cast.is_role(to) {
            let input = match flight.packet {
                Packet::Parcel(parcel) => Input::Deliver { from, parcel },
                Packet::Request(request) => Input::Request(request),
                Packet::Reset => Input::Reset(from),
                Packet::Reply(..) => return,
            };
            self.enter(to, input, what, cause, rec);
            return;
        }
        let event = self.begin(to, what, cause, rec);
        match flight.packet {
            Packet::Reply(ticket, reply) => self.replied(ticket, from, reply, event, rec),
            Packet::Reset => self.disconnected(to, from, event, rec),
            Packet::Parcel(_) | Packet::Request(_) => {}
        }
    }

    /// Starts a node from its disk.
    pub(super) fn boot(&mut self, me: Id, cause: u32, rec: &mut Recorder) {
        let person = &mut self.people[me.index()];
        person.phase = Phase::Up;
        person.life += 1;
        person.busy_until = Time::ZERO;
        if !self.cast.is_role(me) {
            rec.phase(cause, self.now, me, Phase::Up);
            return;
        }
        let event = self.begin(me, What::Boot, cause, rec);
        rec.phase(event, self.now, me, Phase::Up);
        self.schedule_disk(me);
        // What it finds is durable already.
        self.run(me, (event, true), rec, |machine, ports| {
            machine.boot(me, ports);
            Changed { disk: true, any: true }
        });
    }

    /// One step of a node's protocol.
    fn enter(&mut self, me: Id, input: Input, what: What, cause: u32, rec: &mut Recorder) {
        if self.people[me.index()].phase != Phase::Up {
            return;
        }
        let event = self.begin(me, what, cause, rec);
        self.run(me, (event, false), rec, |machine, ports| machine.step(me, input, ports));
    }

    /// Somebody says something outside the system, in `event`.
    pub(super) fn tell(&mut self, from: Id, to: Id, text: Str, event: u32) {
        let context = if self.cast.is_role(from) { self.machine.context(from) } else { Value::Nil };
        let news = News { from, text, context };
        self.push(self.now, Class::Loopback, Item::Told { node: to, news, cause: event });
    }

    /// Lets the machine take a step, and lets happen what the step wants. What it makes so may be
    /// `durable` already.
    fn run(
        &mut self,
        me: Id,
        (event, durable): (u32, bool),
        rec: &mut Recorder,
        step: impl FnOnce(&mut dyn Machine, Ports) -> Changed,
    ) {
        let (mut effects, mut entries) = core::mem::take(&mut self.scratch);
        let person = &self.people[me.index()];
        let waits = person.disk.is_slow() && !durable;
        let mut before = Facts::default();
        if waits {
            self.told(me, &mut before);
        }
        let (seed, now, nth) = (self.seed, self.now, &mut self.nth);
        let place = self.cast.place(me);
        let mut choose = |n: u32| {
            let spot = nth.next(Purpose::Choice, place, 0, now);
            weather::below(weather::draw(seed, spot), n.into()) as u32
        };
        let ports = Ports {
            knobs: &person.knobs,
            mono: person.clock.mono(now),
            wall: person.clock.wall(now),
            choose: &mut choose,
            effects: &mut effects,
            entries: if rec.is_muted() && !waits { None } else { Some(&mut entries) },
        };
        let changed = step(&mut *self.machine, ports);
        let wait = self.disk_wait(me, changed.disk);
        let mut untold = None;
        if changed.any {
            if waits && wait > self.now {
                untold = Some(self.keep_back(me, before, &mut entries));
            } else {
                rec.facts(event, self.now, me, &*self.machine, &mut entries);
            }
            rec.broken(event, &*self.machine);
        }
        self.settle(me, event, &mut effects, (wait, untold), rec);
        effects.clear();
        entries.clear();
        self.scratch = (effects, entries);
    }

    /// What a step wanted to happen, happens.
    fn settle(
        &mut self,
        me: Id,
        event: u32,
        effects: &mut Vec<Effect>,
        (wait, untold): (Time, Option<Box<Untold>>),
        rec: &mut Recorder,
    ) {
        let triggered = self.triggered(me, effects);
        let unsent = triggered.iter().any(|&(_, before_send)| before_send);
        let mut waiting = Vec::new();
        for effect in effects.drain(..) {
            let (to, packet) = match effect {
                Effect::Rule(fired) => {
                    self.fire(fired, rec);
                    continue;
                }
                Effect::Arm { timer, min, max } => {
                    self.arm(me, timer, min, max, event);
                    continue;
                }
                Effect::Disarm(timer) => {
                    self.people[me.index()].timers.retain(|armed| armed.key != timer);
                    continue;
                }
                Effect::Tell { to, text } => {
                    self.tell(me, to, text, event);
                    continue;
                }
                Effect::Reply { ticket, reply } if ticket.client == me => {
                    self.replied(ticket, me, reply, event, rec);
                    continue;
                }
                Effect::Reply { ticket, reply } => (ticket.client, Packet::Reply(ticket, reply)),
                Effect::Send { to, parcel } => (to, Packet::Parcel(parcel)),
            };
            if unsent {
                self.unsend(me, to, packet, event, rec);
            } else if wait > self.now {
                waiting.push((to, packet));
            } else {
                self.send(me, to, packet, event, rec);
            }
        }
        if !waiting.is_empty() || untold.is_some() {
            let life = self.people[me.index()].life;
            let item = Item::Written { node: me, life, cause: event, packets: waiting, untold };
            self.push(wait, Class::Loopback, item);
        }
        for (line, _) in triggered {
            self.act(line, 1, event, rec);
        }
    }

    fn fire(&mut self, fired: Fired, rec: &mut Recorder) {
        self.digest.text(fired.rule.id);
        for arg in &fired.args[..fired.rule.fields.len()] {
            self.digest.int(*arg);
        }
        rec.fired(fired);
    }

    /// Takes down that an event begins; its number.
    pub(super) fn begin(&mut self, node: Id, what: What, cause: u32, rec: &mut Recorder) -> u32 {
        let event = self.events;
        self.events += 1;
        self.digest.int(self.now.0);
        self.digest.int(u64::from(node.0) << 32 | u64::from(cause));
        rec.event(self.now, cause, node, what);
        if !self.late.is_empty() {
            self.tell_late(event, rec);
        }
        event
    }

    pub(super) fn push(&mut self, at: Time, class: Class, item: Item) {
        let seq = self.seq;
        self.seq += 1;
        self.queue.push(Due { at, class, seq, item });
    }

    /// The node that plays `role`: of several, the one of the highest epoch.
    pub fn player(&self, role: &str) -> Option<Id> {
        let mut facts = Facts::default();
        let mut best: Option<(u64, Id)> = None;
        for id in self.cast.ids().filter(|&id| self.cast.is_role(id)) {
            facts.clear();
            self.machine.facts(id, &mut facts);
            for fact in facts.facts() {
                if let Fact::Role { name, epoch } = fact
                    && *name == role
                    && best.is_none_or(|(highest, _)| *epoch > highest)
                {
                    best = Some((*epoch, id));
                }
            }
        }
        best.map(|(_, id)| id)
    }

    /// Who takes part.
    pub fn cast(&self) -> &Rc<Cast> {
        &self.cast
    }

    /// The instant.
    pub fn now(&self) -> Time {
        self.now
    }

    /// When the run ends.
    pub fn end(&self) -> Time {
        self.end
    }

    /// How many events have happened.
    pub fn n_events(&self) -> u32 {
        self.events
    }

    /// How many messages were sent.
    pub fn n_messages(&self) -> u32 {
        self.messages
    }

    /// How many operations were called.
    pub fn n_ops(&self) -> u32 {
        self.ops
    }

    /// The limit that ended the run, if one did.
    pub fn stopped(&self) -> Option<Limit> {
        self.stopped
    }

    /// The kernel's side of a participant.
    pub fn person(&self, id: Id) -> &Person {
        &self.people[id.index()]
    }

    /// The nodes.
    pub fn machine(&self) -> &dyn Machine {
        &*self.machine
    }

    /// The network.
    pub fn net(&self) -> &Net {
        &self.net
    }

    /// The messages that are under way, in no order.
    pub fn flights(&self) -> impl Iterator<Item = &Flight> + '_ {
        self.queue.iter().filter_map(|due| match &due.item {
            Item::Deliver(flight) => Some(flight),
            _ => None,
        })
    }

    /// The messages that are held by hand.
    pub fn held(&self) -> &[Flight] {
        &self.held
    }

    /// The settings of a node.
    pub fn knobs(&self, id: Id) -> &Knobs {
        &self.people[id.index()].knobs
    }

    /// The digest of everything that happened so far, without the facts at the end.
    pub fn digest(&self) -> u64 {
        core::hash::Hasher::finish(&self.digest)
    }

    /// Changes a setting of one node, and tells it.
    pub(super) fn configure(&mut self, node: Id, key: Key, cause: u32) {
        self.push(self.now, Class::Loopback, Item::Configured { node, key, cause });
    }

    /// Whether a disk makes everything durable at once.
    pub(super) fn disk_mode(&self, node: Id) -> DiskMode {
        self.people[node.index()].disk.mode
    }
}
