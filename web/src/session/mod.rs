//! The model of the page: the run, the playback, what is selected, which step of the lesson is
//! told. It knows no DOM. Everything that a person does is an [`Action`]; components watch topics
//! and are told when a value that they selected has changed. Nothing here happens per frame.

mod action;
mod apply;
mod model;
mod watch;

pub use action::{Action, Tool, View};
pub use model::{Dialog, Filter, Loaded, Menu, Model, Playback, Tab, Thing};
pub use watch::{Session, Subscription, Topic, use_session, use_watch};
