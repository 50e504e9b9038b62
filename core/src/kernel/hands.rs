//! Single messages, handled by hand: dropped, held, released, doubled, delayed, delivered now.

use alloc::vec::Vec;

use super::action::{Handling, LinkSet, Selector, Which};
use super::flight::{Class, Flight, Item};
use super::guest;
use super::net::Link;
use super::recorder::Recorder;
use super::world::World;
use crate::base::{Id, sort};
use crate::run::trace::{Idle, Loss};

/// A handling that waits for messages to be sent.
#[derive(Clone, Debug)]
pub struct Trap {
    links: Vec<(Id, Id)>,
    kind: Option<&'static str>,
    handling: Handling,
    /// How many more; `None` for all.
    left: Option<u32>,
}

impl Trap {
    fn takes(&self, link: Link, kind: &str) -> bool {
        self.links.contains(&link) && self.kind.is_none_or(|own| own == kind)
    }
}

fn flight_is(flight: &Flight, links: &[(Id, Id)], kind: Option<&'static str>) -> bool {
    links.contains(&(flight.from, flight.to))
        && kind.is_none_or(|kind| kind == flight.packet.kind())
}

impl World {
    /// Does what a line says to the messages that it means.
    #[inline(never)]
    pub(super) fn handle(
        &mut self,
        handling: Handling,
        selector: &Selector,
        rec: &mut Recorder,
    ) -> Result<(), Idle> {
        let links = self.links(&selector.links)?;
        let kind = selector.kind;
        let left = match selector.which {
            Which::Flying(nth) => return self.handle_flying(handling, &links, kind, nth, rec),
            Which::Next(n) => Some(n),
            Which::All => None,
        };
        self.traps.push(Trap { links, kind, handling, left });
        Ok(())
    }

    fn handle_flying(
        &mut self,
        handling: Handling,
        links: &[(Id, Id)],
        kind: Option<&'static str>,
        nth: u32,
        rec: &mut Recorder,
    ) -> Result<(), Idle> {
        let meant = |flight: &&Flight| flight_is(flight, links, kind);
        let under_way = self.flights().filter(meant).map(|flight| flight.id);
        let held = self.held.iter().filter(meant).map(|flight| flight.id);
        let mut ids: Vec<u32> = under_way.chain(held).collect();
        sort(&mut ids);
        let id = *ids.get(nth.saturating_sub(1) as usize).ok_or(Idle::NoMessage)?;
        let flight = self.take(id).ok_or(Idle::NoMessage)?;
        self.handle_one(handling, flight, rec);
        Ok(())
    }

    /// Takes a message out of the air, or from where it is held.
    fn take(&mut self, id: u32) -> Option<Flight> {
        if let Some(place) = self.held.iter().position(|flight| flight.id == id) {
            return Some(self.held.remove(place));
        }
        let mut taken = None;
        let queue = core::mem::take(&mut self.queue);
        self.queue = queue
            .into_iter()
            .filter_map(|due| match due.item {
                Item::Deliver(flight) if flight.id == id => {
                    taken = Some(flight);
                    None
                }
                _ => Some(due),
            })
            .collect();
        taken
    }

    /// A message sets out, unless a hand waits for it.
    pub(super) fn launch(&mut self, flight: Flight, rec: &mut Recorder) {
        let link = guest::link(self.guest, (flight.from, flight.to));
        let takes = |trap: &Trap| trap.takes(link, flight.packet.kind());
        let Some(place) = self.traps.iter().position(takes) else {
            return self.push(flight.due, Class::Delivery, Item::Deliver(flight));
        };
        let handling = self.traps[place].handling;
        if let Some(left) = &mut self.traps[place].left {
            *left -= 1;
            if *left == 0 {
                self.traps.remove(place);
            }
        }
        self.handle_one(handling, flight, rec);
    }

    fn handle_one(&mut self, handling: Handling, mut flight: Flight, rec: &mut Recorder) {
        match handling {
            Handling::Drop => rec.lost(flight.id, self.now, Loss::Hand),
            Handling::Hold => self.held.push(flight),
            Handling::Duplicate => {
                let latency = flight.due.since(self.now);
                self.second(&flight, latency, rec);
                self.push(flight.due, Class::Delivery, Item::Deliver(flight));
            }
            Handling::Delay(span) => {
                flight.due += span;
                rec.delayed(flight.id, flight.due);
                self.push(flight.due, Class::Delivery, Item::Deliver(flight));
            }
            Handling::Deliver => self.deliver_now(flight, rec),
        }
    }

    fn deliver_now(&mut self, mut flight: Flight, rec: &mut Recorder) {
        flight.due = self.now;
        rec.delayed(flight.id, self.now);
        self.push(self.now, Class::Delivery, Item::Deliver(flight));
    }

    /// Held messages go on, from where they were held, and nothing further is held there.
    #[inline(never)]
    pub(super) fn release(
        &mut self,
        which: Option<&(LinkSet, Option<&'static str>)>,
        rec: &mut Recorder,
    ) -> Result<(), Idle> {
        let which = match which {
            Some((links, kind)) => Some((self.links(links)?, *kind)),
            None => None,
        };
        let before = (self.traps.len(), self.held.len());
        self.traps.retain(|trap| {
            let meant = which.as_ref().is_none_or(|(links, kind)| {
                kind.is_none_or(|kind| trap.kind.is_none_or(|own| own == kind))
                    && trap.links.iter().any(|link| links.contains(link))
            });
            !(meant && trap.handling == Handling::Hold)
        });
        let (free, held) = core::mem::take(&mut self.held).into_iter().partition(|flight| {
            which.as_ref().is_none_or(|(links, kind)| flight_is(flight, links, *kind))
        });
        self.held = held;
        let free: Vec<Flight> = free;
        for mut flight in free {
            // The rest of its way, as long as it was when it was stopped at its sending.
            flight.due = self.now + flight.due.since(flight.sent);
            rec.delayed(flight.id, flight.due);
            self.push(flight.due, Class::Delivery, Item::Deliver(flight));
        }
        if before == (self.traps.len(), self.held.len()) { Err(Idle::NoMessage) } else { Ok(()) }
    }

    /// What is in flight over cut links is lost.
    pub(super) fn lose_cut(&mut self, rec: &mut Recorder) {
        let (net, guest, now) = (self.net.clone(), self.guest, self.now);
        let is_cut = |(from, to): Link| from != to && net.is_cut((from, to));
        self.queue.retain(|due| match &due.item {
            Item::Deliver(flight) if is_cut(guest::link(guest, (flight.from, flight.to))) => {
                rec.lost(flight.id, now, Loss::Cut);
                false
            }
            _ => true,
        });
    }
}
