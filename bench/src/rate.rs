//! Simulated seconds per CPU-second, beside the yardstick.

use netsplit_core::run::{Run, play};
use netsplit_core::scenario::Scenario;

use crate::Figure;
use crate::clock::{median, timed};
use crate::tikv;

const SECONDS: u64 = 600;
const REPEATS: usize = 11;
/// Of the yardstick's simulated seconds per CPU-second.
const WANTED: f64 = 0.3;

/// Five nodes, 10 to 15 ms, one request each 100 ms for 600 s; trace and history on.
pub fn scenario() -> Scenario {
    let text = format!(
        "system raft nodes=5 clients=1 end={0} latency=10..15 heartbeat=50 election=100..200\n\
         every 100 500..{0} c1 put(x, v#)\n",
        SECONDS * 1000
    );
    Scenario::parse(&text, netsplit_core::protocols::ALL).expect("the load is a scenario")
}

/// The rate of simulation.
pub fn simulation() -> Figure {
    let mut ratios = Vec::new();
    let mut rates = Vec::new();
    for _ in 0..REPEATS {
        let (theirs, their_s) = timed(|| tikv::simulate(SECONDS));
        let (ours, our_s) = timed(|| play(scenario()));
        assert!(theirs.committed > SECONDS * 9, "the yardstick bears the load");
        assert!(acknowledged(&ours) > SECONDS * 9, "Netsplit bears the load");
        ratios.push(their_s / our_s);
        rates.push(ours.trace().messages.len() as f64 / our_s);
    }
    let (ratio, rate) = (median(ratios), median(rates));
    Figure {
        what: "simulation, beside tikv raft",
        measured: format!("{ratio:.2} of its rate, {:.2} million messages per s", rate / 1e6),
        wanted: "at least 0.3",
        reached: ratio >= WANTED,
    }
}

fn acknowledged(run: &Run) -> u64 {
    use netsplit_core::op::Outcome;
    let ends = run.trace().history.iter().filter_map(|(_, op)| op.end.as_ref());
    ends.filter(|end| matches!(end.outcome, Outcome::Ok(_))).count() as u64
}
