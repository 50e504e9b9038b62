//! Core as the page runs it. `bench.mjs` measures it; `digests.mjs` compares it with the native
//! one.

#[path = "../../src/store.rs"]
mod store;

use netsplit_core::base::Time;
use netsplit_core::check::linearizable::Finding;
use netsplit_core::history::History;
use netsplit_core::probe::{Probing, servers};
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

/// A history of a store, as `bench/src/store.rs` generates it.
#[wasm_bindgen]
pub struct Generated(History, bool);

#[wasm_bindgen]
impl Generated {
    /// The one of this seed.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: u32, linearizable: bool) -> Generated {
        Generated(store::history(seed.into(), linearizable), linearizable)
    }

    /// Checks it; says whether the verdict is right.
    pub fn check(&self) -> bool {
        match store::finding(&self.0) {
            Finding::Linearizable => self.1,
            Finding::Broken(_) => !self.1,
            Finding::NotDecided { .. } => false,
        }
    }
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

    /// Asks all probes of the world that is looked at, in slices of so many events; answers how
    /// many slices there were.
    pub fn probe(&self, slice: u32) -> u32 {
        let (world, history) = (self.0.world(), &self.0.trace().history);
        let probing = Probing::new(world, history, self.0.at(), &servers(world));
        let mut probing = probing.expect_throw("the system has a probe pair");
        let mut slices = 1;
        while !probing.advance(history, slice) {
            slices += 1;
        }
        slices
    }

    /// Looks at an instant, in milliseconds.
    pub fn seek(&mut self, ms: u32) {
        self.0.seek(Time::ms(ms.into()));
    }
}
