//! Searching for a run that breaks a property. See [`Search`].
//!
//! - [`Property`]: what can be broken, by verdict tokens.
//! - [`Bounds`]: a budget of faults, and how much may be tried and kept.
//! - *At random*: each seed draws faults, operations and priorities, and the ordinary kernel runs
//!   them. For every system and every property.
//! - *Exhaustive*: every state that can be reached when time is left out, within bounds: the
//!   order of messages, timers that run out, crashes. For systems that do not read clocks.
//! - Whatever is found is shrunk, and handed over as an ordinary scenario that passes as a lesson.

mod bounds;
mod calm;
mod dice;
mod faults;
mod finding;
mod plan;
mod property;
mod random;
mod refusal;
mod search;
mod shrink;

mod simpler;
mod untimed;
mod workload;

pub use bounds::{Bound, Bounds};
pub use calm::CALM;
pub use property::{PATIENCE, PROPERTIES, Property, Wanted};
pub use refusal::Refusal;
pub use search::{Mode, Progress, Request, Search, Stage, applying, scope};
pub use untimed::{Exhaustive, Order, Scope, Seen, Way, schedule};
