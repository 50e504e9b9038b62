//! Messages under way, held, and lost a moment ago.

use netsplit_core::base::{Span, Value, sort_by_key};
use netsplit_core::kernel::{Flight, Packet};
use netsplit_core::op::Reply;
use netsplit_core::run::trace::{Fate, Loss, MessageRecord};

use super::Eye;
use crate::scene::FALL;
use crate::scene::view::{FlightView, LossView};

/// So many messages are looked through for those that were lost a moment ago.
const LOOKED_THROUGH: usize = 600;

impl Eye<'_> {
    pub(super) fn flights(&self) -> Vec<FlightView> {
        let world = self.run.world();
        let apart = |flight: &&Flight| flight.from != flight.to;
        let under_way = world.flights().filter(apart).map(|flight| self.flight(flight, false));
        let held = world.held().iter().map(|flight| self.flight(flight, true));
        let mut flights: Vec<_> = under_way.chain(held).collect();
        sort_by_key(&mut flights, |flight| flight.number);
        flights
    }

    fn flight(&self, flight: &Flight, held: bool) -> FlightView {
        FlightView {
            number: flight.id,
            from: flight.from,
            to: flight.to,
            sent: flight.sent,
            due: flight.due,
            label: self.label(&flight.packet),
            shape: flight.packet.shape(),
            epoch: flight.packet.epoch(),
            duplicate: flight.duplicate,
            held,
        }
    }

    fn label(&self, packet: &Packet) -> String {
        match packet {
            Packet::Request(request) => request.op.to_string(),
            Packet::Reply(_, Reply::Ok(Value::Nil)) => "ok".into(),
            Packet::Reply(_, Reply::Ok(value)) => value.to_string(),
            Packet::Reply(_, Reply::Fail(reason)) => self.word("reason", reason),
            Packet::Reply(_, Reply::Redirect(Some(to))) => format!("→ {}", self.name(*to)),
            other => other.kind().into(),
        }
    }

    pub(super) fn losses(&self) -> Vec<LossView> {
        let messages = &self.run.trace().messages;
        let sent = (self.run.world().n_messages() as usize).min(messages.len());
        let from = sent.saturating_sub(LOOKED_THROUGH);
        (from..sent).filter_map(|number| self.loss(number as u32, &messages[number])).collect()
    }

    fn loss(&self, number: u32, message: &MessageRecord) -> Option<LossView> {
        let Fate::Lost(at, loss) = message.fate else { return None };
        let now = self.run.at();
        let fresh = at <= now && now < at.max(message.due) + FALL;
        if !fresh || message.from == message.to || loss == Loss::Unsent {
            return None;
        }
        let (from, to) = (self.name(message.from), self.name(message.to));
        let flight = FlightView {
            number,
            from: message.from,
            to: message.to,
            sent: message.at,
            // What is lost where it is sent has a way all the same: it shows where to.
            due: message.due.max(message.at + Span(1)),
            label: message.kind.into(),
            shape: message.shape,
            epoch: message.epoch,
            duplicate: message.duplicate,
            held: false,
        };
        let key = if loss == Loss::Down { "loss.down" } else { "loss.lost" };
        let note = self.say(key, &[("from", &from), ("to", &to)]);
        let brief = self.say(&format!("{key}.brief"), &[]);
        Some(LossView { flight, at, arrived: loss == Loss::Down, note, brief })
    }
}
