//! The four session guarantees of Terry et al., "Session Guarantees for Weakly Consistent
//! Replicated Data" (1994), as far as the answers show them.
//!
//! Each guarantee says of a session which writes its reads have to show from some moment on: its
//! own, those that it read, those that came before a write that it read, in the session of that
//! write's writer or in what that session had read. A read shows a write by returning it or
//! anything that is not older. *Older* is what comes before by the order within sessions and by
//! reading; of what else is newer the answers say nothing. A write binds from when it was
//! acknowledged. What causal consistency allows keeps all four.

use alloc::vec::Vec;

use super::bits::Bits;
use super::ledger::{Ledger, Scope, Step};
use super::past::{Past, Process};
use super::{Fault, Finding, Why};
use crate::base::Id;
use crate::check::linearizable::System;
use crate::history::History;

/// So many operations are looked at.
const OPERATIONS: usize = 4_000;

/// What a session may rely on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Guarantee {
    /// Reads show what the session wrote.
    ReadYourWrites,
    /// Reads show what the session read before, and do not go back to what it has seen replaced.
    MonotonicReads,
    /// Who sees a write sees what its session wrote before it.
    MonotonicWrites,
    /// Who sees a write sees what its session had read before it.
    WritesFollowReads,
}

/// Whether the sessions (of this client) had a guarantee in the first `events` events.
pub fn session(
    system: &System,
    history: &History,
    events: u32,
    guarantee: Guarantee,
    client: Option<Id>,
) -> Finding {
    let ledger = match (Scope { system, history, events, key: None }).ledger(true, OPERATIONS) {
        Ok(ledger) => ledger,
        Err(finding) => return finding,
    };
    let mut past = Past::new(&ledger, history, true);
    let mut watch = Watch { ledger: &ledger, guarantee, sessions: Vec::new(), led_by: Vec::new() };
    for (_, step) in ledger.clear_steps() {
        if let Step::Answered(read) = step
            && client.is_none_or(|client| ledger.reads[read].client == client)
            && let Some(fault) = watch.look(&past, read)
        {
            return Finding::Broken(fault);
        }
        past.take(step);
        watch.take(&past, step);
    }
    let doubt = ledger.doubt().map(|(_, doubt)| doubt.clone());
    doubt.map_or(Finding::Holds, Finding::NotDecided)
}

/// What the sessions have to show.
struct Watch<'a> {
    ledger: &'a Ledger,
    guarantee: Guarantee,
    sessions: Vec<(Process, Session)>,
    /// Of each write that was called, what came before it in its session: written or read, as the
    /// guarantee says.
    led_by: Vec<Bits>,
}

/// What is known of a session.
#[derive(Clone, Default)]
struct Session {
    /// Its own writes that were acknowledged.
    wrote: Bits,
    /// The writes that it read.
    read: Bits,
    /// The writes that its reads have to show, or newer.
    owes: Bits,
    /// The writes that it has seen replaced.
    replaced: Bits,
    /// Its reads, by number.
    reads: Vec<usize>,
}

