//! "Break it for me": a search for a run that breaks a property, in a worker where one is allowed
//! and in slices where none is. What is found opens as an ordinary scenario.

mod dialog;
mod order;
mod report;
mod seeker;
mod worker;

pub use dialog::use_break_dialog;
pub use worker::serve;
