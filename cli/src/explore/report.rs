//! What a search says of itself. Reports of several ranges of seeds are put together by writing one
//! after the other.

use std::fmt::{self, Display};
use std::time::Duration;

/// A report.
pub struct Report {
    /// What was searched: the system line, the property, the bounds.
    pub subject: String,
    /// What was tried: `seeds 0..1000`.
    pub range: String,
    /// What came of it, in numbers.
    pub figures: String,
    pub took: Duration,
    /// What was found.
    pub found: Option<Found>,
}

pub struct Found {
    /// Where: a seed, a depth.
    pub place: String,
    /// The scenario.
    pub text: String,
}

impl Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Report { subject, range, figures, took, found } = self;
        writeln!(f, "{subject}")?;
        let verdict = match found {
            Some(found) => format!("FOUND at {}", found.place),
            None => "nothing found".into(),
        };
        writeln!(f, "{range}: {verdict}; {figures} in {:.1} s", took.as_secs_f64())?;
        match found {
            Some(found) => writeln!(f, "\n{}", found.text),
            None => Ok(()),
        }
    }
}
