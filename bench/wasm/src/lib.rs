//! The load of the figures, as the page runs it. `bench.mjs` holds the watch.

use netsplit_core::base::Time;
use netsplit_core::protocols;
use netsplit_core::run::{Run, play};
use netsplit_core::scenario::Scenario;
use wasm_bindgen::prelude::*;

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

    /// The digest of the recording, in hexadecimal.
    pub fn digest(&self) -> String {
        format!("{:016x}", self.0.digest())
    }
}
