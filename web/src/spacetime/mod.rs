//! The space-time diagram: one lane for each node, messages as lines between them, faults as bars
//! and bands, and below it the chart of the clients' operations, all on one axis of time.
//!
//! `lay` and its neighbours are pure: a recording and a stretch of time give a few paths.

mod axis;
mod chart;
mod index;
mod lanes;
mod layout;
mod picture;
mod tear;

#[cfg(test)]
mod tests {
    use netsplit_core::protocols;
    use netsplit_core::run::{Run, play};
    use netsplit_core::scenario::Scenario;

    /// A recorded run of three nodes in which n1 leads.
    pub fn recorded(lines: &str, end: u64) -> Run {
        let text =
            format!("system raft nodes=3 clients=1 end={end}\nat 0 pin n1.election 150\n{lines}");
        play(Scenario::parse(&text, protocols::ALL).expect("the scenario is right"))
    }
}
