//! `cargo xtask optimize`: wasm-opt over the build that Trunk is about to publish.

use crate::{Outcome, cli, setup, shell};
use std::path::{Path, PathBuf};

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
        return Ok(());
    }
    let files = staging.read_dir().map_err(|error| format!("{}: {error}.", staging.display()))?;
    for file in files.flatten() {
        if file.path().extension().is_some_and(|extension| extension == "wasm") {
            shrink(&file.path())?;
        }
    }
    Ok(())
}

fn shrink(wasm: &Path) -> Outcome {
    let Some(mut wasm_opt) = setup::node::wasm_opt() else { return Ok(()) };
    let smaller = wasm.with_extension("wasm-smaller");
    let before = bytes(wasm)?;
    // Which features it may use stands in the file itself: those of rustc's target, no more.
    wasm_opt.args(["-Oz", "-o"]).arg(&smaller).arg(wasm);
    shell::run(&mut wasm_opt)?;
    std::fs::rename(&smaller, wasm).map_err(|error| format!("{}: {error}.", wasm.display()))?;
    println!("-- wasm-opt: {} KB became {} KB.", before / 1000, bytes(wasm)? / 1000);
    Ok(())
}

fn bytes(path: &Path) -> Outcome<u64> {
    let meta = path.metadata().map_err(|error| format!("{}: {error}.", path.display()))?;
    Ok(meta.len())
}
