//! Messages that share a link travel side by side. A message keeps its lane as long as it flies,
//! so the lanes are remembered from one view to the next.

use std::collections::BTreeMap;

use netsplit_core::base::Id;

use super::view::View;

/// Who travels where.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Lanes {
    taken: BTreeMap<u32, Lane>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Lane {
    link: (Id, Id),
    nth: u8,
}

/// How many lanes a link has; more messages than that share them.
const LANES: u8 = 3;
/// How far apart they are.
const APART: f64 = 12.0;

impl Lanes {
    /// Forgets the messages that have gone, and gives each new one the first lane of its link
    /// that is free.
    pub fn keep(&mut self, view: &View) {
        let numbers =
            |view: &View| -> Vec<u32> { view.flights.iter().map(|flight| flight.number).collect() };
        let flying = numbers(view);
        self.taken.retain(|number, _| flying.binary_search(number).is_ok());
        for flight in &view.flights {
            if self.taken.contains_key(&flight.number) {
                continue;
            }
            let link = (flight.from.min(flight.to), flight.from.max(flight.to));
            let mut load = [0u16; LANES as usize];
            for lane in self.taken.values().filter(|lane| lane.link == link) {
                load[usize::from(lane.nth)] += 1;
            }
            let least = load.iter().min().copied().unwrap_or(0);
            let nth = load.iter().position(|n| *n == least).unwrap_or(0) as u8;
            self.taken.insert(flight.number, Lane { link, nth });
        }
    }

    /// How far beside the line, to its own right, a message travels: the first on the line, the
    /// next to its right, then to its left.
    pub fn aside(&self, number: u32) -> f64 {
        match self.taken.get(&number).map_or(0, |lane| lane.nth) {
            0 => 0.0,
            1 => APART,
            _ => -APART,
        }
    }
}
