//! The page's icons: one drawn set on a grid of 16, stroked in the colour of the text.

use yew::prelude::*;

/// One icon; a decoration, never the only name of a thing.
pub fn draw_icon(name: &str) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d={path(name)} /></svg>
    }
}

/// How an icon is drawn.
pub fn path(name: &str) -> &'static str {
    match name {
        "play" => "M4.5 2.8v10.4L13 8z",
        "pause" => "M5 3v10M11 3v10",
        "step-back" => "M11.5 3.5L6 8l5.5 4.5zM4 3.5v9",
        "step-forward" => "M4.5 3.5L10 8l-5.5 4.5zM12 3.5v9",
        "next" => "M2 8h7M6.5 5l3 3l-3 3M13 3.5v9",
        "spacetime" => "M2 3.5h12M2 12.5h12M5 3.5l3 9l3-9",
        "save" => "M8 2v8M4.8 7L8 10.2L11.2 7M3 11.5v2h10v-2",
        "undo" => "M6 3L2.5 6.5L6 10M2.5 6.5H10a3.5 3.5 0 0 1 0 7H7",
        "branch" => "M4 3v10M4 8c0-2.5 8-1 8-5M10 5l2-2l2 2",
        "select" => "M3.5 2.5l9 5l-4 1.2l-1.7 4z",
        "cut" => {
            "M4.3 5.8a1.8 1.8 0 1 0 0-3.6a1.8 1.8 0 0 0 0 3.6zM4.3 13.8a1.8 1.8 0 1 0 0-3.6a1.8 \
             1.8 0 0 0 0 3.6zM5.8 10.8L14 3M5.8 5.2L14 13"
        }
        "heal" => "M2 8h3.5M10.5 8H14M5.5 5.5v5M10.5 5.5v5M5.5 8h5",
        "crash" => "M2.5 2.5h11v11h-11zM5.5 5.5l5 5M10.5 5.5l-5 5",
        "restart" => "M8 2v5M4.8 4.2a5 5 0 1 0 6.4 0",
        "freeze" => "M3 3.5h4.5L3 9h4.5M9 7.5h4L9 13h4",
        "jump" => "M8.5 3a5.4 5.4 0 1 0 4.6 4.6M8 5.4V8.4l2 1.4M11 2l2.8.6l-.6 2.8",
        "drop" => "M2 5h8l3 3l-3 3H2zM4.5 13.6l7-11.4",
        "knob" => {
            "M2 5h6M12 5h2M2 11h2M8 11h6M10 3.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 0 0 0-3.6zM6 9.2a1.8 \
             1.8 0 1 0 0 3.6a1.8 1.8 0 0 0 0-3.6z"
        }
        "client" => "M8 2.5L13.5 8L8 13.5L2.5 8z",
        "request" | "answer" => "M2 5h8l3 3l-3 3H2z",
        "refusal" => "M2 5h8l3 3l-3 3H2zM5 5v6",
        "beat" => "M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 0 0 0-5.6z",
        "break" => {
            "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zM10.3 10.3L14 14M7.8 4.6L5.9 7.2h2.2L6.4 \
             9.6"
        }
        "break-at" => "M4 14V2.5M4 3h8l-2 3l2 3H4",
        "compare" => "M2.5 3h4.5v10H2.5zM9 3h4.5v10H9z",
        "share" => "M8 10V2M5 4.6L8 2l3 2.6M3.5 8v5.5h9V8",
        "embed" => "M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5",
        "light" => {
            "M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 0 0 0-5.6zM8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 \
             8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1"
        }
        "dark" => "M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z",
        "auto" => {
            "M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 0 0 0-11.6zM8 2.2v11.6M8 5l4 0M8 8h5.6M8 11h4"
        }
        "help" => "M5.6 6A2.4 2.4 0 1 1 8 8.6V10M8 12.6v.4",
        "palette" => {
            "M3 7.3a.7.7 0 1 0 0 1.4a.7.7 0 0 0 0-1.4zM8 7.3a.7.7 0 1 0 0 1.4a.7.7 0 0 0 0-1.4zM13 \
             7.3a.7.7 0 1 0 0 1.4a.7.7 0 0 0 0-1.4z"
        }
        "back" => "M10 3.5L5.5 8L10 12.5",
        "close" => "M4 4l8 8M12 4l-8 8",
        "chevron" => "M6 3.5L10.5 8L6 12.5",
        "external" => "M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3L7.5 8.5",
        "check" => "M3 8.5l3.2 3.2L13 4.8",
        "clock" => "M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 0 0 0-11.6zM8 4.8V8l2.4 1.6",
        "bar" => "M2.8 8h10.4",
        "whole" => "M3 8h10M4.5 5.5v5M11.5 5.5v5",
        "eye" => {
            "M1.8 8S4 4 8 4s6.2 4 6.2 4S12 12 8 12S1.8 8 1.8 8zM8 6.4a1.6 1.6 0 1 0 0 3.2a1.6 1.6 \
             0 0 0 0-3.2z"
        }
        "disk" => "M2.5 3.5h11v9h-11zM2.5 9.5h11M10.8 11h.4",
        "memory" => "M3.5 5h9v6h-9zM5.5 5V3M8 5V3M10.5 5V3M5.5 13v-2M8 13v-2M10.5 13v-2",
        "script" => "M3.5 2.5h9v11h-9zM5.5 5.5h5M5.5 8h5M5.5 10.5h3",
        "cause" => "M12.5 3.5v4h-8M7 4.5L4 7.5l3 3",
        "copy" => "M5.5 5.5h8v8h-8zM5.5 10.5h-3v-8h8v3",
        "search" => "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zM10.3 10.3l3.2 3.2",
        "weather" => "M4.5 11.5a3 3 0 0 1 .3-6a3.6 3.6 0 0 1 6.9 1a2.5 2.5 0 0 1-.2 5z",
        "flag" => "M4 14V2M4 2.8h8.5L10 5.8l2.5 3H4",
        _ => "",
    }
}
