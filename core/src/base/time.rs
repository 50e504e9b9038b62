//! Virtual time in integer microseconds. Nothing here knows a real clock.

use core::fmt;
use core::ops::{Add, AddAssign, Sub};

/// An instant of virtual time, in microseconds since the run began.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Time(pub u64);

/// A length of virtual time, in microseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span(pub u64);

/// A ratio in parts per million; 1,000,000 is one to one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ppm(pub u32);

impl Time {
    /// The beginning of every run.
    pub const ZERO: Time = Time(0);
    /// Later than every instant of every run.
    pub const NEVER: Time = Time(u64::MAX);

    /// The instant `ms` milliseconds after the beginning.
    pub const fn ms(ms: u64) -> Time {
        Time(ms * 1000)
    }

    /// How long after `earlier` this is; zero when it is not after.
    pub fn since(self, earlier: Time) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span(0);

    /// `ms` milliseconds.
    pub const fn ms(ms: u64) -> Span {
        Span(ms * 1000)
    }
}

impl Ppm {
    /// One to one.
    pub const ONE: Ppm = Ppm(1_000_000);

    /// What a clock of this rate shows after `real` time.
    pub fn local(self, real: Span) -> Span {
        let rate = u64::from(self.0);
        let (seconds, rest) = (real.0 / 1_000_000, real.0 % 1_000_000);
        Span(seconds.wrapping_mul(rate).wrapping_add(rest * rate / 1_000_000))
    }

    /// How long a clock of this rate takes to show `local`, rounded up; never for a stopped clock.
    pub fn real(self, local: Span) -> Span {
        if self.0 == 0 {
            return Span(u64::MAX / 4);
        }
        let rate = u64::from(self.0);
        let (whole, rest) = (local.0 / rate, local.0 % rate);
        Span(whole.wrapping_mul(1_000_000).wrapping_add((rest * 1_000_000).div_ceil(rate)))
    }
}

impl Add<Span> for Time {
    type Output = Time;
    fn add(self, span: Span) -> Time {
        Time(self.0.saturating_add(span.0))
    }
}

impl AddAssign<Span> for Time {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Add for Span {
    type Output = Span;
    fn add(self, other: Span) -> Span {
        Span(self.0.saturating_add(other.0))
    }
}

impl Sub<Span> for Time {
    type Output = Time;
    fn sub(self, span: Span) -> Time {
        Time(self.0.saturating_sub(span.0))
    }
}

/// Milliseconds with as many decimals as needed: `1530`, `500.001`.
fn write_ms(us: u64, f: &mut fmt::Formatter) -> fmt::Result {
    write!(f, "{}", us / 1000)?;
    match us % 1000 {
        0 => Ok(()),
        rest if rest % 100 == 0 => write!(f, ".{}", rest / 100),
        rest if rest % 10 == 0 => write!(f, ".{:02}", rest / 10),
        rest => write!(f, ".{rest:03}"),
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write_ms(self.0, f)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write_ms(self.0, f)
    }
}

/// The ratio as a decimal with as many places as needed: `1`, `0.2`, `1.1`.
impl fmt::Display for Ppm {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (whole, mut rest) = (self.0 / 1_000_000, self.0 % 1_000_000);
        write!(f, "{whole}")?;
        if rest == 0 {
            return Ok(());
        }
        let mut places = 6;
        while rest % 10 == 0 {
            rest /= 10;
            places -= 1;
        }
        write!(f, ".{rest:0places$}")
    }
}
