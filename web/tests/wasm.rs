//! What must hold as WebAssembly in a browser. Run by `cargo xtask test --only wasm`.
#![cfg(target_family = "wasm")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The page asks the browser for fresh seeds: two of them are not the same.
#[wasm_bindgen_test]
fn seeds_come_from_the_browser() {
    let seeds =
        [getrandom::u64(), getrandom::u64()].map(|seed| seed.expect("a browser has chance"));
    assert_ne!(seeds[0], seeds[1]);
}
