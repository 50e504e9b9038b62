//! What the commands need on the machine, each installed only where it is missing.

pub mod browser;
mod cargo_tools;
pub mod node;
mod targets;

use crate::{Outcome, shell};

/// What building and serving the page needs. Without Node the build goes on, unoptimised.
pub fn page() -> Outcome {
    targets::ensure(&["wasm32-unknown-unknown"])?;
    cargo_tools::ensure_trunk()?;
    cargo_tools::ensure_wasm_bindgen()?;
    if !node::wasm_opt_ready() {
        note(
            "Node.js 20 with npm is not here, so wasm-opt is left out: the page works, its wasm \
              is about a fifth larger.",
        );
    }
    // Afterwards Trunk may build without the network.
    shell::run_long(&mut shell::cargo(&["fetch", "--target", "wasm32-unknown-unknown"]))
}

/// What the tests in plain WebAssembly need: the target without an operating system.
pub fn bare_target() -> Outcome {
    targets::ensure(&["wasm32v1-none"])
}

/// What `wasm-bindgen-test` needs beside a browser.
pub fn wasm_tests() -> Outcome {
    targets::ensure(&["wasm32-unknown-unknown"])?;
    cargo_tools::ensure_wasm_bindgen()
}

/// Announces an installation: what, and why.
fn announce(what: &str, why: &str) {
    println!("-- Installing {what}: {why}.");
}

/// Says something that is not an error.
fn note(sentence: &str) {
    println!("-- {sentence}");
}
