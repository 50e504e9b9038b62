//! The settings: whom the master waits for, who answers reads, and when it stops waiting.

use crate::base::Span;
use crate::knob::Knobs;

crate::knobs! {
    /// How many slaves there are.
    SLAVES "slaves" Count(1, 4) = 2, fixed;
    /// Whose acknowledgements the master waits for.
    MODE "mode" Choice(&["sync", "semi", "async"]) = 0, live;
    /// Who answers reads.
    READS "reads" Choice(&["master", "any"]) = 0, live;
    /// For how long `semi` waits before it goes on as `async`.
    FALLBACK "fallback" Ms(1, 600_000) = 10_000, live;
    /// How often the master tells where its log ends, and sends again what was not acknowledged.
    HEARTBEAT "heartbeat" Ms(1, 60_000) = 500, live;
    /// Mistake: the first slave promotes itself when it hears nothing for so long; 0 for never.
    FAILOVER "failover" Ms(0, 600_000) = 0, live;
}

/// Any slave answers reads.
pub const ANY: u64 = 1;

/// Whose acknowledgements the master waits for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mode {
    /// All slaves.
    Sync,
    /// One slave, for a while.
    Semi,
    /// Nobody.
    Async,
}

impl Mode {
    /// The mode in force.
    pub fn of(knobs: &Knobs) -> Mode {
        match knobs.count(MODE) {
            0 => Mode::Sync,
            1 => Mode::Semi,
            _ => Mode::Async,
        }
    }
}

/// How often the master speaks: where silence is taken for death, much more often.
pub fn beat(knobs: &Knobs) -> Span {
    match knobs.span(FAILOVER) {
        Span(0) => knobs.span(HEARTBEAT),
        Span(failover) => Span((failover / 3).max(1_000)).min(knobs.span(HEARTBEAT)),
    }
}
