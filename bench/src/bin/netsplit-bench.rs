//! `netsplit-bench`: the native figures. For the comparison with wasm: `netsplit-bench once`,
//! messages per CPU-second of one run of the load; `load`, the load's text; `store`, the most
//! milliseconds that a generated history takes; `explore`, the figures of searches alone;
//! `probes`, the text of the world that is probed. `stateright N` is how the program asks itself
//! for the yardstick that cannot be stopped.

use std::process::ExitCode;

use netsplit_bench::{checks, explore, load, probes, rate, report, stateright};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["once"] => println!("{}", rate::once().0),
        ["load"] => print!("{}", load::text()),
        ["explore"] => return report(&searches()),
        ["store"] => println!("{}", checks::store_ms().0),
        ["probes"] => print!("{}", probes::text()),
        ["stateright", number] => match number.parse() {
            Ok(number) => println!("{}", stateright::answer(number)),
            Err(_) => return ExitCode::FAILURE,
        },
        _ => {
            let mut figures = vec![
                rate::simulation(),
                probes::all(),
                checks::etcd(),
                checks::generated(),
                checks::lesson(),
            ];
            figures.extend(searches());
            return report(&figures);
        }
    }
    ExitCode::SUCCESS
}

fn searches() -> Vec<netsplit_bench::Figure> {
    let mut figures = explore::cold();
    figures.extend(explore::beside_stateright());
    figures
}
