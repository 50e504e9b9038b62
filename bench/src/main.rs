//! The figures of the README, each measured beside its yardstick in the same process, at least ten
//! times, and printed. A figure that falls short ends the program with an error.

mod clock;
mod rate;
mod tikv;

use std::process::ExitCode;

/// A figure: what it is, what was measured, what it must reach, and whether it did.
pub struct Figure {
    what: &'static str,
    measured: String,
    wanted: &'static str,
    reached: bool,
}

fn main() -> ExitCode {
    let figures = [rate::simulation()];
    for figure in &figures {
        let mark = if figure.reached { "ok  " } else { "FAIL" };
        println!("{mark} {}: {} (wanted: {})", figure.what, figure.measured, figure.wanted);
    }
    if figures.iter().all(|figure| figure.reached) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
