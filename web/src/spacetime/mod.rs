//! The space-time diagram: one lane for each node, messages as lines between them, faults as bars
//! and bands, and below it the chart of the clients' operations, all on one axis of time.
//!
//! `axis`, `lanes`, `index`, `layout`, `chart` and `notes` are pure: a recording and a stretch of
//! time give a few paths, bars and words. The rest puts them on the page.

mod axis;
mod bar;
mod bars;
mod chart;
mod cursor;
mod hand;
mod heads;
mod index;
mod lanes;
mod layout;
mod marks;
mod notes;
mod patterns;
mod picture;
mod save;
mod shared;
mod tear;
mod told;
mod view;

pub use view::use_spacetime;

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
