//! The live heap after the load has run, with everything that was recorded: trace, history,
//! checkpoints.

use std::process::ExitCode;

use netsplit_bench::{Figure, load, report};
use netsplit_core::run::play;
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// In MiB.
const WANTED: f32 = 64.0;

fn main() -> ExitCode {
    let before = HEAP.current_usage_as_mb();
    let run = play(load::scenario());
    let live = HEAP.current_usage_as_mb() - before;
    let figure = Figure {
        what: "live heap after 600 s",
        measured: format!("{live:.1} MiB, {} events", run.head().n_events()),
        wanted: format!("at most {WANTED} MiB"),
        reached: live <= WANTED,
    };
    report(&[figure])
}
