//! One state: everything on which it depends what can come.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use super::clients::Clients;
use super::past::Past;
use super::scope::{Choice, Scope};
use super::symmetry::MOST;
use super::watch::Memo;
use crate::base::{Id, Renamer, mix};
use crate::explore::bounds::Bound;
use crate::kernel::Packet;
use crate::machine::Machine;
use crate::protocol::TimerKey;

/// One state.
pub struct State {
    /// The nodes and the ghost.
    pub machine: Box<dyn Machine>,
    /// What is in flight, in the order of sending.
    pub flights: Vec<Flying>,
    /// The armed timers, in order.
    pub timers: Vec<(Id, TimerKey)>,
    /// Who is down.
    pub down: u128,
    /// What clients wait for.
    pub clients: Rc<Clients>,
    /// What was called and has ended, where the property reads that.
    pub past: Rc<Past>,
    /// What the property remembers.
    pub memo: Rc<Memo>,
    /// How much of the budget is gone.
    pub spent: Spent,
}

/// A message in flight.
#[derive(Clone, Debug)]
pub struct Flying {
    /// From whom.
    pub from: Id,
    /// To whom.
    pub to: Id,
    /// What it carries.
    pub packet: Packet,
    /// The hash of all that, under each of the scope's names.
    pub hashes: Rc<[u64]>,
}

/// How much of the budget is gone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Spent {
    /// Timers that ran out.
    pub timeouts: u16,
    /// Crashes.
    pub crashes: u8,
    /// Messages that arrived twice.
    pub duplicates: u8,
    /// Messages that were lost.
    pub losses: u8,
}

impl Clone for State {
    fn clone(&self) -> State {
        State {
            machine: self.machine.fork(),
            flights: self.flights.clone(),
            timers: self.timers.clone(),
            down: self.down,
            clients: self.clients.clone(),
            past: self.past.clone(),
            memo: self.memo.clone(),
            spent: self.spent,
        }
    }
}

impl State {
    /// Whether `id` runs.
    pub fn is_up(&self, id: Id) -> bool {
        self.down & (1 << id.0) == 0
    }

    /// About how many bytes it takes, of which it shares some.
    pub fn bytes(&self) -> usize {
        let machine = 96 + 96 * 8;
        let flights = self.flights.capacity() * size_of::<Flying>();
        size_of::<State>() + machine + flights + self.timers.capacity() * 16
    }

    /// What can happen now.
    pub fn choices(&self, scope: &Scope, out: &mut Vec<Choice>) {
        out.clear();
        if let Some(only) = self.only_choice(scope) {
            return out.push(only);
        }
        let asks = (0..scope.asks.len() as u8).map(Choice::Ask);
        out.extend(asks.filter(|choice| {
            matches!(choice, Choice::Ask(op)
            if self.clients.may_ask(scope, *op, self))
        }));
        for (place, flying) in self.flights.iter().enumerate() {
            let place = place as u16;
            if scope.fifo && self.flights[..usize::from(place)].iter().any(|f| f.is_beside(flying))
            {
                continue;
            }
            if scope.fifo && u32::from(self.spent.losses) < scope.most(Bound::Losses) {
                out.push(Choice::Lose(place));
            }
            if self.is_up(flying.to) {
                out.push(Choice::Deliver(place));
                if u32::from(self.spent.duplicates) < scope.most(Bound::Duplicates) {
                    out.push(Choice::Duplicate(place));
                }
            } else if scope.fifo {
                // What reaches nobody is lost, and what follows it can come.
                out.push(Choice::Deliver(place));
            }
        }
        if u32::from(self.spent.timeouts) < scope.most(Bound::Timeouts) {
            let up = self.timers.iter().filter(|(id, _)| self.is_up(*id));
            out.extend(up.map(|(id, key)| Choice::Timeout(*id, *key)));
        }
        self.crashes(scope, out);
    }

    fn crashes(&self, scope: &Scope, out: &mut Vec<Choice>) {
        let may_crash = u32::from(self.spent.crashes) < scope.most(Bound::Crashes);
        for index in 0..scope.cast.n_roles() {
            let id = Id::at(index);
            if !scope.is_mortal(id) {
                continue;
            }
            if !self.is_up(id) {
                out.push(Choice::Restart(id));
            } else if may_crash {
                out.push(Choice::Crash(id));
            }
        }
    }

