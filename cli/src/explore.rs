//! Searches for a run that breaks a property, on all cores. Threads know texts and seeds, never
//! worlds: each reads the scenario for itself.

mod report;
mod request;
mod seeds;
mod states;

use std::time::Duration;

use request::Asked;

/// How often progress is told.
const TELL: Duration = Duration::from_secs(2);

/// Searches; says whether nothing was found.
pub fn run(args: &[String]) -> Result<bool, String> {
    let asked = Asked::parse(args)?;
    let report = if asked.exhaustive { states::search(&asked)? } else { seeds::search(&asked)? };
    print!("{report}");
    Ok(report.found.is_none())
}
