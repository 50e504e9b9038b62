//! The scenario language: one text that is a lesson, a test, a bug report and a link.
//! `core/tokens.md` defines every verb and every verdict token.

pub mod ast;
pub mod claims;
pub mod error;
pub mod link;
pub mod tokens;
pub mod verdict;

mod text;

mod actions;
mod compare;
mod expect;
mod items;
mod script;
mod settings;
mod story;
mod variants;

mod print;
mod print_action;
mod print_parts;

mod cursor;
mod names;

pub use ast::{Scenario, Token};
pub use compare::told_action;
pub use error::Error;
