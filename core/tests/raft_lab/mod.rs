//! A laboratory for single steps: servers of Raft, the messages between them in a tray, and hands
//! that deliver, lose and force. No time passes in it but what a test says.
#![allow(dead_code, reason = "every test file uses its own part")]

pub mod shapes;

use std::rc::Rc;

use netsplit_core::base::{Id, Time, Value};
use netsplit_core::facts::{Fact, Facts};
use netsplit_core::knob::{Key, Knobs, Setting};
use netsplit_core::machine::{Cluster, Input, Machine, Ports};
use netsplit_core::op::{Op, OpId, Reply, Request, Ticket};
use netsplit_core::protocol::{Effect, Given, Parcel, Protocol, Setup, Timer as _};
use netsplit_core::protocols::raft::message::Msg;
use netsplit_core::protocols::raft::{Raft, Timer, knobs};
use shapes::{C1, n};

pub struct Lab {
    pub cluster: Cluster<Raft>,
    pub knobs: Knobs,
    /// Messages that were sent and not delivered, oldest first.
    pub tray: Vec<(Id, Id, Rc<Msg>)>,
    /// Rules that fired: where, which, with what.
    pub fired: Vec<(Id, &'static str, [u64; 4])>,
    pub replies: Vec<(u32, Reply)>,
    /// Timers that were armed or disarmed, newest last.
    pub armed: Vec<(Id, Timer, bool)>,
    pub now: Time,
    /// Links on which nothing passes.
    pub cut: Vec<(Id, Id)>,
    asked: u32,
}

impl Lab {
    /// A cluster of `nodes` servers, all up, with some settings changed.
    pub fn new(nodes: u64, settings: &[(Key, u64)]) -> Lab {
        Lab::with_disks(nodes, settings, &[])
    }

    /// The same, and n1 leads.
    pub fn led(nodes: u64, settings: &[(Key, u64)]) -> Lab {
        let mut lab = Lab::new(nodes, settings);
        lab.elect(n(1));
        lab
    }

    /// A cluster with fields on some disks given.
    pub fn with_disks(nodes: u64, settings: &[(Key, u64)], given: &[(Id, &str, Given)]) -> Lab {
        let mut knobs = Knobs::defaults(Raft::KNOBS);
        knobs.set(knobs::NODES, Setting(nodes, nodes));
        for &(key, value) in settings {
            knobs.set(key, Setting(value, value));
        }
        let roles = Raft::topology(&knobs);
        let booted: Vec<Id> =
            (0..roles.len()).filter(|&index| !roles[index].spare).map(Id::at).collect();
        let setup = Setup { roles: Rc::new(roles), knobs: knobs.clone() };
        let mut lab = Lab {
            cluster: Cluster::new(setup),
            knobs,
            tray: Vec::new(),
            fired: Vec::new(),
            replies: Vec::new(),
            armed: Vec::new(),
            now: Time::ZERO,
            cut: Vec::new(),
            asked: 0,
        };
        for (id, field, value) in given {
            lab.cluster.given(*id, field, value).unwrap();
        }
        booted.into_iter().for_each(|id| lab.boot(id));
        lab
    }

    pub fn boot(&mut self, me: Id) {
        self.with_ports(me, |cluster, ports| cluster.boot(me, ports));
    }

    pub fn crash(&mut self, me: Id) {
        self.cluster.crash(me);
    }

    pub fn step(&mut self, me: Id, input: Input) {
        self.with_ports(me, |cluster, ports| {
            cluster.step(me, input, ports);
        });
    }

    fn with_ports(&mut self, me: Id, run: impl FnOnce(&mut Cluster<Raft>, Ports)) {
        let mut effects = Vec::new();
        let ports = Ports {
            knobs: &self.knobs,
            mono: self.now,
            wall: self.now,
            choose: &mut |_| 0,
            effects: &mut effects,
            entries: None,
        };
        run(&mut self.cluster, ports);
        for effect in effects {
            match effect {
                Effect::Send { to, parcel } => {
                    let msg = parcel.into_any().downcast::<Msg>().unwrap();
                    if !self.cut.contains(&(me, to)) {
                        self.tray.push((me, to, msg));
                    }
                }
                Effect::Arm { timer, .. } => self.armed.push((me, Timer::of(timer), true)),
                Effect::Disarm(timer) => self.armed.push((me, Timer::of(timer), false)),
                Effect::Reply { ticket, reply } => self.replies.push((ticket.op.0, reply)),
                Effect::Rule(fired) => self.fired.push((me, fired.rule.id, fired.args)),
                Effect::Tell { .. } => {}
            }
        }
    }

    /// Hands `msg` to `to` as if `from` had sent it, and answers what `to` sends in turn.
    pub fn hand(&mut self, from: Id, to: Id, msg: Msg) -> Vec<(Id, Rc<Msg>)> {
        let tray = std::mem::take(&mut self.tray);
        let parcel: Rc<dyn Parcel> = Rc::new(msg);
        self.step(to, Input::Deliver { from, parcel });
        let sent = std::mem::replace(&mut self.tray, tray);
        sent.into_iter().map(|(_, to, msg)| (to, msg)).collect()
    }

    pub fn force(&mut self, me: Id, timer: Timer) {
        self.step(me, Input::Timeout(timer.key()));
    }

