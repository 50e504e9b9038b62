//! What happened before an event and what after it: the order that messages and the nodes' own
//! order make (Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System", 1978,
//! section "The Partial Ordering").
//!
//! A node's events follow each other. So the past of an event is, at each node, all up to some
//! event of that node, and its future all from some event on: two numbers a node say everything.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::trace::{EventRecord, NOBODY, Trace, What};

/// The causal past and future of one event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cone {
    event: u32,
    /// The last event of each participant that could have brought `event` about.
    past: Vec<Option<u32>>,
    /// The first event of each participant that `event` could have brought about.
    future: Vec<Option<u32>>,
    /// What the script and the learner did that is in the past: it happened at no node, so it
    /// follows nothing that its instant alone puts before it.
    acts: BTreeSet<u32>,
    /// The same of the future.
    next_acts: BTreeSet<u32>,
    n_past: u32,
    n_future: u32,
    /// How many events were looked at.
    seen: u32,
}

/// How an event stands to the one whose cone this is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Relation {
    /// It is that event.
    Same,
    /// It could have brought it about.
    Past,
    /// It could have been brought about by it.
    Future,
    /// Neither could have known of the other.
    Apart,
}

impl Cone {
    /// The cone of `event` with its whole past and no future yet; `None` when it is not recorded.
    pub fn of(trace: &Trace, event: u32) -> Option<Cone> {
        let record = trace.events.get(event as usize)?;
        let mut cone = Cone {
            event,
            past: Vec::new(),
            future: Vec::new(),
            acts: BTreeSet::new(),
            next_acts: BTreeSet::new(),
            n_past: 0,
            n_future: 0,
            seen: event + 1,
        };
        if is_act(record) {
            cone.next_acts.insert(event);
        } else {
            *slot(&mut cone.future, record) = Some(event);
        }
        cone.look_back(trace, event, record);
        Some(cone)
    }

    /// Takes the events up to the first `events` into the future.
    pub fn extend(&mut self, trace: &Trace, events: u32) {
        let events = events.min(trace.events.len() as u32);
        for event in self.seen..events {
            let record = &trace.events[event as usize];
            let follows = cause(trace, record).is_some_and(|(number, of)| self.knows(number, of));
            if is_act(record) {
                if follows {
                    self.next_acts.insert(event);
                    self.n_future += 1;
                }
                continue;
            }
            let first = slot(&mut self.future, record);
            if follows && first.is_none() {
                *first = Some(event);
            }
            self.n_future += u32::from(first.is_some());
        }
        self.seen = self.seen.max(events);
    }

    /// The event.
    pub fn event(&self) -> u32 {
        self.event
    }

    /// How an event stands to this one, as far as was looked.
    pub fn relation(&self, trace: &Trace, event: u32) -> Relation {
        let Some(record) = trace.events.get(event as usize) else { return Relation::Apart };
        if event == self.event {
            Relation::Same
        } else if event < self.event {
            let last = self.past.get(record.node.index()).copied().flatten();
            let before =
                if is_act(record) { self.acts.contains(&event) } else { last >= Some(event) };
            if before { Relation::Past } else { Relation::Apart }
        } else if event < self.seen && self.knows(event, record) {
            Relation::Future
        } else {
            Relation::Apart
        }
    }

    /// The last event of each participant, by its place, that is in the past.
    pub fn past(&self) -> &[Option<u32>] {
        &self.past
    }

    /// The first event of each participant, by its place, that is in the future.
    pub fn future(&self) -> &[Option<u32>] {
        &self.future
    }

    /// How many events are in the past, and how many of those looked at are in the future.
    pub fn counts(&self) -> (u32, u32) {
        (self.n_past, self.n_future)
    }

    fn look_back(&mut self, trace: &Trace, event: u32, record: &EventRecord) {
        self.remember(trace, record);
        if !is_act(record) {
            *slot(&mut self.past, record) = Some(event);
        }
        for earlier in (0..event).rev() {
            let record = &trace.events[earlier as usize];
            let before = if is_act(record) {
                self.acts.contains(&earlier)
            } else {
                *slot(&mut self.past, record) >= Some(earlier)
            };
            if before {
                self.n_past += 1;
                self.remember(trace, record);
            }
        }
    }

    /// The cause of what is in the past is in the past.
    fn remember(&mut self, trace: &Trace, record: &EventRecord) {
        let Some((number, cause)) = cause(trace, record) else { return };
        if is_act(cause) {
            self.acts.insert(number);
        } else {
            let last = slot(&mut self.past, cause);
            *last = (*last).max(Some(number));
        }
    }

