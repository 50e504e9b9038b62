//! Three-phase commit: a third round, between votes and decision, in which everybody learns that
//! everybody has voted yes, so that survivors can decide without the coordinator.
//!
//! After Skeen, *Nonblocking Commit Protocols* (SIGMOD 1981); Bernstein, Hadzilacos and Goodman,
//! *Concurrency Control and Recovery in Database Systems* (1987), §7.5; and Keidar and Dolev,
//! *Increasing the Resilience of Distributed and Replicated Database Systems* (JCSS 57, 1998).
//!
//! Three sets of rules, for one sequence of messages:
//! - `popular`, what most notes tell: a yes locks nothing, PreCommit does; who waits too long
//!   aborts before PreCommit and commits after it.
//! - `skeen`: a yes locks and binds; who waits too long elects itself, collects the states of those
//!   who answer, and decides for all.
//! - `e3pc`: as that, but nobody decides without a quorum of the participants, and elections are
//!   numbered (`Last_Elected`, `Last_Attempt`), so that a quorum never blocks.
//!
//! Terms: `ready` is Skeen's w, the notes' WAIT, of a participant; `precommit` is his p.
//!
//! Deviations, and why:
//! - The election is part of the termination protocol: whose timer runs out first elects itself,
//!   and of two the first in order goes on. The papers leave the election open.
//! - E3PC hears of the numbers (`Max_Elected`) and announces the next one in one message: who is
//!   outbid learns the higher number and tries again. The coordinator has no data and no vote in
//!   the quorum, and its number is 1; in the paper it is one of the sites.
//! - A coordinator that comes back in `precommit` asks and does not coordinate again. Who comes
//!   back under `popular` or `skeen` asks until somebody knows; so after a total failure all wait,
//!   where §7.5 would look for the last to fail.
//! - The coordinator tells its decision until all have acknowledged it, as in two-phase commit.
//!   Only so can be seen that two have decided differently.

pub mod knobs;
pub mod message;
pub mod rules;
pub mod state;

mod coordinator;
mod describe;
mod participant;
mod recovery;
mod termination;

use alloc::format;
use alloc::vec::Vec;

use self::message::{Body, Msg};
use self::state::{Disk, Memory, State};
use crate::base::{Id, Str};
use crate::describe::Pen;
use crate::facts::Facts;
use crate::knob::{Knob, Knobs};
use crate::op::{OpSpec, Reply, Request};
use crate::protocol::{self, Event, Given, Links, Part, Protocol, Role, Setup, TimerKey};
use crate::rule::Rule;

use super::commit::{self, ops};
use knobs::TM;

/// Three-phase commit.
#[derive(Debug)]
pub struct ThreePc;

type Cx<'a> = protocol::Cx<'a, ThreePc>;
type Node = protocol::Node<ThreePc>;

/// What a node waits for; numbers are those of transactions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// The coordinator stops waiting for answers, or says its decision again.
    Phase(u32),
    /// The coordinator tells the next participant.
    Gap(u32),
    /// A participant that has voted yes has heard nothing.
    Wait(u32),
    /// A participant in precommit has heard nothing.
    Precommit(u32),
    /// An elected participant stops waiting for answers.
    Collect(u32),
    /// Who was down asks what has become of a transaction.
    Ask(u32),
    /// A claim has waited long enough for its lock.
    LockWait(u32),
    /// A local transaction is done.
    Hold(u32),
}

impl protocol::Timer for Timer {
    const NAMES: &'static [&'static str] =
        &["phase", "gap", "wait", "precommit", "collect", "ask", "lock-wait", "hold"];

    fn key(self) -> TimerKey {
        let (name, number) = match self {
            Timer::Phase(tx) => (0, tx),
            Timer::Gap(tx) => (1, tx),
            Timer::Wait(tx) => (2, tx),
            Timer::Precommit(tx) => (3, tx),
            Timer::Collect(tx) => (4, tx),
            Timer::Ask(tx) => (5, tx),
            Timer::LockWait(claim) => (6, claim),
            Timer::Hold(claim) => (7, claim),
        };
        TimerKey { name, number }
    }

    fn of(key: TimerKey) -> Timer {
        let of = match key.name {
            0 => Timer::Phase,
            1 => Timer::Gap,
            2 => Timer::Wait,
            3 => Timer::Precommit,
            4 => Timer::Collect,
            5 => Timer::Ask,
            6 => Timer::LockWait,
            _ => Timer::Hold,
        };
        of(key.number)
    }
}

impl commit::Commits for ThreePc {
    fn lock_wait(claim: u32) -> Timer {
        Timer::LockWait(claim)
    }

    fn hold(claim: u32) -> Timer {
        Timer::Hold(claim)
    }
}

