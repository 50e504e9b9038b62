//! Two-phase commit: the transaction manager asks every resource manager whether it can commit;
//! when all have voted yes it logs commit, and tells them.
//!
//! After Gray, *Notes on Data Base Operating Systems* (1978), Bernstein, Hadzilacos and Goodman
//! 1987 §7.4 (votes, cooperative termination), Mohan, Lindsay and Obermarck, *Transaction
//! Management in the R\* Distributed Database Management System* (TODS 1986), §3 (presumed abort),
//! Reddy and Kitsuregawa, *Blocking Reduction in Two-Phase Commit Protocol with Multiple Backup
//! Sites* (DNIS 2000; the copy of the log), and the X/Open XA specification (1991), whose calls the
//! texts name: `xa_start`, `xa_end` and `xa_prepare` are `Prepare`, `xa_commit` and `xa_rollback`
//! are `Decision`, `xa_recover` is `Recover`.
//!
//! Terms: a resource manager that has voted yes and knows no decision is *in doubt* (`ready`): it
//! may decide nothing alone, and keeps its locks. The *commit point* is the forced write of the
//! commit record at the transaction manager. What has no record there is aborted.
//!
//! Deviations, and why:
//! - `Prepare` brings the work along; the work itself takes no time.
//! - Logs are never truncated, so nobody has to forget (`xa_forget`).
//! - A backup coordinator ends what the first one began, and begins nothing. With a copy of the log
//!   every decision is at the backup before anybody else hears of it; without one, the backup knows
//!   who takes part, and can only ask them. It acts on what it knows, never on a presumption, so
//!   that both may act at once. A resource manager acknowledges even an abort to it.
//! - A client that asks again begins a further transaction.
//! - A resource manager that should commit and has lost its prepared record counts as having
//!   aborted when it restarted: so §7.4 has one without that record do.

pub mod knobs;
pub mod message;
pub mod rules;
pub mod state;

mod backup;
mod coordinator;
mod describe;
mod participant;
mod recovery;
mod requests;
mod termination;

use alloc::format;
use alloc::vec::Vec;

use self::message::Msg;
use self::state::{Disk, Memory};
use super::commit::{self, Commits, ops};
use crate::base::{Id, IdSet, Span};
use crate::describe::Pen;
use crate::facts::Facts;
use crate::knob::{Knob, Knobs};
use crate::op::{Access, ArgKind, ArgSpec, OpSpec};
use crate::protocol::{self, Event, Given, Links, Part, Protocol, Role, Setup, TimerKey};
use crate::rule::Rule;

/// Two-phase commit.
#[derive(Debug)]
pub struct TwoPc;

type Cx<'a> = protocol::Cx<'a, TwoPc>;
type Node = protocol::Node<TwoPc>;

/// What a process waits for. Numbers are those of transactions, but for the rows' own timers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// Votes are missing.
    Vote(u32),
    /// The next resource manager is told the decision.
    Tell(u32),
    /// A decision is told again to those that have not acknowledged.
    Resend(u32),
    /// A resource manager in doubt asks.
    Inquiry(u32),
    /// A resource manager in doubt decides alone.
    Heuristic(u32),
    /// The backup, or a restarted transaction manager, asks again.
    Recover,
    /// A claim has waited long enough for its lock.
    LockWait(u32),
    /// A local transaction is done.
    Hold(u32),
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] =
        &["vote", "tell", "resend", "inquiry", "heuristic", "recover", "lock-wait", "hold"];

    fn key(self) -> TimerKey {
        let (name, number) = match self {
            Timer::Vote(tx) => (0, tx),
            Timer::Tell(tx) => (1, tx),
            Timer::Resend(tx) => (2, tx),
            Timer::Inquiry(tx) => (3, tx),
            Timer::Heuristic(tx) => (4, tx),
            Timer::Recover => (5, 0),
            Timer::LockWait(claim) => (6, claim),
            Timer::Hold(claim) => (7, claim),
        };
        TimerKey { name, number }
    }

    fn of(key: TimerKey) -> Timer {
        match key.name {
            0 => Timer::Vote(key.number),
            1 => Timer::Tell(key.number),
            2 => Timer::Resend(key.number),
            3 => Timer::Inquiry(key.number),
            4 => Timer::Heuristic(key.number),
            5 => Timer::Recover,
            6 => Timer::LockWait(key.number),
            _ => Timer::Hold(key.number),
        }
    }
}

impl Commits for TwoPc {
    fn lock_wait(claim: u32) -> Timer {
        Timer::LockWait(claim)
    }

    fn hold(claim: u32) -> Timer {
        Timer::Hold(claim)
    }
}

