//! A proposer: it sends a client's value to every acceptor and counts what they answer.

use alloc::vec::Vec;

use crate::base::{Id, Value};
use crate::op::{Reply, Request, Ticket};
use crate::protocol::Part;

use super::message::Msg;
use super::tally::{self, Outcome, Tally, needed};
use super::{Cx, RESEND, Resend, all, rules};

/// What a proposer knows. None of it survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Proposer {
    /// What it has heard from acceptors.
    pub tally: Tally,
    /// The clients that wait, in the order of asking, each with its value.
    pub asked: Vec<(Ticket, Value)>,
}

/// A client asks. Who knows the outcome answers at once.
pub fn begin(cx: &mut Cx, own: &mut Proposer, request: &Request) {
    own.asked.push((request.ticket, request.op.arg(0)));
    if own.tally.outcome != Outcome::Open {
        cx.rule(&rules::PROPOSE_KNOWN, []);
        return answer(cx, own);
    }
    let of: Vec<Id> = all(cx.setup, Part::Service).collect();
    cx.rule(&rules::PROPOSE, [&of.len(), &needed(cx.setup)]);
    cx.send_all(of, Msg::Propose(request.op.arg(0)));
    remind(cx, own);
}

/// An acceptor says what it has accepted: this proposer's value, or the one that came first.
pub fn hear(cx: &mut Cx, own: &mut Proposer, from: Id, value: &Value) {
    if tally::hear(cx, &mut own.tally, from, value) {
        cx.disarm(Resend);
        answer(cx, own);
    }
}

/// Some acceptors have not answered.
pub fn resend(cx: &mut Cx, own: &Proposer) {
    let Some((_, value)) = own.asked.first() else { return };
    let silent: Vec<Id> = own.tally.silent(cx.setup).collect();
    let votes = own.tally.leading().map_or(0, |value| own.tally.votes(value).count());
    cx.rule(&rules::RESEND, [&silent.len(), &votes, &needed(cx.setup)]);
    cx.send_all(silent, Msg::Propose(value.clone()));
    remind(cx, own);
}

/// Arms the reminder, if there is somebody to remind.
pub fn remind(cx: &mut Cx, own: &Proposer) {
    let span = cx.knobs.span(RESEND);
    if span.0 > 0 && !own.asked.is_empty() {
        cx.arm(Resend, (span, span));
    } else {
        cx.disarm(Resend);
    }
}

/// Tells everybody who waits what came of it.
fn answer(cx: &mut Cx, own: &mut Proposer) {
    for (ticket, _) in core::mem::take(&mut own.asked) {
        let reply = match &own.tally.outcome {
            Outcome::Chosen(value) => Reply::Ok(value.clone()),
            Outcome::Open | Outcome::Split => Reply::Fail("split"),
        };
        cx.reply(ticket, reply);
    }
}
