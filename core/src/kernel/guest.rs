//! A client that was not there: it stands beside a node in a fork of the world, asks, and is
//! answered over that node's own links. The world that was forked knows nothing of it.

use alloc::rc::Rc;
use alloc::vec::Vec;

use super::action::Patience;
use super::client::Client;
use super::net::Link;
use super::person::{Person, Phase};
use super::recorder::Recorder;
use super::script::Script;
use super::world::World;
use crate::base::{Id, Time};
use crate::op::{Op, OpId};
use crate::run::trace::{NOBODY, What};

/// A client beside a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guest {
    /// Its own identity, after everybody else's.
    id: Id,
    /// Whose links it uses.
    host: Id,
}

/// The link over which messages of `link` travel: a guest uses its host's.
pub(super) fn link(guest: Option<Guest>, (from, to): Link) -> Link {
    let Some(Guest { id, host }) = guest else { return (from, to) };
    let place = |end| if end == id { host } else { end };
    (place(from), place(to))
}

impl World {
    /// The world as it is at `at`, which must lie before its next event, with a guest beside
    /// `host`. Faults stay as they are: a pause of a given length ends when it would, but no line
    /// of the script runs any more, neither fault nor repair nor operation. It never ends.
    pub fn fork_with_guest(&self, host: Id, at: Time) -> World {
        let mut world = self.clone();
        let id = Id::at(world.people.len());
        let knobs = self.cast.setup.knobs.clone();
        let mode = self.disk_mode(host);
        world.people.push(Person { phase: Phase::Up, ..Person::new(knobs, mode) });
        world.clients.push(Client::default());
        world.guest = Some(Guest { id, host });
        world.script = Rc::new(Script::default());
        world.lines_run = 0;
        world.end = Time::NEVER;
        world.wait_until(at);
        world
    }

    /// Lets time pass until `at`, which must lie before the next event.
    pub fn wait_until(&mut self, at: Time) {
        self.now = at.max(self.now);
    }

    /// Lets the guest ask its host for an operation; the recorder listens for how it ends. Without
    /// a guest nobody asks.
    pub fn ask_as_guest(&mut self, op: Op, patience: Patience, rec: &mut Recorder) {
        let Some(Guest { id, host }) = self.guest else { return };
        let called = OpId(self.ops);
        rec.listen(called, host);
        let event = self.begin(id, What::Call(called), NOBODY, rec);
        self.call(id, Vec::from([host]), (op, None, patience), event, rec);
    }

    /// Ends every fault: nothing is cut, lost, doubled or held any more, pauses end, and everybody
    /// who has crashed restarts. Latencies, clocks and disks stay as they are.
    pub fn heal_everything(&mut self, rec: &mut Recorder) {
        Rc::make_mut(&mut self.net).mend();
        self.traps.clear();
        // Idle where nothing was held.
        let _ = self.release(None, rec);
        for id in self.cast.ids() {
            match self.people[id.index()].phase {
                Phase::Paused => self.thaw(id, NOBODY, rec),
                Phase::Down => self.boot(id, NOBODY, rec),
                Phase::Up | Phase::New => {}
            }
        }
    }
}
