//! The discrete-event world: network, timers, clocks, disks, clients and faults. It knows no
//! protocol and is compiled once.

pub mod action;
pub mod limits;

mod world;

mod act;
mod cast;
mod client;
mod disk;
mod flight;
mod guest;
mod hands;
mod net;
mod person;
mod recorder;
mod script;
mod send;
mod timers;
mod weather;

pub use cast::Cast;
pub use flight::{Flight, Packet};
pub use net::{Link, Net};
pub use person::{Armed, Clock, Person, Phase};
pub use recorder::{Heard, Recorder};
pub use script::{Script, Timed};
pub use world::World;
