//! Seeds on all cores: each thread takes the next few, until all are tried or a lower one has shown
//! what is sought. What is reported does not depend on how many threads there are.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use netsplit_core::explore::{Mode, Progress, Search, Stage};

use super::report::{Found, Report};
use super::request::Asked;

/// How many seeds a thread takes at once.
const CHUNK: u64 = 32;
/// How many events pass between two looks at the others.
const SLICE: u32 = 50_000;

/// What the threads share.
struct Shared {
    next: AtomicU64,
    /// The lowest seed that showed what is sought.
    best: AtomicU64,
    runs: AtomicU64,
    steps: AtomicU64,
    begun: Instant,
    told: Mutex<Instant>,
}

/// Searches the range; shrinks what the lowest seed shows.
pub fn search(asked: &Asked) -> Result<Report, String> {
    let begun = Instant::now();
    let shared = Shared {
        next: AtomicU64::new(asked.seeds.0),
        best: AtomicU64::new(u64::MAX),
        runs: AtomicU64::new(0),
        steps: AtomicU64::new(0),
        begun,
        told: Mutex::new(begun),
    };
    // What is refused is refused once.
    let request = asked.request(Mode::Random(asked.seeds.0, asked.seeds.1))?;
    let subject = asked.subject(&request);
    Search::new(request).map_err(|refusal| refusal.to_string())?;
    std::thread::scope(|scope| {
        for _ in 0..asked.threads {
            scope.spawn(|| work(asked, &shared));
        }
    });
    let best = shared.best.load(Ordering::Relaxed);
    let found = if best == u64::MAX { None } else { shrunk(asked, best)? };
    let (runs, steps) = (shared.runs.into_inner(), shared.steps.into_inner());
    Ok(Report {
        subject,
        range: format!("seeds {}..{}", asked.seeds.0, asked.seeds.1),
        figures: format!("{runs} runs, {steps} events"),
        took: begun.elapsed(),
        found,
    })
}

fn work(asked: &Asked, shared: &Shared) {
    loop {
        let first = shared.next.fetch_add(CHUNK, Ordering::Relaxed);
        let end = (first + CHUNK).min(asked.seeds.1);
        if first >= end || first > shared.best.load(Ordering::Relaxed) {
            return;
        }
        chunk(asked, shared, first, end);
    }
}

fn chunk(asked: &Asked, shared: &Shared, first: u64, end: u64) {
    let request = asked.request(Mode::Random(first, end)).expect("it was read before");
    let mut search = Search::new(request).expect("it was not refused before");
    let mut before = search.progress();
    loop {
        let now = search.slice(SLICE);
        shared.count(&before, &now, asked.seeds.1);
        before = now;
        match now.stage {
            Stage::Searching if first <= shared.best.load(Ordering::Relaxed) => {}
            Stage::Shrinking => {
                shared.best.fetch_min(first + now.tried - 1, Ordering::Relaxed);
                return;
            }
            _ => return,
        }
    }
}

impl Shared {
    fn count(&self, before: &Progress, now: &Progress, end: u64) {
        let runs = self.runs.fetch_add(now.tried - before.tried, Ordering::Relaxed);
        self.steps.fetch_add(now.steps - before.steps, Ordering::Relaxed);
        let mut told = self.told.lock().expect("nobody panics while telling");
        if told.elapsed() >= super::TELL {
            *told = Instant::now();
            let rate = runs as f64 / self.begun.elapsed().as_secs_f64();
            let next = self.next.load(Ordering::Relaxed);
            eprintln!("{runs} runs, {rate:.0} per s, {} seeds left", end.saturating_sub(next));
        }
    }
}

/// What a seed shows, as small as it becomes.
fn shrunk(asked: &Asked, seed: u64) -> Result<Option<Found>, String> {
    let request = asked.request(Mode::Random(seed, seed + 1))?;
    let mut search = Search::new(request).map_err(|refusal| refusal.to_string())?;
    while search.slice(SLICE).stage != Stage::Done {}
    let text = search.found().map(|found| found.to_string());
    asked.keep(text.as_deref())?;
    Ok(text.map(|text| Found { place: format!("seed {seed}"), text }))
}
