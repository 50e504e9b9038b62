//! Virtual time passes with real time.

use netsplit_core::base::{Span, Time};

use super::model::Model;
use super::watch::Topic;

/// Longer gaps between two frames are those of a page that was not drawn: no time has passed.
const GAP_MS: f64 = 500.0;
/// How many events one frame may record; what is faster than that slows the clock down.
const EVENTS_PER_FRAME: u32 = 4000;

/// What has happened is told on one frame of so many at most: what is drawn anew costs more than
/// what moves, and nobody sees who arrives a frame late.
const TURNS: u32 = 3;

/// What is kept between two frames.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    last_ms: Option<f64>,
    /// Less than a microsecond of virtual time that has not passed yet.
    rest: f64,
    /// So many frames tell nothing.
    quiet: u32,
    /// Whether something has happened that no frame has told.
    untold: bool,
}

impl Clock {
    /// Virtual time since the last frame, at so many virtual microseconds per real millisecond.
    fn passed(&mut self, now_ms: f64, us_per_ms: u32) -> Span {
        let elapsed = self.last_ms.replace(now_ms).map_or(0.0, |last| now_ms - last);
        if !(0.0..=GAP_MS).contains(&elapsed) {
            return Span::ZERO;
        }
        let us = elapsed * f64::from(us_per_ms) + self.rest;
        self.rest = us.fract();
        Span(us as u64)
    }

    /// Whether this frame tells what has happened.
    fn tells(&mut self, moved: bool) -> bool {
        self.untold |= moved;
        let tells = self.untold && self.quiet == 0;
        self.quiet = if tells { TURNS - 1 } else { self.quiet.saturating_sub(1) };
        self.untold &= !tells;
        tells
    }

    /// Time stands still.
    fn stand(&mut self) {
        (self.last_ms, self.rest) = (None, 0.0);
    }
}

impl Model {
    /// Whether frames change anything.
    pub fn is_moving(&self) -> bool {
        self.playback.playing && !self.unseen && self.loaded.is_some()
    }

    /// A frame at this real time. Says what has changed beside the instant.
    pub(super) fn tick(&mut self, now_ms: f64) -> Vec<Topic> {
        if !self.is_moving() {
            self.clock.stand();
            return Vec::new();
        }
        let passed = self.clock.passed(now_ms, self.playback.ms_per_s);
        let Some(loaded) = &self.loaded else { return Vec::new() };
        let stop = self.playback.until.unwrap_or(Time::NEVER).min(loaded.run.head().end());
        let aim = (loaded.run.at() + passed).min(stop);
        let at = self.panes_mut().fold(aim, |aim, pane| reachable(&mut pane.run, aim));
        let (mut moved, mut stopped) = (false, true);
        for run in self.panes_mut().map(|pane| &mut pane.run) {
            let events = run.cursor();
            run.seek(at);
            moved |= run.cursor() != events;
            stopped &= run.head().stopped().is_some() && run.cursor() == run.head().n_events();
        }
        let mut changed = Vec::new();
        if self.clock.tells(moved) {
            changed.push(Topic::Step);
        }
        if at >= stop || stopped {
            self.playback.playing = false;
            self.playback.until = None;
            changed.extend([Topic::Playback, Topic::Step]);
        }
        if self.follow_story() {
            changed.push(Topic::Lesson);
        }
        changed
    }
}

/// How far a frame can go towards `aim`.
fn reachable(run: &mut netsplit_core::run::Run, aim: Time) -> Time {
    let behind = |run: &netsplit_core::run::Run| {
        !run.is_complete() && run.head().next_at().is_some_and(|next| next <= aim)
    };
    if behind(run) {
        run.record(EVENTS_PER_FRAME);
    }
    if behind(run) { run.head().now() } else { aim }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_is_told_on_every_third_frame_and_never_lost() {
        let mut clock = Clock::default();
        let mut told = |frames: &str| -> String {
            frames.chars().map(|c| if clock.tells(c == '+') { '+' } else { '.' }).collect()
        };
        assert_eq!(told("+++++....."), "+..+..+...");
        assert_eq!(told("+.+.....+"), "+..+....+");
    }

    #[test]
    fn time_passes_at_its_speed_and_not_in_gaps() {
        let mut clock = Clock::default();
        assert_eq!(clock.passed(1000.0, 50), Span::ZERO);
        assert_eq!(clock.passed(1010.0, 50), Span(500));
        assert_eq!(clock.passed(1700.0, 50), Span::ZERO);
        assert_eq!(clock.passed(1700.01, 50), Span::ZERO);
        assert_eq!(clock.passed(1700.03, 50), Span(1));
    }
}