impl Protocol for ThreePc {
    const ID: &'static str = "threepc";
    const RULES: &'static [&'static Rule] = rules::ALL;
    const OPS: &'static [OpSpec] = &[ops::BEGIN, ops::UPDATE, ops::READ, ops::READ_FOR_UPDATE];
    const KNOBS: &'static [Knob] = knobs::KNOBS;
    const LINKS: Links = Links::Fifo;

    type Disk = Disk;
    type Memory = Memory;
    type Msg = Msg;
    type Timer = Timer;
    type Ghost = ();

    fn topology(knobs: &Knobs) -> Vec<Role> {
        let role = |name: Str, part| Role { name, part, spare: false };
        let rms = (1..=knobs.count(knobs::RMS)).map(|n| role(format!("rm{n}").into(), Part::Peer));
        [role("tm".into(), Part::Service)].into_iter().chain(rms).collect()
    }

    fn given(disk: &mut Disk, row: &str, value: &Given) -> Result<(), &'static str> {
        disk.rows.give(row, value)
    }

    fn boot(cx: &mut Cx, disk: &Disk) -> Memory {
        recovery::boot(cx, disk)
    }

    fn step(cx: &mut Cx, node: &mut Node, event: Event<ThreePc>) {
        match event {
            Event::Request(request) => on_request(cx, node, &request),
            Event::Deliver { from, msg } if cx.me == TM => on_coordinator(cx, node, from, &msg),
            Event::Deliver { from, msg } => on_participant(cx, node, from, &msg),
            Event::Timeout(timer) => on_timeout(cx, node, timer),
            // Silence tells enough.
            Event::Reset(_) | Event::Told(_) | Event::Configured(_) => {}
        }
    }

    fn facts(node: &Node, out: &mut Facts) {
        describe::facts(node, out);
    }

    fn describe(setup: &Setup, node: &Node, me: Id, pen: &mut Pen) {
        describe::node(setup, node, me, pen);
    }

    fn describe_disk(_: &Setup, disk: &Disk, me: Id, pen: &mut Pen) {
        describe::disk(disk, me, pen);
        pen.role("down", crate::describe::Tone::Plain, None);
    }
}

/// A client asks: the coordinator for a transaction, a participant for its row.
fn on_request(cx: &mut Cx, node: &mut Node, request: &Request) {
    let ticket = request.ticket;
    match (request.op.verb == ops::BEGIN.verb, cx.me == TM) {
        (true, true) => coordinator::begin(cx, node, request),
        (true, false) => {
            cx.rule(&rules::REQUEST_REDIRECT, [&ticket.client, &TM]);
            cx.reply(ticket, Reply::Redirect(Some(TM)));
        }
        (false, true) => {
            cx.rule(&rules::REQUEST_REFUSE, [&ticket.client]);
            cx.reply(ticket, Reply::Fail("not-here"));
        }
        (false, false) => {
            let granted = participant::store(node).request(cx, request);
            granted.into_iter().for_each(|tx| participant::granted(cx, node, tx));
        }
    }
}

fn on_coordinator(cx: &mut Cx, node: &mut Node, from: Id, msg: &Msg) {
    let tx = msg.tx;
    match msg.body {
        Body::Yes => coordinator::on_yes(cx, node, from, tx),
        Body::No => coordinator::on_no(cx, node, from, tx),
        Body::AckPre { .. } => coordinator::on_ack(cx, node, from, tx),
        Body::HaveCommitted | Body::DoCommit => {
            coordinator::on_decided(cx, node, from, tx, State::Commit);
        }
        Body::HaveAborted | Body::Abort => {
            coordinator::on_decided(cx, node, from, tx, State::Abort);
        }
        Body::StateReq { elected } => recovery::on_state_req(cx, node, from, tx, elected),
        Body::StateResp(report) => recovery::on_state(cx, node, from, tx, report),
        Body::CanCommit { .. } | Body::PreCommit { .. } | Body::PreAbort { .. } => {}
    }
}

fn on_participant(cx: &mut Cx, node: &mut Node, from: Id, msg: &Msg) {
    let tx = msg.tx;
    match &msg.body {
        Body::CanCommit { row, value } => participant::on_can_commit(cx, node, tx, row, value),
        Body::PreCommit { elected } => participant::on_precommit(cx, node, from, tx, *elected),
        Body::PreAbort { elected } => participant::on_preabort(cx, node, from, tx, *elected),
        Body::AckPre { elected } => termination::on_ack(cx, node, from, tx, *elected),
        Body::DoCommit => participant::on_decision(cx, node, from, tx, State::Commit),
        Body::Abort => participant::on_decision(cx, node, from, tx, State::Abort),
        Body::StateReq { elected } => recovery::on_state_req(cx, node, from, tx, *elected),
        Body::StateResp(report) => recovery::on_state(cx, node, from, tx, *report),
        Body::Yes | Body::No | Body::HaveCommitted | Body::HaveAborted => {}
    }
}

fn on_timeout(cx: &mut Cx, node: &mut Node, timer: Timer) {
    match timer {
        Timer::Phase(tx) => coordinator::phase_over(cx, node, tx.into()),
        Timer::Gap(tx) => coordinator::tell_next(cx, node, tx.into()),
        Timer::Wait(tx) | Timer::Precommit(tx) => participant::silence(cx, node, tx.into()),
        Timer::Collect(tx) => termination::collect_over(cx, node, tx.into()),
        Timer::Ask(tx) => recovery::ask(cx, node, tx.into()),
        Timer::LockWait(claim) => {
            if let Some(tx) = participant::store(node).lock_timeout(cx, claim) {
                participant::lock_timeout(cx, node, tx);
            }
        }
        Timer::Hold(claim) => {
            let granted = participant::store(node).hold_over(cx, claim);
            granted.into_iter().for_each(|tx| participant::granted(cx, node, tx));
        }
    }
}

impl Cx<'_> {
    /// Sends `body` about a transaction.
    fn say(&mut self, to: Id, tx: u64, body: Body) {
        self.send(to, Msg { tx, body });
    }
}
