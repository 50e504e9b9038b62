//! Anti-entropy: a node compares what it has with a peer chosen at random.

use alloc::vec::Vec;

use crate::base::{Id, Str};
use crate::protocols::version::Version;

use super::merge;
use super::message::Msg;
use super::store::{Store, Updates};
use super::{Cx, Node, Timer, exactly, knobs, rules, rumours};

/// It is time to gossip.
pub fn round(cx: &mut Cx, node: &mut Node) {
    merge::expire(cx, &mut node.disk);
    match cx.knobs.count(knobs::MODE) {
        knobs::mode::PUSH => push(cx, &node.disk),
        knobs::mode::RUMOUR => rumours::tell(cx, node),
        mode => {
            for peer in peers(cx) {
                cx.rule(&rules::DIGEST, [&peer]);
                digest(cx, &node.disk, peer, mode == knobs::mode::PUSH_PULL);
            }
        }
    }
    cx.arm(Timer::Round, exactly(cx.knobs.span(knobs::ROUND)));
}

/// It is time to compare everything, in case a rumour missed this node or a peer.
pub fn backup(cx: &mut Cx, store: &Store) {
    let all = others(cx);
    let peer = all[cx.choose(all.len() as u32) as usize];
    cx.rule(&rules::BACKUP, [&peer]);
    digest(cx, store, peer, true);
    arm_backup(cx);
}

/// Arms the timer of `backup`, where there is one.
pub fn arm_backup(cx: &mut Cx) {
    let span = cx.knobs.span(knobs::BACKUP);
    if span.0 > 0 && cx.knobs.count(knobs::MODE) == knobs::mode::RUMOUR {
        // Not all at one instant, nor in step for ever.
        cx.arm(Timer::Backup, (crate::base::Span(span.0 / 2), span));
    } else {
        cx.disarm(Timer::Backup);
    }
}

/// Tells everything. Whoever has nothing to tell says nothing.
fn push(cx: &mut Cx, store: &Store) {
    let updates: Updates = store.entries.to_vec();
    if updates.is_empty() {
        return;
    }
    let peers = peers(cx);
    for peer in &peers {
        cx.rule(&rules::PUSH, [peer, &updates.len()]);
    }
    cx.send_all(peers, Msg::Push { updates, rumour: false });
}

fn digest(cx: &mut Cx, store: &Store, peer: Id, gives: bool) {
    cx.send(peer, Msg::Digest { versions: store.digest(), gives });
}

/// A peer says what it has: it gets what it lacks, and is asked for what is newer there.
pub fn on_digest(
    cx: &mut Cx,
    store: &Store,
    from: Id,
    (versions, gives): (&[(Str, Version)], bool),
) {
    let updates = store.newer_than(versions);
    let wanted = if gives { store.behind(versions) } else { Vec::new() };
    if updates.is_empty() && wanted.is_empty() {
        return cx.rule(&rules::SAME, [&from]);
    }
    if !updates.is_empty() {
        cx.rule(&rules::DELTA, [&from, &updates.len()]);
        cx.send(from, Msg::Delta { updates });
    }
    if !wanted.is_empty() {
        cx.rule(&rules::PULL, [&from, &wanted.len()]);
        cx.send(from, Msg::Pull { wanted });
    }
}

/// A peer asks for what it lacks.
pub fn on_pull(cx: &mut Cx, store: &Store, from: Id, wanted: &[Str]) {
    let updates = store.of(wanted.iter());
    cx.rule(&rules::DELTA, [&from, &updates.len()]);
    cx.send(from, Msg::Delta { updates });
}

/// As many different peers as a round contacts, by chance.
pub fn peers(cx: &mut Cx) -> Vec<Id> {
    let mut all = others(cx);
    let count = all.len().min(cx.knobs.count(knobs::FANOUT) as usize);
    for place in 0..count {
        let left = (all.len() - place) as u32;
        all.swap(place, place + cx.choose(left) as usize);
    }
    all.truncate(count);
    all
}

fn others(cx: &Cx) -> Vec<Id> {
    (0..cx.setup.roles.len()).map(Id::at).filter(|id| *id != cx.me).collect()
}
