//! The handle of the panel on a small screen: three heights, by dragging, pressing or arrow keys.

use yew::prelude::*;

use crate::session::{Action, Sheet, Topic, use_session, use_watch};
use crate::words::use_words;

/// A drag shorter than this is a press.
const DRAG_PX: i32 = 24;

/// The handle.
#[hook]
pub fn use_handle() -> Html {
    let words = use_words();
    let session = use_session();
    let height = use_watch(&[Topic::Layout], |model| model.sheet);
    let began = use_mut_ref(|| None::<i32>);
    let to = {
        let session = session.clone();
        Callback::from(move |height: Sheet| session.dispatch(Action::Sheet(height)))
    };
    let onpointerdown = {
        let began = began.clone();
        Callback::from(move |event: PointerEvent| {
            began.replace(Some(event.client_y()));
            if let Some(handle) = event.target_dyn_into::<web_sys::Element>() {
                // Without a capture only drags that end on the handle count.
                let _ = handle.set_pointer_capture(event.pointer_id());
            }
        })
    };
    let onpointerup = {
        let to = to.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(from) = began.take() else { return };
            match event.client_y() - from {
                up if up < -DRAG_PX => to.emit(higher(height)),
                down if down > DRAG_PX => to.emit(lower(height)),
                _ => to.emit(if height == Sheet::Full { Sheet::Half } else { higher(height) }),
            }
        })
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let height = match event.key().as_str() {
            "ArrowUp" => higher(height),
            "ArrowDown" => lower(height),
            "Enter" | " " if height == Sheet::Full => Sheet::Half,
            "Enter" | " " => higher(height),
            _ => return,
        };
        event.prevent_default();
        to.emit(height);
    });
    html! {
        <button type="button" class="handle" aria-label={words.say("sheet")}
            aria-expanded={(height != Sheet::Low).to_string()}
            {onpointerdown} {onpointerup} {onkeydown} />
    }
}

fn higher(height: Sheet) -> Sheet {
    if height == Sheet::Low { Sheet::Half } else { Sheet::Full }
}

fn lower(height: Sheet) -> Sheet {
    if height == Sheet::Full { Sheet::Half } else { Sheet::Low }
}
