//! Cuts the page's wasm in two: what the first lesson needs, and the rest, which the page fetches
//! when somebody touches it or when a function is called that is not here yet. Both run on one
//! memory. `web/src/rest.rs` and `static/boot.js` are the other half of this.
//!
//! Which functions wait stands in `web/rest.txt`, as `cargo xtask first` has observed it in a
//! browser. A function that is new since then does not wait: an old list costs bytes, never more.

mod encode;
mod module;
mod names;
mod plan;

pub use names::Names;

use crate::{Outcome, paths};
use module::Module;
use plan::Plan;
use std::path::{Path, PathBuf};

/// The names of the functions that wait.
pub fn list() -> PathBuf {
    paths::root().join("web/rest.txt")
}

/// Cuts `wasm`, whose functions still have their names; the rest is written beside it.
pub fn cut(wasm: &Path) -> Outcome {
    let bytes = read(wasm)?;
    let waiting = Names::read(&list())?;
    let Some(plan) = Plan::new(Module::read(&bytes)?, |name| waiting.has(name))? else {
        return Err(
            "nothing in the wasm fetches the rest: web/src/rest.rs has lost its import.".to_owned()
        );
    };
    let rest = encode::rest(&plan)?;
    // The name tells the contents, so that no browser joins two builds from its cache.
    let file = format!("{}_rest-{:08x}.wasm", stem(wasm), names::hash(&rest));
    let first = encode::first(&plan, &file)?;
    let (n_first, n_rest) = (first.len() / 1000, rest.len() / 1000);
    println!("-- cut: {n_first} KB for the first lesson, {n_rest} KB wait.");
    write(&wasm.with_file_name(file), &rest)?;
    write(wasm, &first)
}

/// Makes `wasm` count what is called, for `cargo xtask first`.
pub fn watch(wasm: &Path) -> Outcome {
    let bytes = read(wasm)?;
    write(wasm, &encode::watched(&Module::read(&bytes)?)?)
}

/// `netsplit-web-93102273` of `netsplit-web-93102273_bg.wasm`.
fn stem(wasm: &Path) -> String {
    let stem = wasm.file_stem().unwrap_or_default().to_string_lossy();
    stem.strip_suffix("_bg").unwrap_or(&stem).to_owned()
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(path).map_err(|error| format!("{}: {error}.", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}.", path.display()))
}
