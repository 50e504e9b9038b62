//! The service that grants: a few commands, executed one after another.

use crate::base::Id;
use crate::describe::Pen;
use crate::facts::Facts;
use crate::knob::{Key, Knobs};
use crate::op::Op;
use crate::protocol::{Cx, Data, Event};

use super::message::{Answer, Command, Msg};
use super::{Lock, Locking, Timer};

/// A service that grants locks, of one server or more.
pub trait Service: Data + Copy {
    /// A command that it executes.
    type Command: Command;
    /// What of a server survives a crash.
    type Disk: Data + Default;
    /// What does not.
    type Memory: Data;

    /// The names of its servers, in order.
    fn names(knobs: &Knobs) -> &'static [&'static str];
    /// The server that a participant with these settings takes for the one to ask.
    fn at(_knobs: &Knobs) -> Id {
        Id(0)
    }
    /// The command that a script asks for by name.
    fn command(knobs: &Knobs, op: &Op) -> Option<Self::Command>;

    /// Starts a server.
    fn boot<L: Lock<Service = Self>>(cx: &mut Cx<Locking<L>>, disk: &Self::Disk) -> Self::Memory;
    /// Executes a command of `asker`; `None` when it wants no answer.
    fn execute<L: Lock<Service = Self>>(
        cx: &mut Cx<Locking<L>>,
        server: Server<Self>,
        asker: Id,
        command: &Self::Command,
    ) -> Option<Answer>;
    /// [`Timer::Expire`] or [`Timer::Replicate`] has run out.
    fn timeout<L: Lock<Service = Self>>(
        cx: &mut Cx<Locking<L>>,
        server: Server<Self>,
        timer: Timer,
    );
    /// A setting changed.
    fn configured<L: Lock<Service = Self>>(
        _cx: &mut Cx<Locking<L>>,
        _server: Server<Self>,
        _key: Key,
    ) {
    }
    /// A server's grants, each as [`crate::facts::Fact::Holds`].
    fn facts(disk: &Self::Disk, memory: &Self::Memory, out: &mut Facts);
    /// Draws a server; its disk alone when it is down.
    fn describe(disk: &Self::Disk, memory: Option<&Self::Memory>, pen: &mut Pen);
}

/// The two halves of a server.
pub struct Server<'a, S: Service> {
    /// Survives a crash.
    pub disk: &'a mut S::Disk,
    /// Does not.
    pub memory: &'a mut S::Memory,
}

pub(super) fn step<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    server: Server<L::Service>,
    event: Event<Locking<L>>,
) {
    match event {
        Event::Deliver { from, msg } => {
            let Msg::Command { number, command } = &*msg else { return };
            if let Some(answer) = L::Service::execute(cx, server, from, command) {
                cx.send(from, Msg::Answer { number: *number, answer });
            }
        }
        Event::Timeout(timer) => L::Service::timeout(cx, server, timer),
        Event::Configured(key) => L::Service::configured(cx, server, key),
        Event::Request(_) | Event::Reset(_) | Event::Told(_) => {}
    }
}
