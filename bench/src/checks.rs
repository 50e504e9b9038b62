//! The linearizability checker beside others, in CPU time of the same run.

use netsplit_core::base::{Id, Value};
use netsplit_core::check::linearizable::{Finding, Linearizability, System};
use netsplit_core::history::{Act, History};
use netsplit_core::op::{Op, Outcome};
use netsplit_core::protocols::raft::store::OPS;
use todc_utils::linearizability::WGLChecker;
use todc_utils::specifications::etcd::{EtcdSpecification, history_from_log};

use crate::clock::{median, timed};
use crate::{Figure, jepsen, stateright, store};

const REPEATS: usize = 11;
/// The share of the CPU time of `todc-utils` that the recorded histories may take.
const SHARE: f64 = 1.0 / 6.0;
/// Milliseconds for one history of the store.
const STORE_MS: f64 = 165.0;
/// Milliseconds after one further operation of a lesson.
const LESSON_MS: f64 = 1.0;
/// How many histories of the store there are of each kind.
const SEEDS: u64 = 30;

/// The recorded histories of etcd: every published verdict, beside `todc-utils` and `stateright`.
pub fn etcd() -> Figure {
    let logs = jepsen::logs();
    let histories: Vec<History> = logs.iter().map(jepsen::history).collect();
    let right = histories.iter().zip(&logs).filter(|(history, log)| {
        let wanted = log.linearizable;
        match jepsen::finding(history) {
            Finding::Linearizable => wanted,
            Finding::Broken(_) => !wanted,
            Finding::NotDecided { .. } => false,
        }
    });
    let right = right.count();
    let ours = || histories.iter().for_each(|history| drop(jepsen::finding(history)));
    let theirs = || {
        logs.iter().fold(0.0, |sum, log| {
            let history = history_from_log(log.path.to_string_lossy().into_owned());
            let (found, seconds) =
                timed(|| WGLChecker::<EtcdSpecification>::is_linearizable(history));
            assert_eq!(found, log.linearizable, "todc-utils on etcd_{:03}", log.number);
            sum + seconds
        })
    };
    let mut shares = Vec::new();
    let mut times = Vec::new();
    for _ in 0..REPEATS {
        let (_, seconds) = timed(ours);
        times.push(seconds * 1e3);
        shares.push(seconds / theirs());
    }
    let (share, ms) = (median(shares), median(times));
    Figure {
        what: "Jepsen's histories of etcd, beside todc-utils",
        measured: format!(
            "{right} of {} verdicts, 1/{:.0} of its CPU time, {ms:.1} ms; {}",
            logs.len(),
            1.0 / share,
            stateright::beside(&logs, &histories)
        ),
        wanted: format!("all verdicts, at most 1/{:.0}", 1.0 / SHARE),
        reached: right == logs.len() && share <= SHARE,
    }
}

/// Milliseconds of CPU time for each history of the store: the most that any takes, and the sum.
pub fn store_ms() -> (f64, f64) {
    let mut most: f64 = 0.0;
    let mut sum = 0.0;
    for seed in 0..SEEDS {
        for linearizable in [true, false] {
            let history = store::history(seed, linearizable);
            let runs = (0..3).map(|_| {
                let (found, seconds) = timed(|| store::finding(&history));
                assert_eq!(found == Finding::Linearizable, linearizable, "seed {seed}: {found:?}");
                let decided = !matches!(found, Finding::NotDecided { .. });
                assert!(decided, "seed {seed}: {found:?}");
                seconds * 1e3
            });
            let ms = median(runs.collect());
            most = most.max(ms);
            sum += ms;
        }
    }
    (most, sum)
}

/// The generated histories of the store.
pub fn generated() -> Figure {
    let (most, sum) = store_ms();
    let n = 2 * SEEDS;
    Figure {
        what: "histories of 1,700 operations on a store",
        measured: format!(
            "at most {most:.1} ms of {n}, {:.1} ms on average, all verdicts",
            sum / n as f64
        ),
        wanted: format!("at most {STORE_MS} ms, all verdicts"),
        reached: most <= STORE_MS,
    }
}

/// A lesson of 300 operations, checked again after each call and end.
pub fn lesson() -> Figure {
    let mut longest: f64 = 0.0;
    let history = talk(300);
    let events = 2 * history.len() as u32;
    for _ in 0..REPEATS {
        let mut fold = Linearizability::new(System { ops: OPS, given: [].into() });
        let mut steps: Vec<f64> = Vec::new();
        for events in 1..=events {
            let (_, seconds) = timed(|| fold.extend(&history, events, false));
            steps.push(seconds * 1e3);
        }
        assert_eq!(fold.at(u32::MAX), Finding::Linearizable);
        longest = longest.max(steps.into_iter().fold(0.0, f64::max));
    }
    Figure {
        what: "300 operations of a lesson, after each further one",
        measured: format!("at most {:.0} µs", longest * 1e3),
        wanted: format!("at most {LESSON_MS} ms"),
        reached: longest <= LESSON_MS,
    }
}

/// Three clients write, append and read at the same time, on two keys; now and then one gives up.
fn talk(n: u32) -> History {
    let op = |verb, n: u32, args| Op {
        verb,
        key: if n.is_multiple_of(2) { "x" } else { "y" }.into(),
        args,
    };
    let mut state = [Value::Nil, Value::Nil];
    let acts = (0..n / 3).flat_map(|n| {
        let (fresh, state) = (Value::Int(n.into()), &mut state[n as usize % 2]);
        let before = core::mem::replace(state, fresh.clone());
        let call = |client, op| Act::Call(Id(client), op);
        let end = |client, answer| Act::End(Id(client), Outcome::Ok(answer));
        let given_up = n % 20 == 19;
        let (shown, written) = match given_up {
            true => {
                *state = before.clone();
                (before.clone(), Outcome::Unknown)
            }
            false => (fresh.clone(), Outcome::Ok(Value::Nil)),
        };
        [
            call(1, op("put", n, vec![fresh])),
            call(2, op("get", n, vec![])),
            call(3, op("get", n, vec![])),
            end(2, before),
            Act::End(Id(1), written),
            end(3, shown),
        ]
    });
    History::of(acts).expect("clients take turns")
}
