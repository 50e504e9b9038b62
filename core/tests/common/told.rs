//! Runs that are told as scenarios.

use netsplit_core::protocols::ALL;
use netsplit_core::scenario::Scenario;
use netsplit_core::scenario::verdict::verify;

/// The scenario of a text.
pub fn scenario(text: &str) -> Scenario {
    Scenario::parse(text, ALL).unwrap_or_else(|errors| {
        let errors: Vec<_> = errors.iter().map(|error| error.to_string()).collect();
        panic!("{}\n{text}", errors.join("\n"))
    })
}

/// What the text expects comes true.
pub fn comes_out(text: &str) {
    let report = verify(&scenario(text));
    assert!(report.passes(), "{report}\n{text}");
}
