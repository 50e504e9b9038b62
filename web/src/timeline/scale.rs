//! Where instants stand on the rail.

use netsplit_core::base::{Span, Time};

/// Room for the letters of the bands, in pixels.
const LEFT: f64 = 28.0;
/// Room for half the knob.
const RIGHT: f64 = 12.0;
/// Labelled ticks are at least so far apart.
const LABEL_PX: f64 = 90.0;

/// From instants to pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Scale {
    /// The end of the run.
    pub end: Time,
    /// The width of the whole track.
    pub width: f64,
}

/// A tick of the rail.
#[derive(Clone, PartialEq, Debug)]
pub struct Tick {
    /// Where.
    pub x: f64,
    /// What stands beside it, if anything.
    pub label: Option<String>,
}

impl Scale {
    /// The first pixel of the rail.
    pub fn left(&self) -> f64 {
        LEFT
    }

    /// The last pixel of the rail.
    pub fn right(&self) -> f64 {
        (self.width - RIGHT).max(LEFT + 1.0)
    }

    /// Where an instant stands.
    pub fn x(&self, at: Time) -> f64 {
        let part = at.0.min(self.end.0) as f64 / self.end.0.max(1) as f64;
        LEFT + part * (self.right() - LEFT)
    }

    /// The instant at a place.
    pub fn at(&self, x: f64) -> Time {
        let part = ((x - LEFT) / (self.right() - LEFT)).clamp(0.0, 1.0);
        Time((part * self.end.0 as f64) as u64)
    }

    /// The round length of time that is at least a pixel: nobody aims better by hand.
    pub fn grain(&self) -> Span {
        Span(round_up(self.end.0 as f64 / (self.right() - LEFT)).max(1.0) as u64)
    }

    /// Ticks at round instants, every fifth with its time.
    pub fn ticks(&self) -> Vec<Tick> {
        let room = ((self.right() - LEFT) / LABEL_PX).max(1.0);
        let major = round_up(self.end.0 as f64 / room).max(1.0);
        let minor = major / 5.0;
        let n = (self.end.0 as f64 / minor) as usize;
        (0..=n)
            .map(|i| {
                let at = Time((i as f64 * minor) as u64);
                let label = (i % 5 == 0).then(|| seconds(at));
                Tick { x: self.x(at), label }
            })
            .collect()
    }
}

/// The next 1, 2 or 5 times a power of ten.
fn round_up(us: f64) -> f64 {
    let mut power = 1.0;
    while power * 10.0 <= us {
        power *= 10.0;
    }
    let steps = [1.0, 2.0, 5.0, 10.0];
    steps.into_iter().map(|step| step * power).find(|step| *step >= us).unwrap_or(us)
}

/// Whole seconds, or as many decimals as it takes.
fn seconds(at: Time) -> String {
    let text = format!("{}.{:03}", at.0 / 1_000_000, at.0 / 1000 % 1000);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text} s")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { end: Time::ms(3000), width: 1040.0 };

    #[test]
    fn places_and_instants_agree() {
        assert_eq!(SCALE.x(Time::ZERO), 28.0);
        assert_eq!(SCALE.x(Time::ms(3000)), 1028.0);
        assert_eq!(SCALE.at(528.0), Time::ms(1500));
        assert_eq!(SCALE.at(-5.0), Time::ZERO);
        assert_eq!(SCALE.at(5000.0), Time::ms(3000));
    }

    #[test]
    fn a_hand_aims_at_round_instants() {
        assert_eq!(SCALE.grain(), Span::ms(5));
        assert_eq!(Scale { end: Time::ms(3000), width: 390.0 }.grain(), Span::ms(10));
    }

    #[test]
    fn ticks_stand_at_round_instants() {
        let labels: Vec<_> = SCALE.ticks().into_iter().filter_map(|tick| tick.label).collect();
        assert_eq!(labels, ["0 s", "0.5 s", "1 s", "1.5 s", "2 s", "2.5 s", "3 s"]);
        assert_eq!(seconds(Time::ms(10_000)), "10 s");
    }

    #[test]
    fn a_run_without_length_has_a_place() {
        let scale = Scale { end: Time::ZERO, width: 0.0 };
        assert!(scale.x(Time::ZERO).is_finite() && !scale.ticks().is_empty());
    }
}
