//! The load of all figures: five nodes, 10 to 15 ms, one request each 100 ms for 600 s.

use netsplit_core::op::Outcome;
use netsplit_core::protocols;
use netsplit_core::run::Run;
use netsplit_core::scenario::Scenario;

/// Simulated seconds.
pub const SECONDS: u64 = 600;

/// The load as a scenario's text.
pub fn text() -> String {
    format!(
        "system raft nodes=5 clients=1 end={0} latency=10..15 heartbeat=50 election=100..200\n\
         every 100 500..{0} c1 put(x, v#)\n",
        SECONDS * 1000
    )
}

/// The load as a scenario.
pub fn scenario() -> Scenario {
    Scenario::parse(&text(), protocols::ALL).expect("the load is a scenario")
}

/// How many requests were answered well.
pub fn acknowledged(run: &Run) -> u64 {
    let ends = run.trace().history.iter().filter_map(|(_, op)| op.end.as_ref());
    ends.filter(|end| matches!(end.outcome, Outcome::Ok(_))).count() as u64
}
