//! Core as the page runs it. `bench.mjs` measures it; `digests.mjs` compares it with the native
//! one.

use netsplit_core::base::Time;
use netsplit_core::protocols;
use netsplit_core::run::{Run, play};
use netsplit_core::scenario::Scenario;
use wasm_bindgen::prelude::*;

/// The digest of a lesson's run, in hexadecimal; `variant` is empty for the story as told.
#[wasm_bindgen]
pub fn digest(text: &str, variant: &str) -> String {
    let told = Scenario::parse(text, protocols::ALL).expect_throw("a lesson is a scenario");
    let run = if variant.is_empty() { Some(told) } else { told.variant(variant) };
    format!("{:016x}", play(run.expect_throw("the lesson has this variant")).digest())
}

/// A recorded run.
#[wasm_bindgen]
pub struct Recording(Run);

#[wasm_bindgen]
impl Recording {
    /// Records the scenario of this text to its end.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Recording {
        let scenario = Scenario::parse(text, protocols::ALL);
        Recording(play(scenario.expect_throw("the load is a scenario")))
    }

    /// How many messages were sent.
    pub fn messages(&self) -> u32 {
        self.0.head().n_messages()
    }

    /// Looks at an instant, in milliseconds.
    pub fn seek(&mut self, ms: u32) {
        self.0.seek(Time::ms(ms.into()));
    }
}
