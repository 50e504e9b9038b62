//! An acceptor: it promises, and it accepts.

use crate::base::{Id, Value};
use crate::knob::Knobs;

use super::message::Msg;
use super::{Cx, Node, Proposal, knobs, learners, rules};

/// What an acceptor must not forget.
///
/// Invariant, by Lamport's rules: `promised` never decreases, and is at least the number of what
/// is accepted.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Acceptor {
    /// The highest number that it has promised; 0 before the first.
    pub promised: u64,
    /// The proposal of the highest number that it has accepted.
    pub accepted: Option<Proposal>,
}

impl Acceptor {
    /// The number of what is accepted; 0 when nothing is.
    pub fn accepted_number(&self) -> u64 {
        self.accepted.as_ref().map_or(0, |proposal| proposal.number)
    }
}

/// Phase 1(b).
pub(super) fn on_prepare(
    cx: &mut Cx,
    node: &mut Node,
    from: Id,
    (number, value): (u64, &Option<Value>),
) {
    let by = cx.knobs.count(knobs::RULES);
    let acceptor = node.acceptor_mut();
    if cx.knobs.on(knobs::LIE) {
        cx.rule(&rules::PROMISE_LIE, [&from, &number]);
        return cx.send(from, Msg::Promise { number, accepted: None });
    }
    let bar =
        if by == knobs::rules::DOC000 { acceptor.accepted_number() } else { acceptor.promised };
    if number <= bar {
        cx.rule(&rules::PROMISE_DENY, [&from, &number, &bar]);
        return refuse(cx, from, number, bar);
    }
    acceptor.promised = acceptor.promised.max(number);
    let accepted = match (by, value) {
        (knobs::rules::DOC001, Some(value)) => {
            cx.rule(&rules::PROMISE_OVERWRITE, [&from, &number]);
            acceptor.accepted.replace(Proposal { number, value: value.clone() })
        }
        (knobs::rules::DOC000, _) => {
            cx.rule(&rules::PROMISE_SILENT, [&from, &number]);
            None
        }
        _ => {
            match &acceptor.accepted {
                None => cx.rule(&rules::PROMISE, [&from, &number]),
                Some(held) => cx.rule(&rules::PROMISE_REPORT, [&from, &number, &held.number]),
            }
            acceptor.accepted.clone()
        }
    };
    cx.send(from, Msg::Promise { number, accepted });
}

/// Phase 2(b).
pub(super) fn on_accept(cx: &mut Cx, node: &mut Node, from: Id, proposal: &Proposal) {
    let lies = cx.knobs.on(knobs::LIE);
    let acceptor = node.acceptor_mut();
    let (number, promised) = (proposal.number, acceptor.promised);
    if number < promised && !lies {
        cx.rule(&rules::ACCEPT_DENY, [&from, &number, &promised]);
        return refuse(cx, from, number, promised);
    }
    match acceptor.accepted_number() {
        _ if lies => cx.rule(&rules::ACCEPT_LIE, [&from, &number, &promised]),
        earlier if earlier == 0 || earlier == number => cx.rule(&rules::ACCEPT, [&from, &number]),
        earlier => cx.rule(&rules::ACCEPT_AGAIN, [&from, &number, &earlier]),
    }
    acceptor.promised = number;
    acceptor.accepted = Some(proposal.clone());
    cx.send(from, Msg::Accepted(proposal.clone()));
    cx.send_all(learners(cx.setup), Msg::Accepted(proposal.clone()));
}

fn refuse(cx: &mut Cx, to: Id, number: u64, promised: u64) {
    if cx.knobs.on(knobs::NACK) {
        cx.send(to, Msg::Nack { number, promised });
    }
}

/// Whether it would refuse a message now and for ever, and say nothing of it.
pub(super) fn is_late(own: &Knobs, node: &Node, msg: &Msg) -> bool {
    let speaks = own.on(knobs::NACK) || own.on(knobs::LIE) || !own.on(knobs::DURABLE);
    let lamport = own.count(knobs::RULES) == knobs::rules::LAMPORT;
    let promised = node.acceptor().promised;
    match msg {
        _ if speaks => false,
        Msg::Prepare { number, .. } => lamport && *number <= promised,
        Msg::Accept(proposal) => proposal.number < promised,
        _ => false,
    }
}
