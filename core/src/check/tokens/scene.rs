//! The part of a recording that a token looks at.

use alloc::vec::Vec;

use crate::base::{Str, Time};
use crate::check::evidence::Evidence;
use crate::check::view::View;
use crate::history::{End, OpRecord};
use crate::op::OpId;
use crate::scenario::ast::Arg;

/// A recording up to a reference instant, or an interval of it.
pub struct Scene<'a> {
    /// The recording.
    pub evidence: &'a Evidence<'a>,
    /// The facts at the reference instant.
    pub view: View,
    /// How many events come before the interval; 0 without one.
    pub from: u32,
    /// How many events have happened at the reference instant.
    pub events: u32,
    /// Where the interval begins; the beginning of the run without one.
    pub start: Time,
    /// The reference instant.
    pub at: Time,
    /// Whether it is an interval: then operations may end after it.
    pub interval: bool,
}

impl<'a> Scene<'a> {
    /// After `events` events, at the instant `at`.
    pub fn of(evidence: &'a Evidence<'a>, view: View, events: u32, at: Time) -> Scene<'a> {
        let start = Time::ZERO;
        Scene { evidence, view, from: 0, events, start, at, interval: false }
    }

    /// After every event up to `at`.
    pub fn at(evidence: &'a Evidence<'a>, at: Time) -> Scene<'a> {
        let at = at.min(evidence.end);
        let events = evidence.trace.events_until(at) as u32;
        Scene::of(evidence, View::after(evidence, events), events, at)
    }

    /// After every event before `at`.
    pub fn before(evidence: &'a Evidence<'a>, at: Time) -> Scene<'a> {
        let events = evidence.trace.events.partition_point(|event| event.at < at) as u32;
        let before = Time(at.0.saturating_sub(1)).min(evidence.end);
        Scene::of(evidence, View::after(evidence, events), events, before)
    }

    /// From `start` to `end`, both included.
    pub fn within(evidence: &'a Evidence<'a>, start: Time, end: Time) -> Scene<'a> {
        let from = evidence.trace.events.partition_point(|event| event.at < start) as u32;
        Scene { from, start, interval: true, ..Scene::at(evidence, end) }
    }

    /// Goes on by one event; says whether anything happened that tokens read.
    pub fn step(&mut self) -> bool {
        let event = self.events;
        self.events += 1;
        let trace = self.evidence.trace;
        if let Some(record) = trace.events.get(event as usize) {
            self.at = record.at;
        }
        // Where operations begin and end: at acts, deliveries and clients' events.
        let silent = matches!(
            trace.events.get(event as usize).map(|record| &record.what),
            Some(crate::run::trace::What::Timeout(_))
        );
        self.view.advance(self.evidence, self.events) || !silent
    }

    /// The operations that count here: called up to the reference instant, or in the interval.
    pub fn ops(&self) -> impl Iterator<Item = (OpId, &'a OpRecord)> + '_ {
        let called = |record: &OpRecord| record.call >= self.from && record.call < self.events;
        self.evidence.trace.history.iter().filter(move |(_, record)| called(record))
    }

    /// Those that `args` begin with, if they name any.
    pub fn chosen(&self, args: &[Arg]) -> Vec<(OpId, &'a OpRecord)> {
        let verbs = self.evidence.cast.entry.ops;
        let is_meant = |record: &OpRecord| match args.first() {
            Some(Arg::Op(label)) => record.label.as_ref() == Some(label),
            Some(Arg::Node(client)) if args.len() > 1 => record.client == *client,
            Some(Arg::Word(verb)) if verbs.iter().any(|spec| *spec.verb == **verb) => {
                record.op.verb == &**verb
            }
            _ => true,
        };
        self.ops().filter(|(_, record)| is_meant(record)).collect()
    }

    /// The operation that a label names, if it was called by then; of several, the last.
    pub fn op(&self, label: &Str) -> Option<(OpId, &'a OpRecord)> {
        self.ops().filter(|(_, record)| record.label.as_ref() == Some(label)).last()
    }

    /// How an operation has ended, as far as counts here.
    pub fn end(&self, record: &'a OpRecord) -> Option<&'a End> {
        record.end.as_ref().filter(|end| self.interval || end.event < self.events)
    }
}
