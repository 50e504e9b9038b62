//! The search, tried on every system: small scopes to their last state, what is wrong on purpose to
//! its shortest violation, many seeds with a calm at their ends, and what a search refuses.

mod broken;
mod differential;
mod refusals;
mod shrinking;
mod states;
mod swarm;

use std::time::{Duration, Instant};

use netsplit_core::explore::{
    Bounds, Exhaustive, Mode, Order, Progress, Request, Scope, Search, Stage, Wanted, schedule,
};
use netsplit_core::protocols::ALL;
use netsplit_core::scenario::Scenario;

fn scenario(text: &str) -> Scenario {
    Scenario::parse(text, ALL).unwrap_or_else(|errors| panic!("{}\n{text}", errors[0]))
}

/// The system that a scenario is about.
fn system_of(text: &'static str) -> &'static str {
    text.split_whitespace().nth(1).expect("system ID")
}

/// A new system must be thought of: which of its scopes are small, what is wrong on purpose in it,
/// and what it promises under many faults.
#[test]
fn every_system_is_searched_in_every_way() {
    let (searched, never) = states::systems();
    let ways = [
        ("the small scopes, or the settings that read clocks", [searched, never.clone()].concat()),
        ("the mistakes, or those without any", broken::systems()),
        ("the swarms", swarm::systems()),
    ];
    for entry in ALL {
        for (list, systems) in &ways {
            assert!(systems.contains(&entry.id), "{} is not among {list}", entry.id);
        }
    }
    // Who reads clocks under all settings is known; a further one is a decision.
    assert_eq!(never, ["setnxpx"]);
}

/// What took how long, to see what to make smaller.
#[derive(Default)]
struct Slowest(Vec<(Duration, String)>);

impl Slowest {
    fn time<T>(&mut self, what: &str, work: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let result = work();
        self.0.push((begin.elapsed(), what.replace('\n', "; ")));
        result
    }

    fn print(mut self, of: &str) {
        self.0.sort();
        let all: Duration = self.0.iter().map(|(time, _)| *time).sum();
        println!("{of}: {all:.1?}, the slowest:");
        for (time, what) in self.0.iter().rev().take(3) {
            println!("  {time:.1?} {what}");
        }
    }
}

fn request(text: &str, property: &str, bounds: &str, mode: Mode) -> Request {
    let scenario = scenario(text);
    let wanted = Wanted::named(property, &scenario).expect("a property");
    Request { scenario, wanted, bounds: Bounds::parse(bounds).expect("bounds"), mode }
}

/// Searches to the end; what was found, and how far it went.
fn search(request: Request) -> (Option<Scenario>, Progress) {
    let mut search = Search::new(request).unwrap_or_else(|refusal| panic!("{refusal}"));
    while search.slice(50_000).stage != Stage::Done {}
    (search.found(), search.progress())
}

/// The rules of the shortest schedule that breaks a property, a step a line, without steps in which
/// none fires; every state before it has been visited.
fn shortest(text: &str, property: &str, bounds: &str) -> (String, Scenario) {
    let Request { scenario, wanted, bounds, .. } =
        request(text, property, bounds, Mode::Exhaustive(Order::Breadth));
    let scope = Scope::new(scenario, &wanted, bounds).unwrap_or_else(|no| panic!("{no}"));
    let mut search = Exhaustive::new(scope, Order::Breadth);
    loop {
        let Some(path) = search.slice(50_000) else {
            assert!(search.left() > 0, "nothing was found in {} states", search.states());
            continue;
        };
        let (scenario, rules) = schedule(search.scope(), &path).expect("a path of this scope");
        let told = rules.iter().filter(|rules| !rules.is_empty());
        let steps: Vec<String> = told.map(|rules| rules.join(", ")).collect();
        return (steps.join("\n"), scenario);
    }
}