    /// Partial-order reduction: what a client does by itself, asking or hearing an answer, depends
    /// on nothing that others do before it, and others on it in no other way than by what it sends.
    /// Where the property does not look at it, it alone is an ample set (Clarke, Grumberg, Minea
    /// and Peled, *State Space Reduction Using Partial Order Techniques*, STTT 1999).
    fn only_choice(&self, scope: &Scope) -> Option<Choice> {
        if !scope.reduces || scope.watch.reads_past() || scope.fifo {
            return None;
        }
        let heard = self.flights.iter().position(|flying| {
            let of_kernel = !scope.cast.is_role(flying.to);
            of_kernel && matches!(flying.packet, Packet::Reply(..))
        });
        if let Some(place) = heard {
            return Some(Choice::Deliver(place as u16));
        }
        let asks = 0..scope.asks.len() as u8;
        let mut kernel = asks.filter(|op| !scope.cast.is_role(scope.asks[usize::from(*op)].client));
        kernel.find(|op| self.clients.may_ask(scope, *op, self)).map(Choice::Ask)
    }

    /// By what it is known again: the least of its hashes under all names that may be exchanged.
    pub fn fingerprint(&self, scope: &Scope) -> u64 {
        let all = &scope.symmetry.permutations;
        let mut nodes: [u64; MOST] = [0; MOST];
        for index in 0..scope.cast.n_roles() {
            let id = Id::at(index);
            let up = u64::from(self.is_up(id));
            let own = self.machine.node_fingerprints(id, all);
            for ((sum, names), node) in nodes.iter_mut().zip(all).zip(&*own) {
                let name = names.get(index).copied().unwrap_or(id);
                *sum = sum.wrapping_add(mix(node ^ mix(u64::from(name.0) << 1 | up)));
            }
        }
        let named =
            |(place, names): (usize, &Vec<Id>)| self.named(scope, place, names, nodes[place]);
        all.iter().enumerate().map(named).min().unwrap_or(0)
    }

    /// Its hash with participants by the names at `place`, of which `nodes` is the part of the
    /// nodes.
    fn named(&self, scope: &Scope, place: usize, names: &[Id], nodes: u64) -> u64 {
        let mut flights = 0_u64;
        for (nth, flying) in self.flights.iter().enumerate() {
            let mut hash = flying.hashes[place];
            if scope.fifo {
                // Only the order on each link counts.
                let before = self.flights[..nth].iter().filter(|f| f.is_beside(flying)).count();
                hash = hash.wrapping_add(before as u64 + 1);
            }
            flights = flights.wrapping_add(mix(hash));
        }
        let mut timers = 0_u64;
        for (id, key) in &self.timers {
            timers = timers.wrapping_add(Renamer::hash_of(names, &(id, key)));
        }
        let mut rest = Renamer::new(names);
        (&*self.clients, &*self.past, &*self.memo, self.spent).hash(&mut rest);
        if scope.watch.reads_ghost() {
            rest.write_u64(self.machine.ghost_fingerprint(names));
        }
        mix(nodes ^ mix(flights ^ mix(timers ^ rest.finish())))
    }
}

impl Flying {
    /// A message that sets out.
    pub fn new(scope: &Scope, (from, to): (Id, Id), packet: Packet) -> Flying {
        let all = scope.symmetry.permutations.iter();
        let hashes = all.map(|names| named(names, (from, to), &packet)).collect();
        Flying { from, to, packet, hashes }
    }

    /// Whether it is on the same link.
    pub fn is_beside(&self, other: &Flying) -> bool {
        (self.from, self.to) == (other.from, other.to)
    }
}

/// The hash of a message with participants by these names.
fn named(names: &[Id], ends: (Id, Id), packet: &Packet) -> u64 {
    let ends = Renamer::hash_of(names, &ends);
    let content = match packet {
        Packet::Parcel(parcel) => parcel.fingerprint(names),
        Packet::Request(request) => Renamer::hash_of(names, request),
        Packet::Reply(ticket, reply) => Renamer::hash_of(names, &(ticket, reply)),
        Packet::Reset => 0,
    };
    mix(ends ^ content.rotate_left(17))
}
