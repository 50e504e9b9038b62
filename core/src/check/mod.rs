//! Verdicts: checkers that look at a run from outside, as folds over trace and history. They read
//! facts, history and trace, and never a protocol.

pub mod answers;
pub mod evidence;
pub mod lamps;
pub mod levels;
pub mod linearizable;
pub mod model;
pub mod phases;
pub mod sequence;
pub mod stretches;
pub mod tokens;
pub mod trace_text;
pub mod view;
