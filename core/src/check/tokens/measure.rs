//! What was measured, and whether it is what a token says.

use alloc::format;
use alloc::string::{String, ToString};

use crate::base::{Ppm, Span, Time};
use crate::scenario::ast::{Arg, Compare};

/// What a token measures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Measured {
    /// A count, and what was counted, in words that may be empty.
    Count(u64, String),
    /// A length of time, and of what.
    Span(Span, String),
    /// So many of so many.
    Share(u64, u64),
    /// One of the token's words (`ok`, `violated`), and why.
    Word(&'static str, String),
    /// Whether it is as the token says, and how it is instead.
    Truth(bool, String),
    /// It cannot be said, and why.
    Undecided(String),
}

impl Measured {
    /// A count that needs no words.
    pub fn count(n: u64) -> Measured {
        Measured::Count(n, String::new())
    }

    /// What one list must fulfil: that it is empty.
    pub fn none_of(faults: &[String], otherwise: &str) -> Measured {
        if faults.is_empty() {
            Measured::Truth(true, otherwise.into())
        } else {
            Measured::Truth(false, faults.join(", "))
        }
    }
}

/// Whether a token holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It does.
    Holds {
        /// What was measured.
        measured: String,
    },
    /// It does not.
    Fails {
        /// What was measured.
        measured: String,
        /// Who or what is at fault, where that can be named.
        why: String,
    },
    /// It cannot be said.
    NotDecided {
        /// What was measured, if anything.
        measured: String,
        /// Why not.
        why: String,
    },
}

impl Verdict {
    /// Whether the token holds.
    pub fn holds(&self) -> bool {
        matches!(self, Verdict::Holds { .. })
    }

    /// The same, with the instant at which it was measured.
    pub fn at(mut self, at: Time) -> Verdict {
        let (Verdict::Holds { measured }
        | Verdict::Fails { measured, .. }
        | Verdict::NotDecided { measured, .. }) = &mut self;
        *measured = format!("{measured} (at {at})");
        self
    }
}

/// Compares what was measured with the arguments.
pub fn judge(measured: &Measured, args: &[Arg]) -> Verdict {
    let (holds, text, why) = match measured {
        Measured::Count(n, what) => (count_fits(*n, args), n.to_string(), what.clone()),
        Measured::Span(span, what) => (span_fits(*span, args), format!("{span} ms"), what.clone()),
        Measured::Share(of, all) => {
            let ppm = (of.saturating_mul(1_000_000) / (*all).max(1)) as u32;
            (ratio_fits(ppm, args), format!("{of} of {all}, {}", Ppm(ppm)), String::new())
        }
        Measured::Word(word, why) => {
            let expected = args.iter().any(|arg| matches!(arg, Arg::Word(w) if **w == **word));
            (Some(expected), (*word).to_string(), why.clone())
        }
        Measured::Truth(truth, how) => (Some(*truth), how.clone(), String::new()),
        Measured::Undecided(why) => (None, String::new(), why.clone()),
    };
    match holds {
        Some(true) => Verdict::Holds { measured: text },
        Some(false) => Verdict::Fails { measured: text, why },
        None => Verdict::NotDecided { measured: text, why },
    }
}

fn count_fits(n: u64, args: &[Arg]) -> Option<bool> {
    args.iter().rev().find_map(|arg| match arg {
        Arg::Number(compare, expected) | Arg::Aggregate(_, compare, expected) => {
            Some(compare.holds(n, *expected))
        }
        _ => None,
    })
}

fn span_fits(span: Span, args: &[Arg]) -> Option<bool> {
    args.iter().rev().find_map(|arg| match arg {
        Arg::Span(compare, expected) => Some(compare.holds(span, *expected)),
        _ => None,
    })
}

fn ratio_fits(ppm: u32, args: &[Arg]) -> Option<bool> {
    args.iter().rev().find_map(|arg| match arg {
        Arg::Ratio(compare, expected) => Some(compare.holds(ppm, *expected)),
        _ => None,
    })
}

/// The count that a token expects, and how it compares.
pub fn expected_count(args: &[Arg]) -> Option<(Compare, u64)> {
    args.iter().rev().find_map(|arg| match arg {
        Arg::Number(compare, expected) => Some((*compare, *expected)),
        _ => None,
    })
}
