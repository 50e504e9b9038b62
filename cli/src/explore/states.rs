//! Every state within the bounds, on all cores. Threads tell each other fingerprints, and the
//! choices that lead to states that wait; each has worlds of its own.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use netsplit_core::explore::{
    Exhaustive, Mode, Order, Search, Seen, Stage, Wanted, Way, schedule, scope,
};
use netsplit_core::run::play;

use super::report::{Found, Report};
use super::request::Asked;
use crate::library;

/// How many steps pass between two looks at the others.
const SLICE: u32 = 20_000;
/// The tables of fingerprints; each has a lock of its own.
const TABLES: u64 = 64;
/// How long who has nothing to do waits before asking again.
const NAP: Duration = Duration::from_millis(1);

/// What the threads share.
struct Shared {
    tables: Vec<Mutex<HashSet<u64>>>,
    pool: Mutex<Pool>,
    ends: AtomicBool,
    states: AtomicU64,
    steps: AtomicU64,
    depth: AtomicU32,
    cut_short: AtomicBool,
    /// The schedule that the ordinary kernel broke under, as a scenario's text.
    found: Mutex<Option<String>>,
    begun: Instant,
}

/// What waits for a thread that has nothing to do.
#[derive(Default)]
struct Pool {
    paths: Vec<Vec<Way>>,
    hungry: usize,
}

/// The fingerprints that all threads have seen.
struct Tables(Arc<Shared>);

impl Seen for Tables {
    fn insert(&mut self, fingerprint: u64) -> bool {
        let table = &self.0.tables[(fingerprint % TABLES) as usize];
        table.lock().expect("nobody panics while looking").insert(fingerprint)
    }

    fn bytes(&self) -> usize {
        // A set of words in the standard library: nine bytes a place, of which an eighth is free.
        self.0.states.load(Ordering::Relaxed) as usize * 18
    }
}

/// Searches every state, the nearest first within each thread.
pub fn search(asked: &Asked) -> Result<Report, String> {
    let request = asked.request(Mode::Exhaustive(Order::Breadth))?;
    let (subject, wanted) = (asked.subject(&request), request.wanted.clone());
    // What is refused is refused once, by a search of its own that plays a run first.
    Search::new(request).map_err(|refusal| refusal.to_string())?;
    let shared = Arc::new(Shared {
        tables: (0..TABLES).map(|_| Mutex::default()).collect(),
        pool: Mutex::default(),
        ends: AtomicBool::new(false),
        states: AtomicU64::new(0),
        steps: AtomicU64::new(0),
        depth: AtomicU32::new(0),
        cut_short: AtomicBool::new(false),
        found: Mutex::new(None),
        begun: Instant::now(),
    });
    std::thread::scope(|scope| {
        for _ in 0..asked.threads {
            scope.spawn(|| work(asked, &shared));
        }
        tell(&shared);
    });
    let schedule = shared.found.lock().expect("all threads have ended").take();
    let found = schedule.map(|text| shrunk(&text, &wanted)).transpose()?.flatten();
    asked.keep(found.as_deref())?;
    let cut_short = shared.cut_short.load(Ordering::Relaxed);
    Ok(Report {
        subject,
        range: if cut_short { "some states".into() } else { "every state".into() },
        figures: shared.figures(),
        took: shared.begun.elapsed(),
        found: found.map(|text| Found { place: "the schedule below".into(), text }),
    })
}

fn work(asked: &Asked, shared: &Arc<Shared>) {
    let request = asked.request(Mode::Exhaustive(Order::Breadth)).expect("it was read before");
    let wanted = request.wanted.clone();
    let scope = scope(request).expect("it was not refused before");
    let seen = Box::new(Tables(Arc::clone(shared)));
    let mut search = Exhaustive::sharing(scope, Order::Breadth, seen);
    let (mut states, mut steps) = (0, 0);
    while !shared.ends.load(Ordering::Relaxed) {
        if search.left() == 0 {
            match shared.wait_for_work(asked.threads) {
                Some(path) => search.take(path),
                None => break,
            }
        }
        let suspicion = search.slice(SLICE);
        shared.states.fetch_add(search.states() - states, Ordering::Relaxed);
        shared.steps.fetch_add(search.steps - steps, Ordering::Relaxed);
        (states, steps) = (search.states(), search.steps);
        shared.depth.fetch_max(search.depth, Ordering::Relaxed);
        shared.cut_short.fetch_or(search.cut_short, Ordering::Relaxed);
        if let Some((found, _)) = suspicion.and_then(|path| schedule(search.scope(), &path))
            && wanted.shown_by(&play(found.clone())).is_some()
        {
            *shared.found.lock().expect("nobody panics here") = Some(found.to_string());
            shared.ends.store(true, Ordering::Relaxed);
        }
        shared.share(&mut search);
    }
}

