//! Any text is read or refused; what is read prints as a text that reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netsplit_core::protocols::ALL;
use netsplit_core::scenario::Scenario;

fuzz_target!(|text: &str| {
    let Ok(scenario) = Scenario::parse(text, ALL) else { return };
    let printed = scenario.to_string();
    assert_eq!(Scenario::parse(&printed, ALL).as_ref(), Ok(&scenario), "{printed}");
    for variant in &scenario.variants {
        let run = scenario.variant(&variant.name).expect("every variant applies");
        assert_eq!(Scenario::parse(&run.to_string(), ALL), Ok(run));
    }
});
