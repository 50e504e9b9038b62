//! Sharing: links, frames, recipes for course notes, the scenario as text.

mod copy;
mod dialog;
pub mod link;
mod recipes;

pub use copy::CopyButton;
pub use dialog::ShareDialog;
