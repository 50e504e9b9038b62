//! The model of the page: the run, the playback, what is selected, which step of the lesson is
//! told. It knows no DOM. Everything that a person does is an [`Action`]; components watch topics
//! and are told when a value that they selected has changed. Frames move time alone: what they
//! tell, they tell when an event has happened.

mod action;
mod apply;
mod aside;
mod clock;
mod levels;
mod model;
mod notable;
mod panes;
#[cfg(test)]
mod panes_tests;
mod probes;
mod story;
mod tallies;
#[cfg(test)]
mod tests;
mod verdicts;
mod view;
mod watch;
mod work;

pub use action::{Action, Story, Tool, View};
pub use aside::Aside;
pub use model::{Dialog, Filter, Loaded, Menu, Model, Notice, Sheet, Tab, Theme, Thing};
pub use panes::run_title;
pub use view::shown;
pub use watch::{Session, Subscription, Topic, use_session, use_watch};
