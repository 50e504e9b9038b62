//! Verdicts: checkers that look at a run from outside, as folds over trace and history.

pub mod model;
