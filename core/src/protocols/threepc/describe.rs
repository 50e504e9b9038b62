//! What there is to see of a node, and what is so of it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::knobs::{self, Rules, TM};
use super::state::{Disk, State};
use super::{Node, commit};
use crate::base::Id;
use crate::describe::{Dots, Pen, Tone};
use crate::facts::{Fact, Facts};
use crate::protocol::Setup;

/// Reports a node.
pub fn facts(node: &Node, out: &mut Facts) {
    let (disk, memory) = (&node.disk, &node.memory);
    for (tx, state) in states(disk) {
        out.push(Fact::Decision { tx, state: state.word() });
    }
    commit::facts(&disk.rows, &memory.locks, out);
    if memory.contrary > 0 {
        out.mark("contrary", memory.contrary);
    }
    if memory.broken > 0 {
        out.mark("broken-yes", memory.broken);
    }
}

/// Draws a node.
pub fn node(setup: &Setup, node: &Node, me: Id, pen: &mut Pen) {
    let (disk, memory) = (&node.disk, &node.memory);
    let latest = states(disk).last();
    if me == TM {
        draw_disk(disk, me, pen);
    } else {
        commit::describe(&disk.rows, Some(&memory.locks), pen);
        draw_disk(disk, me, pen);
    }
    let (role, tone) = latest.map_or(("idle", Tone::Plain), |(_, state)| look(state));
    pen.role(role, tone, None);
    if let Some(dots) = dots(setup, node, me) {
        pen.dots(dots);
    }
    if !memory.backups.is_empty() {
        pen.flag("elected");
    }
    if memory.contrary > 0 {
        pen.flag("contrary");
    }
}

/// Draws what the disk holds.
pub fn disk(disk: &Disk, me: Id, pen: &mut Pen) {
    if me != TM {
        commit::describe(&disk.rows, None, pen);
    }
    draw_disk(disk, me, pen);
}

fn draw_disk(disk: &Disk, me: Id, pen: &mut Pen) {
    let told: Vec<String> =
        states(disk).map(|(tx, state)| format!("T{tx}: {}", state.word())).collect();
    pen.disk("transactions", if told.is_empty() { "–".into() } else { told.join("  ") });
    if me == TM {
        return;
    }
    if let Some((_, mine)) = disk.txs.last() {
        pen.disk("elected", mine.elected);
        pen.disk("attempt", mine.attempt);
    }
}

/// Who has answered, of those who must: at the coordinator, or at an elected participant.
fn dots(setup: &Setup, node: &Node, me: Id) -> Option<Dots> {
    let all: Vec<Id> = knobs::rms(&setup.knobs).collect();
    let (n_rms, e3pc) = (all.len() as u64, Rules::of(&setup.knobs) == Rules::E3pc);
    let quorum = if e3pc { knobs::quorum(&setup.knobs) } else { n_rms };
    if me == TM {
        let (tx, desk) = node.memory.desks.last()?;
        let (name, needed) = match node.disk.works.get(tx)?.state {
            State::Wait => ("votes", n_rms),
            State::Precommit => ("prepared", quorum),
            _ => ("done", n_rms),
        };
        return Some(Dots { name, needed, of: all, yes: desk.heard.as_slice().to_vec() });
    }
    let (_, backup) = node.memory.backups.last()?;
    let reported: Vec<Id> = backup.reports.keys().copied().collect();
    Some(match &backup.prepared {
        None => Dots { name: "states", needed: quorum, of: all, yes: reported },
        Some(prepared) => {
            let (needed, of) = if e3pc { (quorum, all) } else { (reported.len() as u64, reported) };
            Dots { name: "prepared", needed, of, yes: prepared.as_slice().to_vec() }
        }
    })
}

/// The transactions and how far they have come here.
fn states(disk: &Disk) -> impl Iterator<Item = (u64, State)> + '_ {
    let works = disk.works.iter().map(|(tx, work)| (*tx, work.state));
    works.chain(disk.txs.iter().map(|(tx, mine)| (*tx, mine.state)))
}

fn look(state: State) -> (&'static str, Tone) {
    let tone = match state {
        State::Init => Tone::Plain,
        State::Wait => Tone::Seek,
        State::Ready => Tone::Doubt,
        State::Precommit | State::Preabort => Tone::Follow,
        State::Commit => Tone::Accept,
        State::Abort => Tone::Refuse,
    };
    (state.word(), tone)
}