    /// Whether an event from this one on is this one or in its future.
    fn knows(&self, event: u32, record: &EventRecord) -> bool {
        if is_act(record) {
            return self.next_acts.contains(&event);
        }
        let first = self.future.get(record.node.index()).copied().flatten();
        first.is_some_and(|first| first <= event)
    }
}

/// The event that brought this one about, with its number.
fn cause<'a>(trace: &'a Trace, record: &EventRecord) -> Option<(u32, &'a EventRecord)> {
    let known = Some(record.cause).filter(|cause| *cause != NOBODY)?;
    Some((known, trace.events.get(known as usize)?))
}

/// Whether it happened to the world and at none of its nodes.
fn is_act(record: &EventRecord) -> bool {
    matches!(record.what, What::Act { .. } | What::Limit(_))
}

fn slot<'a>(of: &'a mut Vec<Option<u32>>, record: &EventRecord) -> &'a mut Option<u32> {
    let place = record.node.index();
    if of.len() <= place {
        of.resize(place + 1, None);
    }
    &mut of[place]
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::base::{Id, Time};
    use crate::protocols;
    use crate::run::Run;
    use crate::scenario::Scenario;

    /// Two nodes exchange a message; a third hears of nothing until the script wakes it.
    fn letters() -> Trace {
        let mut trace = Trace::default();
        let act = What::Act { line: 0, idle: None };
        let events = [
            (0, NOBODY, What::Boot),
            (1, NOBODY, What::Boot),
            (2, NOBODY, What::Boot),
            (1, 0, What::Deliver { message: 0 }),
            (0, NOBODY, act),
            (2, 4, What::Resume),
            (0, 3, What::Deliver { message: 1 }),
        ];
        for (at, (node, cause, what)) in events.into_iter().enumerate() {
            let (fired, messages) = (0, 0);
            let at = Time::ms(at as u64);
            trace.events.push(EventRecord { at, cause, node: Id(node), what, fired, messages });
        }
        trace
    }

    fn relations(trace: &Trace, event: u32) -> Vec<Relation> {
        let mut cone = Cone::of(trace, event).expect("it is recorded");
        cone.extend(trace, u32::MAX);
        (0..trace.events.len() as u32).map(|other| cone.relation(trace, other)).collect()
    }

    #[test]
    fn messages_and_the_nodes_own_order_make_the_past() {
        use Relation::*;
        let trace = letters();
        assert_eq!(relations(&trace, 3), [Past, Past, Apart, Same, Apart, Apart, Future]);
        assert_eq!(relations(&trace, 0), [Same, Apart, Apart, Future, Apart, Apart, Future]);
    }

    #[test]
    fn what_a_hand_does_follows_nothing() {
        use Relation::*;
        let trace = letters();
        assert_eq!(relations(&trace, 4), [Apart, Apart, Apart, Apart, Same, Future, Apart]);
        assert_eq!(relations(&trace, 5), [Apart, Apart, Past, Apart, Past, Same, Apart]);
        assert_eq!(Cone::of(&trace, 7), None);
    }

    #[test]
    fn a_run_agrees_with_the_definition() {
        let text = "system raft nodes=3 clients=1 end=700\nat 0 pin n1.election 150\n\
                    at 300 c1 put(x, 1)\nat 350 crash n2\nat 450 restart n2\n";
        let mut run = Run::new(Scenario::parse(text, protocols::ALL).expect("it is right"));
        while !run.is_complete() {
            run.record(1000);
        }
        let trace = run.trace();
        let n = trace.events.len();
        // Whether each event happened before each other one, by the definition: step by step.
        let mut before = vec![vec![false; n]; n];
        for event in 0..n {
            let record = &trace.events[event];
            let own = |other: &EventRecord| other.node == record.node && !is_act(other);
            let previous = (0..event).rev().find(|&other| own(&trace.events[other]));
            let previous = previous.filter(|_| !is_act(record));
            let caused = cause(trace, record).map(|(number, _)| number as usize);
            for parent in previous.into_iter().chain(caused) {
                for (other, later) in before.iter_mut().enumerate() {
                    later[event] |= other == parent || later[parent];
                }
            }
        }
        for event in (0..n).step_by(7) {
            let mut cone = Cone::of(trace, event as u32).expect("it is recorded");
            cone.extend(trace, n as u32 / 2);
            cone.extend(trace, n as u32);
            let (mut past, mut future) = (0, 0);
            for (other, later) in before.iter().enumerate() {
                let relation = cone.relation(trace, other as u32);
                assert_eq!(relation == Relation::Past, later[event], "{other} {event}");
                assert_eq!(relation == Relation::Future, before[event][other], "{event} {other}");
                past += u32::from(relation == Relation::Past);
                future += u32::from(relation == Relation::Future);
            }
            assert_eq!(cone.counts(), (past, future));
        }
    }
}
