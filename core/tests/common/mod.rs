//! What the tests share.
#![allow(dead_code, reason = "each test file uses a part")]

pub mod dice;
pub mod dumb;
pub mod history;
pub mod lessons;
pub mod run;
pub mod told;
