//! Timers, by each node's own clock.

use super::action::Armings;
use super::flight::{Class, Item};
use super::person::Armed;
use super::weather::{self, Purpose};
use super::world::World;
use crate::base::{Id, Ppm, Span};
use crate::protocol::TimerKey;
use crate::run::trace::Idle;

impl World {
    /// Arms a timer, as the weather or a script says.
    pub(super) fn arm(&mut self, id: Id, key: TimerKey, min: Span, max: Span, event: u32) {
        let span = match self.people[id.index()].pinned(key) {
            Some(span) => span,
            None => weather::between(self.draw_timer(id, key), min, max),
        };
        let now = self.now;
        let local_due = self.people[id.index()].clock.mono(now) + span;
        self.rearm(id, Armed { key, arming: 0, cause: event, at: now, due: now, local_due });
    }

    /// Puts an armed timer into the queue, in place of an earlier arming.
    fn rearm(&mut self, id: Id, armed: Armed) {
        let now = self.now;
        let person = &mut self.people[id.index()];
        person.armings += 1;
        let arming = person.armings;
        let left = armed.local_due.since(person.clock.mono(now));
        let due = now + person.clock.rate().real(left);
        person.timers.retain(|other| other.key != armed.key);
        person.timers.push(Armed { arming, due, ..armed });
        self.push(due, Class::Timer, Item::Timer { node: id, key: armed.key, arming });
    }

    pub(super) fn pin(&mut self, id: Id, key: TimerKey, armings: Armings, span: Span) {
        let person = &mut self.people[id.index()];
        let armed = person.armed(key).copied();
        if armed.is_none() || armings == Armings::Every {
            person.pins.retain(|pin| pin.0 != key);
            person.pins.push((key, armings, span));
        }
        if let Some(armed) = armed {
            let local_due = person.clock.mono(self.now) - self.now.since(armed.at) + span;
            self.rearm(id, Armed { local_due, ..armed });
        }
    }

    pub(super) fn force(&mut self, id: Id, key: TimerKey) -> Result<(), Idle> {
        let person = &self.people[id.index()];
        let armed = *person.armed(key).ok_or(Idle::NotArmed)?;
        let local_due = person.clock.mono(self.now);
        self.rearm(id, Armed { local_due, ..armed });
        Ok(())
    }

    pub(super) fn drift(&mut self, id: Id, rate: Ppm) {
        let now = self.now;
        self.people[id.index()].clock.drift(now, rate);
        for armed in self.people[id.index()].timers.clone() {
            self.rearm(id, armed);
        }
    }

    fn draw_timer(&mut self, node: Id, key: TimerKey) -> u64 {
        let timer = u32::from(key.name) << 24 | (key.number & 0xff_ffff);
        weather::draw(
            self.seed,
            self.nth.next(Purpose::Timer, self.cast.place(node), timer, self.now),
        )
    }
}
