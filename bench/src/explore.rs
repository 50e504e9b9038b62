//! The search beside stateright 0.31: the same Paxos, action for action, counted by both; our own
//! Paxos at an equal scope with reductions; and how soon what is wrong on purpose is found.

mod cold;
mod history;
mod mirror;
mod register;
mod yardstick;

use netsplit_core::explore::{
    Bounds, Exhaustive, Mode, Order, Request, Scope, Search, Stage, Wanted,
};
use netsplit_core::machine::Entry;
use netsplit_core::scenario::Scenario;

use crate::Figure;
use crate::clock::timed_process;

pub use cold::cold;

/// What stateright counts with three clients and three servers.
const STATES: u64 = 1_194_428;
/// The share of stateright's time that our own Paxos may take.
const SHARE: f64 = 1.0 / 3.0;
/// How many MiB a search may take.
const MIB: u64 = 512;

/// The mirrored model and our own, in the CPU time of one run each.
pub fn beside_stateright() -> Vec<Figure> {
    let (theirs, their_s) = timed_process(|| yardstick::states(3, 3));
    let (ours, our_s) = timed_process(|| mirrored(&mirror::ENTRY, 3, 3));
    let rate = |states: u64, seconds: f64| states as f64 / seconds;
    let share = rate(ours.0, our_s) / rate(theirs, their_s);
    let (own, own_s) = timed_process(own_paxos);
    let bytes = ours.1.max(own.bytes) >> 20;
    vec![
        Figure {
            what: "states of stateright's Paxos, 3 clients and 3 servers",
            measured: format!("{} here, {theirs} there", ours.0),
            wanted: format!("{STATES}"),
            reached: ours.0 == STATES && theirs == STATES,
        },
        Figure {
            what: "distinct states per CPU-second, beside stateright",
            measured: format!(
                "{share:.2} of its rate; {:.0} per s, {:.0} there",
                rate(ours.0, our_s),
                rate(theirs, their_s)
            ),
            wanted: "at least 1".into(),
            reached: share >= 1.0,
        },
        Figure {
            what: "our own Paxos at an equal scope, reduced, beside it",
            measured: format!(
                "{} states in {:.2} of its time, {own_s:.1} s beside {their_s:.1} s",
                own.tried,
                own_s / their_s
            ),
            wanted: format!("decided in at most {SHARE:.2}"),
            reached: own.stage == Stage::Done && !own.cut_short && own_s <= their_s * SHARE,
        },
        Figure {
            what: "memory of these searches",
            measured: format!("{bytes} MiB at the most"),
            wanted: format!("at most {MIB} MiB"),
            reached: bytes <= MIB,
        },
    ]
}

/// The distinct states of the mirrored model, without reductions, and the bytes that it takes.
fn mirrored(entry: &'static Entry, clients: u16, servers: u16) -> (u64, u64) {
    let text = format!("system {} clients={clients} servers={servers} end=1000\n", entry.id);
    let scenario = parse(&text, &[entry]);
    let wanted = Wanted::named("linearizable-register", &scenario).expect("a property of its own");
    let bounds = Bounds::calm();
    let scope = Scope::new(scenario, &wanted, bounds).expect("it reads no clock").whole();
    let mut search = Exhaustive::new(scope, Order::Depth);
    let mut bytes = 0;
    while search.left() > 0 {
        assert_eq!(search.slice(100_000), None, "Paxos is linearizable");
        bytes = bytes.max(search.bytes());
    }
    (search.states(), bytes as u64)
}

/// Three proposers of one round each, three acceptors, three clients: every state is visited, and
/// no two decide differently in any.
fn own_paxos() -> netsplit_core::explore::Progress {
    let text = "\
system paxos proposers=3 learners=0 rounds=1 timeout=0 backoff=0 nack=off clients=3 end=6000
at 0 c1@p1 propose(a)
at 0 c2@p2 propose(b)
at 0 c3@p3 propose(c)
";
    let scenario = parse(text, netsplit_core::protocols::ALL);
    let wanted = Wanted::named("agree", &scenario).expect("a property");
    let bounds = Bounds::parse("crashes=0 timeouts=0").expect("bounds");
    let mode = Mode::Exhaustive(Order::Depth);
    let mut search = Search::new(Request { scenario, wanted, bounds, mode }).expect("it applies");
    let mut most = search.progress();
    while most.stage != Stage::Done {
        let now = search.slice(100_000);
        most = netsplit_core::explore::Progress { bytes: most.bytes.max(now.bytes), ..now };
    }
    assert!(search.found().is_none(), "Paxos agrees");
    most
}

fn parse(text: &str, systems: &[&'static Entry]) -> Scenario {
    Scenario::parse(text, systems).unwrap_or_else(|errors| panic!("{}\n{text}", errors[0]))
}
