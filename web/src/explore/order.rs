//! What a search is asked, as the text that a worker is sent.

use netsplit_core::explore::{Bounds, Mode, Order as States, Refusal, Request, Search, Wanted};
use netsplit_core::protocols;
use netsplit_core::scenario::Scenario;

/// What is asked: a property by its name, bounds as text, and the scenario as text.
#[derive(Clone, PartialEq, Debug)]
pub struct Order {
    /// What to break.
    pub property: String,
    /// How far to go, as `Bounds` reads it.
    pub bounds: String,
    /// So many runs at random; every state that can be reached where `None`.
    pub seeds: Option<u64>,
    /// What runs.
    pub scenario: String,
}

impl Order {
    /// In one text: a line each, and the scenario.
    pub fn text(&self) -> String {
        let seeds = self.seeds.map_or_else(|| "all".into(), |seeds| seeds.to_string());
        format!("{}\n{}\n{seeds}\n{}", self.property, self.bounds, self.scenario)
    }

    /// What [`Order::text`] wrote.
    pub fn read(text: &str) -> Option<Order> {
        let mut lines = text.splitn(4, '\n').map(String::from);
        let (property, bounds, seeds) = (lines.next()?, lines.next()?, lines.next()?);
        let seeds = if seeds == "all" { None } else { Some(seeds.parse().ok()?) };
        Some(Order { property, bounds, seeds, scenario: lines.next()? })
    }

    /// The search that is asked for; `None` when the scenario is none.
    pub fn begin(&self) -> Option<Result<Search, Refusal>> {
        let scenario = Scenario::parse(&self.scenario, protocols::ALL).ok()?;
        Some(self.search(scenario))
    }

    fn search(&self, scenario: Scenario) -> Result<Search, Refusal> {
        let wanted = Wanted::named(&self.property, &scenario)?;
        let bounds = Bounds::parse(&self.bounds)?;
        let mode = match self.seeds {
            Some(seeds) => Mode::Random(0, seeds),
            None => Mode::Exhaustive(States::Breadth),
        };
        Search::new(Request { scenario, wanted, bounds, mode })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_read_as_it_was_written() {
        for seeds in [None, Some(2000)] {
            let order = Order {
                property: "kept".into(),
                bounds: "crashes=1".into(),
                seeds,
                scenario: "system raft nodes=3 end=1000\nat 5 crash n1\n".into(),
            };
            assert_eq!(Order::read(&order.text()), Some(order));
        }
        assert_eq!(Order::read("kept\ncrashes=1\nmany\nsystem"), None);
    }
}
