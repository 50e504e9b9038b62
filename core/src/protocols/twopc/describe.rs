//! What there is to see of a process, and what is so of it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::commit::{self, State};
use super::state::{Desk, Disk, Journal, Memory, Phase, Site, Work};
use super::{Node, TM};
use crate::base::Id;
use crate::describe::{Dots, Pen, Tone};
use crate::facts::{Fact, Facts};

/// Reports a process.
pub fn facts(node: &Node, out: &mut Facts) {
    match (&node.disk, &node.memory) {
        (Disk::Tm(journal), Memory::Tm(desk)) => {
            let states = (1..=journal.begun).filter_map(|tx| Some((tx, journal.state(desk, tx)?)));
            states.for_each(|(tx, state)| decision(tx, state, out));
        }
        (Disk::Tm(journal), Memory::Backup(watch)) if journal.acts || watch.has_log => {
            let followed = journal.log.iter().filter(|(_, record)| record.followed);
            followed.for_each(|(tx, record)| decision(*tx, record.state, out));
        }
        (Disk::Rm(site), Memory::Rm(work)) => of_site(site, work, out),
        _ => {}
    }
}

fn decision(tx: u64, state: State, out: &mut Facts) {
    out.push(Fact::Decision { tx, state: state.word() });
}

fn of_site(site: &Site, work: &Work, out: &mut Facts) {
    commit::facts(&site.rows, &work.locks, out);
    let states = site.log.keys().filter_map(|tx| Some((*tx, site.state(work, *tx)?)));
    states.for_each(|(tx, state)| decision(tx, state, out));
    let alone = site.log.values().filter(|branch| branch.heuristic).count();
    let lost = site.log.values().filter(|branch| branch.lost).count();
    let marks = [
        ("heuristic", alone as u64),
        ("lost-record", lost as u64),
        ("indoubt", work.listed.len() as u64),
        ("total", work.total),
    ];
    marks.into_iter().filter(|(_, n)| *n > 0).for_each(|(name, n)| out.mark(name, n));
}

/// Draws a process.
pub fn node(node: &Node, me: Id, pen: &mut Pen) {
    disk(&node.disk, me, pen);
    match (&node.disk, &node.memory) {
        (Disk::Tm(journal), Memory::Tm(desk)) => of_desk(journal, desk, pen),
        (Disk::Tm(journal), Memory::Backup(_)) => of_watch(journal, pen),
        (Disk::Rm(site), Memory::Rm(work)) => of_work(site, work, pen),
        _ => {}
    }
}

/// Draws what the disk holds.
pub fn disk(disk: &Disk, me: Id, pen: &mut Pen) {
    pen.role("down", Tone::Plain, None);
    match disk {
        Disk::Tm(journal) => {
            if me == TM {
                pen.disk("begun", journal.begun);
            }
            let told = |tx: &u64, state: State| format!("T{tx} {}", state.word());
            let log = journal.log.iter().map(|(tx, record)| told(tx, record.state));
            pen.disk_on_card("decisions", or_dash(log.collect()));
        }
        Disk::Rm(site) => {
            commit::describe(&site.rows, None, pen);
            pen.disk("branches", branches(site));
        }
    }
}

/// `T1 ready x=5`.
fn branches(site: &Site) -> String {
    let told = site.log.iter().map(|(tx, branch)| match &branch.redo {
        Some((row, value)) => format!("T{tx} {} {row}={value}", branch.state.word()),
        None => format!("T{tx} {}", branch.state.word()),
    });
    or_dash(told.collect())
}

fn of_desk(journal: &Journal, desk: &Desk, pen: &mut Pen) {
    // Transactions are counted from 1.
    let last = (journal.begun > 0).then(|| journal.state(desk, journal.begun)).flatten();
    role(last, Tone::Lead, pen);
    let Some((_, active)) = desk.active.last() else { return };
    let (name, yes) = match &active.phase {
        Phase::Voting(votes) => ("votes", votes.as_slice().to_vec()),
        Phase::Copying => return pen.flag("copies"),
        Phase::Telling { commit: false, .. } => return,
        Phase::Telling { left, unacked, .. } => {
            let told = |rm: &Id| !left.contains(rm) && !unacked.contains(*rm);
            ("acknowledgements", active.members.iter().filter(told).collect())
        }
    };
    let of = active.members.as_slice().to_vec();
    pen.dots(Dots { name, needed: of.len() as u64, of, yes });
    pen.flag(if name == "votes" { "asks" } else { "tells" });
}

fn of_watch(journal: &Journal, pen: &mut Pen) {
    if !journal.acts {
        return pen.role("standby", Tone::Follow, None);
    }
    let last = journal.log.last().map(|(_, record)| record.state);
    role(last, Tone::Lead, pen);
    pen.flag("took-over");
    if last == Some(State::Wait) {
        pen.flag("in-doubt");
    }
}

fn of_work(site: &Site, work: &Work, pen: &mut Pen) {
    let ready = site.in_doubt().last().map(|_| State::Ready);
    let pending = work.pending.last().map(|_| State::Init);
    let latest = || site.log.last().and_then(|(tx, _)| site.state(work, *tx));
    let last = ready.or(pending).or_else(latest);
    role(last, Tone::Follow, pen);
    commit::describe_locks(&work.locks, pen);
    if ready.is_some() {
        pen.flag("in-doubt");
    }
    if site.log.values().any(|branch| branch.heuristic) {
        pen.flag("alone");
    }
}

/// The state of the latest transaction, as a role.
fn role(state: Option<State>, idle: Tone, pen: &mut Pen) {
    let tone = match state {
        Some(State::Commit) => Tone::Accept,
        Some(State::Abort) => Tone::Refuse,
        Some(State::Ready) => Tone::Doubt,
        Some(State::Init | State::Wait | State::Precommit) => Tone::Seek,
        None => idle,
    };
    pen.role(state.map_or("idle", State::word), tone, None);
}

fn or_dash(parts: Vec<String>) -> String {
    if parts.is_empty() { "–".into() } else { parts.join("  ") }
}
