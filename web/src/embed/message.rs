//! The messages between a figure and the page that holds it, version 1. Every message is an object
//! with `netsplit: 1` and a `type`; static/netsplit-lab.d.ts says what else each carries.

use serde::{Deserialize, Serialize};

/// The version of the protocol; a version once published is spoken for ever.
pub const VERSION: u32 = 1;

/// What the page around may ask.
#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub struct In {
    /// The version.
    pub netsplit: u32,
    /// What is asked.
    #[serde(rename = "type")]
    pub kind: String,
    /// `load`: an address such as `/raft/caiyang`, or the text of a scenario.
    pub scenario: Option<String>,
    /// `seek`: virtual milliseconds.
    pub at: Option<f64>,
    /// `act`: an action of the language, such as `crash leader`.
    pub line: Option<String>,
    /// `set-theme`: `light`, `dark` or `auto`.
    pub theme: Option<String>,
    /// `set-lang`: a language tag.
    pub lang: Option<String>,
    /// `get-link`: comes back with the answer.
    pub id: Option<f64>,
}

/// What the figure tells.
#[derive(Serialize, Default, Clone, PartialEq, Debug)]
pub struct Out {
    /// The version.
    pub netsplit: u32,
    /// What is told.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The name of the scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// What it, or the step, is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Which step, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
    /// Of how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// Virtual milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<f64>,
    /// Which answer was chosen, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<u32>,
    /// Whether that is what comes true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<bool>,
    /// What lamp C shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consistency: Option<&'static str>,
    /// What lamp A shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability: Option<&'static str>,
    /// Whether the goal is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reached: Option<bool>,
    /// CSS pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// The link that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Which question this answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<f64>,
    /// What went wrong, in the figure's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Out {
    /// A message of this type that carries nothing yet.
    pub fn new(kind: &'static str) -> Out {
        Out { netsplit: VERSION, kind, ..Out::default() }
    }
}
