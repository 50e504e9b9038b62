//! Chance as weather: every draw is a pure function of the seed, what it is for, where, when, and
//! how many of the same were drawn there at that instant. There is no stream and no counter that
//! outlives an instant, so that a further fault changes no draw on another link or at another
//! instant.

use alloc::vec::Vec;

use crate::base::{Ppm, Span, Time, mix};

/// What a draw is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// How long a message takes.
    Latency = 1,
    /// Whether a message is lost.
    Loss,
    /// Whether a message arrives twice.
    Duplication,
    /// How long the second copy takes.
    SecondLatency,
    /// When a timer runs out.
    Timer,
    /// A choice of the protocol's.
    Choice,
}

/// One place in the weather.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// What for.
    pub purpose: Purpose,
    /// The sender, or the node of the timer.
    pub a: u16,
    /// The receiver, or the timer.
    pub b: u32,
    /// When it is drawn.
    pub at: Time,
    /// How many of the same were drawn at this instant before.
    pub nth: u32,
}

/// 64 bits of the weather of `seed` at `spot`.
pub fn draw(seed: u64, spot: Spot) -> u64 {
    let place = (spot.purpose as u64) << 56 | u64::from(spot.a) << 32 | u64::from(spot.b);
    let x = mix(seed ^ 0x6e65_7473_706c_6974).wrapping_add(place);
    let x = mix(x).wrapping_add(spot.at.0);
    mix(mix(x).wrapping_add(spot.nth.into()))
}

/// A number from 0 to `n - 1`, from 64 bits of weather.
pub fn below(bits: u64, n: u64) -> u64 {
    ((u128::from(bits) * u128::from(n)) >> 64) as u64
}

/// A length of time from `min` to `max`, both included.
pub fn between(bits: u64, min: Span, max: Span) -> Span {
    if max <= min {
        return min;
    }
    Span(min.0 + below(bits, max.0 - min.0 + 1))
}

/// Whether something of this probability happens.
pub fn happens(bits: u64, probability: Ppm) -> bool {
    below(bits, 1_000_000) < probability.0.into()
}

/// How many of the same were drawn at this instant.
#[derive(Clone, Debug, Default)]
pub struct Nth {
    at: Time,
    counts: Vec<(u16, u32, Purpose, u32)>,
}

impl Nth {
    /// The spot of the next draw at `now`.
    pub fn next(&mut self, purpose: Purpose, a: u16, b: u32, now: Time) -> Spot {
        if self.at != now {
            self.at = now;
            self.counts.clear();
        }
        let mut spot = Spot { purpose, a, b, at: now, nth: 0 };
        match self.counts.iter_mut().find(|c| c.0 == a && c.1 == b && c.2 == purpose) {
            Some(count) => {
                count.3 += 1;
                spot.nth = count.3;
            }
            None => self.counts.push((a, b, purpose, 0)),
        }
        spot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_reached_at_both_ends_and_not_left() {
        let mut seen = [0; 6];
        for nth in 0..600 {
            let spot = Spot { purpose: Purpose::Latency, a: 1, b: 2, at: Time(7), nth };
            let Span(us) = between(draw(1, spot), Span(10), Span(15));
            seen[usize::try_from(us - 10).unwrap()] += 1;
        }
        assert!(seen.iter().all(|&n| (60..=140).contains(&n)), "{seen:?}");
    }

    #[test]
    fn a_draw_depends_on_everything_that_it_should() {
        let spot = Spot { purpose: Purpose::Latency, a: 1, b: 2, at: Time(7), nth: 0 };
        let others = [
            Spot { purpose: Purpose::Loss, ..spot },
            Spot { a: 2, ..spot },
            Spot { b: 1, ..spot },
            Spot { at: Time(8), ..spot },
            Spot { nth: 1, ..spot },
        ];
        assert!(others.iter().all(|&other| draw(1, other) != draw(1, spot)));
        assert_ne!(draw(2, spot), draw(1, spot));
    }
}
