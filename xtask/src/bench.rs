//! `cargo xtask bench`, and what else runs core outside of the page: the digests in wasm.

use crate::{Outcome, cli, paths, setup, shell};
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn run(args: &mut cli::Args) -> Outcome {
    args.finish()?;
    figures()
}

/// Every figure; all of them are printed before the first that falls short is an error.
pub fn figures() -> Outcome {
    let failed: Vec<String> =
        [native(), wasm(), frames(), searches()].into_iter().filter_map(Result::err).collect();
    if failed.is_empty() { Ok(()) } else { Err(failed.join(" ")) }
}

fn native() -> Outcome {
    shell::run_long(&mut shell::cargo(&["build", "--profile", "bench", "-p", "netsplit-bench"]))?;
    let rate = shell::run(&mut shell::command(program("netsplit-bench")));
    rate.and(shell::run(&mut shell::command(program("netsplit-heap"))))
}

fn wasm() -> Outcome {
    let mut bench = script("wasm/bench.mjs")?;
    bench.arg(program("netsplit-bench")).arg(module()?);
    shell::run(&mut bench)
}

/// What a frame of the stage costs.
fn frames() -> Outcome {
    setup::page()?;
    shell::run_long(&mut script("frames/frames.mjs")?)
}

/// How soon the page finds what is wrong on purpose, and in how much memory.
fn searches() -> Outcome {
    shell::run_long(&mut script("page/search.mjs")?)
}

/// The digests of all lessons, in wasm and natively.
pub fn digests() -> Outcome {
    let mut digests = script("wasm/digests.mjs")?;
    digests.arg(module()?);
    shell::run_long(&mut digests)
}

/// A program of `bench/`, built with cargo's profile `bench`, which shares release's folder.
fn program(name: &str) -> PathBuf {
    paths::root().join("target/release").join(name)
}

/// A script of `bench/`, under Node, with the browser that it drives.
fn script(name: &str) -> Outcome<Command> {
    let browser = setup::browser::ensure()?;
    let modules = setup::node::browser_modules()?;
    let node = setup::node::node().ok_or("Node.js went away.")?;
    let mut script = shell::command(node);
    script.arg(paths::root().join("bench").join(name));
    script.env("CHROMIUM", &browser.chromium).env("NETSPLIT_MODULES", &modules);
    script.env("NODE_PATH", modules);
    Ok(script)
}

/// Core as a module that a page can load, built as the page builds it; its folder.
fn module() -> Outcome<PathBuf> {
    setup::page()?;
    let package = ["build", "--release", "--quiet", "-p", "netsplit-bench-wasm"];
    let mut build = shell::cargo(&package);
    shell::run_long(build.args(["--target", "wasm32-unknown-unknown"]))?;
    let folder = paths::root().join("target/bench/wasm");
    let wasm = "target/wasm32-unknown-unknown/release/netsplit_bench_wasm.wasm";
    let bindgen = shell::find("wasm-bindgen").ok_or("wasm-bindgen is missing after set-up.")?;
    let mut bindgen = shell::command(bindgen);
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&folder);
    shell::run(bindgen.arg(paths::root().join(wasm)))?;
    optimize(&folder.join("netsplit_bench_wasm_bg.wasm"))?;
    let page = folder.join("bench.html");
    std::fs::copy(paths::root().join("bench/wasm/bench.html"), &page)
        .map_err(|error| format!("{}: {error}.", page.display()))?;
    Ok(folder)
}

fn optimize(wasm: &Path) -> Outcome {
    match setup::node::wasm_opt() {
        None => Ok(()),
        Some(mut wasm_opt) => shell::run(wasm_opt.args(["-Oz", "-o"]).arg(wasm).arg(wasm)),
    }
}
