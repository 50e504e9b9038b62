//! How large a run may be, in numbers. A run of outside origin meets these before it can exhaust
//! memory or time; each has a message of its own.

use crate::base::{Span, Time};

/// Participants of a run, clients included.
pub const PARTICIPANTS: usize = 96;
/// The latest end of a run.
pub const END: Time = Time::ms(20_000_000);
/// Events of a run.
pub const EVENTS: u32 = 6_000_000;
/// Messages in flight at one instant, held ones included.
pub const IN_FLIGHT: usize = 50_000;
/// Events at one instant of virtual time: more is a loop that never lets time pass.
pub const EVENTS_PER_INSTANT: u32 = 100_000;
/// Operations of a run.
pub const OPERATIONS: u32 = 200_000;
/// Script lines of a run after `every` lines are unrolled.
pub const LINES: usize = 200_000;
/// The longest latency, pause, timeout.
pub const SPAN: Span = Span(END.0);
/// Bytes of a scenario's text.
pub const TEXT: usize = 200_000;
/// Bytes of a single written value or key.
pub const WORD: usize = 64;
/// Runs of a scenario that runs once per seed.
pub const SEEDS: u64 = 10_000;
/// Script lines of a scenario as it is written, those of groups of clients one by one.
pub const SCRIPT: usize = 5_000;
/// Runs that stand side by side.
pub const PANES: usize = 4;
/// Variants of a scenario.
pub const VARIANTS: usize = 32;
/// Edits of all variants together.
pub const EDITS: usize = 1_000;
