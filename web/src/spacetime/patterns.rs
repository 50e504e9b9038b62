//! The patterns of the drawing. They are defined in it, so that a saved picture has them too.

use yew::prelude::*;

/// Paper, frost and waiting.
pub fn patterns() -> Html {
    let pattern = |id: &'static str, class: &'static str, size: &'static str, turn: bool, d| {
        let transform = turn.then_some("rotate(-45)");
        html! {
            <pattern {id} width={size} height={size} patternUnits="userSpaceOnUse"
                patternTransform={transform}><path {class} d={d} /></pattern>
        }
    };
    html! {
        <defs>
            { pattern("d-paper-0", "pat pat-0 dots", "11", false, "M2.5 2.5h.01M8 8h.01") }
            { pattern("d-paper-1", "pat pat-1", "9", true, "M0 4.5h9") }
            { pattern("d-paper-2", "pat pat-2", "10", false, "M5 2.5v5M2.5 5h5") }
            { pattern("d-paper-3", "pat pat-3", "9", false, "M0 4.5h9") }
            { pattern("d-frost", "pat frost", "7", false, "M0 0l7 7M7 0l-7 7") }
            { pattern("d-wait", "pat wait", "6", true, "M0 3h6") }
        </defs>
    }
}
