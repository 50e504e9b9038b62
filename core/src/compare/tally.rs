//! What a pane has cost and kept, at any cursor.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::verdicts::{Judged, Verdicts};
use crate::base::{Id, Span, Str, Time, sort};
use crate::check::lamps::{Counts, Cursor, Lamps};
use crate::check::sequence::Sequence;
use crate::check::stretches::Stretches;
use crate::check::tokens::cost::{crosses, round_trips};
use crate::check::tokens::transactions::YES;
use crate::facts::Fact;
use crate::kernel::Cast;
use crate::op::Outcome;
use crate::run::Run;
use crate::run::trace::{Limit, Trace};

/// The counts of one pane where one looks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    /// Messages that went over links, requests and replies included (the token `msgs`).
    pub messages: u64,
    /// The most round trips between nodes that an operation took that ended well (`rtt`); `None`
    /// while none has.
    pub round_trips: Option<u64>,
    /// The median and the longest time from call to a good end (`latency`); `None` while none has.
    pub latency: Option<(Span, Span)>,
    /// How many operations there were, and how they ended.
    pub counts: Counts,
    /// The live nodes that owe an answer (lamp A), in order.
    pub silent: Vec<Id>,
    /// The longest time that a live node had voted yes and did not know the decision: what may
    /// block.
    pub uncertain: Span,
    /// The longest time that a service had granted a resource (`locked`).
    pub locked: Span,
    /// What is kept and what is broken: one entry for each verdict that this run can be judged by.
    pub verdicts: Vec<Judged>,
    /// The limit that the run met, if it did.
    pub stopped: Option<Limit>,
}

impl Tally {
    /// How many operations nobody answered: given up, or waiting still.
    pub fn unanswered(&self) -> u32 {
        self.counts.open() + self.counts.given_up
    }

    /// How long somebody, or something, was blocked at the longest.
    pub fn blocked(&self) -> Span {
        self.uncertain.max(self.locked)
    }

    /// How many verdicts are red.
    pub fn anomalies(&self) -> u32 {
        self.verdicts.iter().filter(|verdict| verdict.is_red()).count() as u32
    }
}

/// A fold over the recording of one pane that answers its [`Tally`] at any cursor.
#[derive(Clone, Debug)]
pub struct Tallies {
    cast: Rc<Cast>,
    lamps: Lamps,
    sequence: Sequence,
    /// How many marks of the sequence, messages and changes of facts were taken in.
    taken: (usize, usize, usize),
    /// The events that sent what went over links, one for each message.
    sent: Vec<u32>,
    /// The operations that ended well: the event, the time from the call, the round trips.
    ends: Vec<(u32, Span, u64)>,
    uncertain: Stretches<(Id, u64)>,
    locked: Stretches<(Id, Str)>,
    verdicts: Verdicts,
    events: u32,
}

impl Tallies {
    /// Over the recording of a run with these participants.
    pub fn new(cast: Rc<Cast>) -> Tallies {
        Tallies {
            lamps: Lamps::new(cast.clone()),
            sequence: Sequence::default(),
            taken: (0, 0, 0),
            sent: Vec::new(),
            ends: Vec::new(),
            uncertain: Stretches::default(),
            locked: Stretches::default(),
            verdicts: Verdicts::new(&cast),
            events: 0,
            cast,
        }
    }

    /// The lamps of the pane.
    pub fn lamps(&self) -> &Lamps {
        &self.lamps
    }

    /// Takes in what is recorded of `run`.
    pub fn extend(&mut self, run: &Run) {
        let trace = run.trace();
        let events = trace.events.len() as u32;
        self.lamps.extend(trace, events, run.is_complete());
        if events <= self.events {
            return;
        }
        self.sequence.extend(&trace.history, events);
        self.take_ends(trace);
        for message in trace.messages.iter_from(self.taken.1).filter(|message| crosses(message)) {
            self.sent.push(message.sent);
        }
        self.taken.1 = trace.messages.len();
        for change in trace.facts.iter_from(self.taken.2) {
            self.verdicts.take(change);
            match &change.fact {
                Fact::Decision { tx, state } if YES.contains(state) => {
                    self.uncertain.take((change.node, *tx), change);
                }
                Fact::Holds { resource, .. } => {
                    self.locked.take((change.node, resource.clone()), change);
                }
                _ => {}
            }
        }
        self.taken.2 = trace.facts.len();
        self.events = events;
    }

    fn take_ends(&mut self, trace: &Trace) {
        let marks = self.sequence.marks();
        for mark in marks[self.taken.0..].iter().filter(|mark| mark.end) {
            let Some(record) = trace.history.get(mark.op) else { continue };
            let Some(end) = &record.end else { continue };
            if matches!(end.outcome, Outcome::Ok(_)) {
                let trips = round_trips(&self.cast, trace, record, end.event);
                self.ends.push((end.event, end.at.since(record.called), trips));
            }
        }
        self.taken.0 = marks.len();
    }

    /// Forgets what happened from the instant `from` on, because something else is recorded there.
    pub fn rewind(&mut self, run: &Run, from: Time) {
        let before = run.trace().events.partition_point(|event| event.at < from) as u32;
        if before < self.events {
            *self = Tallies::new(self.cast.clone());
        }
    }

    /// What the pane has cost and kept where `run` looks, all of whose recording was taken in.
    pub fn at(&mut self, run: &Run) -> Tally {
        let cursor = Cursor { events: run.cursor(), at: run.at() };
        let consistency = self.lamps.consistency(cursor);
        let ended = self.ends.partition_point(|(event, ..)| *event < cursor.events);
        let ends = &self.ends[..ended];
        let mut spans: Vec<Span> = ends.iter().map(|(_, span, _)| *span).collect();
        sort(&mut spans);
        let median = spans.get(spans.len().saturating_sub(1) / 2).copied();
        Tally {
            messages: self.sent.partition_point(|event| *event < cursor.events) as u64,
            round_trips: ends.iter().map(|(.., trips)| *trips).max(),
            latency: median.zip(spans.last().copied()),
            counts: consistency.counts,
            silent: self.lamps.unanswered(cursor).iter().map(|owed| owed.node).collect(),
            uncertain: self.uncertain.longest(cursor.events, cursor.at),
            locked: self.locked.longest(cursor.events, cursor.at),
            verdicts: self.verdicts.at(run, &self.lamps, cursor),
            stopped: run.head().stopped().filter(|_| run.world().stopped().is_some()),
        }
    }
}
