//! The messages between a figure and the page that holds it, version 1. Every message is an object
//! with `netsplit: 1` and a `type`; static/netsplit-lab.d.ts says what else each carries.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// The version of the protocol; a version once published is spoken for ever.
pub const VERSION: u32 = 1;

/// What the page around may ask.
#[derive(Default, Debug)]
pub struct In {
    /// The version.
    pub netsplit: Option<f64>,
    /// What is asked.
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

impl In {
    /// Reads a message; what is missing, or of another type, is left out.
    pub fn read(message: &JsValue) -> In {
        let field = |name: &str| Reflect::get(message, &name.into()).unwrap_or_default();
        let text = |name: &str| field(name).as_string();
        In {
            netsplit: field("netsplit").as_f64(),
            kind: text("type").unwrap_or_default(),
            scenario: text("scenario"),
            at: field("at").as_f64(),
            line: text("line"),
            theme: text("theme"),
            lang: text("lang"),
            id: field("id").as_f64(),
        }
    }
}

/// What the figure tells.
#[derive(Default, Clone, PartialEq, Debug)]
pub struct Out {
    /// The version.
    pub netsplit: u32,
    /// What is told.
    pub kind: &'static str,
    /// The name of the scenario.
    pub scenario: Option<String>,
    /// What it, or the step, is called.
    pub title: Option<String>,
    /// Which step, from 1.
    pub step: Option<u32>,
    /// Of how many.
    pub of: Option<u32>,
    /// Virtual milliseconds.
    pub at: Option<f64>,
    /// Which answer was chosen, from 1.
    pub answer: Option<u32>,
    /// Whether that is what comes true.
    pub right: Option<bool>,
    /// What lamp C shows.
    pub consistency: Option<&'static str>,
    /// What lamp A shows.
    pub availability: Option<&'static str>,
    /// Whether the goal is reached.
    pub reached: Option<bool>,
    /// CSS pixels.
    pub height: Option<u32>,
    /// The link that was asked for.
    pub href: Option<String>,
    /// Which question this answers.
    pub id: Option<f64>,
    /// What went wrong, in the figure's language.
    pub message: Option<String>,
}

impl Out {
    /// A message of this type that carries nothing yet.
    pub fn new(kind: &'static str) -> Out {
        Out { netsplit: VERSION, kind, ..Out::default() }
    }

    /// The message as the page around gets it; what it does not carry is not there.
    pub fn write(&self) -> Object {
        let object = Object::new();
        let set = |name: &str, value: Option<JsValue>| {
            if let Some(value) = value {
                // A new object takes every field.
                let _ = Reflect::set(&object, &name.into(), &value);
            }
        };
        let text = |text: &Option<String>| text.as_deref().map(JsValue::from);
        set("netsplit", Some(self.netsplit.into()));
        set("type", Some(self.kind.into()));
        set("scenario", text(&self.scenario));
        set("title", text(&self.title));
        set("step", self.step.map(JsValue::from));
        set("of", self.of.map(JsValue::from));
        set("at", self.at.map(JsValue::from));
        set("answer", self.answer.map(JsValue::from));
        set("right", self.right.map(JsValue::from));
        set("consistency", self.consistency.map(JsValue::from));
        set("availability", self.availability.map(JsValue::from));
        set("reached", self.reached.map(JsValue::from));
        set("height", self.height.map(JsValue::from));
        set("href", text(&self.href));
        set("id", self.id.map(JsValue::from));
        set("message", text(&self.message));
        object
    }
}
