//! The discrete-event world: network, timers, clocks, disks, clients and faults. It knows no
//! protocol and is compiled once.

pub mod action;
pub mod limits;
