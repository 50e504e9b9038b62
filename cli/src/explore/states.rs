//! Every state, within the bounds.

use std::time::Instant;

use netsplit_core::explore::{Mode, Order, Progress, Search, Stage};

use super::report::{Found, Report};
use super::request::Asked;

/// How many steps pass between two looks at the clock.
const SLICE: u32 = 100_000;

/// Searches every state, the nearest first.
pub fn search(asked: &Asked) -> Result<Report, String> {
    let begun = Instant::now();
    let request = asked.request(Mode::Exhaustive(Order::Breadth))?;
    let subject = asked.subject(&request);
    let mut search = Search::new(request).map_err(|refusal| refusal.to_string())?;
    let (mut told, mut searched) = (begun, search.progress());
    loop {
        let now = search.slice(SLICE);
        if now.stage != Stage::Searching {
            searched = if now.stage == Stage::Done && searched.tried == 0 { now } else { searched };
        } else {
            searched = now;
        }
        if now.stage == Stage::Done {
            break;
        }
        if told.elapsed() >= super::TELL {
            told = Instant::now();
            eprintln!("{}", figures(&now, begun));
        }
    }
    let last = search.progress();
    let found = search.found().map(|found| found.to_string());
    asked.keep(found.as_deref())?;
    Ok(Report {
        subject,
        range: if last.cut_short { "some states".into() } else { "every state".into() },
        figures: figures(&last, begun),
        took: begun.elapsed(),
        found: found.map(|text| Found { place: format!("depth {}", last.depth), text }),
    })
}

fn figures(progress: &Progress, begun: Instant) -> String {
    let Progress { tried, steps, left, depth, bytes, cut_short, .. } = progress;
    let rate = *tried as f64 / begun.elapsed().as_secs_f64();
    let short = if *cut_short { ", cut short: raise depth, states or memory" } else { "" };
    format!(
        "{tried} states, {steps} steps, depth {depth}, {left} left, {rate:.0} states per s, {} MiB{short}",
        bytes >> 20
    )
}
