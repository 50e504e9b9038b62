//! Why a search does not begin, in one sentence, with a smaller proposal where there is one.

use alloc::string::String;
use core::fmt::{self, Display};

use super::bounds::Bounds;

/// Why a search does not begin. [`Display`] gives the sentence in English; [`Refusal::key`] names
/// it for texts in other languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// There is no property of this name, and it is no verdict token either.
    NoSuchProperty(String),
    /// The property says nothing about this system: who would have to be watched is not there.
    DoesNotApply(&'static str),
    /// There is no bound of this name.
    NoSuchBound(String),
    /// The bound goes up to a number, and this is none up to it.
    BoundOutOfRange(&'static str, u32),
    /// The system reads clocks under these settings, so that time cannot be left out.
    ReadsClocks(&'static str),
    /// The property is about time, or reads more than an exhaustive search keeps.
    NeedsTime(&'static str),
    /// The scenario has lines that an exhaustive search cannot follow: it has no instants.
    HasFaults,
    /// So much would not fit; this would.
    TooLarge(Bounds),
    /// No seed is in the range.
    NoSeeds,
}

impl Refusal {
    /// The key of the sentence.
    pub fn key(&self) -> &'static str {
        match self {
            Refusal::NoSuchProperty(_) => "no-such-property",
            Refusal::DoesNotApply(_) => "does-not-apply",
            Refusal::NoSuchBound(_) => "no-such-bound",
            Refusal::BoundOutOfRange(..) => "bound-out-of-range",
            Refusal::ReadsClocks(_) => "reads-clocks",
            Refusal::NeedsTime(_) => "needs-time",
            Refusal::HasFaults => "has-faults",
            Refusal::TooLarge(_) => "too-large",
            Refusal::NoSeeds => "no-seeds",
        }
    }

    /// Smaller bounds that would do, where there are some.
    pub fn smaller(&self) -> Option<&Bounds> {
        match self {
            Refusal::TooLarge(bounds) => Some(bounds),
            _ => None,
        }
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Refusal::NoSuchProperty(name) => {
                write!(f, "There is no property {name}, and it is no verdict token of this system.")
            }
            Refusal::DoesNotApply(id) => write!(
                f,
                "The property {id} says nothing about this system: a run without faults shows \
                 nothing that it reads."
            ),
            Refusal::NoSuchBound(name) => write!(f, "There is no bound {name}."),
            Refusal::BoundOutOfRange(name, most) => {
                write!(f, "The bound {name} takes a number from 0 to {most}.")
            }
            Refusal::ReadsClocks(id) => write!(
                f,
                "{id} reads clocks under these settings, so an exhaustive search, which knows no \
                 time, would be wrong: search at random."
            ),
            Refusal::NeedsTime(id) => write!(
                f,
                "The property {id} needs time or the end of a run, and an exhaustive search has \
                 neither: search at random."
            ),
            Refusal::HasFaults => f.write_str(
                "An exhaustive search draws every fault itself: leave operations in the scenario, \
                 and no other lines, or search at random.",
            ),
            Refusal::TooLarge(bounds) => {
                write!(f, "So much does not fit into the memory that it may take. Try {bounds}.")
            }
            Refusal::NoSeeds => f.write_str("There is no seed in this range."),
        }
    }
}
