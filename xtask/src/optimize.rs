//! `cargo xtask optimize`: wasm-opt over the build that Trunk is about to publish, then the cut
//! into what the first lesson needs and the rest; scripts and styles are minified.

use crate::{Outcome, cli, files, minify, paths, setup, shell, split};
use std::path::{Path, PathBuf};

/// Set by `cargo xtask first`: the build is to count what is called, and is not cut.
pub const WATCH: &str = "NETSPLIT_WATCH";

pub fn run(args: &mut cli::Args) -> Outcome {
    args.finish()?;
    let Some(staging) = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from) else {
        return Err("this is a hook of Trunk and wants its TRUNK_STAGING_DIR.".to_owned());
    };
    // A debug build is for the debugger.
    if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile != "release") {
        return Ok(());
    }
    if setup::node::wasm_opt().is_none() {
        println!(
            "-- wasm-opt is not set up, so the wasm stays larger. `cargo xtask build` installs it \
             where there is Node.js."
        );
    }
    let files = staging.read_dir().map_err(|error| format!("{}: {error}.", staging.display()))?;
    let is_wasm = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "wasm");
    let found: Vec<PathBuf> = files.flatten().map(|file| file.path()).filter(is_wasm).collect();
    for wasm in found {
        shrink(&wasm)?;
        if std::env::var_os(WATCH).is_some() {
            split::watch(&wasm)?;
        } else {
            split::cut(&wasm, &linked())?;
        }
    }
    minify::run(&staging)
}

/// What the linker wrote in the build that Trunk has just made.
fn linked() -> PathBuf {
    paths::target().join("wasm32-unknown-unknown/release/netsplit-web.wasm")
}

/// The names of functions stay: the cut goes by them, and drops them.
pub fn shrink(wasm: &Path) -> Outcome {
    let Some(mut wasm_opt) = setup::node::wasm_opt() else { return Ok(()) };
    let smaller = wasm.with_extension("wasm-smaller");
    // Which features it may use stands in the file itself: those of rustc's target, no more.
    // A function that is called from one place stays one where it is large: it may wait.
    wasm_opt.args(["-O2", "--one-caller-inline-max-function-size=60", "-g"]);
    wasm_opt.arg("-o").arg(&smaller).arg(wasm);
    shell::run(&mut wasm_opt)?;
    files::rename(&smaller, wasm)
}
