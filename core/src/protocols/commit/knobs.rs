//! The settings that the systems of atomic commitment share. The table of each begins with them, in
//! this order: [`commit_knobs!`](crate::commit_knobs) sees to it.

use crate::knob::{Key, Knobs};

/// How many resource managers there are.
pub const RMS: Key = Key(0);
/// What a resource manager votes on the work that it could do.
pub const VOTE: Key = Key(1);
/// How long the transaction manager waits for votes.
pub const VOTE_TIMEOUT: Key = Key(2);
/// How long a transaction waits for the lock of a row.
pub const LOCK_WAIT: Key = Key(3);
/// How long a local transaction holds the lock of its row.
pub const HOLD: Key = Key(4);
/// The time between a message that tells one resource manager the decision and the next one.
pub const GAP: Key = Key(5);

/// Whether this resource manager votes yes on what it could do.
pub fn votes_yes(knobs: &Knobs) -> bool {
    knobs.count(VOTE) == 0
}

/// Declares the knobs of a system of atomic commitment: the shared ones, then its own.
#[macro_export]
macro_rules! commit_knobs {
    (rms = $rms:literal, vote_timeout = $vote_timeout:literal; $($own:tt)*) => {
        $crate::knobs! {
            /// How many resource managers there are.
            RMS "rms" Count(1, 9) = $rms, fixed;
            /// What a resource manager votes on the work that it could do.
            VOTE "vote" Choice(&["yes", "no"]) = 0, live per_node;
            /// How long the transaction manager waits for votes.
            VOTE_TIMEOUT "vote_timeout" Ms(0, 600_000) = $vote_timeout, live;
            /// How long a transaction waits for the lock of a row.
            LOCK_WAIT "lock_wait" Ms(0, 600_000) = 5000, live per_node;
            /// How long a local transaction holds the lock of its row.
            HOLD "hold" Ms(0, 600_000) = 0, live per_node;
            /// The time between telling one resource manager the decision and telling the next.
            GAP "gap" Ms(0, 600_000) = 0, live;
            $($own)*
        }
    };
}