impl Shared {
    /// Waits until another thread has something to do; `None` when none has any more.
    fn wait_for_work(&self, threads: usize) -> Option<Vec<Way>> {
        let pool = || self.pool.lock().expect("nobody panics with the pool");
        pool().hungry += 1;
        loop {
            let mut now = pool();
            if let Some(path) = now.paths.pop() {
                now.hungry -= 1;
                return Some(path);
            }
            if now.hungry == threads {
                self.ends.store(true, Ordering::Relaxed);
            }
            if self.ends.load(Ordering::Relaxed) {
                return None;
            }
            drop(now);
            std::thread::sleep(NAP);
        }
    }

    /// Gives others something to do, where they have nothing.
    fn share(&self, search: &mut Exhaustive) {
        let mut pool = self.pool.lock().expect("nobody panics with the pool");
        if pool.hungry > 0 && pool.paths.is_empty() && search.left() > 1 {
            pool.paths = search.give();
        }
    }

    fn figures(&self) -> String {
        let states = self.states.load(Ordering::Relaxed);
        let rate = states as f64 / self.begun.elapsed().as_secs_f64();
        let (steps, depth) =
            (self.steps.load(Ordering::Relaxed), self.depth.load(Ordering::Relaxed));
        let cut = self.cut_short.load(Ordering::Relaxed);
        let short = if cut { ", cut short: raise depth, states or memory" } else { "" };
        format!("{states} states, {steps} steps, depth {depth}, {rate:.0} states per s{short}")
    }
}

/// Tells how far the threads have come, until they end.
fn tell(shared: &Shared) {
    let mut told = Instant::now();
    while !shared.ends.load(Ordering::Relaxed) {
        std::thread::sleep(NAP);
        if told.elapsed() >= super::TELL {
            told = Instant::now();
            eprintln!("{}", shared.figures());
        }
    }
}

/// What a schedule shows, as small as it becomes.
fn shrunk(text: &str, wanted: &Wanted) -> Result<Option<String>, String> {
    let schedule = library::parse(text, "schedule")?;
    let mut search = Search::shrinking(schedule, wanted.clone());
    while search.slice(SLICE).stage != Stage::Done {}
    Ok(search.found().map(|found| found.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(rules: &str) -> Asked {
        let system = format!("paxos rules={rules} learners=0 rounds=1 timeout=0 nack=off");
        let file = std::env::temp_dir().join(format!("netsplit-{}-{rules}", std::process::id()));
        let asks = "at 0 c1@p1 propose(a)\nat 0 c2@p2 propose(b)\n";
        std::fs::write(&file, format!("system {system} clients=2 end=1000\n{asks}")).unwrap();
        let words = ["--property", "agree", "--bounds", "crashes=0,timeouts=0", "--threads", "3"];
        let args = [&[file.to_str().unwrap()][..], &words[..]].concat();
        let asked = Asked::parse(&args.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        std::fs::remove_file(file).unwrap();
        asked.unwrap()
    }

    #[test]
    fn several_threads_visit_every_state_once() {
        let report = search(&asked("lamport")).unwrap();
        assert!(report.found.is_none());
        assert!(report.figures.starts_with("945 states"), "{}", report.figures);
    }

    #[test]
    fn what_one_thread_finds_ends_all() {
        let found = search(&asked("doc000")).unwrap().found.expect("two values are chosen").text;
        assert!(found.contains("agree(violated)"), "{found}");
    }
}
