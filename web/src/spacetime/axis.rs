//! Which stretch of time is drawn, and where its instants stand.

use netsplit_core::base::{Span, Time};
use netsplit_core::run::Trace;

use crate::text::units;

/// No window is shorter.
const SHORTEST: u64 = 2_000;
/// Up to so many messages before the cursor are readable one by one, where each has so much room,
/// in pixels.
const READABLE: (usize, f64) = (70, 13.0);
/// Labelled ticks are at least so far apart, in pixels.
const TICK_PX: f64 = 92.0;

/// The stretch of time that is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// From when.
    pub from: Time,
    /// Until when.
    pub to: Time,
}

/// From instants to pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Axis {
    /// What is drawn.
    pub window: Window,
    /// The pixel of its beginning.
    pub left: f64,
    /// The pixel of its end.
    pub right: f64,
}

impl Window {
    /// The whole run.
    pub fn whole(end: Time) -> Window {
        Window { from: Time::ZERO, to: Time(end.0.max(SHORTEST)) }
    }

    /// So much before `at`, and a little after it, that its messages can be told apart.
    pub fn around(trace: &Trace, at: Time, end: Time, width: f64) -> Window {
        let readable = ((width / READABLE.1) as usize).clamp(12, READABLE.0);
        let sent = trace.messages.partition_point(|message| message.at <= at);
        let first = sent.checked_sub(readable).and_then(|place| trace.messages.get(place));
        let since = first.map_or(at.0, |message| at.since(message.at).0);
        let span = Span((since.max(200_000) / 4 * 5).clamp(SHORTEST, end.0.max(SHORTEST)));
        Window::begin(at.0.saturating_sub(span.0 / 5 * 4), span.0, end)
    }

    /// How long it is, in microseconds.
    pub fn span(self) -> u64 {
        self.to.0 - self.from.0
    }

    /// The window moved by so many microseconds.
    pub fn moved(self, by: i64, end: Time) -> Window {
        Window::begin(self.from.0.saturating_add_signed(by), self.span(), end)
    }

    /// The window `percent` of its length, with `at` where it was.
    pub fn zoomed(self, at: Time, percent: u64, end: Time) -> Window {
        let at = at.clamp(self.from, self.to);
        let span = (self.span() * percent / 100).clamp(SHORTEST, end.0.max(SHORTEST));
        let before = u128::from(at.since(self.from).0) * u128::from(span);
        let before = (before / u128::from(self.span().max(1))) as u64;
        Window::begin(at.0.saturating_sub(before), span, end)
    }

    /// Where to look when `at` has left the window, or is about to.
    pub fn following(self, at: Time, end: Time) -> Option<Window> {
        let inside = self.from <= at && at.0 <= self.to.0 - self.span() / 16;
        let window = Window::begin(at.0.saturating_sub(self.span() / 3), self.span(), end);
        (!inside && window != self).then_some(window)
    }

    fn begin(from: u64, span: u64, end: Time) -> Window {
        let from = from.min(end.0.saturating_sub(span));
        Window { from: Time(from), to: Time(from + span) }
    }
}

impl Axis {
    /// Where an instant stands, outside of the window too.
    pub fn x(&self, at: Time) -> f64 {
        let part = (at.0 as f64 - self.window.from.0 as f64) / self.window.span().max(1) as f64;
        self.left + part * (self.right - self.left)
    }

    /// Where an instant stands; the edge of the window for those outside.
    pub fn x_inside(&self, at: Time) -> f64 {
        self.x(at).clamp(self.left, self.right)
    }

    /// The instant at a place.
    pub fn at(&self, x: f64) -> Time {
        let part = ((x - self.left) / (self.right - self.left).max(1.0)).clamp(0.0, 1.0);
        Time(self.window.from.0 + (part * self.window.span() as f64) as u64)
    }

    /// Microseconds for so many pixels.
    pub fn us(&self, pixels: f64) -> i64 {
        (pixels / (self.right - self.left).max(1.0) * self.window.span() as f64) as i64
    }

    /// Round instants with their labels.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        let room = ((self.right - self.left) / TICK_PX).max(1.0);
        let step = round_up(self.window.span() as f64 / room).max(1.0) as u64;
        let first = self.window.from.0.div_ceil(step);
        let instants = (first..).map(|i| Time(i * step)).take_while(|at| *at <= self.window.to);
        instants.map(|at| (self.x(at), label(at, step))).collect()
    }
}

/// As many decimals as the step needs; three where they are enough.
fn label(at: Time, step: u64) -> String {
    if step.is_multiple_of(1000) {
        return format!("{} s", units::seconds(at));
    }
    format!("{}.{:06} s", at.0 / 1_000_000, at.0 % 1_000_000)
}

/// The next 1, 2 or 5 times a power of ten.
fn round_up(us: f64) -> f64 {
    let mut power = 1.0;
    while power * 10.0 <= us {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|s| s * power).find(|s| *s >= us).unwrap_or(us)
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: Time = Time::ms(3000);

    fn window(from: u64, to: u64) -> Window {
        Window { from: Time::ms(from), to: Time::ms(to) }
    }

    #[test]
    fn a_window_stays_within_the_run() {
        assert_eq!(window(0, 1000).moved(-5_000, END), window(0, 1000));
        assert_eq!(window(1500, 2500).moved(900_000, END), window(2000, 3000));
        assert_eq!(window(1000, 2000).zoomed(Time::ms(1500), 50, END), window(1250, 1750));
        assert_eq!(window(1000, 2000).zoomed(Time::ms(1500), 900, END), Window::whole(END));
        let short = window(0, 3).zoomed(Time::ZERO, 1, END);
        assert_eq!(short.span(), SHORTEST);
    }

    #[test]
    fn the_window_goes_after_the_cursor_only_when_it_must() {
        let here = window(1000, 2000);
        assert_eq!(here.following(Time::ms(1500), END), None);
        assert_eq!(here.following(Time::ms(1980), END), Some(window(1647, 2647).snapped()));
        assert_eq!(here.following(Time::ms(100), END), Some(window(0, 1000)));
        assert_eq!(window(2000, 3000).following(END, END), None);
    }

    impl Window {
        /// A third of a second is no whole number of milliseconds.
        fn snapped(self) -> Window {
            Window { from: Time(1_646_667), to: Time(2_646_667) }
        }
    }

    #[test]
    fn places_and_instants_agree() {
        let axis = Axis { window: window(1000, 2000), left: 100.0, right: 600.0 };
        assert_eq!(axis.x(Time::ms(1500)), 350.0);
        assert_eq!(axis.at(350.0), Time::ms(1500));
        assert_eq!(axis.x_inside(Time::ms(9000)), 600.0);
        assert_eq!(axis.us(-50.0), -100_000);
        let labels: Vec<_> = axis.ticks().into_iter().map(|tick| tick.1).collect();
        assert_eq!(labels, ["1.000 s", "1.200 s", "1.400 s", "1.600 s", "1.800 s", "2.000 s"]);
    }
}
