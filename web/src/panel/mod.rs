//! What stands beside the picture: lamps, lesson, inspector, events, and the menus of things.

pub mod words;

pub mod acts;
mod events;
mod icon;
mod inspector;
mod lamps;
mod lesson;
mod menu;
mod more;
mod past;
mod side;
mod why;

pub use lamps::Lamps;
pub use menu::NodeMenu;
pub use side::SidePanel;
pub use why::WhyLine;