    /// A client asks; answers the number of the operation.
    pub fn ask(&mut self, to: Id, op: Op) -> u32 {
        let serial = u64::from(self.asked) + 1;
        self.ask_again(to, op, serial)
    }

    /// A client asks, and everything that follows is delivered.
    pub fn ask_settled(&mut self, to: Id, op: Op) -> u32 {
        let asked = self.ask(to, op);
        self.settle();
        asked
    }

    pub fn ask_again(&mut self, to: Id, op: Op, serial: u64) -> u32 {
        self.asked += 1;
        let ticket = Ticket { client: C1, op: OpId(self.asked), attempt: 1 };
        let (op, session, asks) = (Rc::new(op), 0, None);
        self.step(to, Input::Request(Request { op, ticket, serial, session, asks }));
        self.asked
    }

    /// Delivers the oldest message of the tray that `wanted` picks; says whether there was one.
    pub fn deliver_one(&mut self, wanted: impl Fn(Id, Id, &Msg) -> bool) -> bool {
        let place = self.tray.iter().position(|(from, to, msg)| wanted(*from, *to, msg));
        let Some((from, to, msg)) = place.map(|place| self.tray.remove(place)) else {
            return false;
        };
        self.step(to, Input::Deliver { from, parcel: msg });
        true
    }

    /// Delivers what is in the tray and what follows from it, until nothing is left. Messages to
    /// oneself go first, as in the world.
    pub fn settle(&mut self) {
        for _ in 0..100_000 {
            let more =
                self.deliver_one(|from, to, _| from == to) || self.deliver_one(|_, _, _| true);
            if !more {
                return;
            }
        }
        panic!("the servers never come to rest");
    }

    /// Delivers messages to oneself only.
    pub fn settle_own(&mut self) {
        while self.deliver_one(|from, to, _| from == to) {}
    }

    /// Everything between the two groups is lost from now on, and in flight.
    pub fn partition(&mut self, left: &[Id], right: &[Id]) {
        for &a in left {
            for &b in right {
                self.cut.extend([(a, b), (b, a)]);
            }
        }
        let cut = &self.cut;
        self.tray.retain(|(from, to, _)| !cut.contains(&(*from, *to)));
    }

    pub fn heal(&mut self) {
        self.cut.clear();
    }

    /// Elects `me` with everybody's help.
    pub fn elect(&mut self, me: Id) {
        self.force(me, Timer::Election);
        self.settle();
        assert_eq!(self.role(me).0, "leader", "{me:?}: {:?}", self.fired);
    }

    pub fn heartbeat(&mut self, me: Id) {
        self.force(me, Timer::Heartbeat);
        self.settle();
    }

    pub fn facts(&self, me: Id) -> Facts {
        let mut facts = Facts::default();
        self.cluster.facts(me, &mut facts);
        facts
    }

    /// The role of `me` and its term.
    pub fn role(&self, me: Id) -> (&'static str, u64) {
        let facts = self.facts(me);
        let role = facts.facts().iter().find_map(|fact| match fact {
            Fact::Role { name, epoch } => Some((*name, *epoch)),
            _ => None,
        });
        role.unwrap_or(("down", 0))
    }

    /// The terms of the entries of `me`.
    pub fn terms(&self, me: Id) -> Vec<u64> {
        self.entries(me).into_iter().map(|(term, _)| term).collect()
    }

    /// The term and the printed value of each entry of `me`.
    pub fn entries(&self, me: Id) -> Vec<(u64, String)> {
        let facts = self.facts(me);
        let log = facts.logs()[0];
        let entry = |index| match self.cluster.entry(me, "log", index) {
            Some(Fact::Entry { epoch, value, .. }) => (epoch, value.to_string()),
            _ => panic!("no entry {index} at {me:?}"),
        };
        (log.first..=log.last).map(entry).collect()
    }

    /// How many voters `me` counts with.
    pub fn voters(&self, me: Id) -> usize {
        let facts = self.facts(me);
        let voters = facts.facts().iter().find_map(|fact| match fact {
            Fact::Member { set: "voters", ids } => Some(ids.len()),
            _ => None,
        });
        voters.unwrap()
    }

    pub fn committed(&self, me: Id) -> u64 {
        self.facts(me).logs()[0].committed
    }

    /// The value that the copy of `me` holds.
    pub fn copy(&self, me: Id, name: &str) -> Value {
        let facts = self.facts(me);
        let copy = facts.facts().iter().find_map(|fact| match fact {
            Fact::Copy { key, value, .. } if &**key == name => Some(value.clone()),
            _ => None,
        });
        copy.unwrap_or_default()
    }

    pub fn fired(&self, me: Id, rule: &str) -> usize {
        self.fired.iter().filter(|(id, fired, _)| (*id, *fired) == (me, rule)).count()
    }

    pub fn reply(&self, op: u32) -> Option<&Reply> {
        self.replies.iter().find(|(id, _)| *id == op).map(|(_, reply)| reply)
    }

    /// The promises of the paper that do not hold now.
    pub fn broken(&self) -> Vec<&'static str> {
        let mut broken = Vec::new();
        self.cluster.broken(&mut broken);
        broken.into_iter().map(|at| Raft::properties()[at].id).collect()
    }
}
