//! Disks: what is durable, and when.
//!
//! Where a disk is slow, a step tells nobody anything before all that it wrote is durable: neither
//! its messages leave nor are its facts taken down. Facts of memory alone wait as well, as long as
//! something is being written: who dies before it is written never was what it was about to say.
//! Events belong to steps, and that a disk is done is none: what it has written is told with the
//! first event after it.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::action::DiskMode;
use super::flight::{Class, Item};
use super::person::Person;
use super::recorder::Recorder;
use super::world::World;
use crate::base::{Id, Span, Time};
use crate::facts::{Fact, Facts};

/// What a step made so, before it is told.
#[derive(Clone, Debug)]
pub struct Untold {
    /// What the node reports after the step.
    pub facts: Facts,
    /// The entries that its logs gained or lost by it.
    pub entries: Vec<(bool, Fact)>,
}

impl World {
    /// What was last told of `me`.
    pub(super) fn told(&self, me: Id, out: &mut Facts) {
        match &self.people[me.index()].disk.told {
            Some(told) => out.clone_from(told),
            None => self.machine.facts(me, out),
        }
    }

    /// Keeps back what a step of `me` made so; `before` it, something was told.
    pub(super) fn keep_back(
        &mut self,
        me: Id,
        before: Facts,
        entries: &mut Vec<(bool, Fact)>,
    ) -> Box<Untold> {
        let mut facts = Facts::default();
        self.machine.facts(me, &mut facts);
        let disk = &mut self.people[me.index()].disk;
        disk.untold += 1;
        disk.told = Some(before);
        Box::new(Untold { facts, entries: core::mem::take(entries) })
    }

    /// What was written is told, with `event`: the first one after it was written.
    pub(super) fn tell_late(&mut self, event: u32, rec: &mut Recorder) {
        for (at, me, untold) in core::mem::take(&mut self.late) {
            let disk = &mut self.people[me.index()].disk;
            disk.untold = disk.untold.saturating_sub(1);
            disk.told = (disk.untold > 0).then(|| untold.facts.clone());
            rec.late(event, at, me, *untold);
        }
    }

    /// The run is over: what was written since the last event is told with that.
    pub fn tell_rest(&mut self, rec: &mut Recorder) {
        self.tell_late(self.events.saturating_sub(1), rec);
    }

    /// When the messages of a step may leave, for its disk.
    pub(super) fn disk_wait(&mut self, me: Id, changed: bool) -> Time {
        let now = self.now;
        let Person { disk, .. } = &mut self.people[me.index()];
        match disk.mode {
            DiskMode::Sync(Span::ZERO) | DiskMode::Every(_) | DiskMode::None => now,
            DiskMode::Sync(latency) => {
                if changed {
                    let done = disk.done_at().max(now) + latency;
                    disk.writing.push((done, self.machine.keep_disk(me)));
                    if let Some(number) = disk.settle(now) {
                        self.machine.forget_disks(me, number);
                    }
                }
                disk.done_at().max(now)
            }
        }
    }

    /// Begins to keep what is durable of a disk, where that is not everything at once.
    pub(super) fn schedule_disk(&mut self, me: Id) {
        let mode = self.disk_mode(me);
        let disk = &mut self.people[me.index()].disk;
        disk.modes += 1;
        disk.writing.clear();
        disk.durable = None;
        let modes = disk.modes;
        if disk.is_instant() || mode == DiskMode::None {
            return;
        }
        let number = self.machine.keep_disk(me);
        self.people[me.index()].disk.durable = Some(number);
        if let DiskMode::Every(period) = mode {
            self.push(self.now + period, Class::Timer, Item::Sync { node: me, mode: modes });
        }
    }

    pub(super) fn set_disk(&mut self, id: Id, mode: DiskMode) {
        self.people[id.index()].disk.mode = mode;
        self.schedule_disk(id);
    }

    /// A disk that syncs every so often does so.
    pub(super) fn sync(&mut self, node: Id, modes: u32) {
        let disk = &mut self.people[node.index()].disk;
        let DiskMode::Every(period) = disk.mode else { return };
        if disk.modes != modes || !self.machine.is_up(node) {
            return;
        }
        let number = self.machine.keep_disk(node);
        self.machine.forget_disks(node, number);
        disk.durable = Some(number);
        self.push(self.now + period, Class::Timer, Item::Sync { node, mode: modes });
    }

    /// A crash loses what was not durable yet.
    pub(super) fn lose_undurable(&mut self, id: Id) {
        let now = self.now;
        let disk = &mut self.people[id.index()].disk;
        (disk.untold, disk.told) = (0, None);
        if disk.is_instant() {
            return;
        }
        disk.settle(now);
        disk.writing.clear();
        self.machine.restore_disk(id, disk.durable);
    }
}
