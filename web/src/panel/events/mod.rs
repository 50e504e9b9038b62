//! The events tab: what happened up to the cursor, who did it, which rule says why.

mod breakpoint;
mod detail;
mod filter;
pub mod line;
mod list;
pub mod yours;

pub use detail::use_event_view;
pub use list::use_events_tab;
