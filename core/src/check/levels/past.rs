//! The causal order of a history: which writes come before what a client does, by what it did
//! and read itself, and by what it was told.

use alloc::vec;
use alloc::vec::Vec;

use super::bits::Bits;
use super::ledger::{Ledger, Step};
use crate::base::Id;
use crate::history::History;

/// Who does one thing after another: a client, or one session of it.
pub type Process = (Id, u32);

/// The causal order as far as a history was read. Grows step by step.
pub struct Past<'a> {
    ledger: &'a Ledger,
    history: &'a History,
    /// Whether each session is a process of its own, and hears nothing outside the system.
    sessions: bool,
    /// The nils that data begin as: before everything.
    first: Bits,
    /// The writes before each write that was called.
    of_write: Vec<Bits>,
    /// The writes before what each process does next.
    now: Vec<(Process, Bits)>,
    /// The writes before each read's call.
    of_read: Vec<Bits>,
    /// The writes before each thing that was said.
    said: Vec<Bits>,
}

impl<'a> Past<'a> {
    /// Before the first step. `sessions`: the order within sessions and by reading counts, and
    /// nothing else.
    pub fn new(ledger: &'a Ledger, history: &'a History, sessions: bool) -> Past<'a> {
        let mut first = Bits::default();
        let nils = ledger.writes.iter().enumerate().filter(|(_, write)| write.is_first);
        nils.for_each(|(place, _)| first.insert(place));
        let there = ledger.writes.iter().take_while(|write| write.op.is_none());
        let start = there.map(|write| if write.is_first { Bits::default() } else { first.clone() });
        let of_write = start.collect();
        let of_read = vec![Bits::default(); ledger.reads.len()];
        let said = vec![Bits::default(); history.told.len()];
        Past { ledger, history, sessions, first, of_write, now: Vec::new(), of_read, said }
    }

    /// Takes in what happens next.
    pub fn take(&mut self, step: Step) {
        let ledger = self.ledger;
        match step {
            Step::Called(write) => {
                let process =
                    self.process(ledger.writes[write].client, ledger.writes[write].session);
                self.of_write.push(self.now(process));
            }
            Step::Acknowledged(write) => {
                let process =
                    self.process(ledger.writes[write].client, ledger.writes[write].session);
                self.follow(process, write);
            }
            Step::Asked(read) => {
                let process = self.process(ledger.reads[read].client, ledger.reads[read].session);
                self.of_read[read] = self.now(process);
            }
            Step::Answered(read) => {
                let read = &ledger.reads[read];
                let process = self.process(read.client, read.session);
                read.sources.iter().for_each(|&source| self.follow(process, source));
            }
            Step::Said(told) if !self.sessions => {
                self.said[told] = self.now(self.process(self.history.told[told].from, 0));
            }
            Step::Heard(told) if !self.sessions => {
                let process = self.process(self.history.told[told].to, 0);
                let said = self.said[told].clone();
                self.entry(process).absorb(&said);
            }
            Step::Said(_) | Step::Heard(_) => {}
        }
    }

    /// Who does what a client does in a session.
    pub fn process(&self, client: Id, session: u32) -> Process {
        (client, if self.sessions { session } else { 0 })
    }

    /// The writes before what a process does next.
    pub fn now(&self, process: Process) -> Bits {
        let known = self.now.iter().find(|(known, _)| *known == process);
        known.map_or(&self.first, |(_, before)| before).clone()
    }

    /// How many writes were called; they are numbered in this order.
    pub fn n_called(&self) -> usize {
        self.of_write.len()
    }

    /// The writes before a write.
    pub fn of_write(&self, write: usize) -> &Bits {
        &self.of_write[write]
    }

    /// The writes before a read that was called, but for the one that it shows.
    pub fn of_read(&self, read: usize) -> &Bits {
        &self.of_read[read]
    }

    /// Whether one write comes before another.
    pub fn is_older(&self, write: usize, than: usize) -> bool {
        self.of_write[than].contains(write)
    }

    /// The writes among these but for the nils that data begin as.
    pub fn asked_for(&self, mut writes: Bits) -> Bits {
        self.first.descending().for_each(|first| writes.remove(first));
        writes
    }

    /// What a process does next comes after this write.
    fn follow(&mut self, process: Process, write: usize) {
        let before = self.of_write[write].clone();
        let now = self.entry(process);
        now.absorb(&before);
        now.insert(write);
    }

    fn entry(&mut self, process: Process) -> &mut Bits {
        let place = self.now.iter().position(|(known, _)| *known == process);
        let place = place.unwrap_or_else(|| {
            self.now.push((process, self.first.clone()));
            self.now.len() - 1
        });
        &mut self.now[place].1
    }
}
