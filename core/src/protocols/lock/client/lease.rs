//! Leases as the client sees them: by its own monotonic clock, from the asking.

use crate::base::{Span, Str};
use crate::protocol::Cx;

use super::super::{Lock, Locking, Timer, exactly, knobs, rules};
use super::{Client, Goal, Hold, Task, command};

/// A client that looks at its lease is told when it is over.
pub(super) fn watch<L: Lock>(cx: &mut Cx<Locking<L>>, hold: &Hold) {
    if let (Some(deadline), true) = (hold.deadline, cx.knobs.on(knobs::CHECK_LEASE)) {
        cx.arm(Timer::Lease(hold.task), exactly(deadline.since(cx.mono)));
    }
}

/// A holder that makes its lease longer does so every so often.
pub(super) fn keep<L: Lock>(cx: &mut Cx<Locking<L>>, task: u32) {
    let period = cx.knobs.span(knobs::RENEW);
    if period.0 > 0 {
        cx.arm(Timer::Renew(task), exactly(period));
    }
}

/// Looks whether the lease of `task` is over; if so, the client believes no more that it holds the
/// lock. A client that does not check never looks.
pub(super) fn check<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, task: u32) {
    if !cx.knobs.on(knobs::CHECK_LEASE) {
        return;
    }
    let Some(deadline) = client.hold_of(task).and_then(|hold| hold.deadline) else { return };
    if cx.mono >= deadline {
        cx.rule(&rules::LEASE_OVER, [&cx.mono.since(deadline)]);
        client.holds.retain(|hold| hold.task != task);
        cx.disarm(Timer::Renew(task));
    }
}

/// Asks to make the lease of `task` longer.
pub(super) fn renew<L: Lock>(cx: &mut Cx<Locking<L>>, client: &mut Client<L>, task: u32) {
    let Some(hold) = client.hold_of(task) else { return };
    let (resource, mine) = (hold.resource.clone(), hold.mine.clone());
    let Some(extend) = L::extend(cx.knobs, &resource, &mine) else { return };
    let mut ask = client.new_task(Goal::Command(extend), None, resource);
    ask.mine = mine;
    command::ask(cx, client, ask);
    keep(cx, task);
}

/// The service answered `task`, which asked to make the lease of `resource` longer.
pub(super) fn extended<L: Lock>(
    cx: &mut Cx<Locking<L>>,
    client: &mut Client<L>,
    task: &Task<L>,
    (resource, lease): (&Str, Option<Span>),
    granted: bool,
) {
    let place = client.place_of(task, resource, L::reentrant(cx.knobs));
    if !granted {
        cx.rule(&rules::LEASE_LOST, []);
        if let Some(place) = place {
            client.holds.remove(place);
        }
        return;
    }
    cx.rule(&rules::LEASE_EXTENDED, []);
    if let Some(hold) = place.and_then(|place| client.holds.get_mut(place)) {
        hold.deadline = lease.map(|lease| task.asked + lease);
        watch(cx, hold);
    }
}
