//! The other side: the same wasm in a worker, which has no page, searches.

use gloo_timers::callback::Timeout;
use netsplit_core::explore::Search;
use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

use super::order::Order;
use super::report::Report;
use super::seeker::{ASKED, global};

/// How many events lie between two reports: about a tenth of a second.
const SLICE: u32 = 200_000;

/// Searches as the worker was asked to, if this is one.
pub fn serve() {
    let asked = global(ASKED).and_then(|asked| asked.as_string());
    let Some(order) = asked.as_deref().and_then(Order::read) else { return };
    match order.begin() {
        Some(Ok(search)) => go_on(search),
        Some(Err(refusal)) => say(&Report::refusal(&refusal)),
        None => {}
    }
}

fn go_on(mut search: Search) {
    Timeout::new(0, move || {
        search.slice(SLICE);
        let report = Report::of(&search);
        say(&report);
        if matches!(report, Report::Going(_)) {
            go_on(search);
        }
    })
    .forget();
}

fn say(report: &Report) {
    if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        // Whoever is gone needs no report.
        let _ = scope.post_message(&report.text().into());
    }
}
