//! One probe: a question to a fork of the world.

use alloc::vec::Vec;

use super::{Fate, Reading, Writing};
use crate::base::{Id, Span, Str, Time, Value};
use crate::kernel::action::Patience;
use crate::kernel::{Heard, Recorder, World};
use crate::op::{Op, Outcome};
use crate::protocol::Probe;

/// The key that is written: no client of the run uses it, for no line of a script can hold it.
const KEY: &str = "probe\n";
/// What is written there.
const WORD: &str = "probed";
/// How often the last read asks again where no leader is known.
const RETRIES: u32 = 20;

/// What is asked first.
pub(super) enum Kind {
    /// A read of this key; of the probe's own when there is none.
    Read(Option<Str>),
    /// A write.
    Write,
}

/// What came of it.
pub(super) enum Found {
    /// A read was answered; whether the answer is fresh is to be judged.
    Answer {
        /// The answer.
        value: Value,
        /// Who answered.
        by: Id,
    },
    /// What a read would come to.
    Reading(Reading),
    /// What a write would come to.
    Writing(Writing),
}

impl Found {
    /// There is nobody to ask.
    pub fn down(reads: bool) -> Found {
        if reads { Found::Reading(Reading::Down) } else { Found::Writing(Writing::Down) }
    }
}

/// A fork of the world in which something is asked.
pub(super) struct Question {
    world: World,
    rec: Recorder,
    probe: Probe,
    stage: Stage,
    /// When the stage ends, whatever happens.
    deadline: Time,
}

/// What is waited for.
enum Stage {
    /// The answer to the read.
    Reading,
    /// The answer to the write.
    Writing,
    /// That what was healed settles after this node's acknowledgement.
    Settling(Id),
    /// The answer to the read after that.
    Confirming(Id),
}

impl Question {
    /// Forks `world` at `at`, and asks at `node`.
    pub fn new(world: &World, at: Time, probe: Probe, node: Id, kind: Kind) -> Question {
        let stage = if matches!(kind, Kind::Write) { Stage::Writing } else { Stage::Reading };
        let world = world.fork_with_guest(node, at);
        let (rec, deadline) = (Recorder::muted(), at);
        let mut question = Question { world, rec, probe, stage, deadline };
        let written = Vec::from([Value::text(WORD)]);
        match kind {
            Kind::Write => question.ask(probe.write, KEY, written, 0),
            Kind::Read(Some(key)) => question.ask(probe.read, &key, Vec::new(), 0),
            Kind::Read(None) => question.ask(probe.read, KEY, Vec::new(), 0),
        }
        question
    }

    fn ask(&mut self, verb: &'static str, key: &str, args: Vec<Value>, retries: u32) {
        let op = Op { verb, key: key.into(), args };
        let timeout = self.probe.patience;
        let patience = Patience { timeout, retries, ..Patience::default() };
        self.world.ask_as_guest(op, patience, &mut self.rec);
        self.wait(timeout);
    }

    fn wait(&mut self, span: Span) {
        self.deadline = self.world.now() + span;
    }

    /// Goes on until the budget of events is used up, or something is found.
    pub fn advance(&mut self, budget: &mut u32) -> Option<Found> {
        loop {
            let heard = self.rec.heard().cloned();
            let settles = matches!(self.stage, Stage::Settling(_));
            let over = self.world.next_at().is_none_or(|next| next > self.deadline);
            if over || (heard.is_some() && !settles) {
                match self.next_stage(heard) {
                    Some(found) => return Some(found),
                    None => continue,
                }
            }
            if *budget == 0 {
                return None;
            }
            *budget -= 1;
            if !self.world.step(&mut self.rec) {
                // The run met a limit: nothing will happen any more.
                self.deadline = Time::ZERO;
            }
        }
    }

    /// The stage is over, because its answer has come or its time has passed.
    fn next_stage(&mut self, heard: Option<Heard>) -> Option<Found> {
        match self.stage {
            Stage::Reading => Some(read(heard)),
            Stage::Writing => match heard {
                Some(Heard { outcome: Outcome::Ok(_), asked, .. }) => {
                    self.stage = Stage::Settling(asked);
                    self.world.heal_everything(&mut self.rec);
                    self.wait(self.probe.settle);
                    None
                }
                Some(Heard { outcome: Outcome::Fail(reason), .. }) => {
                    Some(Found::Writing(Writing::Refused(reason)))
                }
                _ => Some(Found::Writing(Writing::Unanswered)),
            },
            Stage::Settling(by) => {
                self.stage = Stage::Confirming(by);
                self.world.wait_until(self.deadline);
                self.ask(self.probe.read, KEY, Vec::new(), RETRIES);
                None
            }
            Stage::Confirming(by) => {
                let fate = match heard.map(|heard| heard.outcome) {
                    Some(Outcome::Ok(value)) if value == Value::text(WORD) => Fate::Kept,
                    Some(Outcome::Ok(value)) => Fate::Lost(value),
                    _ => Fate::Unknown,
                };
                Some(Found::Writing(Writing::Acknowledged { by, fate }))
            }
        }
    }
}

fn read(heard: Option<Heard>) -> Found {
    match heard {
        Some(Heard { outcome: Outcome::Ok(value), asked, .. }) => {
            Found::Answer { value, by: asked }
        }
        Some(Heard { outcome: Outcome::Fail(reason), .. }) => {
            Found::Reading(Reading::Refused(reason))
        }
        _ => Found::Reading(Reading::Unanswered),
    }
}
