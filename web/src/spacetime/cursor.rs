//! What a frame moves: the playhead, and the edge of what it uncovers.

use yew::prelude::*;

use super::lanes::TOP;
use super::layout::Frame;
use super::shared::Shared;
use crate::scene::text::num;
use crate::text::units;
use crate::timeline::playhead::{set_part, use_instant};

/// What is uncovered: everything up to the cursor.
#[hook]
pub fn use_past(frame: Shared<Frame>) -> Html {
    let place = use_node_ref();
    let axis = frame.axis;
    use_instant(place.clone(), frame.clone(), move |place, _, at| {
        let width = axis.x_inside(at) - axis.left + 0.8;
        set_part(place, "rect", "width", &num(width));
    });
    html! {
        <g ref={place}>
            <clipPath id="d-past">
                <rect x={num(axis.left)} y="0" width="0" height={num(frame.lanes.height)} />
            </clipPath>
        </g>
    }
}

/// The playhead with its time, and the part of the window that has not happened.
#[hook]
pub fn use_cursor(frame: Shared<Frame>) -> Html {
    let place = use_node_ref();
    let axis = frame.axis;
    use_instant(place.clone(), frame.clone(), move |place, _, at| {
        let x = axis.x_inside(at);
        let inside = (axis.window.from..=axis.window.to).contains(&at);
        set_part(place, ".sp-ahead", "x", &num(x));
        set_part(place, ".sp-ahead", "width", &num(axis.right - x));
        set_part(place, ".sp-head", "transform", &format!("translate({} 0)", num(x)));
        let shown = if inside { "visible" } else { "hidden" };
        set_part(place, ".sp-head", "visibility", shown);
        if let Ok(Some(text)) = place.query_selector(".sp-now") {
            text.set_text_content(Some(&format!("{} s", units::seconds(at))));
            // Near an edge the words would stick out.
            let (left, right) = (x - axis.left < 40.0, axis.right - x < 40.0);
            let anchor = if left {
                "start"
            } else if right {
                "end"
            } else {
                "middle"
            };
            let _ = text.set_attribute("text-anchor", anchor);
        }
    });
    let bottom = num(frame.lanes.bottom());
    html! {
        <g ref={place}>
            <rect class="sp-ahead" x="0" y={num(TOP - 20.0)} width="0"
                height={num(frame.lanes.bottom() - TOP + 20.0)} />
            <g class="sp-head">
                <path class="sp-cursor" d={format!("M0 34V{bottom}")} />
                <path class="sp-tip" d="M-5 29h10l-5 7z" />
                <text class="sp-now" y="20" />
            </g>
        </g>
    }
}
