//! What a frame moves: the playhead, and the edge of what it uncovers.

use yew::prelude::*;

use super::lanes::TOP;
use super::layout::Frame;
use super::shared::Shared;
use crate::scene::text::num;
use crate::text::units;
use crate::timeline::playhead::{set_part, use_instant};

/// Labels stand so far from the playhead's own, in pixels; near an edge, where that gives way, too.
const ROOM: (f64, f64) = (64.0, 100.0);
/// So near an edge the playhead's label would stick out, in pixels.
const EDGE: f64 = 40.0;

/// What is uncovered: everything up to the cursor.
#[hook]
pub fn use_past(frame: Shared<Frame>) -> Html {
    let place = use_node_ref();
    let axis = frame.axis;
    use_instant(place.clone(), frame.clone(), move |place, _, at| {
        let width = axis.x_inside(at) - axis.left + 0.8;
        set_part(place, "sp-past", "width", &num(width));
    });
    html! {
        <g ref={place}>
            <clipPath id="d-past">
                <rect class="sp-past" x={num(axis.left)} y="0" width="0"
                    height={num(frame.lanes.height)} />
            </clipPath>
        </g>
    }
}

/// The part of the window that has not happened.
#[hook]
pub fn use_ahead(frame: Shared<Frame>) -> Html {
    let place = use_node_ref();
    let axis = frame.axis;
    use_instant(place.clone(), frame.clone(), move |place, _, at| {
        let x = axis.x_inside(at);
        let _ = place.set_attribute("x", &num(x));
        let _ = place.set_attribute("width", &num(axis.right - x));
    });
    html! {
        <rect class="sp-ahead" ref={place} x="0" y={num(TOP - 20.0)} width="0"
            height={num(frame.lanes.bottom() - TOP + 20.0)} />
    }
}

/// Labelled instants; one that the playhead's own time would cover gives way.
#[hook]
pub fn use_ticks(frame: Shared<Frame>) -> Html {
    let place = use_node_ref();
    let ticks = frame.axis.ticks();
    let axis = frame.axis;
    let xs: Vec<f64> = ticks.iter().map(|tick| tick.0).collect();
    use_instant(place.clone(), frame.clone(), move |place, _, at| {
        let x = axis.x(at);
        let labels = place.children();
        let at_edge = x - axis.left < EDGE || axis.right - x < EDGE;
        let room = if at_edge { ROOM.1 } else { ROOM.0 };
        for (nth, tick) in (0..labels.length()).zip(&xs) {
            let shown = if (tick - x).abs() < room { "hidden" } else { "visible" };
            if let Some(label) = labels.item(nth) {
                let _ = label.set_attribute("visibility", shown);
            }
        }
    });
    html! {
        <g ref={place}>
            { for ticks.into_iter().map(|(x, label)| {
                let anchor = if axis.right - x < 30.0 { "end" } else { "middle" };
                html! { <text class="tick" x={num(x)} y="20" text-anchor={anchor}>{ label }</text> }
            }) }
        </g>
    }
}

/// The playhead with its time.
#[hook]
pub fn use_cursor(frame: Shared<Frame>) -> Html {
    let place = use_node_ref();
    let axis = frame.axis;
    use_instant(place.clone(), frame.clone(), move |place, _, at| {
        let x = axis.x_inside(at);
        let inside = (axis.window.from..=axis.window.to).contains(&at);
        set_part(place, "sp-head", "transform", &format!("translate({} 0)", num(x)));
        let shown = if inside { "visible" } else { "hidden" };
        set_part(place, "sp-head", "visibility", shown);
        if let Some(text) = place.get_elements_by_class_name("sp-now").item(0) {
            text.set_text_content(Some(&format!("{} s", units::seconds(at))));
            // Near an edge the words would stick out.
            let (left, right) = (x - axis.left < EDGE, axis.right - x < EDGE);
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
            <g class="sp-head">
                <path class="sp-cursor" d={format!("M0 34V{bottom}")} />
                <path class="sp-tip" d="M-5 29h10l-5 7z" />
                <text class="sp-now" y="20" />
            </g>
        </g>
    }
}
