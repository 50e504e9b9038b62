//! The world without time: what is in flight may arrive in any order, an armed timer may run out at
//! any moment, a process may crash at any moment. What is left of a world is what counts for what
//! can come: nodes, messages, armed timers, clients, the budget, and what a property remembers.

mod clients;
mod exhaustive;
mod past;
mod schedule;
mod scope;
mod seen;
mod state;
mod step;
mod symmetry;
mod watch;

pub use exhaustive::{Exhaustive, Order, Way};
pub use schedule::schedule;
pub use scope::Scope;
pub use seen::Seen;
