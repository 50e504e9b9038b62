//! What a click on the stage does, and what the shapes on it mean.

use yew::prelude::*;

use crate::icon::draw_icon;
use crate::session::{Action, Tool, Topic, use_session, use_watch};
use crate::words::use_words;

/// Every tool with its icon, the key of its word, and the letter that takes it.
pub const TOOLS: [(Tool, &str, &str, &str); 6] = [
    (Tool::Select, "select", "tool.select", "v"),
    (Tool::Cut, "cut", "tool.cut", "c"),
    (Tool::Crash, "crash", "tool.crash", "x"),
    (Tool::Pause, "freeze", "tool.pause", "z"),
    (Tool::Clock, "jump", "tool.clock", "k"),
    (Tool::Drop, "drop", "tool.drop", "d"),
];

/// The tools, one of which is taken.
#[hook]
pub fn use_tools() -> Html {
    let words = use_words();
    let session = use_session();
    let taken = use_watch(&[Topic::Selection], |model| model.tool);
    html! {
        <div class="tools" role="toolbar" aria-label={words.say("tools")}>
            { for TOOLS.iter().map(|&(tool, icon, key, letter)| {
                let session = session.clone();
                let onclick = Callback::from(move |_| session.dispatch(Action::Tool(tool)));
                let word = words.say(key);
                let about = words.say(&format!("{key}.about"));
                html! {
                    <button type="button" class="tool" aria-pressed={(tool == taken).to_string()}
                        aria-keyshortcuts={letter} title={about} {onclick}>
                        { draw_icon(icon) }
                        <span>{ word }</span>
                        <kbd aria-hidden="true">{ letter.to_ascii_uppercase() }</kbd>
                    </button>
                }
            }) }
        </div>
    }
}

/// What the shapes of messages mean.
#[hook]
pub fn use_legend() -> Html {
    let words = use_words();
    let shapes = ["request", "answer", "refusal", "beat", "client"];
    html! {
        <ul class="legend" aria-label={words.say("legend")}>
            { for shapes.iter().map(|&shape| html! {
                <li class={shape}>{ draw_icon(shape) }{ words.say(&format!("shape.{shape}")) }</li>
            }) }
        </ul>
    }
}
