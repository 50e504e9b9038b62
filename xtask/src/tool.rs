//! `cargo xtask claims`, `lesson` and `explore`: the program in `cli/`, with its own arguments.

use crate::{Outcome, cli, shell};

pub fn claims(args: &mut cli::Args) -> Outcome {
    run("claims", args, "A covered row does not hold; the lines above say where.")
}

pub fn lesson(args: &mut cli::Args) -> Outcome {
    run("lesson", args, "The scenario did not come out as it expects.")
}

/// Optimised: a search is as good as it is fast.
pub fn explore(args: &mut cli::Args) -> Outcome {
    let mut tool = shell::cargo(&[
        "run",
        "--quiet",
        "--profile",
        "bench",
        "-p",
        "netsplit-cli",
        "--",
        "explore",
    ]);
    while let Some(arg) = args.word() {
        tool.arg(arg);
    }
    shell::run(&mut tool)
        .map_err(|_| "Something was found, or the search was refused: see above.".into())
}

/// The lengths of links, for `cargo xtask size`.
pub fn links() -> Outcome {
    let mut tool = shell::cargo(&["run", "--quiet", "-p", "netsplit-cli", "--", "links"]);
    shell::run(&mut tool)
        .map_err(|_| "links have become too long; the table above shows which.".into())
}

fn run(command: &str, args: &mut cli::Args, otherwise: &str) -> Outcome {
    let mut tool = shell::cargo(&["run", "--quiet", "-p", "netsplit-cli", "--", command]);
    while let Some(arg) = args.word() {
        tool.arg(arg);
    }
    shell::run(&mut tool).map_err(|_| otherwise.to_owned())
}
