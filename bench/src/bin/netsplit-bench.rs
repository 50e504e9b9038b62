//! `netsplit-bench`: the native figures. `netsplit-bench once`: messages per CPU-second of one run
//! of the load, for the comparison with wasm. `netsplit-bench load`: the load's text.

use std::process::ExitCode;

use netsplit_bench::{load, rate, report};

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("once") => println!("{}", rate::once().0),
        Some("load") => print!("{}", load::text()),
        _ => return report(&[rate::simulation()]),
    }
    ExitCode::SUCCESS
}
