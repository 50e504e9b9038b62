//! What probes cost: all ten of a Raft world of five nodes after 1,000 entries.

use netsplit_core::base::Time;
use netsplit_core::probe::{Probing, servers};
use netsplit_core::protocols;
use netsplit_core::run::Run;
use netsplit_core::scenario::Scenario;

use crate::Figure;
use crate::clock::{median, timed};

const REPEATS: usize = 21;
/// Milliseconds for all ten.
const MS: f64 = 15.0;
/// When they are asked: with nothing broken, and with two nodes cut off for half a second.
pub const AT_MS: [u64; 2] = [20_900, 21_500];
/// Events of a slice.
pub const SLICE: u32 = 500;

/// The world as a scenario's text.
pub fn text() -> String {
    "system raft nodes=5 clients=1 end=30000\nseed 7\nat 0 pin n1.election 150\n\
     every 20 500..20500 c1 put(x, v#)\nat 21000 partition {n1, n2} | {rest}\n"
        .into()
}

/// All ten probes, with nothing broken and with two nodes cut off.
pub fn all() -> Figure {
    let scenario = Scenario::parse(&text(), protocols::ALL).expect("the world is a scenario");
    let mut run = Run::new(scenario);
    let mut medians = Vec::new();
    let mut longest = Vec::new();
    for at in AT_MS {
        run.seek(Time::ms(at));
        assert!(run.world().n_ops() == 1000, "1,000 entries");
        let mut times = Vec::new();
        for _ in 0..REPEATS {
            let slices = probe(&run);
            times.push(slices.iter().sum());
            longest.push(slices.into_iter().fold(0.0, f64::max));
        }
        medians.push(median(times));
    }
    let worst = medians.iter().copied().fold(0.0, f64::max);
    let longest = median(longest);
    Figure {
        what: "ten probes of five nodes after 1,000 entries",
        measured: format!(
            "{:.1} ms, {:.1} ms with two nodes cut off; at most {longest:.2} ms for {SLICE} events",
            medians[0], medians[1]
        ),
        wanted: format!("at most {MS} ms"),
        reached: worst <= MS,
    }
}

/// Milliseconds of CPU time of each slice.
fn probe(run: &Run) -> Vec<f64> {
    let mut slices = Vec::new();
    let (history, world) = (&run.trace().history, run.world());
    let (probing, seconds) = timed(|| Probing::new(world, history, run.at(), &servers(world)));
    let mut probing = probing.expect("Raft has a probe pair");
    let mut ms = seconds * 1e3;
    loop {
        let (done, seconds) = timed(|| probing.advance(history, SLICE));
        ms += seconds * 1e3;
        slices.push(ms);
        ms = 0.0;
        if done {
            return slices;
        }
    }
}
