//! Netsplit without a page. `cargo xtask claims`, `lesson` and `size` run it.

mod claims;
mod explore;
mod lesson;
mod library;
mod links;

use std::process::ExitCode;

const USAGE: &str = "\
netsplit claims [SYSTEM ...]
    Count the rows of core/claims.tsv that passing scenarios show, per system.
netsplit lesson FILE-OR-NAME-OR-LINK [--variant NAME] [--quiet]
    Play a scenario, print its trace and its verdicts; exit by its expectations.
netsplit explore SYSTEM-OR-SCENARIO [KNOB=VALUE ...] --property P [--bounds crashes=1,losses=3]
        [--seeds A..B | --exhaustive] [--threads N] [--out FILE]
    Search for a run that breaks a property; exit by whether nothing was found. Reports of several
    ranges of seeds are put together by writing one after the other.
netsplit links
    Measure the links that carry whole lessons; exit by whether they are short enough.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let result = match args.split_first() {
        Some((command, rest)) if command == "claims" => claims::run(rest),
        Some((command, rest)) if command == "lesson" => lesson::run(rest),
        Some((command, rest)) if command == "explore" => explore::run(rest),
        Some((command, rest)) if command == "links" => links::run(rest),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::from(2)
        }
    }
}
