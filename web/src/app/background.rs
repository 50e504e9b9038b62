//! What goes on beside the reader: recording in slices, and noticing when nobody looks.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};

use super::{kept, load};
use crate::session::{Action, Session, Subscription, Topic};

/// What may have brought something to record or to ask.
const TOPICS: &[Topic] =
    &[Topic::Lesson, Topic::Step, Topic::Work, Topic::Playback, Topic::Selection];
/// How long recording may keep the page from doing anything else, in milliseconds.
const SLICE_MS: f64 = 6.0;

/// Works until it is dropped.
pub struct Background {
    _recorder: Rc<Recorder>,
    _watch: Subscription,
    _kept: Option<Subscription>,
    _listeners: [EventListener; 2],
    _seen: Option<Seen>,
}

impl Background {
    /// Works for this session; no time passes while `root` cannot be seen.
    pub fn new(session: &Session, root: &Element) -> Background {
        let recorder = Rc::new(Recorder { session: session.clone(), next: RefCell::default() });
        let watch = {
            let recorder = recorder.clone();
            session.watch(TOPICS, move || ask(&recorder))
        };
        let (frame, tab) = (Rc::new(Cell::new(true)), Rc::new(Cell::new(true)));
        let tell: Rc<dyn Fn()> = {
            let (session, frame, tab) = (session.clone(), frame.clone(), tab.clone());
            Rc::new(move || session.dispatch(Action::Seen(frame.get() && tab.get())))
        };
        let document = root.owner_document().expect("the page's place is in a document");
        let window = web_sys::window().expect("a page has a window");
        let visibility = {
            let (document, tell) = (document.clone(), tell.clone());
            EventListener::new(&document.clone(), "visibilitychange", move |_| {
                tab.set(!document.hidden());
                tell();
            })
        };
        let kept = kept::follow(session);
        let session = session.clone();
        let address = EventListener::new(&window, "hashchange", move |_| load::open(&session));
        Background {
            _recorder: recorder,
            _watch: watch,
            _kept: kept,
            _listeners: [visibility, address],
            _seen: Seen::new(root, frame, tell),
        }
    }
}

struct Recorder {
    session: Session,
    next: RefCell<Option<Timeout>>,
}

/// Records a slice soon, if anything is to be recorded and none is planned.
fn ask(recorder: &Rc<Recorder>) {
    if recorder.next.borrow().is_some() || !recorder.session.read(|model| model.has_work()) {
        return;
    }
    let own = Rc::downgrade(recorder);
    let next = Timeout::new(8, move || {
        let Some(recorder) = own.upgrade() else { return };
        slice(&recorder.session);
        // Its timer has run out: dropping its handle stops nothing.
        recorder.next.borrow_mut().take().map(Timeout::forget);
        ask(&recorder);
    });
    recorder.next.replace(Some(next));
}

fn slice(session: &Session) {
    let clock = web_sys::window().and_then(|window| window.performance());
    let now = || clock.as_ref().map_or(f64::MAX, |clock| clock.now());
    let until = now() + SLICE_MS;
    while session.work() && now() < until {}
}

/// Notices whether an element is on the screen.
struct Seen {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Seen {
    fn new(root: &Element, seen: Rc<Cell<bool>>, tell: Rc<dyn Fn()>) -> Option<Seen> {
        let callback = Closure::new(move |entries: Array| {
            let newest: Option<IntersectionObserverEntry> = entries.pop().dyn_into().ok();
            if let Some(entry) = newest.filter(|entry| entry.is_intersecting() != seen.get()) {
                seen.set(entry.is_intersecting());
                tell();
            }
        });
        let observer = IntersectionObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(root);
        Some(Seen { observer, _callback: callback })
    }
}

impl Drop for Seen {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
