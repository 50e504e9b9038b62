//! A search under way: in a worker, or in slices on the page's own thread where workers are not
//! allowed, as in sandboxed frames. Dropping it ends the search.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use netsplit_core::explore::Search;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::order::Order;
use super::report::Report;

/// The worker's script, beside the page.
const SCRIPT: &str = "seeker.js";
/// How many events one slice on the page's own thread counts for: some milliseconds.
const SLICE: u32 = 4000;

type Tell = Rc<dyn Fn(Report)>;

/// A search.
pub struct Seeker {
    _way: Rc<RefCell<Way>>,
}

enum Way {
    Worker { worker: Worker, _listeners: [EventListener; 2] },
    Slices(Option<Timeout>),
}

impl Drop for Way {
    fn drop(&mut self) {
        if let Way::Worker { worker, .. } = self {
            worker.terminate();
        }
    }
}

impl Seeker {
    /// Begins; `tell` hears where it stands until it is done.
    pub fn begin(order: Order, tell: impl Fn(Report) + 'static) -> Seeker {
        let tell: Tell = Rc::new(tell);
        let way = Rc::new(RefCell::new(Way::Slices(None)));
        if in_worker(&way, &order, &tell).is_none() {
            in_slices(&way, &order, tell);
        }
        Seeker { _way: way }
    }
}

/// Starts a worker; `None` where that is not allowed. One that never says anything could not start,
/// and slices take its place; one that breaks off later is told.
fn in_worker(way: &Rc<RefCell<Way>>, order: &Order, tell: &Tell) -> Option<()> {
    let files = files()?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(SCRIPT, &options).ok()?;
    let spoke = Rc::new(RefCell::new(false));
    let on_message = {
        let (tell, spoke) = (tell.clone(), spoke.clone());
        EventListener::new(&worker, "message", move |event| {
            spoke.replace(true);
            let data = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            if let Some(report) = data.as_deref().and_then(Report::read) {
                tell(report);
            }
        })
    };
    let on_error = {
        let (own, order, tell) = (Rc::downgrade(way), order.clone(), tell.clone());
        EventListener::new(&worker, "error", move |event| {
            let told = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
            match own.upgrade() {
                Some(way) if !*spoke.borrow() => {
                    let silent = way.replace(Way::Slices(None));
                    in_slices(&way, &order, tell.clone());
                    // Its listeners are at work just now.
                    Timeout::new(0, move || drop(silent)).forget();
                }
                Some(_) => tell(Report::Died(told)),
                None => {}
            }
        })
    };
    let message = js_sys::Array::of3(&files.0.into(), &files.1.into(), &order.text().into());
    worker.post_message(&message).ok()?;
    way.replace(Way::Worker { worker, _listeners: [on_message, on_error] });
    Some(())
}

/// Where this page's script and wasm are, as boot.js was told.
fn files() -> Option<(String, String)> {
    let document = web_sys::window()?.document()?;
    let script = document.query_selector("script[data-wasm]").ok()??;
    let base = document.base_uri().ok()??;
    let address = |name: &str| {
        let url = web_sys::Url::new_with_base(&script.get_attribute(name)?, &base).ok()?;
        Some(url.href())
    };
    Some((address("data-js")?, address("data-wasm")?))
}

fn in_slices(way: &Rc<RefCell<Way>>, order: &Order, tell: Tell) {
    match order.begin() {
        Some(Ok(search)) => slice(way, search, tell),
        Some(Err(refusal)) => tell(Report::refusal(&refusal)),
        None => {}
    }
}

fn slice(way: &Rc<RefCell<Way>>, mut search: Search, tell: Tell) {
    let own = Rc::downgrade(way);
    let next = Timeout::new(4, move || {
        search.slice(SLICE);
        let report = Report::of(&search);
        let goes_on = matches!(report, Report::Going(_));
        tell(report);
        if let Some(way) = own.upgrade().filter(|_| goes_on) {
            slice(&way, search, tell);
        }
    });
    // The timer before has run out, or was never set.
    let before = match &mut *way.borrow_mut() {
        Way::Slices(before) => before.replace(next),
        Way::Worker { .. } => None,
    };
    before.map(Timeout::forget);
}

/// What a worker was asked: its script keeps it under this name.
pub const ASKED: &str = "netsplitAsked";

/// The global object, to read what scripts left there.
pub fn global(name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(&js_sys::global(), &name.into()).ok()
}
