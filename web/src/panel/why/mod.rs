//! The answer to "why": one sentence for the present moment, and a list for what is selected.

mod line;
pub mod reason;

pub use line::use_why_line;
