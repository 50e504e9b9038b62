//! A run as a value: recorded once, sought at any instant, branched and undone. State is never
//! stored: a run is its scenario and the learner's lines, and everything else is computed anew.

pub mod cone;
pub mod errand;
pub mod trace;

mod branch;
mod play;

pub use branch::{Branch, Hand, first_difference, instant, own_line};
pub use play::{Run, play};
pub use trace::Trace;
