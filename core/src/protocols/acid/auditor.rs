//! The auditor: it reads both accounts again and again, as any client may, and adds them up.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use crate::base::{Id, IdSet, Span, Time};
use crate::protocol::Event;

use super::manager::databases;
use super::message::{Books, Msg};
use super::{Acid, Cx, Mode, Timer, elsewhere, exactly, knobs, mode, ops, rules};

/// How long an unanswered question keeps the auditor from asking anew.
const PATIENCE: Span = Span::ms(600);

/// How many sums are remembered, for the picture.
const SUMS: usize = 16;

/// What the auditor knows.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Auditor {
    /// Since when it waits for an answer; `None` when it does not.
    since: Option<Time>,
    /// The number of the last question.
    number: u64,
    /// Who has not answered it, and what the others said.
    missing: IdSet,
    heard: Books,
    /// What it saw last, when it had an answer.
    pub seen: Books,
    /// How often it had one.
    pub count: u64,
    /// The last sums, in order.
    pub sums: VecDeque<i64>,
}

/// Something happens at the auditor.
pub fn step(cx: &mut Cx, auditor: &mut Auditor, event: Event<Acid>) {
    match event {
        Event::Request(request) => elsewhere(cx, &request),
        Event::Timeout(Timer::Audit) => {
            ask_later(cx);
            ask(cx, auditor);
        }
        Event::Deliver { from, msg } => {
            if let Msg::Books(number, books) = &*msg {
                hear(cx, auditor, from, (*number, books));
            }
        }
        _ => {}
    }
}

/// Arms the next question.
pub fn ask_later(cx: &mut Cx) {
    cx.arm(Timer::Audit, exactly(cx.knobs.span(knobs::AUDIT)));
}

/// Asks everybody who must be asked, unless the last answer is still to come.
fn ask(cx: &mut Cx, auditor: &mut Auditor) {
    if let Some(since) = auditor.since {
        let waited = cx.mono.since(since);
        if waited < PATIENCE {
            return;
        }
        cx.rule(&rules::AUDIT_AGAIN, [&waited]);
    }
    let of = match mode(cx) {
        Mode::Single | Mode::Shards => Vec::from([Id(0)]),
        Mode::Outbox => databases(cx),
    };
    auditor.number += 1;
    auditor.since = Some(cx.mono);
    auditor.missing = of.iter().copied().collect();
    auditor.heard.clear();
    cx.send_all(of, Msg::Ask(auditor.number));
}

/// An answer; with the last one there is a sum.
fn hear(cx: &mut Cx, auditor: &mut Auditor, from: Id, (number, books): (u64, &Books)) {
    if number != auditor.number || !auditor.missing.remove(from) {
        return;
    }
    if books.is_empty() {
        cx.rule(&rules::AUDIT_NONE, []);
        auditor.since = None;
        return;
    }
    auditor.heard.extend(books.iter().cloned());
    if auditor.missing.is_empty() {
        auditor.since = None;
        auditor.seen = core::mem::take(&mut auditor.heard);
        note(cx, auditor);
    }
}

/// Adds up what was seen.
fn note(cx: &mut Cx, auditor: &mut Auditor) {
    let sum = auditor.seen.iter().fold(0_i64, |sum, (_, n)| sum.saturating_add(*n));
    if sum == ops::TOTAL {
        cx.rule(&rules::AUDIT, [&(sum as u64)]);
    } else {
        cx.rule(&rules::AUDIT_OFF, [&(sum as u64), &(ops::TOTAL as u64)]);
    }
    auditor.count += 1;
    auditor.sums.push_back(sum);
    if auditor.sums.len() > SUMS {
        auditor.sums.pop_front();
    }
}
