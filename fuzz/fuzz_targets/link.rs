//! Any fragment is read or refused; what is read prints as a fragment that reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netsplit_core::scenario::link::Address;

fuzz_target!(|fragment: &str| {
    let Ok(address) = Address::parse(fragment) else { return };
    let printed = address.to_string();
    let again = Address::parse(&printed).expect("our own link");
    assert_eq!(again.to_string(), printed);
});
