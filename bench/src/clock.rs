//! CPU time: what other processes do meanwhile does not count.

use rustix::time::{ClockId, clock_gettime};

/// Seconds of CPU time that this thread has used.
fn cpu() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

/// Runs `work`; its result and the seconds of CPU time that it took.
pub fn timed<R>(work: impl FnOnce() -> R) -> (R, f64) {
    let before = cpu();
    let result = work();
    (result, cpu() - before)
}

/// The same of all threads of this process: for what works on threads of its own.
pub fn timed_process<R>(work: impl FnOnce() -> R) -> (R, f64) {
    let cpu = || {
        let now = clock_gettime(ClockId::ProcessCPUTime);
        now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
    };
    let before = cpu();
    let result = work();
    (result, cpu() - before)
}

/// The middle one of `values`.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
