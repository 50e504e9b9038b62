//! Side by side: two to four runs of one story under one hand, in one weather. What differs between
//! them is what differs in them.
//!
//! [`Comparison`] plays the runs in step and hands each fault to all of them, or to one. [`Fork`]
//! finds where they begin to differ, [`Tally`] counts what each has cost and kept, and [`offers`]
//! says what a run can be compared with.

mod comparison;
mod divergence;
mod hand;
mod names;
mod offers;
mod seen;
mod tally;
mod verdicts;

pub use comparison::{Comparison, Side};
pub use divergence::{Difference, Divergence, Fork, first_divergence};
pub use hand::OneHand;
pub use names::{Counterparts, counterparts};
pub use offers::{Differs, Offer, offers};
pub use tally::{Tallies, Tally};
pub use verdicts::Judged;
