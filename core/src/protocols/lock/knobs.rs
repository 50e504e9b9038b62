//! The settings that all locks share. Every lock's table begins with them, in this order:
//! [`lock_knobs!`](crate::lock_knobs) sees to it.

use crate::knob::Key;

/// How many clients.
pub const CLIENTS: Key = Key(0);
/// How long a client that was refused waits before it asks again; 0 when it gives up at once.
pub const POLL: Key = Key(1);
/// How long a client works under the lock, in `work`.
pub const HOLD: Key = Key(2);
/// How long a client waits for an answer; 0 when for ever.
pub const ANSWER: Key = Key(3);
/// Whether a client looks at its own clock before it writes, and drops a lock whose lease is over.
pub const CHECK_LEASE: Key = Key(4);
/// How often a holder makes its lease longer; 0 when never.
pub const RENEW: Key = Key(5);
/// Whether the resource refuses tokens that go backwards.
pub const FENCING: Key = Key(6);
/// Whether clients lock at the service, or each in its own process.
pub const MUTEX: Key = Key(7);

/// The position of `local` among the words of [`MUTEX`].
pub const LOCAL: u64 = 1;

/// Declares the settings of a lock: the shared ones, then its own.
#[macro_export]
macro_rules! lock_knobs {
    ($($own:tt)*) => {
        $crate::knobs! {
            /// See the shared table.
            CLIENTS "clients" Count(1, 60) = 3, fixed;
            /// See the shared table.
            POLL "poll" MsRange(0, 60_000) = (100, 100), live per_node;
            /// See the shared table.
            HOLD "hold" Ms(0, 600_000) = 200, live per_node;
            /// See the shared table.
            ANSWER "answer" Ms(0, 600_000) = 1000, live per_node;
            /// See the shared table.
            CHECK_LEASE "check_lease" Switch = 0, live per_node;
            /// See the shared table.
            RENEW "renew" Ms(0, 600_000) = 0, live per_node;
            /// See the shared table.
            FENCING "fencing" Switch = 0, live;
            /// See the shared table.
            MUTEX "mutex" Choice(&["distributed", "local"]) = 0, live;
            $($own)*
        }
    };
}