const FROM: ArgSpec = ArgSpec { name: "from", kind: ArgKind::Node };
const TO: ArgSpec = ArgSpec { name: "to", kind: ArgKind::Node };
/// Asked of the transaction manager: one transaction that takes so much from the row at one
/// resource manager and adds it at the other.
const MOVE: OpSpec = OpSpec {
    verb: "move",
    args: &[ops::ROW, FROM, TO, ops::VALUE],
    access: Access::Write,
    model: None,
};
/// Asked of the backup: it takes over.
const TAKEOVER: OpSpec = OpSpec { verb: "takeover", args: &[], access: Access::Admin, model: None };
/// Asked of a resource manager: what it has in doubt (`xa_recover`).
const RECOVER: OpSpec = OpSpec { verb: "recover", args: &[], access: Access::Admin, model: None };

static RULES: [&Rule; commit::rules::RULES.len() + rules::RULES.len()] =
    commit::rules::with(rules::RULES);

impl Protocol for TwoPc {
    const ID: &'static str = "twopc";
    const RULES: &'static [&'static Rule] = &RULES;
    const OPS: &'static [OpSpec] =
        &[ops::BEGIN, ops::UPDATE, ops::READ, ops::READ_FOR_UPDATE, MOVE, TAKEOVER, RECOVER];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Fifo;

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = ();

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let role = |name: &str, part| Role { name: name.into(), part, spare: false };
        let rms = (1..=knobs.count(knobs::RMS)).map(|n| role(&format!("rm{n}"), Part::Peer));
        let backup = knobs::has_backup(knobs).then(|| role("tm2", Part::Service));
        [role("tm", Part::Service)].into_iter().chain(rms).chain(backup).collect()
    }

    fn format(setup: &Setup, me: Id) -> Disk {
        match setup.roles[me.index()].part {
            Part::Service => Disk::Tm(state::Journal::default()),
            _ => Disk::Rm(state::Site::default()),
        }
    }

    fn given(disk: &mut Disk, field: &str, value: &Given) -> Result<(), &'static str> {
        match disk {
            Disk::Rm(site) => site.rows.give(field, value),
            Disk::Tm(_) => Err(commit::NO_ROWS),
        }
    }

    fn boot(cx: &mut Cx, disk: &Disk) -> Memory {
        match disk {
            Disk::Tm(journal) if cx.me == TM => Memory::Tm(recovery::desk(cx, journal)),
            Disk::Tm(journal) => Memory::Backup(backup::boot(cx, journal)),
            Disk::Rm(site) => Memory::Rm(recovery::work(cx, site)),
        }
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<TwoPc>) {
        match (event, &mut node.disk, &mut node.memory) {
            (Event::Request(request), ..) => requests::on_request(cx, node, &request),
            (Event::Deliver { from, msg }, Disk::Tm(journal), Memory::Tm(desk)) => {
                coordinator::on_message(cx, coordinator::Tm { journal, desk }, from, &msg);
            }
            (Event::Deliver { from, msg }, Disk::Tm(journal), Memory::Backup(watch)) => {
                backup::on_message(cx, backup::Backup { journal, watch }, from, &msg);
            }
            (Event::Deliver { from, msg }, Disk::Rm(site), Memory::Rm(work)) => {
                participant::on_message(cx, participant::Rm { site, work }, from, &msg);
            }
            (Event::Timeout(timer), Disk::Tm(journal), Memory::Tm(desk)) => {
                coordinator::on_timeout(cx, coordinator::Tm { journal, desk }, timer);
            }
            (Event::Timeout(_), Disk::Tm(journal), Memory::Backup(watch)) => {
                backup::on_timeout(cx, backup::Backup { journal, watch });
            }
            (Event::Timeout(timer), Disk::Rm(site), Memory::Rm(work)) => {
                participant::on_timeout(cx, participant::Rm { site, work }, timer);
            }
            // Silence tells enough, and settings are read when they are needed.
            _ => {}
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        describe::facts(node, out);
    }

    fn describe(_: &Setup, node: &Node, me: Id, pen: &mut Pen) {
        describe::node(node, me, pen);
    }

    fn describe_disk(_: &Setup, disk: &Disk, me: Id, pen: &mut Pen) {
        describe::disk(disk, me, pen);
    }
}

/// The transaction manager.
const TM: Id = Id(0);

/// All resource managers, in order.
fn rms(cx: &Cx) -> IdSet {
    (1..=cx.knobs.count(knobs::RMS)).map(|n| Id::at(n as usize)).collect()
}

/// The backup coordinator, if there is one.
fn backup_of(cx: &Cx) -> Option<Id> {
    knobs::has_backup(cx.knobs).then(|| Id::at(cx.setup.roles.len() - 1))
}

/// The same length of time, at the least and at the most.
fn exactly(span: Span) -> (Span, Span) {
    (span, span)
}

/// The number of a transaction's timers. The limits of a run keep it far below.
fn timer_of(tx: u64) -> u32 {
    tx as u32
}
