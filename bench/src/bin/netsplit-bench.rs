//! `netsplit-bench`: the native figures. `netsplit-bench once`: messages per CPU-second of one run
//! of the load, for the comparison with wasm.

use std::process::ExitCode;

use netsplit_bench::{rate, report};

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("once") {
        println!("{}", rate::once().0);
        return ExitCode::SUCCESS;
    }
    report(&[rate::simulation()])
}
