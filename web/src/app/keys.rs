//! Keys that work everywhere on the page.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, KeyboardEvent};

use super::tools::TOOLS;
use crate::session::{Action, Dialog, Session, Tool, View};
use crate::timeline::faster;

/// Every key with the key of its sentence, for the help sheet; groups are divided by an empty one.
pub const KEYS: [(&str, &str); 27] = [
    ("Space", "key.play"),
    (",", "key.back"),
    (".", "key.forward"),
    ("N", "key.next"),
    ("R", "key.rewind"),
    ("[ ]", "key.speed"),
    ("← →", "key.scrub"),
    ("S", "spacetime.about"),
    ("", ""),
    ("J L", "key.steps"),
    ("1 … 9", "key.choose"),
    ("", ""),
    ("V", "tool.select.about"),
    ("C", "tool.cut.about"),
    ("X", "tool.crash.about"),
    ("Z", "tool.pause.about"),
    ("K", "tool.clock.about"),
    ("D", "tool.drop.about"),
    ("H", "key.heal"),
    ("U", "key.undo"),
    ("", ""),
    ("Tab", "key.tab"),
    ("Enter", "key.enter"),
    ("Esc", "key.escape"),
    ("G", "key.gallery"),
    ("Ctrl K", "key.palette"),
    ("?", "key.help"),
];

/// Listens until it is dropped.
pub fn listen(session: &Session, document: &Document) -> EventListener {
    let session = session.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(document, "keydown", options, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>()
            && pressed(&session, event)
        {
            event.prevent_default();
        }
    })
}

/// Does what a key means; says whether it meant something.
fn pressed(session: &Session, event: &KeyboardEvent) -> bool {
    if event.default_prevented() || event.is_composing() {
        return false;
    }
    let key = event.key();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let writes = target.as_ref().is_some_and(is_field);
    if event.ctrl_key() || event.meta_key() {
        return !event.alt_key() && chord(session, &key.to_ascii_lowercase(), writes);
    }
    let busy = session.read(|model| model.dialog.is_some() || model.menu.is_some());
    if event.alt_key() || writes || busy {
        return false;
    }
    let presses = key == " " || key == "Enter";
    if presses && target.as_ref().is_some_and(is_pressed_by_keys) {
        return false;
    }
    let Some(action) = action(session, &key) else { return false };
    session.dispatch(action);
    true
}

fn chord(session: &Session, key: &str, writes: bool) -> bool {
    let action = match key {
        "k" => {
            let open = session.read(|model| model.dialog == Some(Dialog::Palette));
            Action::Dialog((!open).then_some(Dialog::Palette))
        }
        "z" if !writes => Action::Undo,
        _ => return false,
    };
    session.dispatch(action);
    true
}

fn action(session: &Session, key: &str) -> Option<Action> {
    let letter = key.to_ascii_lowercase();
    if let Some((tool, ..)) = TOOLS.iter().find(|tool| tool.3 == letter) {
        return Some(Action::Tool(*tool));
    }
    let step = |by: isize| {
        session.read(|model| {
            let loaded = model.loaded.as_ref()?;
            let step = loaded.step.checked_add_signed(by)?;
            (step < loaded.told.steps.len()).then_some(Action::ToStep(step))
        })
    };
    let speed = session.read(|model| model.playback.ms_per_s);
    Some(match letter.as_str() {
        " " => Action::Play(!session.read(|model| model.playback.playing)),
        "," => Action::Step(-1),
        "." => Action::Step(1),
        "n" => Action::NextInteresting,
        "r" => Action::Rewind,
        "[" => Action::Speed(faster(speed, -1)),
        "]" => Action::Speed(faster(speed, 1)),
        "j" => step(-1)?,
        "l" => step(1)?,
        "h" => Action::Do(netsplit_core::kernel::action::Action::Heal(None)),
        "u" => Action::Undo,
        "?" => Action::Dialog(Some(Dialog::Help)),
        "g" => Action::View(match session.read(|model| model.view) {
            View::Gallery => View::Stage,
            _ => View::Gallery,
        }),
        "s" => Action::View(other_view(session)?),
        "escape" => escape(session)?,
        digit => Action::Choose(digit.parse::<usize>().ok()?.checked_sub(1)?),
    })
}

/// The diagram or the stage, whichever is not shown; neither in a figure and in the gallery.
fn other_view(session: &Session) -> Option<View> {
    session.read(|model| match model.view {
        View::Stage if !model.embed && model.loaded.is_some() => Some(View::Spacetime),
        View::Spacetime => Some(View::Stage),
        _ => None,
    })
}

/// What Escape leaves: the gallery, a tool, a selection, a notice, the diagram.
fn escape(session: &Session) -> Option<Action> {
    session.read(|model| {
        if model.view == View::Gallery {
            Some(Action::View(View::Stage))
        } else if model.tool != Tool::Select {
            Some(Action::Tool(Tool::Select))
        } else if !model.selection.is_empty() {
            Some(Action::Select(None))
        } else {
            let open = model.view == View::Spacetime;
            let close = open.then_some(Action::View(View::Stage));
            model.notice.is_some().then_some(Action::Notice(None)).or(close)
        }
    })
}

fn is_field(element: &Element) -> bool {
    let fields =
        "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";
    element.closest(fields).is_ok_and(|found| found.is_some())
}

fn is_pressed_by_keys(element: &Element) -> bool {
    let pressed = "button, a[href], summary, input, [role=button], [role=tab], [role=menuitem]";
    element.closest(pressed).is_ok_and(|found| found.is_some())
}
