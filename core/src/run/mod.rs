//! A run as a value: recorded once, sought at any instant, branched and undone.

pub mod trace;

pub use trace::Trace;
