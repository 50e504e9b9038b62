//! A proposer: it asks for promises, proposes what these allow, and knows when that is chosen.

use alloc::vec::Vec;

use crate::base::{Id, IdSet, Span, Value};
use crate::op::{Reply, Request, Ticket};

use super::message::Msg;
use super::{Cx, Memory, Node, Proposal, Timer, acceptors, knobs, n_acceptors, needed, rules};

/// What a proposer is about.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Proposer {
    /// What it would propose if it may; nil once something is chosen.
    pub own: Value,
    /// Who waits for what is chosen.
    pub callers: Vec<Ticket>,
    /// How far it is with the number on its disk.
    pub stage: Stage,
}

/// How far a proposer is.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Stage {
    /// Nobody has asked it.
    #[default]
    Idle,
    /// Phase 1: it counts promises.
    Preparing {
        /// Who has answered how.
        answers: Answers,
        /// The proposal of the highest number that these report.
        highest: Option<Proposal>,
    },
    /// It has its promises, and thinks about the value that these leave it.
    Thinking(Value, Answers),
    /// Phase 2: it counts acceptances.
    Accepting(Value, Answers),
    /// It was outbid by this number, and lets others go first.
    Waiting(u64),
    /// What it proposed is chosen.
    Chosen(Value),
}

/// Who has answered how in one phase.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Answers {
    /// Who said yes.
    pub yes: IdSet,
    /// Who said no.
    pub no: IdSet,
    /// The highest number that those who said no have promised.
    pub promised: u64,
}

impl Proposer {
    /// What it knows to be chosen.
    pub fn chosen(&self) -> Option<&Value> {
        match &self.stage {
            Stage::Chosen(value) => Some(value),
            _ => None,
        }
    }
}

impl Stage {
    /// The answers that it counts; `None` when it counts none.
    pub fn answers(&self) -> Option<&Answers> {
        match self {
            Stage::Preparing { answers, .. }
            | Stage::Thinking(_, answers)
            | Stage::Accepting(_, answers) => Some(answers),
            Stage::Idle | Stage::Waiting(_) | Stage::Chosen(_) => None,
        }
    }

    fn answers_mut(&mut self) -> Option<&mut Answers> {
        match self {
            Stage::Preparing { answers, .. }
            | Stage::Thinking(_, answers)
            | Stage::Accepting(_, answers) => Some(answers),
            Stage::Idle | Stage::Waiting(_) | Stage::Chosen(_) => None,
        }
    }
}

/// A client proposes a value. It is answered with what is chosen, which need not be its value.
pub(super) fn on_request(cx: &mut Cx, node: &mut Node, request: &Request) {
    let ticket = request.ticket;
    let Memory::Proposer(proposer) = &mut node.memory else {
        cx.rule(&rules::ASK_DENY, [&Id(0)]);
        return cx.reply(ticket, Reply::Redirect(Some(Id(0))));
    };
    match &proposer.stage {
        Stage::Chosen(value) => {
            let value = value.clone();
            cx.rule(&rules::KNOWN, [&ticket.client]);
            cx.reply(ticket, Reply::Ok(value));
        }
        Stage::Idle if request.op.arg(0) == Value::Nil => {
            cx.rule(&rules::ASK_NIL, [&ticket.client]);
            cx.reply(ticket, Reply::Fail("nil"));
        }
        Stage::Idle => {
            proposer.own = request.op.arg(0);
            proposer.callers.push(ticket);
            prepare(cx, node, 0);
        }
        _ => {
            cx.rule(&rules::JOIN, [&ticket.client]);
            proposer.callers.retain(|waiting| waiting.op != ticket.op);
            proposer.callers.push(ticket);
        }
    }
}

/// Phase 1(a), with the lowest number of its own above `above` and above all that it has used.
fn prepare(cx: &mut Cx, node: &mut Node, above: u64) {
    let Memory::Proposer(proposer) = &mut node.memory else { return };
    let n_proposers = cx.setup.knobs.count(knobs::PROPOSERS);
    let number = next_number(n_proposers, cx.me, above.max(node.disk.number));
    let rounds = cx.knobs.count(knobs::ROUNDS);
    if rounds > 0 && number > rounds * n_proposers {
        cx.rule(&rules::ROUNDS_OVER, [&rounds]);
        *proposer = Proposer::default();
        return;
    }
    cx.rule(&rules::PREPARE, [&number, &needed(cx.setup), &n_acceptors(cx.setup)]);
    node.disk.number = number;
    proposer.stage = Stage::Preparing { answers: Answers::default(), highest: None };
    let carries = cx.knobs.count(knobs::RULES) == knobs::rules::DOC001;
    if carries {
        cx.rule(&rules::PREPARE_VALUE, [&number]);
    }
    let value = carries.then(|| proposer.own.clone());
    cx.send_all(acceptors(cx.setup), Msg::Prepare { number, value });
    arm_phase(cx);
}

/// Proposer k of N takes its numbers from k, k + N, k + 2N, ...: no two proposers share one.
fn next_number(n_proposers: u64, me: Id, above: u64) -> u64 {
    let first = u64::from(me.0) + 1;
    let rounds = above.saturating_sub(first) / n_proposers;
    let candidate = first + rounds * n_proposers;
    if candidate > above { candidate } else { candidate + n_proposers }
}

fn arm_phase(cx: &mut Cx) {
    let span = cx.knobs.span(knobs::TIMEOUT);
    if span > Span::ZERO {
        cx.arm(Timer::Phase, (span, span));
    }
}

