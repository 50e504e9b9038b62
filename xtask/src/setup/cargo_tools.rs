//! Trunk and wasm-bindgen, by `cargo install` into `target/tools`.

use super::announce;
use crate::{Outcome, paths, shell};

/// The newest Trunk that the pinned toolchain can build.
const TRUNK: &str = "0.21.14";

pub fn ensure_trunk() -> Outcome {
    let fits = |version: &str| version.starts_with("0.21.");
    if version("trunk").is_some_and(|version| fits(&version)) {
        return Ok(());
    }
    announce(
        &format!("trunk {TRUNK}"),
        "it bundles the page; this takes about five minutes on two cores, once",
    );
    // It only drives other programs, so a short wait is worth more than a fast Trunk.
    let quick = [
        ("CARGO_PROFILE_RELEASE_LTO", "off"),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ];
    install("trunk", TRUNK, &quick)
}

/// wasm-bindgen writes the JavaScript beside the wasm, and must have the crate's own version.
pub fn ensure_wasm_bindgen() -> Outcome {
    let lock = paths::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&lock).map_err(|error| format!("Cargo.lock: {error}."))?;
    let Some(wanted) = locked_version(&lock, "wasm-bindgen") else {
        return Err("Cargo.lock names no wasm-bindgen; `cargo update -w` mends it.".to_owned());
    };
    let here = |tool| version(tool).is_some_and(|version| version == wanted);
    if here("wasm-bindgen") && here("wasm-bindgen-test-runner") {
        return Ok(());
    }
    announce(
        &format!("wasm-bindgen {wanted}"),
        "it joins wasm and JavaScript and must match the crate; this takes about three minutes, \
         once",
    );
    install("wasm-bindgen-cli", &wanted, &[])
}

fn install(package: &str, version: &str, env: &[(&str, &str)]) -> Outcome {
    let tools = paths::tools();
    // A build folder of its own: an interrupted installation goes on where it stopped.
    let build = tools.join("build");
    let mut cargo = shell::cargo(&["install", "--locked", "--force", "--root"]);
    cargo.arg(&tools).arg("--target-dir").arg(&build).arg(format!("{package}@{version}"));
    // Flags meant for this repository's code are not meant for its tools.
    cargo.env_remove("RUSTFLAGS").env_remove("CARGO_BUILD_TARGET").envs(env.iter().copied());
    shell::run_long(&mut cargo).map_err(|sentence| {
        format!("{sentence}\nIf the network failed, try again: what is built is kept.")
    })?;
    // Kept only for going on; a finished installation needs it no longer.
    std::fs::remove_dir_all(&build).map_err(|error| format!("{}: {error}.", build.display()))
}

/// The second word of `TOOL --version`, of the tool that comes first on PATH.
fn version(tool: &str) -> Option<String> {
    let path = shell::find(tool)?;
    let line = shell::output(shell::command(path).arg("--version"))?;
    line.split_whitespace().nth(1).map(str::to_owned)
}

/// The version of `package` in a Cargo.lock.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let header = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != header);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_names_the_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-x\"\nversion = \"9.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(locked_version(lock, "yew"), None);
    }
}
