//! How far a search goes: a budget of faults, and how much it may try and keep.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display, Write};

use super::refusal::Refusal;

/// What can be bounded, in the order of [`BOUNDS`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// Processes that crash; they restart from their disks, or do not.
    Crashes,
    /// Processes that crash and lose their disks.
    Wipes,
    /// Partitions into two groups; each is healed, or replaced by the next.
    Partitions,
    /// Links that are cut in one direction.
    Cuts,
    /// Single messages that are lost.
    Losses,
    /// Single messages that arrive twice.
    Duplicates,
    /// Single messages that come late; in an exhaustive search every message may.
    Delays,
    /// Processes that freeze for a while.
    Pauses,
    /// Wall clocks that jump.
    Jumps,
    /// Operations that clients ask besides those of the scenario.
    Operations,
    /// Of these, such as concern the system: members, leaders.
    Admin,
    /// How often timers run out, in an exhaustive search.
    Timeouts,
    /// How many steps a schedule has, in an exhaustive search.
    Depth,
    /// How many distinct states are kept, in thousands.
    States,
    /// How much memory the search may take, in MiB, as it estimates itself.
    Memory,
}

/// The word of each bound, what it is when nothing is said, and its highest value.
const BOUNDS: &[(Bound, &str, u32, u32)] = &[
    (Bound::Crashes, "crashes", 1, 20),
    (Bound::Wipes, "wipes", 0, 20),
    (Bound::Partitions, "partitions", 1, 20),
    (Bound::Cuts, "cuts", 0, 20),
    (Bound::Losses, "losses", 3, 100),
    (Bound::Duplicates, "duplicates", 0, 100),
    (Bound::Delays, "delays", 3, 100),
    (Bound::Pauses, "pauses", 0, 20),
    (Bound::Jumps, "jumps", 0, 20),
    (Bound::Operations, "operations", 6, 200),
    (Bound::Admin, "admin", 0, 50),
    (Bound::Timeouts, "timeouts", 2, 100),
    (Bound::Depth, "depth", 60, 10_000),
    (Bound::States, "states", 4_000, 100_000),
    (Bound::Memory, "memory", 512, 8_192),
];

/// How far a search goes. As text: `crashes=1 partitions=0`; what is not named is as by default,
/// or 0 if it is a fault and any fault is named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bounds([u32; BOUNDS.len()]);

impl Default for Bounds {
    fn default() -> Bounds {
        let mut bounds = Bounds([0; BOUNDS.len()]);
        for (bound, _, default, _) in BOUNDS {
            bounds.set(*bound, *default);
        }
        bounds
    }
}

impl Bounds {
    /// No fault at all; the rest as by default.
    pub fn calm() -> Bounds {
        let mut bounds = Bounds::default();
        for (bound, ..) in BOUNDS.iter().filter(|(bound, ..)| bound.is_fault()) {
            bounds.set(*bound, 0);
        }
        bounds
    }

    /// Reads `crashes=1 partitions=1`, apart by spaces or commas.
    ///
    /// # Errors
    ///
    /// A word that is none, or a number that is out of range.
    pub fn parse(text: &str) -> Result<Bounds, Refusal> {
        let words = || text.split([' ', ',']).filter(|word| !word.is_empty());
        let mut named = Vec::new();
        for word in words() {
            let (name, number) = word.split_once('=').unwrap_or((word, ""));
            let Some(&(bound, _, _, most)) = BOUNDS.iter().find(|row| row.1 == name) else {
                return Err(Refusal::NoSuchBound(name.into()));
            };
            let number = number.parse().ok().filter(|number| *number <= most);
            named.push((bound, number.ok_or(Refusal::BoundOutOfRange(bound.word(), most))?));
        }
        let any_fault = named.iter().any(|(bound, _)| bound.is_fault());
        let mut bounds = if any_fault { Bounds::calm() } else { Bounds::default() };
        named.into_iter().for_each(|(bound, number)| bounds.set(bound, number));
        Ok(bounds)
    }

    /// How many.
    pub fn get(&self, bound: Bound) -> u32 {
        self.0[bound as usize]
    }

    /// Changes one.
    pub fn set(&mut self, bound: Bound, number: u32) {
        self.0[bound as usize] = number;
    }

    /// The same with one changed.
    pub fn with(mut self, bound: Bound, number: u32) -> Bounds {
        self.set(bound, number);
        self
    }

    /// The bounds on faults, with their numbers.
    pub fn faults(&self) -> impl Iterator<Item = (Bound, u32)> + '_ {
        let faults = BOUNDS.iter().map(|row| row.0).filter(|bound| bound.is_fault());
        faults.map(|bound| (bound, self.get(bound)))
    }
}

impl Bound {
    /// Whether it is a budget of faults.
    pub fn is_fault(self) -> bool {
        (self as usize) < Bound::Operations as usize
    }

    /// The word that texts use.
    pub fn word(self) -> &'static str {
        BOUNDS[self as usize].1
    }
}

/// All of them, in the form that [`Bounds::parse`] reads.
impl Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let mut text = String::new();
        for (bound, word, ..) in BOUNDS {
            write!(text, "{word}={} ", self.get(*bound))?;
        }
        f.write_str(text.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_list() {
        for (place, (bound, ..)) in BOUNDS.iter().enumerate() {
            assert_eq!(*bound as usize, place);
        }
    }

    #[test]
    fn who_names_one_fault_means_no_other() {
        let bounds = Bounds::parse("crashes=2, depth=9").unwrap();
        assert_eq!(bounds.get(Bound::Crashes), 2);
        assert_eq!(bounds.get(Bound::Partitions), 0);
        assert_eq!(bounds.get(Bound::Depth), 9);
        assert_eq!(Bounds::parse(&alloc::format!("{bounds}")), Ok(bounds));
        assert_eq!(Bounds::parse("").unwrap().get(Bound::Partitions), 1);
    }

    #[test]
    fn what_is_no_bound_is_told() {
        assert_eq!(Bounds::parse("crash=1"), Err(Refusal::NoSuchBound("crash".into())));
        assert!(matches!(
            Bounds::parse("crashes=99"),
            Err(Refusal::BoundOutOfRange("crashes", 20))
        ));
        assert!(Bounds::parse("crashes").is_err());
    }
}
