//! From one state to the next: one choice, and what follows from it at once.

use alloc::collections::VecDeque;
use alloc::rc::Rc;
use alloc::vec::Vec;

use super::clients::{Clients, Heard};
use super::past::Past;
use super::scope::{Choice, Scope};
use super::state::{Flying, Spent, State};
use super::watch::Memo;
use crate::base::{Id, Time};
use crate::facts::{Fact, Facts};
use crate::kernel::Packet;
use crate::machine::{Changed, Input, Machine, Ports};
use crate::op::{Outcome, Reply, Ticket};
use crate::protocol::{Effect, News, TimerKey};

/// What comes of a choice.
pub struct Next {
    /// The state after it.
    pub state: State,
    /// Whether what is watched is broken by it.
    pub broken: bool,
    /// In how many ways chance could have fallen; each is a state of its own.
    pub chances: u32,
    /// The rules that fired, if somebody asked for them.
    pub rules: Vec<&'static str>,
}

/// The state before anything has happened: everybody has booted.
pub fn root(scope: &Scope) -> Next {
    let system = &scope.base.system;
    let mut machine = (system.entry.build)(scope.cast.setup.clone());
    for (node, field, value) in &scope.base.given {
        // The parser has tried this.
        let _ = machine.given(*node, field, value);
    }
    let state = State {
        machine,
        flights: Vec::new(),
        timers: Vec::new(),
        down: 0,
        clients: Rc::new(Clients::new(scope.cast.names.len())),
        past: Rc::new(Past::default()),
        memo: Rc::new(Memo::default()),
        spent: Spent::default(),
    };
    let mut stepper = Stepper::new(scope, state, 0);
    for index in 0..scope.cast.n_roles() {
        stepper.boot(Id::at(index));
    }
    stepper.settle();
    stepper.next()
}

/// What comes of a choice when chance falls in its `chance`th way; `None` when nothing comes of
/// it: a message that changes nothing and brings nothing forth may as well stay in flight.
pub fn apply(scope: &Scope, state: &State, choice: Choice, chance: u32) -> Option<Next> {
    let mut stepper = Stepper::new(scope, state.clone(), chance);
    stepper.choose(choice);
    stepper.settle();
    let is_delivery = matches!(choice, Choice::Deliver(_) | Choice::Duplicate(_));
    if is_delivery && !stepper.moved && !scope.fifo { None } else { Some(stepper.next()) }
}

/// A step that is being taken.
struct Stepper<'a> {
    scope: &'a Scope,
    state: State,
    /// What is to happen before anything else does: a message to oneself, say.
    loops: VecDeque<(Id, Input)>,
    effects: Vec<Effect>,
    entries: Vec<(bool, Fact)>,
    facts: Facts,
    /// Whether anything has changed, or was sent.
    moved: bool,
    broken: bool,
    chance: u32,
    chances: u32,
    rules: Vec<&'static str>,
}

