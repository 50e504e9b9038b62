//! Netsplit's subject: protocols as step functions, the world that runs them, the language that
//! tells a run, and the verdicts that are measured from outside.
//!
//! Read `protocol` first. Then `machine` (how a protocol meets the kernel), `kernel` (the
//! discrete-event world), `run` (a run as a value), `scenario` (the language) and `check`.
#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

extern crate alloc;

pub mod protocol;

pub mod describe;
pub mod facts;
pub mod knob;
pub mod op;
pub mod rule;

pub mod machine;

pub mod history;
pub mod kernel;
pub mod run;
pub mod scenario;

pub mod check;
pub mod compare;
pub mod explore;
pub mod probe;
pub mod protocols;
pub mod quorum;

pub mod base;
