//! What there is to see of a replica.

use alloc::format;
use alloc::string::String;

use super::knobs::{self, Policy};
use super::{Copy, Disk, Node, leader};
use crate::base::Str;
use crate::describe::{Dots, Pen, Tone};
use crate::knob::Kind;

/// Draws a replica.
pub fn node(node: &Node, pen: &mut Pen) {
    let memory = &node.memory;
    disk(&node.disk, pen);
    match (memory.leads(), memory.policy) {
        (true, _) => pen.role("leader", Tone::Lead, None),
        (false, Policy::Local) => pen.role("replica", Tone::Doubt, None),
        (false, _) => pen.role("replica", Tone::Follow, None),
    }
    pen.memory("policy", word(memory.policy));
    pen.memory("waiting", memory.waiting.len() as u64);
    if let Some(counting) = memory.counting.first() {
        pen.dots(Dots {
            name: "answers",
            of: memory.group.as_slice().to_vec(),
            yes: counting.answers.as_slice().to_vec(),
            needed: leader::needed(node).0 as u64,
        });
    }
    if !memory.waiting.is_empty() {
        pen.flag("waits");
    }
}

fn word(policy: Policy) -> &'static str {
    match knobs::KNOBS[knobs::POLICY.0].kind {
        Kind::Choice(words) => words[policy as usize],
        _ => "",
    }
}

/// Draws what the disk holds.
pub fn disk(disk: &Disk, pen: &mut Pen) {
    pen.role("down", Tone::Plain, None);
    let latest = disk.copies.iter().max_by_key(|(_, copy)| copy.version);
    let value = |(key, copy): &(Str, Copy)| format!("{key}={}", copy.value);
    pen.disk_on_card("value", latest.map_or_else(|| "–".into(), value));
    let version = latest.map_or_else(|| "–".into(), |(_, copy)| copy.version.told(pen));
    pen.disk_on_card("version", version);
    if disk.copies.len() > 1 {
        let all: String = disk.copies.iter().map(value).collect::<alloc::vec::Vec<_>>().join("  ");
        pen.disk("copies", all);
    }
}

impl Copy {
    /// Draws a copy, as part of a message.
    pub fn describe(&self, pen: &mut Pen) {
        pen.memory("value", self.value.clone());
        let version = self.version.told(pen);
        pen.memory("version", version);
    }
}
