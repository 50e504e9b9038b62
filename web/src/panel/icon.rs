//! The panel's icons: one drawn set on a grid of 16, stroked in the colour of the text.

use yew::prelude::*;

/// One icon; a decoration, never the only name of a thing.
pub fn draw_icon(name: &str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d={path(name)} />
        </svg>
    }
}

fn path(name: &str) -> &'static str {
    match name {
        "check" => "M3 8.5l3.2 3.2L13 4.8",
        "clock" => "M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 0 0 0-11.6zM8 4.8V8l2.4 1.6",
        "bar" => "M2.8 8h10.4",
        "half" => "M8 2.5v5.5h5.5",
        "x" => "M4 4l8 8M12 4l-8 8",
        "question" => "M5.6 6A2.4 2.4 0 1 1 8 8.6V10M8 12.6v.4",
        "cut" => {
            "M4.3 5.8a1.8 1.8 0 1 0 0-3.6a1.8 1.8 0 0 0 0 3.6zM4.3 13.8a1.8 1.8 0 1 0 0-3.6a1.8 \
             1.8 0 0 0 0 3.6zM5.8 10.8L14 3M5.8 5.2L14 13"
        }
        "whole" => "M3 8h10M4.5 5.5v5M11.5 5.5v5",
        "play" => "M4.5 2.8v10.4L13 8z",
        "chevron" => "M6 3.5L10.5 8L6 12.5",
        "back" => "M10 3.5L5.5 8L10 12.5",
        "eye" => {
            "M1.8 8S4 4 8 4s6.2 4 6.2 4S12 12 8 12S1.8 8 1.8 8zM8 6.4a1.6 1.6 0 1 0 0 3.2a1.6 1.6 \
             0 0 0 0-3.2z"
        }
        "disk" => "M2.5 3.5h11v9h-11zM2.5 9.5h11M10.8 11h.4",
        "memory" => "M3.5 5h9v6h-9zM5.5 5V3M8 5V3M10.5 5V3M5.5 13v-2M8 13v-2M10.5 13v-2",
        "request" => "M2 5h8l3 3l-3 3H2z",
        "answer" => "M2 5h8l3 3l-3 3H2z",
        "refusal" => "M2 5h8l3 3l-3 3H2zM5 5v6",
        "beat" => "M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 0 0 0-5.6z",
        "client" => "M8 2.5L13.5 8L8 13.5L2.5 8z",
        "hand" => "M3.5 2.5l9 5l-4 1.2l-1.7 4z",
        "script" => "M3.5 2.5h9v11h-9zM5.5 5.5h5M5.5 8h5M5.5 10.5h3",
        "boot" => "M8 2v5M4.8 4.2a5 5 0 1 0 6.4 0",
        "cause" => "M12.5 3.5v4h-8M7 4.5L4 7.5l3 3",
        "copy" => "M5.5 5.5h8v8h-8zM5.5 10.5h-3v-8h8v3",
        "external" => "M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3L7.5 8.5",
        "search" => "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zM10.3 10.3l3.2 3.2",
        "weather" => "M4.5 11.5a3 3 0 0 1 .3-6a3.6 3.6 0 0 1 6.9 1a2.5 2.5 0 0 1-.2 5z",
        "flag" => "M4 14V2M4 2.8h8.5L10 5.8l2.5 3H4",
        "card" => "M2.5 4h11v8h-11zM4.5 7h7M4.5 9.5h4",
        _ => "",
    }
}
