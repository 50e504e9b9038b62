//! The scenario language: one text that is a lesson, a test, a bug report and a link.
//! `core/tokens.md` defines every verb and every verdict token.

pub mod ast;

pub use ast::{Scenario, Token};
