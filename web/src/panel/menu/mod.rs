//! The menu of a node, a client, a link or a message: everything that a hand can do to it, by mouse
//! or by keyboard.

mod form;
mod items;
mod popup;
mod question;

pub use popup::{use_menu_button, use_node_menu};
