//! What stands beside the picture: lamps, lesson, inspector, events, and the menus of things.

pub mod report;

pub mod acts;
pub mod events;
mod inspector;
pub mod lamps;
pub mod lesson;
mod menu;
mod more;
mod past;
mod side;
mod why;

pub use events::line;
pub use inspector::fate;
pub use lamps::use_lamps;
pub use menu::use_node_menu;
pub use past::look_at;
pub use side::use_side_panel;
pub use why::use_why_line;
