//! Trunk, with the tools that set-up has installed.

use crate::{Outcome, cli, setup, shell};
use std::process::Command;

/// `cargo xtask build`
pub fn run_build(args: &mut cli::Args) -> Outcome {
    args.finish()?;
    setup::page()?;
    build()
}

/// A release build into `dist/`, without the network.
pub fn build() -> Outcome {
    shell::run_long(command()?.args(["build", "--release"]))
}

/// Trunk, quiet but for warnings, and never on the network: set-up has done that.
pub fn command() -> Outcome<Command> {
    let trunk = shell::find("trunk").ok_or("trunk is missing after set-up.")?;
    let mut trunk = shell::command(trunk);
    trunk.args(["--offline", "--quiet"]);
    // Trunk reads this variable as true or false, the world writes it as 1.
    if trunk_colourless() {
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}

fn trunk_colourless() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}