impl Watch<'_> {
    fn session(&mut self, process: Process) -> &mut Session {
        let place = self.sessions.iter().position(|(known, _)| *known == process);
        let place = place.unwrap_or_else(|| {
            self.sessions.push((process, Session::default()));
            self.sessions.len() - 1
        });
        &mut self.sessions[place].1
    }

    /// What happens binds the session to show something.
    fn take(&mut self, past: &Past, step: Step) {
        let (ledger, guarantee) = (self.ledger, self.guarantee);
        match step {
            Step::Called(write) => {
                let record = &ledger.writes[write];
                let session = self.session(past.process(record.client, record.session));
                let led_by = match guarantee {
                    Guarantee::MonotonicWrites => session.wrote.clone(),
                    Guarantee::WritesFollowReads => session.read.clone(),
                    _ => Bits::default(),
                };
                let led_by = past.asked_for(led_by);
                self.led_by.resize(write, Bits::default());
                self.led_by.push(led_by);
            }
            Step::Acknowledged(write) => {
                let record = &ledger.writes[write];
                let session = self.session(past.process(record.client, record.session));
                session.wrote.insert(write);
                if guarantee == Guarantee::ReadYourWrites {
                    session.owes.insert(write);
                }
            }
            Step::Answered(read) => self.answered(past, read),
            Step::Asked(_) | Step::Said(_) | Step::Heard(_) => {}
        }
    }

    fn answered(&mut self, past: &Past, read: usize) {
        let (ledger, guarantee) = (self.ledger, self.guarantee);
        let record = &ledger.reads[read];
        let Some(&source) = record.sources.first() else { return };
        let led_by = self.led_by.get(source).cloned().unwrap_or_default();
        let session = self.session(past.process(record.client, record.session));
        let of_key = &ledger.writes_of[record.key];
        match guarantee {
            Guarantee::ReadYourWrites => {}
            Guarantee::MonotonicReads => {
                session.owes.insert(source);
                for known in [&session.read, &session.wrote] {
                    let mut seen = known.common(of_key);
                    seen.remove(source);
                    let replaced = seen.descending().filter(|&seen| !past.is_older(source, seen));
                    replaced.for_each(|seen| session.replaced.insert(seen));
                }
            }
            Guarantee::MonotonicWrites | Guarantee::WritesFollowReads => {
                session.owes.absorb(&led_by);
                session.replaced.absorb(&led_by.common(of_key));
            }
        }
        session.read.insert(source);
        session.reads.push(read);
    }

    /// What is wrong with a read.
    fn look(&mut self, past: &Past, read: usize) -> Option<Fault> {
        let ledger = self.ledger;
        let record = &ledger.reads[read];
        let process = past.process(record.client, record.session);
        let session = self.session(process).clone();
        let (op, event) = (record.op, record.end);
        let Some(&source) = record.sources.first() else {
            return Some(Fault { op, event, why: Why::Unwritten, right: Vec::new() });
        };
        let owed = session.owes.common(&ledger.writes_of[record.key]);
        let missing = owed.descending().find(|&owed| past.is_older(source, owed));
        if missing.is_none() && !session.replaced.contains(source) {
            return None;
        }
        let why = self.why(past, &session, record.key, source, missing);
        let known = session.read.common(&ledger.writes_of[record.key]);
        let newest = owed.descending().chain(known.descending()).find(|&newest| {
            !session.replaced.contains(newest)
                && !owed.descending().any(|other| past.is_older(newest, other))
        });
        let value = |write: usize| ledger.writes[write].value.clone();
        Some(Fault { op, event, why, right: newest.map(value).into_iter().collect() })
    }

    /// What a read contradicts that shows `source`: something older than `missing`, or something
    /// that was seen replaced.
    fn why(
        &self,
        past: &Past,
        session: &Session,
        key: usize,
        source: usize,
        missing: Option<usize>,
    ) -> Why {
        let ledger = self.ledger;
        let asked = |write: usize| ledger.writes[write].op;
        // Earlier reads, the latest first, each with the write that it shows.
        let shown = || {
            let reads = session.reads.iter().rev().map(|&read| &ledger.reads[read]);
            reads.filter_map(|read| Some((read, *read.sources.first()?)))
        };
        match self.guarantee {
            Guarantee::ReadYourWrites => missing
                .and_then(asked)
                .map_or(Why::NoOrder { after: None }, |write| Why::OwnWrite { write }),
            Guarantee::MonotonicReads => {
                let newer = |shows: usize| match missing {
                    Some(missing) => shows == missing,
                    None => shows != source && !past.is_older(shows, source),
                };
                let read = shown().find(|(read, shows)| read.key == key && newer(*shows));
                read.map_or(Why::NoOrder { after: None }, |(read, _)| Why::OwnRead {
                    read: read.op,
                })
            }
            Guarantee::MonotonicWrites | Guarantee::WritesFollowReads => {
                let led = missing.unwrap_or(source);
                let leads = |shows: usize| {
                    let led_by = self.led_by.get(shows);
                    led_by.is_some_and(|led_by| led_by.contains(led))
                        && (missing.is_some() || ledger.writes[shows].key == key)
                };
                let read = shown().find(|(_, shows)| leads(*shows));
                let Some((read, seen)) = read.and_then(|(read, shows)| Some((read, asked(shows)?)))
                else {
                    return Why::NoOrder { after: None };
                };
                let (shown_by, missing) = (read.op, asked(led));
                match (self.guarantee, missing) {
                    (Guarantee::MonotonicWrites, Some(missing)) => {
                        Why::WrittenBefore { shown_by, seen, missing }
                    }
                    _ => Why::ReadBefore { shown_by, seen, missing },
                }
            }
        }
    }
}
