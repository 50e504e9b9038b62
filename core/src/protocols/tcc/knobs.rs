//! The settings: how long things wait, who refuses, and which guards stand.

use crate::base::Span;
use crate::knob::{Key, Knobs};

crate::knobs! {
    /// How many pieces there are at the beginning.
    AVAILABLE "available" Count(1, 1000) = 10, fixed;
    /// How long the manager waits for the answers to Try before it cancels.
    TRY_TIMEOUT "try_timeout" Ms(1, 600_000) = 1000, live;
    /// How long after a Confirm or Cancel that nobody acknowledged it is sent again.
    RETRY "retry" Ms(1, 600_000) = 500, live;
    /// Whether a participant reserves, or refuses every Try.
    TRY "try" Choice(&["ok", "fail"]) = 0, live per_node;
    /// Whether what comes again is acknowledged without effect.
    IDEMPOTENCE "idempotence" Switch = 1, live;
    /// Whether a Cancel without a Try changes nothing, and is remembered.
    EMPTY_ROLLBACK "empty_rollback" Switch = 1, live;
    /// Whether a Try that comes after its Cancel is refused.
    ANTI_SUSPENSION "anti_suspension" Switch = 1, live;
    /// How long a reservation lasts; 0 for ever.
    EXPIRY "expiry" Ms(0, 600_000) = 0, live;
    /// How long a participant keeps a reservation before it asks what became of it; 0 for ever.
    RECOVERY "recovery" Ms(0, 600_000) = 0, live;
}

/// `try` when a participant refuses.
pub const FAIL: u64 = 1;

/// A length of time that is none when it is 0.
pub fn limit(knobs: &Knobs, key: Key) -> Option<Span> {
    Some(knobs.span(key)).filter(|span| *span != Span::ZERO)
}