/// An acceptor promises.
pub(super) fn on_promise(
    cx: &mut Cx,
    node: &mut Node,
    from: Id,
    (number, accepted): (u64, &Option<Proposal>),
) {
    let current = node.disk.number;
    let Memory::Proposer(Proposer { own, stage, .. }) = &mut node.memory else { return };
    let Stage::Preparing { answers, highest } = stage else {
        return cx.rule(&rules::STALE, [&from, &number]);
    };
    if number != current {
        return cx.rule(&rules::STALE, [&from, &number]);
    }
    answers.yes.insert(from);
    let (promises, needed) = (answers.yes.len(), needed(cx.setup));
    cx.rule(&rules::PROMISE_COUNT, [&from, &promises, &needed]);
    if accepted.as_ref().map(|proposal| proposal.number) > highest.as_ref().map(|p| p.number) {
        highest.clone_from(accepted);
    }
    if promises < needed {
        return;
    }
    let value = free_value(cx, number, own, highest);
    cx.disarm(Timer::Phase);
    let think = cx.knobs.span(knobs::THINK);
    if think > Span::ZERO {
        *stage = Stage::Thinking(value, core::mem::take(answers));
        cx.arm(Timer::Think, (think, think));
    } else {
        propose(cx, stage, Proposal { number, value });
    }
}

/// Phase 2(a), which value: that of the highest number reported, or any if there is none.
fn free_value(cx: &mut Cx, number: u64, own: &Value, highest: &Option<Proposal>) -> Value {
    if cx.knobs.count(knobs::RULES) == knobs::rules::DOC000 {
        cx.rule(&rules::OWN_ALWAYS, [&number]);
        return own.clone();
    }
    match highest {
        Some(reported) => {
            cx.rule(&rules::ADOPT, [&number, &reported.number]);
            reported.value.clone()
        }
        None => {
            cx.rule(&rules::OWN, [&number]);
            own.clone()
        }
    }
}

/// Phase 2(a), the request.
fn propose(cx: &mut Cx, stage: &mut Stage, proposal: Proposal) {
    *stage = Stage::Accepting(proposal.value.clone(), Answers::default());
    cx.send_all(acceptors(cx.setup), Msg::Accept(proposal));
    arm_phase(cx);
}

/// It has thought long enough.
pub(super) fn thought(cx: &mut Cx, node: &mut Node) {
    let Memory::Proposer(Proposer { stage, .. }) = &mut node.memory else { return };
    if let Stage::Thinking(value, _) = stage {
        let proposal = Proposal { number: node.disk.number, value: value.clone() };
        propose(cx, stage, proposal);
    }
}

/// An acceptor has accepted.
pub(super) fn on_accepted(cx: &mut Cx, node: &mut Node, from: Id, number: u64) {
    let current = node.disk.number;
    let Memory::Proposer(proposer) = &mut node.memory else { return };
    let Stage::Accepting(value, answers) = &mut proposer.stage else {
        return cx.rule(&rules::STALE, [&from, &number]);
    };
    if number != current {
        return cx.rule(&rules::STALE, [&from, &number]);
    }
    answers.yes.insert(from);
    let (acceptances, needed) = (answers.yes.len(), needed(cx.setup));
    cx.rule(&rules::ACCEPT_COUNT, [&from, &acceptances, &needed]);
    if acceptances < needed {
        return;
    }
    cx.rule(&rules::CHOSEN, [&number, &acceptances]);
    cx.disarm(Timer::Phase);
    let value = value.clone();
    for ticket in core::mem::take(&mut proposer.callers) {
        cx.reply(ticket, Reply::Ok(value.clone()));
    }
    *proposer = Proposer { stage: Stage::Chosen(value), ..Proposer::default() };
}

/// An acceptor refuses. The number is given up once no majority can say yes any more.
pub(super) fn on_nack(cx: &mut Cx, node: &mut Node, from: Id, (number, promised): (u64, u64)) {
    let current = node.disk.number;
    let Memory::Proposer(proposer) = &mut node.memory else { return };
    let counted = proposer.stage.answers_mut().filter(|_| number == current);
    let Some(answers) = counted else {
        return cx.rule(&rules::STALE, [&from, &number]);
    };
    cx.rule(&rules::NACK, [&from, &promised]);
    answers.no.insert(from);
    answers.promised = answers.promised.max(promised);
    if answers.no.len() + needed(cx.setup) <= n_acceptors(cx.setup) {
        return;
    }
    let promised = answers.promised;
    cx.rule(&rules::OUTBID, [&number, &promised]);
    cx.disarm(Timer::Phase);
    cx.disarm(Timer::Think);
    let (least, most) = cx.knobs.range(knobs::BACKOFF);
    if most > Span::ZERO {
        cx.rule(&rules::BACK_OFF, [&promised]);
        proposer.stage = Stage::Waiting(promised);
        cx.arm(Timer::Retry, (least, most));
    } else {
        prepare(cx, node, promised);
    }
}

/// It has waited long enough for others.
pub(super) fn retry(cx: &mut Cx, node: &mut Node) {
    let Memory::Proposer(proposer) = &node.memory else { return };
    if let Stage::Waiting(promised) = proposer.stage {
        prepare(cx, node, promised);
    }
}

/// Too few have answered in time.
pub(super) fn timeout(cx: &mut Cx, node: &mut Node) {
    let Memory::Proposer(proposer) = &node.memory else { return };
    if let Some(answers) = proposer.stage.answers() {
        let (heard, promised) = (answers.yes.len(), answers.promised);
        cx.rule(&rules::TIMEOUT, [&node.disk.number, &heard, &needed(cx.setup)]);
        prepare(cx, node, promised);
    }
}
