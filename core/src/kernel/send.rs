//! Messages leave, into the weather.

use super::flight::{Class, Flight, Item, Packet};
use super::guest;
use super::recorder::Recorder;
use super::weather::{self, Purpose};
use super::world::World;
use crate::base::{Id, Span, Time};
use crate::run::trace::Loss;

impl World {
    /// A message leaves, into the weather.
    pub(super) fn send(
        &mut self,
        from: Id,
        to: Id,
        packet: Packet,
        cause: u32,
        rec: &mut Recorder,
    ) {
        self.digest.int(u64::from(from.0) << 16 | u64::from(to.0));
        self.digest.text(packet.kind());
        let now = self.now;
        let id = self.messages;
        self.messages += 1;
        let mut flight =
            Flight { id, cause, from, to, sent: now, due: now, packet, duplicate: false };
        let link = guest::link(self.guest, (from, to));
        if link.0 == link.1 {
            rec.sent(&flight);
            self.push(now, Class::Loopback, Item::Deliver(flight));
            return;
        }
        let (min, max) = self.net.latency(link);
        let latency = weather::between(self.draw(Purpose::Latency, from, to), min, max);
        flight.due = self.in_order((from, to), now + latency);
        rec.sent(&flight);
        if self.net.is_cut(link) {
            return rec.lost(id, now, Loss::Cut);
        }
        let loss = self.net.loss(link);
        if loss.0 > 0 && weather::happens(self.draw(Purpose::Loss, from, to), loss) {
            return rec.lost(id, now, Loss::Chance);
        }
        let twice = self.net.duplication(link);
        let twice =
            twice.0 > 0 && weather::happens(self.draw(Purpose::Duplication, from, to), twice);
        if twice {
            let latency = self.draw(Purpose::SecondLatency, from, to);
            self.second(&flight, weather::between(latency, min, max), rec);
        }
        self.launch(flight, rec);
    }

    /// A second copy of a message sets out.
    pub(super) fn second(&mut self, flight: &Flight, latency: Span, rec: &mut Recorder) {
        let due = self.in_order((flight.from, flight.to), self.now + latency);
        let copy =
            Flight { id: self.messages, due, sent: self.now, duplicate: true, ..flight.clone() };
        self.messages += 1;
        rec.sent(&copy);
        self.push(copy.due, Class::Delivery, Item::Deliver(copy));
    }

    pub(super) fn unsend(
        &mut self,
        from: Id,
        to: Id,
        packet: Packet,
        cause: u32,
        rec: &mut Recorder,
    ) {
        let (id, now) = (self.messages, self.now);
        self.messages += 1;
        let flight = Flight { id, cause, from, to, sent: now, due: now, packet, duplicate: false };
        rec.sent(&flight);
        rec.lost(id, now, Loss::Unsent);
    }

    /// On a FIFO link nothing arrives before what was sent before it.
    fn in_order(&mut self, (from, to): (Id, Id), due: Time) -> Time {
        // A guest asks one thing at a time: nothing of it can overtake anything.
        let of_guest = guest::link(self.guest, (from, to)) != (from, to);
        if of_guest || !self.net.is_fifo((from, to)) {
            return due;
        }
        let last = &mut self.last_due[from.index() * self.cast.names.len() + to.index()];
        *last = due.max(*last);
        *last
    }

    fn draw(&mut self, purpose: Purpose, from: Id, to: Id) -> u64 {
        let (from, to) = (self.cast.place(from), self.cast.place(to));
        weather::draw(self.seed, self.nth.next(purpose, from, to.into(), self.now))
    }
}
