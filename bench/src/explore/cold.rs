//! How soon a search finds what is wrong on purpose, from nothing but the system and a budget.

use std::time::Instant;

use netsplit_core::explore::{Bounds, Mode, Request, Search, Stage, Wanted};
use netsplit_core::protocols::ALL;

use super::parse;
use crate::Figure;

/// Seconds, natively.
const WANTED: f64 = 10.0;

/// What is wrong, with what in it, and what breaks within which bounds.
struct Case {
    what: &'static str,
    system: &'static str,
    property: &'static str,
    bounds: &'static str,
}

const CASES: &[Case] = &[
    Case {
        what: "Raft's Figure 8 without the current-term rule",
        system: "raft nodes=3 noop=off commit_old_terms=on clients=2 end=6000",
        property: "agree",
        bounds: "crashes=2 partitions=5 operations=12 timeouts=3",
    },
    Case {
        what: "3PC under a partition",
        system: "threepc clients=1 end=6000",
        property: "agree",
        bounds: "partitions=2 crashes=1 operations=3",
    },
    Case {
        what: "the single-server membership bug",
        system: "raft nodes=4 spares=1 noop=off early_change=on learner=off clients=2 end=4000
at 0 restart n5
at 500 c1@leader add(n5)
at 1100 c2@leader remove(n1)
at 1900 c1@leader put(x, 1)",
        property: "agree",
        bounds: "partitions=3 cuts=2 timeouts=0",
    },
    Case {
        what: "Paxos as the documents tell it",
        system: "paxos rules=doc000 clients=2 end=6000",
        property: "agree",
        bounds: "crashes=1 losses=3 delays=3",
    },
    Case {
        what: "two copies of quorum by timestamps",
        system: "quorum nodes=3 r=1 w=1 repair=off order=wall end=6000",
        property: "linearizable",
        bounds: "crashes=1 partitions=1 losses=3",
    },
];

/// A figure for each.
pub fn cold() -> Vec<Figure> {
    CASES.iter().filter(|case| known(case)).map(figure).collect()
}

/// Whether the system is there.
fn known(case: &Case) -> bool {
    let id = case.system.split(' ').next().unwrap_or_default();
    netsplit_core::protocols::find(id).is_some()
}

fn figure(case: &Case) -> Figure {
    let begun = Instant::now();
    let scenario = parse(&format!("system {}\n", case.system), ALL);
    let wanted = Wanted::named(case.property, &scenario).expect("a property");
    let bounds = Bounds::parse(case.bounds).expect("bounds");
    let mode = Mode::Random(0, 1_000_000);
    let mut search = Search::new(Request { scenario, wanted, bounds, mode }).expect("it applies");
    while search.progress().stage == Stage::Searching && begun.elapsed().as_secs_f64() < 60.0 {
        search.slice(100_000);
    }
    let found = begun.elapsed().as_secs_f64();
    while search.progress().stage == Stage::Shrinking {
        search.slice(100_000);
    }
    let progress = search.progress();
    let is_found = search.found().is_some();
    Figure {
        what: case.what,
        measured: format!(
            "{} after {found:.1} s and {} runs, {} lines after {:.1} s",
            if is_found { "found" } else { "not found" },
            progress.tried,
            progress.lines,
            begun.elapsed().as_secs_f64()
        ),
        wanted: format!("found in under {WANTED} s"),
        reached: is_found && found < WANTED,
    }
}
