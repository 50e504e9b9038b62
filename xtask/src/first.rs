//! `cargo xtask first`: opens the first lesson in a browser, on a build that remembers where it
//! came to, and writes to `web/rest.txt` what it did not come to, and to `web/first.txt` the words
//! that it showed. All else waits until somebody touches the page.

use crate::files::write;
use crate::split::{self, Names};
use crate::{Outcome, assets, cli, optimize, paths, setup, shell, trunk};

/// The reader. It prints `point KEY` for what it did not come to, `word NAME KEY` for what it read.
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
    let (mut waiting, mut words) = (Names::default(), FIRST_WORDS.to_owned());
    for line in printed.lines() {
        match line.split_once(' ') {
            Some(("point", key)) => {
                let key = u32::from_str_radix(key, 16);
                waiting.add(key.map_err(|_| format!("{PLAYER} prints a key that is none."))?);
            }
            Some(("word", word)) => words += &format!("{word}\n"),
            _ => {}
        }
    }
    write(&split::list(), waiting.text())?;
    write(&assets::first_words(), &words)?;
    println!(
        "-- {} functions and parts of functions wait, {} words do not; build and test, then commit \
         web/rest.txt and web/first.txt.",
        waiting.count(),
        words.lines().count() - FIRST_WORDS.lines().count()
    );
    Ok(())
}

const FIRST_WORDS: &str = "\
# The words that the first lesson shows by itself; the others come when somebody touches the page.
# `cargo xtask first` writes this file; nobody edits it.
";
