//! Searches for a run that breaks a property, on all cores. Threads know texts and seeds, never
//! worlds: each reads the scenario for itself.

mod report;
mod request;
mod seeds;

use request::Asked;

/// Searches; says whether nothing was found.
pub fn run(args: &[String]) -> Result<bool, String> {
    let asked = Asked::parse(args)?;
    let report = seeds::search(&asked)?;
    print!("{report}");
    Ok(report.found.is_none())
}
