//! One set of listeners on the root: pointer, keyboard, focus, size.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, Event, EventTarget, KeyboardEvent, MouseEvent, PointerEvent, ResizeObserver,
};

use super::elements::read;
use super::state::Inner;
use super::{By, Tap, Tool, Touch};
use crate::scene::geometry::{Point, pt};
use crate::scene::mark::Thing;

/// A pointer that moved less than this, in pixels, has not drawn a stroke.
const STROKE_FROM: f64 = 7.0;
/// The points of a stroke are at least so far apart.
const STROKE_STEP: f64 = 3.0;

/// A stroke that is being drawn, or may become one.
#[derive(Default)]
struct Stroke {
    line: Vec<Point>,
    drawn: bool,
    /// A stroke has just ended, and the click that follows it is none.
    swallow: bool,
}

/// Listens for as long as the stage stands.
pub fn listen(stage: &Rc<Inner>) {
    if let Some(paper) = &stage.paper {
        listen_at(stage, paper, "change", |stage, _| stage.repaint());
    }
    let stroke: Rc<RefCell<Stroke>> = Rc::default();
    on(stage, "click", {
        let stroke = stroke.clone();
        move |stage, event| {
            let swallowed = std::mem::take(&mut stroke.borrow_mut().swallow);
            if let (false, Some(event)) = (swallowed, event.dyn_ref::<MouseEvent>()) {
                stage.touch(tap(stage, event, By::Click));
            }
        }
    });
    on(stage, "contextmenu", |stage, event| {
        let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return };
        if let Some(thing) = hit(stage, mouse) {
            event.prevent_default();
            let at = if mouse.detail() == 0 && mouse.client_x() == 0 {
                stage.place(thing)
            } else {
                None
            };
            let mut tap = tap(stage, mouse, By::Menu);
            tap.at = at.unwrap_or(tap.at);
            stage.touch(tap);
        }
    });
    on(stage, "keydown", key);
    on(stage, "focusin", |stage, event| stage.name_it(thing_of(event)));
    on(stage, "focusout", |stage, _| stage.name_it(None));
    on(stage, "pointerover", |stage, event| stage.name_it(thing_of(event)));
    on(stage, "pointerleave", |stage, _| stage.name_it(None));
    listen_to_strokes(stage, &stroke);
    observe(stage);
}

fn listen_to_strokes(stage: &Rc<Inner>, stroke: &Rc<RefCell<Stroke>>) {
    on(stage, "pointerdown", {
        let stroke = stroke.clone();
        move |stage, event| {
            let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
            let mut stroke = stroke.borrow_mut();
            *stroke = Stroke::default();
            if event.button() == 0 && may_cut(stage, event) {
                stroke.line.push(place(stage, event));
            }
        }
    });
    on(stage, "pointermove", {
        let stroke = stroke.clone();
        move |stage, event| {
            let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
            draw(stage, event, &mut stroke.borrow_mut());
        }
    });
    on(stage, "pointerup", {
        let stroke = stroke.clone();
        move |stage, _| {
            let ended = std::mem::take(&mut *stroke.borrow_mut());
            if ended.drawn {
                stroke.borrow_mut().swallow = true;
                stage.draw_stroke(&[], &[]);
                stage.stroke(stage.cutting(&ended.line));
            }
        }
    });
    let stroke = stroke.clone();
    on(stage, "pointercancel", move |stage, _| {
        *stroke.borrow_mut() = Stroke::default();
        stage.draw_stroke(&[], &[]);
    });
}

/// Whether a drag that begins here cuts.
fn may_cut(stage: &Inner, event: &PointerEvent) -> bool {
    match stage.drag_tool.get() {
        Tool::Cut => true,
        Tool::Select => {
            event.pointer_type() != "touch"
                && matches!(hit(stage, event), None | Some(Thing::Link(..)))
        }
    }
}

fn draw(stage: &Inner, event: &PointerEvent, stroke: &mut Stroke) {
    let Some(last) = stroke.line.last().copied() else { return };
    let at = place(stage, event);
    let far = last.distance(at);
    if far < if stroke.drawn { STROKE_STEP } else { STROKE_FROM } {
        return;
    }
    if !stroke.drawn {
        stroke.drawn = true;
        let _ = stage.root.set_pointer_capture(event.pointer_id());
    }
    stroke.line.push(at);
    let cutting = stage.cutting(&stroke.line);
    stage.draw_stroke(&stroke.line, &cutting.links);
}

fn key(stage: &Inner, event: &Event) {
    let (Some(event), Some(thing)) = (event.dyn_ref::<KeyboardEvent>(), thing_of(event)) else {
        return;
    };
    if event.alt_key() {
        return;
    }
    let more = event.shift_key() || event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "Enter" | " " => stage.tap_by_key(thing, more),
        "ArrowRight" | "ArrowDown" if !more => stage.focus_neighbour(thing, 1),
        "ArrowLeft" | "ArrowUp" if !more => stage.focus_neighbour(thing, -1),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

fn tap(stage: &Inner, event: &MouseEvent, by: By) -> Tap {
    let what = hit(stage, event).map_or(Touch::Ground, Touch::from);
    let more = event.shift_key() || event.ctrl_key() || event.meta_key();
    Tap { what, at: place(stage, event), by, more }
}

fn place(stage: &Inner, event: &MouseEvent) -> Point {
    let own = stage.root.get_bounding_client_rect();
    pt(f64::from(event.client_x()) - own.x(), f64::from(event.client_y()) - own.y())
}

/// What a pointer hit: a card before a message nearby, a message nearby before a link.
fn hit(stage: &Inner, event: &MouseEvent) -> Option<Thing> {
    let direct = thing_of(event);
    match direct {
        Some(Thing::Node(_) | Thing::Client(_) | Thing::Message(_)) => direct,
        Some(Thing::Link(..)) | None => stage.nearest_message(place(stage, event)).or(direct),
    }
}

/// The thing that an event happened on.
fn thing_of(event: &Event) -> Option<Thing> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let marked = target.closest("[data-thing]").ok()??;
    read(&marked.get_attribute("data-thing")?)
}

fn on(stage: &Rc<Inner>, kind: &'static str, handle: impl Fn(&Inner, &Event) + 'static) {
    listen_at(stage, &stage.root, kind, handle);
}

fn listen_at(
    stage: &Rc<Inner>,
    target: &EventTarget,
    kind: &'static str,
    handle: impl Fn(&Inner, &Event) + 'static,
) {
    let weak: Weak<Inner> = Rc::downgrade(stage);
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(target, kind, options, move |event| {
        if let Some(stage) = weak.upgrade() {
            handle(&stage, event);
        }
    });
    stage.listeners.borrow_mut().push(listener);
}

fn observe(stage: &Rc<Inner>) {
    let weak = Rc::downgrade(stage);
    let noticed = Closure::<dyn FnMut()>::new(move || {
        if let Some(stage) = weak.upgrade() {
            stage.resize();
        }
    });
    // The observer keeps the function; it is let go with the observer.
    let function = noticed.into_js_value();
    if let Ok(observer) = ResizeObserver::new(function.unchecked_ref()) {
        observer.observe(&stage.root);
        stage.observer.replace(Some(observer));
    }
}
