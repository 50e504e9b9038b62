//! Netsplit's page.

pub mod scene;

fn main() {}
