//! What the kernel keeps of each participant: whether it runs, its clocks, timers, disk, inbox.

use alloc::vec::Vec;

use super::action::{Armings, DiskMode};
use super::flight::Item;
use crate::base::{Ppm, Span, Time};
use crate::facts::Facts;
use crate::knob::Knobs;
use crate::protocol::TimerKey;

/// The kernel's side of a participant.
#[derive(Clone, Debug)]
pub struct Person {
    /// Whether it runs.
    pub phase: Phase,
    /// How often it has started; what was scheduled in an earlier life is void.
    pub life: u32,
    /// How often it was paused, so that the end of an old pause does not end a new one.
    pub pauses: u32,
    /// Its settings.
    pub knobs: Knobs,
    /// Its clocks.
    pub clock: Clock,
    /// Its armed timers.
    pub timers: Vec<Armed>,
    /// How many armings there were.
    pub armings: u32,
    /// What scripts have fixed of its timers.
    pub pins: Vec<(TimerKey, Armings, Span)>,
    /// Its disk.
    pub disk: Disk,
    /// What fell due while it was paused, in due order.
    pub inbox: Vec<Item>,
    /// How long it takes to handle a message.
    pub service: Span,
    /// Until when it is busy handling messages.
    pub busy_until: Time,
}

/// Whether a participant runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Phase {
    /// It has not started yet.
    New,
    /// It runs.
    Up,
    /// It runs, but its process is frozen.
    Paused,
    /// It has crashed.
    Down,
}

impl Phase {
    /// Whether its memory is there.
    pub fn is_alive(self) -> bool {
        matches!(self, Phase::Up | Phase::Paused)
    }
}

/// An armed timer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Armed {
    /// Which.
    pub key: TimerKey,
    /// Which arming.
    pub arming: u32,
    /// The event that armed it.
    pub cause: u32,
    /// When it was armed.
    pub at: Time,
    /// When it runs out.
    pub due: Time,
    /// When it runs out by the node's monotonic clock.
    pub local_due: Time,
}

/// Two clocks: both drift, the wall clock also jumps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Clock {
    rate: Ppm,
    /// The real instant at which the rate last changed, and what the clocks showed then.
    since: Time,
    mono: Time,
    wall: Time,
}

impl Clock {
    /// Both clocks right.
    pub const RIGHT: Clock =
        Clock { rate: Ppm::ONE, since: Time::ZERO, mono: Time::ZERO, wall: Time::ZERO };

    /// What the monotonic clock shows.
    pub fn mono(&self, now: Time) -> Time {
        self.mono + self.rate.local(now.since(self.since))
    }

    /// What the wall clock shows.
    pub fn wall(&self, now: Time) -> Time {
        self.wall + self.rate.local(now.since(self.since))
    }

    /// How fast both run.
    pub fn rate(&self) -> Ppm {
        self.rate
    }

    /// Whether they are right.
    pub fn is_right(&self, now: Time) -> bool {
        self.rate == Ppm::ONE && self.mono(now) == now && self.wall(now) == now
    }

    /// Changes the rate from `now` on.
    pub fn drift(&mut self, now: Time, rate: Ppm) {
        *self = Clock { rate, since: now, mono: self.mono(now), wall: self.wall(now) };
    }

    /// Moves the wall clock; back to zero at the most.
    pub fn jump(&mut self, now: Time, forward: bool, by: Span) {
        self.drift(now, self.rate);
        self.wall = if forward { self.wall + by } else { self.wall - by };
    }
}

/// A disk, and what of it is durable.
#[derive(Clone, Debug)]
pub struct Disk {
    /// How it writes.
    pub mode: DiskMode,
    /// How often the mode changed, so that an old schedule does not go on.
    pub modes: u32,
    /// What the machine keeps as durable; `None` when nothing is, or when everything is at once.
    pub durable: Option<u32>,
    /// What will be durable, and when.
    pub writing: Vec<(Time, u32)>,
    /// How many steps changed something that is not told yet.
    pub untold: u32,
    /// What was told last; `None` where nothing is kept back: then it is what is so.
    pub told: Option<Facts>,
}

impl Disk {
    /// A disk to which nothing was written.
    fn new(mode: DiskMode) -> Disk {
        Disk { mode, modes: 0, durable: None, writing: Vec::new(), untold: 0, told: None }
    }

    /// Whether a step waits until what it changed is durable, and that takes time.
    pub fn is_slow(&self) -> bool {
        matches!(self.mode, DiskMode::Sync(latency) if latency > Span::ZERO)
    }

    /// Whether every change is durable at once, so that nothing has to be kept.
    pub fn is_instant(&self) -> bool {
        self.mode == DiskMode::Sync(Span::ZERO)
    }

    /// Takes note of what has become durable by `now`; the number of the newest, if any did.
    pub fn settle(&mut self, now: Time) -> Option<u32> {
        let done = self.writing.iter().take_while(|write| write.0 <= now).count();
        let newest = self.writing.drain(..done).next_back().map(|write| write.1);
        self.durable = newest.or(self.durable);
        newest
    }

    /// When everything that was written so far is durable.
    pub fn done_at(&self) -> Time {
        self.writing.last().map_or(Time::ZERO, |write| write.0)
    }
}

impl Person {
    /// Somebody who has not started yet.
    pub fn new(knobs: Knobs, mode: DiskMode) -> Person {
        Person {
            phase: Phase::New,
            life: 0,
            pauses: 0,
            knobs,
            clock: Clock::RIGHT,
            timers: Vec::new(),
            armings: 0,
            pins: Vec::new(),
            disk: Disk::new(mode),
            inbox: Vec::new(),
            service: Span::ZERO,
            busy_until: Time::ZERO,
        }
    }

    /// The armed timer of this key.
    pub fn armed(&self, key: TimerKey) -> Option<&Armed> {
        self.timers.iter().find(|armed| armed.key == key)
    }

    /// What a script has fixed for the arming that happens now; a pin of the next one is used up.
    pub fn pinned(&mut self, key: TimerKey) -> Option<Span> {
        let place = self.pins.iter().position(|pin| pin.0 == key)?;
        let (_, armings, span) = self.pins[place];
        if armings == Armings::Next {
            self.pins.remove(place);
        }
        Some(span)
    }
}
