//! The copies: the higher version stays, and replicas compare what they hold from time to time.

use alloc::vec::Vec;

use super::message::Msg;
use super::{Ask, Copy, Cx, Memory, Node, Timer, Version, knobs, rules};
use crate::base::{Id, Span, Str, Value};

/// Makes a new version of `key`, and tells the other replicas. By a wall clock that is behind, the
/// new version is lower than the copy here, and the copy stays.
pub fn write(cx: &mut Cx, node: &mut Node, key: &Str, value: Value) -> Version {
    let held = node.disk.copy(key).version;
    let version = Version { ts: number(cx, held), writer: cx.me };
    let copy = Copy { value, version };
    if version > held {
        node.disk.copies.insert(key.clone(), copy);
        tell_all(cx, node, key);
    } else {
        cx.rule(&rules::LOST, [&version.ts, &held.ts, &held.writer]);
    }
    version
}

/// The number of a version that is written after `held`.
fn number(cx: &Cx, held: Version) -> u64 {
    let next = held.ts + 1;
    match cx.knobs.count(knobs::ORDER) {
        // Two writes of one replica in one millisecond are two versions.
        knobs::WALL if (cx.wall.0 / 1000, cx.me) == (held.ts, held.writer) => next,
        knobs::WALL => cx.wall.0 / 1000,
        _ => next,
    }
}

/// Tells the other replicas of this one's copy of `key`.
pub fn tell_all(cx: &mut Cx, node: &Node, key: &Str) {
    let copy = node.disk.copy(key);
    cx.send_all(node.memory.others(cx.me), Msg::Replicate { key: key.clone(), copy });
}

/// A replica tells of a version.
pub fn on_replicate(cx: &mut Cx, node: &mut Node, from: Id, (key, copy): (&Str, &Copy)) {
    merge(cx, node, from, (key, copy));
    let version = node.disk.copy(key).version;
    cx.send(from, Msg::ReplicateAck { key: key.clone(), version });
}

/// Of two versions the higher one stays.
pub fn merge(cx: &mut Cx, node: &mut Node, from: Id, (key, copy): (&Str, &Copy)) {
    let Version { ts, writer } = copy.version;
    if copy.version <= node.disk.copy(key).version {
        return cx.rule(&rules::KEEP, [&from, &ts, &writer]);
    }
    cx.rule(&rules::STORE, [&from, &ts, &writer]);
    node.disk.copies.insert(key.clone(), copy.clone());
}

/// The leader asks for this replica's copy.
pub fn on_query(cx: &mut Cx, node: &Node, from: Id, ask: Ask, key: &Str) {
    let copy = node.disk.copy(key);
    cx.rule(&rules::TELL, [&from, &copy.version.ts]);
    cx.send(from, Msg::Copy { ask, key: key.clone(), copy });
}

/// Waits for the next comparison.
pub fn arm(cx: &mut Cx) {
    match cx.knobs.span(knobs::ANTI_ENTROPY) {
        Span(0) => cx.disarm(Timer::AntiEntropy),
        every => cx.arm(Timer::AntiEntropy, (every, every)),
    }
}

/// Tells the other replicas which versions this one holds.
pub fn compare(cx: &mut Cx, node: &Node) {
    cx.rule(&rules::COMPARE, []);
    let held = |(key, copy): &(Str, Copy)| (key.clone(), copy.version);
    let digest: Vec<(Str, Version)> = node.disk.copies.iter().map(held).collect();
    cx.send_all(node.memory.others(cx.me), Msg::AntiEntropy(digest));
    arm(cx);
}

/// A replica says what it holds: it is told what is newer here.
pub fn on_digest(cx: &mut Cx, node: &Node, from: Id, digest: &[(Str, Version)]) {
    let theirs = |key: &Str| {
        let held = digest.iter().find(|(known, _)| known == key);
        held.map(|(_, version)| *version).unwrap_or_default()
    };
    let newer = node.disk.copies.iter().filter(|(key, copy)| copy.version > theirs(key));
    let newer: Vec<(Str, Copy)> = newer.cloned().collect();
    if newer.is_empty() {
        return cx.rule(&rules::SAME, [&from]);
    }
    cx.rule(&rules::PUSH, [&from, &newer.len()]);
    for (key, copy) in newer {
        cx.send(from, Msg::Replicate { key, copy });
    }
}

impl Memory {
    /// The other replicas of the same keys.
    pub fn others(&self, me: Id) -> Vec<Id> {
        self.group.iter().filter(|&replica| replica != me).collect()
    }
}
