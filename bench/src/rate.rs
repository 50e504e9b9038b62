//! Simulated seconds per CPU-second, beside the yardstick.

use netsplit_core::run::play;

use crate::Figure;
use crate::clock::{median, timed};
use crate::load::{SECONDS, acknowledged, scenario};
use crate::tikv;

const REPEATS: usize = 11;
/// Of the yardstick's simulated seconds per CPU-second.
const WANTED: f64 = 0.3;

/// The rate of simulation beside tikv's `raft`, trace and history on.
pub fn simulation() -> Figure {
    let mut ratios = Vec::new();
    let mut rates = Vec::new();
    for _ in 0..REPEATS {
        let (theirs, their_s) = timed(|| tikv::simulate(SECONDS));
        assert!(theirs.committed > SECONDS * 9, "the yardstick bears the load");
        let (rate, our_s) = once();
        ratios.push(their_s / our_s);
        rates.push(rate);
    }
    let (ratio, rate) = (median(ratios), median(rates));
    Figure {
        what: "simulation, beside tikv raft",
        measured: format!("{ratio:.2} of its rate, {:.2} million messages per s", rate / 1e6),
        wanted: format!("at least {WANTED}"),
        reached: ratio >= WANTED,
    }
}

/// Runs the load once: messages per CPU-second, and CPU-seconds.
pub fn once() -> (f64, f64) {
    let (run, seconds) = timed(|| play(scenario()));
    assert!(acknowledged(&run) > SECONDS * 9, "Netsplit bears the load");
    (f64::from(run.head().n_messages()) / seconds, seconds)
}
