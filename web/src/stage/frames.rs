//! The page's only animation frame loop. It runs while something plays or glides.

use std::cell::{Cell, RefCell};
use std::rc::Weak;

use netsplit_core::base::Time;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Window;

use super::state::Inner;

/// A gap between frames longer than this was a hidden page, and does not count.
const GAP_MS: f64 = 500.0;

type Clock = Box<dyn FnMut(f64) -> Time>;

/// The loop.
pub struct Frames {
    window: Window,
    callback: Closure<dyn FnMut(f64)>,
    asked: Cell<Option<i32>>,
    clock: RefCell<Option<Clock>>,
    /// Counts the calls of play and pause, to notice one from inside the clock.
    turn: Cell<u32>,
    playing: Cell<bool>,
    played_ms: Cell<f64>,
    last_ms: Cell<Option<f64>>,
    at: Cell<Option<Time>>,
}

impl Frames {
    /// A loop that moves `stage`.
    pub fn new(window: Window, stage: Weak<Inner>) -> Frames {
        let callback = Closure::new(move |now: f64| {
            if let Some(stage) = stage.upgrade() {
                tick(&stage, now);
            }
        });
        Frames {
            window,
            callback,
            asked: Cell::default(),
            clock: RefCell::default(),
            turn: Cell::default(),
            playing: Cell::default(),
            played_ms: Cell::default(),
            last_ms: Cell::default(),
            at: Cell::default(),
        }
    }

    /// Milliseconds since the page began.
    pub fn now(&self) -> f64 {
        self.window.performance().map_or(0.0, |performance| performance.now())
    }

    /// The instant of the last frame, while playing.
    pub fn at(&self) -> Option<Time> {
        self.at.get().filter(|_| self.playing.get())
    }

    /// Asks for a frame, once.
    pub fn ask(&self) {
        if self.asked.get().is_none() {
            let function = self.callback.as_ref().unchecked_ref();
            self.asked.set(self.window.request_animation_frame(function).ok());
        }
    }

    /// Plays by `clock`.
    pub fn play(&self, clock: Clock) {
        self.turn.set(self.turn.get().wrapping_add(1));
        self.played_ms.set(0.0);
        self.last_ms.set(None);
        self.playing.set(true);
        // Inside a frame the old clock is out of its place, and a new one may take it.
        self.clock.replace(Some(clock));
        self.ask();
    }

    /// Stops playing.
    pub fn pause(&self) {
        self.turn.set(self.turn.get().wrapping_add(1));
        self.playing.set(false);
        self.at.set(None);
        self.clock.replace(None);
    }

    /// The instant of this frame, if something plays.
    fn advance(&self, now: f64) -> Option<Time> {
        let mut clock = self.clock.borrow_mut().take()?;
        let gap = self.last_ms.replace(Some(now)).map_or(0.0, |last| now - last);
        if gap <= GAP_MS {
            self.played_ms.set(self.played_ms.get() + gap.max(0.0));
        }
        let turn = self.turn.get();
        let at = clock(self.played_ms.get());
        if self.turn.get() == turn {
            self.clock.replace(Some(clock));
            self.at.set(Some(at));
            return Some(at);
        }
        None
    }
}

fn tick(stage: &Inner, now: f64) {
    let frames = &stage.frames;
    frames.asked.set(None);
    let at = frames.advance(now);
    let gliding = stage.frame(at);
    if gliding || frames.playing.get() {
        frames.ask();
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let Some(asked) = self.asked.take() {
            let _ = self.window.cancel_animation_frame(asked);
        }
    }
}
