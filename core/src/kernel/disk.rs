//! Disks: what is durable, and when.

use super::action::DiskMode;
use super::flight::{Class, Item};
use super::person::Person;
use super::world::World;
use crate::base::{Id, Span, Time};

impl World {
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
        if disk.is_instant() {
            return;
        }
        disk.settle(now);
        disk.writing.clear();
        self.machine.restore_disk(id, disk.durable);
    }
}
