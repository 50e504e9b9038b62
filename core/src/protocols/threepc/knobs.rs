//! The settings: who takes part, which rules count, and how long anybody waits.

use crate::base::{Id, Span};
use crate::knob::{Key, Knobs};
use crate::quorum::majority;

pub use crate::protocols::commit::knobs::votes_yes;

crate::commit_knobs! {
    rms = 2, vote_timeout = 300;
    /// Which rules count.
    RULES "rules" Choice(&["popular", "skeen", "e3pc"]) = 0, fixed;
    /// For how long a participant that has voted yes waits for what comes next.
    WAIT_TIMEOUT "wait_timeout" Ms(1, 600_000) = 500, live;
    /// For how long a participant in precommit waits for the decision.
    PRECOMMIT_TIMEOUT "precommit_timeout" Ms(1, 600_000) = 500, live;
    /// For how long an elected participant waits for states, and again for acknowledgements.
    COLLECT "collect" Ms(1, 600_000) = 100, live;
    /// After how long what was not answered is said, or asked, again.
    RESEND "resend" Ms(1, 600_000) = 1000, live;
}

/// Which rules count.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Rules {
    /// As most notes tell it: who waits too long decides alone.
    Popular,
    /// Skeen's termination protocol: an elected participant collects states and decides.
    Skeen,
    /// Keidar and Dolev's: it decides only with a quorum.
    E3pc,
}

impl Rules {
    /// The rules in force.
    pub fn of(knobs: &Knobs) -> Rules {
        match knobs.count(RULES) {
            0 => Rules::Popular,
            1 => Rules::Skeen,
            _ => Rules::E3pc,
        }
    }
}

/// The coordinator.
pub const TM: Id = Id(0);

/// The participants.
pub fn rms(knobs: &Knobs) -> impl Iterator<Item = Id> + use<> {
    (1..=knobs.count(RMS) as usize).map(Id::at)
}

/// How many participants make a quorum: more than half. The coordinator is none of them.
pub fn quorum(knobs: &Knobs) -> u64 {
    majority(knobs.count(RMS) as usize) as u64
}

/// A length of time, at the least and at the most.
pub fn exactly(knobs: &Knobs, key: Key) -> (Span, Span) {
    (knobs.span(key), knobs.span(key))
}
