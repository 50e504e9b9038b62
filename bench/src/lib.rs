//! The figures of the README, each measured beside its yardstick in the same process, at least ten
//! times, and printed. A figure that falls short ends the program with an error.

pub mod checks;
pub mod clock;
pub mod explore;
pub mod jepsen;
pub mod load;
pub mod probes;
pub mod rate;
pub mod stateright;
pub mod store;
pub mod tikv;

use std::process::ExitCode;

/// A figure: what it is, what was measured, what it must reach, and whether it did.
pub struct Figure {
    /// What it is.
    pub what: &'static str,
    /// What was measured.
    pub measured: String,
    /// What it must reach.
    pub wanted: String,
    /// Whether it did.
    pub reached: bool,
}

/// Prints figures; fails when one falls short.
pub fn report(figures: &[Figure]) -> ExitCode {
    for figure in figures {
        let mark = if figure.reached { "ok  " } else { "FAIL" };
        println!("{mark} {}: {} (wanted: {})", figure.what, figure.measured, figure.wanted);
    }
    if figures.iter().all(|figure| figure.reached) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
