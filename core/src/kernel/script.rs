//! A scenario's lines as the world runs them: unrolled, in order of time.

use alloc::vec::Vec;

use super::action::Trigger;
use super::limits;
use crate::base::{Time, sort_by_key};
use crate::scenario::ast::{Line, Pane};

/// The lines of a run.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// The lines in the order of the file.
    pub lines: Vec<Line>,
    /// When timed lines run: in order of time, then of the file.
    timed: Vec<Timed>,
    /// The lines that wait for a rule.
    pub whens: Vec<u32>,
    /// The lines that wait for an operation.
    pub afters: Vec<u32>,
}

/// One run of a timed line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Timed {
    /// When.
    pub at: Time,
    /// Which line.
    pub line: u32,
    /// The running number of an `every` line, from 1; 1 for the others.
    pub round: u32,
}

impl Script {
    /// Unrolls `lines`, but for those that belong to a variant only. What exceeds
    /// [`limits::LINES`] does not run; the parser has said so.
    pub fn new(lines: Vec<Line>) -> Script {
        let mut script = Script::default();
        for (place, line) in lines.iter().enumerate() {
            let place = place as u32;
            if matches!(line.only, Some(Pane::Variant(_))) {
                continue;
            }
            match line.trigger {
                Trigger::At(at) => script.push(at, place, 1),
                Trigger::Every { period, from, to } => script.unroll(period.0, from, to, place),
                Trigger::After(..) => script.afters.push(place),
                Trigger::When { .. } => script.whens.push(place),
            }
        }
        sort_by_key(&mut script.timed, |timed| timed.at);
        script.lines = lines;
        script
    }

    fn push(&mut self, at: Time, line: u32, round: u32) {
        if self.timed.len() < limits::LINES {
            self.timed.push(Timed { at, line, round });
        }
    }

    fn unroll(&mut self, period: u64, from: Time, to: Time, line: u32) {
        let (mut at, mut round) = (from.0, 1);
        while at < to.0 && self.timed.len() < limits::LINES {
            self.push(Time(at), line, round);
            at += period.max(1);
            round += 1;
        }
    }

    /// The timed run at `place` in the order of running.
    pub fn timed(&self, place: usize) -> Option<Timed> {
        self.timed.get(place).copied()
    }

    /// How many timed runs come before the instant `at`.
    pub fn runs_before(&self, at: Time) -> usize {
        self.timed.partition_point(|timed| timed.at < at)
    }
}
