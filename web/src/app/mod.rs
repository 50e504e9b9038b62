//! The shell of the page: everything around the stage, and what connects the page to its browser.

mod address;
mod background;
mod dialogs;
mod hand;
mod header;
mod help;
mod kept;
mod keys;
mod knobs;
mod live;
mod load;
mod modal;
mod net;
mod notice;
mod overlay;
mod palette;
mod picture;
mod prefs;
mod root;
mod sheet;
mod shell;
mod spoken;
mod tools;

pub use dialogs::use_close;
pub use knobs::use_knobs;
pub use load::{speak, systems, words};
pub use modal::Modal;
pub use picture::use_picture;
pub use shell::Page;
