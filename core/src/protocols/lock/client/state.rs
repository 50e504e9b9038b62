//! What a client keeps: the operations in progress, and the locks that it believes to hold.

use alloc::vec::Vec;

use crate::base::{Str, Time, Value};
use crate::facts::{Fact, Facts};
use crate::op::{Reply, Ticket};
use crate::protocol::Cx;

use super::super::{CommandOf, Lock, Locking};

/// What a client does and believes. None of it survives a crash.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Client<L: Lock> {
    /// What it was asked to do and has not finished, in the order of asking.
    pub tasks: Vec<Task<L>>,
    /// The locks that it believes to hold, in the order of acquiring.
    pub holds: Vec<Hold>,
    /// The number of the last task.
    last_task: u32,
    /// The number of the last question. Begins at the clock, so that an answer to an earlier life
    /// of the process matches nothing.
    pub(super) last_number: u64,
}

/// A lock that the client believes to hold.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Hold {
    /// The task that acquired it.
    pub task: u32,
    /// Which.
    pub resource: Str,
    /// What the service keeps to tell this acquisition from others.
    pub mine: Value,
    /// Its fencing token; 0 when it has none.
    pub token: u64,
    /// How often it was acquired without release, where a holder may do so.
    pub count: u64,
    /// Since when, by the client's monotonic clock.
    pub since: Time,
    /// When the lease is over, by the same clock, counted from the asking.
    pub deadline: Option<Time>,
    /// The version of the resource that was read or written under this lock last.
    pub basis: Option<u64>,
}

/// One operation in progress.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Task<L: Lock> {
    pub(super) id: u32,
    pub(super) goal: Goal<L>,
    /// Whom to answer; nobody for what the client does by itself.
    pub(super) ticket: Option<Ticket>,
    pub(super) resource: Str,
    /// What tells this acquisition from others.
    pub(super) mine: Value,
    pub(super) stage: Stage<L>,
    /// The question whose answer is awaited.
    pub(super) number: u64,
    /// When it was asked, by the monotonic clock.
    pub(super) asked: Time,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Goal<L: Lock> {
    /// This command and its answer.
    Command(CommandOf<L>),
    Lock,
    Unlock,
    Work,
    Read,
    Write(Value),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Stage<L: Lock> {
    /// The nth of the acquiring commands was sent.
    Acquiring(u32, CommandOf<L>),
    /// Was refused, and will ask again.
    Waiting,
    /// The goal's own command was sent.
    Asking,
    Reading,
    /// Works on what it read.
    Working(Value),
    Writing,
    /// The lock is given back; then this is the answer.
    Releasing(Option<Reply>),
}

impl<L: Lock> Client<L> {
    pub(in super::super) fn boot(cx: &Cx<Locking<L>>) -> Client<L> {
        let last_number = cx.mono.0;
        Client { tasks: Vec::new(), holds: Vec::new(), last_task: 0, last_number }
    }

    /// What the client believes. `Role` names a holder, so that scripts can aim at it: of several
    /// the one that acquired last is meant.
    pub(in super::super) fn facts(&self, out: &mut Facts) {
        for hold in &self.holds {
            out.role("holder", hold.since.0);
            out.push(Fact::Believes { resource: hold.resource.clone(), token: hold.token });
        }
    }

    /// The hold on `resource` that was acquired last.
    pub(super) fn held(&self, resource: &Str) -> Option<&Hold> {
        self.holds.iter().rfind(|hold| hold.resource == *resource)
    }

    /// The place of the hold that `task` acquired, extends or gives back: its own, or the one with
    /// its value; the last one on its lock where the service does not tell them apart.
    pub(super) fn place_of(
        &self,
        task: &Task<L>,
        resource: &Str,
        reentrant: bool,
    ) -> Option<usize> {
        let on = |hold: &Hold| hold.resource == *resource;
        let own = self.holds.iter().position(|hold| on(hold) && hold.task == task.id);
        own.or_else(|| {
            let alike = task.mine == Value::Nil || reentrant;
            self.holds.iter().rposition(|hold| on(hold) && (alike || hold.mine == task.mine))
        })
    }

    pub(super) fn hold_of(&mut self, task: u32) -> Option<&mut Hold> {
        self.holds.iter_mut().find(|hold| hold.task == task)
    }

    pub(super) fn take_task(&mut self, id: u32) -> Option<Task<L>> {
        let place = self.tasks.iter().position(|task| task.id == id)?;
        Some(self.tasks.remove(place))
    }

    pub(super) fn new_task(
        &mut self,
        goal: Goal<L>,
        ticket: Option<Ticket>,
        resource: Str,
    ) -> Task<L> {
        self.last_task += 1;
        Task {
            id: self.last_task,
            goal,
            ticket,
            resource,
            mine: Value::Nil,
            stage: Stage::Asking,
            number: 0,
            asked: Time::ZERO,
        }
    }
}
