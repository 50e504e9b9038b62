//! The standard libraries for WebAssembly.

use super::announce;
use crate::{Outcome, shell};
use std::path::Path;

/// Adds the missing ones of `targets` to the pinned toolchain.
pub fn ensure(targets: &[&str]) -> Outcome {
    let missing: Vec<&str> = targets.iter().copied().filter(|target| !is_here(target)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if shell::find("rustup").is_none() {
        return Err(format!(
            "Rust's standard library for {list} is missing and rustup is not here to add it. \
             Install rustup, or the library by the way your Rust came."
        ));
    }
    announce(
        &format!("Rust's library for {list}"),
        "the same code runs in the browser as WebAssembly",
    );
    shell::run_long(shell::command("rustup").args(["target", "add"]).args(&missing))
}

fn is_here(target: &str) -> bool {
    let args = ["--print", "target-libdir", "--target", target];
    shell::output(shell::command("rustc").args(args)).is_some_and(|folder| {
        let Ok(files) = Path::new(&folder).read_dir() else { return false };
        files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libcore-"))
    })
}
