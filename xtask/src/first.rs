//! `cargo xtask first`: plays the first lesson in a browser, on a build that counts which functions
//! are called, and writes the names of all others to `web/rest.txt`: they wait.

use crate::split::{self, Names};
use crate::{Outcome, cli, optimize, paths, setup, shell, trunk, walk};

/// The lesson's player; it prints the name of every function that it has seen nobody call.
const PLAYER: &str = "web/tests/first.mjs";

pub fn run(args: &mut cli::Args) -> Outcome {
    args.finish()?;
    setup::page()?;
    let browser = setup::browser::ensure()?;
    let modules = setup::node::browser_modules()?;
    let node = setup::node::node().ok_or("Node.js went away.")?;
    let dist = paths::root().join("target/first");
    let mut build = trunk::command()?;
    build.args(["build", "--release", "--dist"]).arg(&dist).env(optimize::WATCH, "1");
    shell::run_long(&mut build)?;

    let mut player = shell::command(node);
    player.arg(paths::root().join(PLAYER)).env("NETSPLIT_DIST", &dist);
    player.env("CHROMIUM", &browser.chromium).env("NETSPLIT_MODULES", &modules);
    let printed = shell::output(&mut player)
        .ok_or(format!("{PLAYER} did not come to the end of the lesson; run it alone."))?;
    let mut waiting = Names::default();
    for name in printed.lines().filter(|name| !name.is_empty()) {
        waiting.add(name);
    }
    std::fs::write(split::list(), waiting.text())
        .map_err(|error| format!("{}: {error}.", walk::shown(&split::list())))?;
    println!(
        "-- {} functions wait; build and test, then commit web/rest.txt.",
        printed.lines().count()
    );
    Ok(())
}
