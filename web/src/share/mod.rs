//! Sharing: links, frames, recipes for course notes, the scenario as text.

mod copy;
mod dialog;
pub mod link;
mod recipes;

pub use copy::use_copy_button;
pub use dialog::use_share_dialog;
