//! The room that an element has, for what is laid out to fit it.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::NodeRef;

/// Tells of the element now and whenever its room changes, until what is returned is called.
pub fn watch<F: Fn(&Element) + 'static>(place: &NodeRef, tell: F) -> impl FnOnce() + use<F> {
    let watched = place.cast::<Element>().and_then(|element| watch_element(element, tell));
    move || {
        if let Some((observer, _callback)) = watched {
            observer.disconnect();
        }
    }
}

fn watch_element(
    element: Element,
    tell: impl Fn(&Element) + 'static,
) -> Option<(ResizeObserver, Closure<dyn FnMut()>)> {
    tell(&element);
    let told = element.clone();
    let callback = Closure::<dyn FnMut()>::new(move || tell(&told));
    let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some((observer, callback))
}