impl<'a> Stepper<'a> {
    fn new(scope: &'a Scope, state: State, chance: u32) -> Stepper<'a> {
        Stepper {
            scope,
            state,
            loops: VecDeque::new(),
            effects: Vec::new(),
            entries: Vec::new(),
            facts: Facts::default(),
            moved: false,
            broken: false,
            chance,
            chances: 1,
            rules: Vec::new(),
        }
    }

    fn next(mut self) -> Next {
        self.forget_late();
        let Stepper { state, broken, chances, rules, .. } = self;
        Next { state, broken, chances, rules }
    }

    fn choose(&mut self, choice: Choice) {
        match choice {
            Choice::Ask(op) => self.ask(op),
            Choice::Deliver(place) => {
                let flying = self.state.flights.remove(place.into());
                self.arrive(flying);
            }
            Choice::Duplicate(place) => {
                self.state.spent.duplicates += 1;
                let flying = self.state.flights[usize::from(place)].clone();
                self.arrive(flying);
            }
            Choice::Lose(place) => {
                self.state.spent.losses += 1;
                self.state.flights.remove(place.into());
            }
            Choice::Timeout(id, key) => {
                self.state.spent.timeouts += 1;
                self.state.timers.retain(|armed| *armed != (id, key));
                self.enter(id, Input::Timeout(key));
            }
            Choice::Crash(id) => {
                self.state.spent.crashes += 1;
                self.state.down |= 1 << id.0;
                self.state.timers.retain(|armed| armed.0 != id);
                self.state.machine.crash(id);
                self.scope.watch.crashed(&mut self.state, id);
            }
            Choice::Restart(id) => {
                self.state.down &= !(1 << id.0);
                self.boot(id);
            }
        }
    }

    fn ask(&mut self, op: u8) {
        let asked = &self.scope.asks[usize::from(op)];
        self.moved = true;
        if self.scope.watch.reads_past() {
            Rc::make_mut(&mut self.state.past).call(op);
        }
        let (target, request) = Rc::make_mut(&mut self.state.clients).ask(asked, op);
        if self.scope.cast.is_role(asked.client) {
            self.loops.push_back((asked.client, Input::Request(request)));
        } else {
            self.send(asked.client, target, Packet::Request(request));
        }
    }

    fn arrive(&mut self, flying: Flying) {
        let Flying { from, to, packet, .. } = flying;
        if !self.state.is_up(to) {
            return;
        }
        if !self.scope.cast.is_role(to) {
            if let Packet::Reply(ticket, reply) = packet {
                self.replied(ticket, from, reply);
            }
            return;
        }
        match packet {
            Packet::Parcel(parcel) => self.enter(to, Input::Deliver { from, parcel }),
            Packet::Request(request) => self.enter(to, Input::Request(request)),
            Packet::Reset => self.enter(to, Input::Reset(from)),
            Packet::Reply(..) => {}
        }
    }

    /// What a step brought about at the node itself happens before anything else.
    fn settle(&mut self) {
        while let Some((id, input)) = self.loops.pop_front() {
            self.enter(id, input);
        }
    }

    /// What comes too late may as well not come: without it, more states are the same.
    fn forget_late(&mut self) {
        let State { flights, machine, .. } = &mut self.state;
        if self.scope.reduces && !self.scope.fifo {
            let knobs = |id: Id| &self.scope.knobs[id.index()];
            flights.retain(|flying| match &flying.packet {
                Packet::Parcel(parcel) => !machine.is_late(flying.to, knobs(flying.to), &**parcel),
                _ => true,
            });
        }
    }

    fn boot(&mut self, me: Id) {
        self.run(me, |machine, ports| {
            machine.boot(me, ports);
            Changed { disk: true, any: true }
        });
    }

    fn enter(&mut self, me: Id, input: Input) {
        if self.state.is_up(me) {
            self.run(me, |machine, ports| machine.step(me, input, ports));
        }
    }

    fn run(&mut self, me: Id, step: impl FnOnce(&mut dyn Machine, Ports) -> Changed) {
        let mut effects = core::mem::take(&mut self.effects);
        let (chance, chances) = (self.chance, &mut self.chances);
        // The numbers drawn are the digits of `chance`, each to the base of its range.
        let mut choose = |n: u32| {
            let digit = chance / *chances % n.max(1);
            *chances = chances.saturating_mul(n.max(1));
            digit
        };
        let watched = self.scope.watch.reads_entries();
        let ports = Ports {
            knobs: &self.scope.knobs[me.index()],
            mono: Time::ZERO,
            wall: Time::ZERO,
            choose: &mut choose,
            effects: &mut effects,
            entries: if watched { Some(&mut self.entries) } else { None },
        };
        let changed = step(&mut *self.state.machine, ports);
        self.moved |= changed.any;
        if changed.any {
            let seen = (&self.entries[..], &mut self.facts);
            self.broken |= self.scope.watch.stepped(self.scope, &mut self.state, me, seen);
            self.entries.clear();
        }
        for effect in effects.drain(..) {
            self.effect(me, effect);
        }
        self.effects = effects;
    }

    fn effect(&mut self, me: Id, effect: Effect) {
        match effect {
            Effect::Rule(fired) => return self.rules.push(fired.rule.id),
            Effect::Arm { timer, .. } => return self.arm(me, timer),
            Effect::Disarm(timer) => {
                let before = self.state.timers.len();
                self.state.timers.retain(|armed| *armed != (me, timer));
                self.moved |= before != self.state.timers.len();
                return;
            }
            Effect::Tell { to, text } => {
                let news = News { from: me, text, context: self.state.machine.context(me) };
                if self.scope.cast.is_role(to) {
                    self.loops.push_back((to, Input::Told(news)));
                }
            }
            Effect::Reply { ticket, reply } if ticket.client == me => {
                self.replied(ticket, me, reply);
            }
            Effect::Reply { ticket, reply } => {
                self.send(me, ticket.client, Packet::Reply(ticket, reply));
            }
            Effect::Send { to, parcel } if to == me => {
                self.loops.push_back((me, Input::Deliver { from: me, parcel }));
            }
            Effect::Send { to, parcel } => self.send(me, to, Packet::Parcel(parcel)),
        }
        self.moved = true;
    }

    fn arm(&mut self, me: Id, key: TimerKey) {
        let timers = &mut self.state.timers;
        if let Err(place) = timers.binary_search(&(me, key)) {
            timers.insert(place, (me, key));
            self.moved = true;
        }
    }

    fn send(&mut self, from: Id, to: Id, packet: Packet) {
        self.state.flights.push(Flying::new(self.scope, (from, to), packet));
    }

    /// An answer reaches its client.
    fn replied(&mut self, ticket: Ticket, from: Id, reply: Reply) {
        let clients = Rc::make_mut(&mut self.state.clients);
        let heard = match &reply {
            Reply::Redirect(hint) => clients.redirected(self.scope, ticket, *hint),
            _ => clients.heard(ticket, from, matches!(reply, Reply::Ok(_))),
        };
        match heard {
            Heard::Late => return,
            Heard::Asks(target, request) => {
                self.send(ticket.client, target, Packet::Request(request));
            }
            Heard::Ended(op) => self.ended(op, reply),
        }
        self.moved = true;
    }

    fn ended(&mut self, op: u8, reply: Reply) {
        if !self.scope.watch.reads_past() {
            return;
        }
        let outcome = match reply {
            Reply::Ok(value) => Outcome::Ok(value),
            Reply::Fail(reason) => Outcome::Fail(reason),
            Reply::Redirect(_) => Outcome::Fail("no-leader"),
            Reply::Unknown => Outcome::Unknown,
        };
        Rc::make_mut(&mut self.state.past).end(op, outcome);
        self.broken |= self.scope.watch.ended(self.scope, &self.state);
    }
}
